package io.thermolake.local.sagemaker;

import java.util.ArrayList;
import java.util.List;

/** Rows of numbers as the algorithm takes them in text/csv: no header, no label, every row as wide as feature_dim. */
final class FeatureRows {
    private FeatureRows() {}

    /**
     * @param where what is read, for the message: a file's name, "the request"
     * @return single-precision numbers, as the algorithm works with them; empty lines are left out
     * @throws ClientError naming the row (from 1) and what is wrong with it
     */
    static List<float[]> parse(String csv, int featureDim, String where) {
        List<float[]> rows = new ArrayList<>();
        int number = 0;
        int from = 0;
        while (from < csv.length()) {
            int end = csv.indexOf('\n', from);
            String line = csv.substring(from, end < 0 ? csv.length() : end).trim();
            from = end < 0 ? csv.length() : end + 1;
            number++;
            if (!line.isEmpty()) {
                rows.add(row(line, featureDim, where, number));
            }
        }
        return rows;
    }

    private static float[] row(String line, int featureDim, String where, int number) {
        String[] cells = line.split(",", -1);
        if (cells.length != featureDim) {
            throw new ClientError("Row %d of %s has %d values, but feature_dim is %d"
                    .formatted(number, where, cells.length, featureDim));
        }
        float[] row = new float[featureDim];
        for (int i = 0; i < featureDim; i++) {
            row[i] = value(cells[i].trim(), where, number);
        }
        return row;
    }

    private static float value(String cell, String where, int number) {
        try {
            float value = Float.parseFloat(cell);
            if (Float.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            String header = number == 1 ? "; a header row is not allowed" : "";
            throw new ClientError(
                    "Row %d of %s: could not convert string to float: '%s'%s".formatted(number, where, cell, header));
        }
        throw new ClientError("Row %d of %s: %s is no finite number".formatted(number, where, cell));
    }
}
