package io.thermolake.score;

import io.thermolake.alarm.Alarm;
import io.thermolake.alarm.Anomaly;
import io.thermolake.alarm.Episodes;
import io.thermolake.detect.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One date of one room with its scores.
 *
 * @param csv the file's content, in the order of the table's columns
 * @param anomalies its readings whose score is above the threshold
 */
record ScoredPartition(String csv, List<Anomaly> anomalies) {
    private static final String HEADER = "timestamp,temperature,score,threshold,is_anomaly,alarm,episode,kind,model\n";
    private static final int LINE_LENGTH = 110;

    /** @param before anomalies before this date, in the order of time: an episode goes on over midnight */
    static ScoredPartition of(List<JudgedReading> judged, List<Anomaly> before, Duration coolDown, String model) {
        Episodes episodes = new Episodes(coolDown);
        before.forEach(episodes::add);
        StringBuilder csv = new StringBuilder(HEADER.length() + judged.size() * LINE_LENGTH).append(HEADER);
        List<Anomaly> anomalies = new ArrayList<>();
        for (JudgedReading each : judged) {
            csv.append(each.reading().timestamp())
                    .append(',')
                    .append(each.reading().temperature())
                    .append(',')
                    .append(each.score())
                    .append(',')
                    .append(Verdict.THRESHOLD)
                    .append(',');
            if (each.isAnomaly()) {
                Anomaly anomaly = each.anomaly();
                anomalies.add(anomaly);
                boolean alarm = episodes.add(anomaly);
                Alarm episode = episodes.last();
                csv.append("true,")
                        .append(alarm)
                        .append(',')
                        .append(episode == null ? "" : episode.start())
                        .append(',')
                        .append(anomaly.kind());
            } else {
                csv.append("false,false,,");
            }
            csv.append(',').append(model).append('\n');
        }
        return new ScoredPartition(csv.toString(), anomalies);
    }
}
