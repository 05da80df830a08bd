package io.thermolake.local.sample;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What people exported from the old system: a CSV file a day, all rooms in it, with three rows that nobody can read. */
final class HistorySource {
    static final String HEADER = "timestamp,room_id,temperature\n";
    /** Row by its day; none is a reading of the sample. */
    static final Map<String, String> BROKEN = Map.of(
            "2026-03-04", "2026-03-04 10:00:30,kitchen,n/a\n",
            "2026-03-09", "9.3.2026 10:00,office,21.40\n",
            "2026-03-16", "2026-03-16 03:12:30,lobby,-999.00\n");

    private HistorySource() {}

    /** File name to content, in the order of the days. */
    static Map<String, String> files(Sample sample) {
        Map<String, String> files = new TreeMap<>();
        for (Instant day = Sample.FROM; day.isBefore(Sample.HISTORY_END); day = day.plus(Duration.ofDays(1))) {
            String date = day.toString().substring(0, 10);
            StringBuilder csv = new StringBuilder(HEADER);
            for (String room : sample.rooms()) {
                List<SampleReading> readings = sample.readings(room, day, day.plus(Duration.ofDays(1)));
                for (SampleReading r : readings) {
                    csv.append(r.timestamp())
                            .append(',')
                            .append(room)
                            .append(',')
                            .append(r.temperature())
                            .append('\n');
                }
            }
            files.put(date + ".csv", csv.append(BROKEN.getOrDefault(date, "")).toString());
        }
        return files;
    }
}
