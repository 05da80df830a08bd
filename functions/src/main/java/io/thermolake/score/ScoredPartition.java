package io.thermolake.score;

import io.thermolake.train.CurrentModel;
import io.thermolake.train.RoomReading;
import java.util.ArrayList;
import java.util.List;

/**
 * One date of one room with its scores.
 *
 * @param csv the file's content
 * @param anomalies its readings whose score is above the threshold
 */
record ScoredPartition(String csv, List<Anomaly> anomalies) {
    private static final String HEADER = "timestamp,temperature,score,threshold,is_anomaly,model\n";
    private static final int LINE_LENGTH = 110;

    /** @param scores one for each reading */
    static ScoredPartition of(List<RoomReading> readings, double[] scores, CurrentModel model) {
        if (readings.size() != scores.length) {
            throw new IllegalArgumentException("%d readings with %d scores".formatted(readings.size(), scores.length));
        }
        StringBuilder csv = new StringBuilder(HEADER.length() + readings.size() * LINE_LENGTH).append(HEADER);
        List<Anomaly> anomalies = new ArrayList<>();
        for (int i = 0; i < scores.length; i++) {
            RoomReading reading = readings.get(i);
            boolean anomaly = scores[i] > model.threshold();
            csv.append(reading.timestamp())
                    .append(',')
                    .append(reading.temperature())
                    .append(',')
                    .append(scores[i])
                    .append(',')
                    .append(model.threshold())
                    .append(',')
                    .append(anomaly)
                    .append(',')
                    .append(model.version())
                    .append('\n');
            if (anomaly) {
                anomalies.add(new Anomaly(reading.timestamp(), reading.temperature(), scores[i]));
            }
        }
        return new ScoredPartition(csv.toString(), anomalies);
    }
}
