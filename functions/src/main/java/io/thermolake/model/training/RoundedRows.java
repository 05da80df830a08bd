package io.thermolake.model.training;

import io.thermolake.detect.ForestScores;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A forest that sees rows to 1/256 of what is allowed, in training and scoring alike, and is asked once for equal ones. A
 * sensor's noise is greater than that, and of a room's month a few hundred rows are left: a forest's score costs more than
 * all else that is done with a reading.
 */
public final class RoundedRows implements ForestScores {
    private static final float STEPS = 256;
    /** Some 10 MB. */
    private static final int REMEMBERED = 1 << 16;

    private record Row(float[] numbers) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Row row && Arrays.equals(numbers, row.numbers);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(numbers);
        }
    }

    private final ForestScores forest;
    private final Map<Row, Double> known = new HashMap<>();

    public RoundedRows(ForestScores forest) {
        this.forest = forest;
    }

    /** What a forest learns from, and sees. */
    static float[] rounded(float[] row) {
        float[] rounded = new float[row.length];
        for (int i = 0; i < row.length; i++) {
            rounded[i] = Math.round(row[i] * STEPS) / STEPS;
        }
        return rounded;
    }

    /** For one caller at a time. */
    @Override
    public double[] of(List<float[]> rows) {
        List<Row> rounded = rows.stream().map(r -> new Row(rounded(r))).toList();
        if (known.size() > REMEMBERED) {
            known.clear();
        }
        List<Row> asked = rounded.stream()
                .filter(row -> !known.containsKey(row))
                .distinct()
                .toList();
        double[] answered = asked.isEmpty()
                ? new double[0]
                : forest.of(asked.stream().map(Row::numbers).toList());
        for (int i = 0; i < answered.length; i++) {
            known.put(asked.get(i), answered[i]);
        }
        return rounded.stream()
                .mapToDouble(row -> known.getOrDefault(row, Double.NaN))
                .toArray();
    }
}
