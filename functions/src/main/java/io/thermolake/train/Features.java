package io.thermolake.train;

import java.util.List;
import java.util.StringJoiner;

/**
 * What a forest sees of a reading. One class for training and scoring, so that the two can never differ, and causal: the
 * features of a reading depend on it and on those given before it, never on later ones. In this form a reading's one
 * feature is its temperature.
 */
public final class Features {
    /** The features' names, in the order of the row. */
    public static final List<String> NAMES = List.of("temperature");

    /**
     * The features of the room's next reading.
     *
     * @param reading later than all given before
     * @return as many finite numbers as there are {@link #NAMES}
     */
    public double[] next(RoomReading reading) {
        return new double[] {reading.temperature()};
    }

    /** The rows of a room's readings in the order of time, as the CSV that SageMaker's algorithm takes: no header, no label. */
    public static String csv(Iterable<RoomReading> readings) {
        Features features = new Features();
        StringBuilder csv = new StringBuilder();
        for (RoomReading reading : readings) {
            csv.append(line(features.next(reading))).append('\n');
        }
        return csv.toString();
    }

    /** One row; each number is the shortest text that reads back as the same double. */
    public static String line(double[] row) {
        if (row.length == 1) {
            return Double.toString(row[0]);
        }
        StringJoiner line = new StringJoiner(",");
        for (double value : row) {
            line.add(Double.toString(value));
        }
        return line.toString();
    }
}
