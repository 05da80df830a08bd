package io.thermolake.model.training;

import java.util.List;
import java.util.StringJoiner;

/** Rows as SageMaker's algorithm takes them: no header, no label. */
public final class FeatureCsv {
    private FeatureCsv() {}

    public static String of(List<float[]> rows) {
        StringBuilder csv = new StringBuilder(rows.size() * 40);
        rows.forEach(row -> csv.append(line(row)).append('\n'));
        return csv.toString();
    }

    /** One row without its line end; each number is the shortest text that reads back as the same float. */
    public static String line(float[] row) {
        StringJoiner line = new StringJoiner(",");
        for (float value : row) {
            line.add(Float.toString(value));
        }
        return line.toString();
    }
}
