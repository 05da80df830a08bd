package io.thermolake.local.series;

import io.thermolake.detect.Verdict;
import java.util.List;
import java.util.Locale;

/**
 * What became of one row of a file. A row that holds no time or no number stays in its place, with the score 0.
 *
 * @param timestamp as the file has it
 * @param value as the file has it
 * @param score 0 to 1
 * @param cause in words
 */
public record JudgedRow(
        String timestamp, String value, boolean readable, double score, boolean anomaly, boolean alarm, String cause) {
    static final String HEADER = "timestamp,value,score,threshold,is_anomaly,alarm\n";

    /** All rows as CSV, with a header. */
    public static String csv(List<JudgedRow> rows) {
        StringBuilder csv = new StringBuilder(HEADER);
        for (JudgedRow row : rows) {
            csv.append(quoted(row.timestamp))
                    .append(',')
                    .append(quoted(row.value))
                    .append(String.format(Locale.ROOT, ",%.6f,%.1f,", row.score, Verdict.THRESHOLD))
                    .append(row.anomaly ? 1 : 0)
                    .append(',')
                    .append(row.alarm ? 1 : 0)
                    .append('\n');
        }
        return csv.toString();
    }

    private static String quoted(String text) {
        return text.indexOf(',') < 0 && text.indexOf('"') < 0 ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
