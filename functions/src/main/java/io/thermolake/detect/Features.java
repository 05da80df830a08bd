package io.thermolake.detect;

import java.util.EnumMap;
import java.util.Map;

/**
 * A series' features, causal: those of a value depend on it and on those before it, never on later ones. One class for
 * training and scoring, so that the two can never differ. Before a feature knows enough it is not a number.
 */
public final class Features {
    private static final long HOUR = 3600;
    private static final long DAY = 86_400;
    /** A gap is more than this many intervals; what is on its other side is no neighbour. */
    static final double GAP = 2.5;

    private static final int SMOOTHED_ROWS = 6;
    /** So many times farther from zero than all of the last weeks. */
    private static final double ABSURD = 1e6;
    /** Before that, nobody knows how great values are. */
    private static final int LEAST_ROWS = 30;
    /** Beyond it squares and their sums are infinite. */
    private static final double GREATEST = 1e100;

    private final double interval;
    private final NearestDay nearest;
    private final Baseline week = new Baseline(7 * DAY, 168, 0.3);
    private final Baseline day = new Baseline(DAY, 48, 0.1);
    private final double[] dayResiduals = new double[SMOOTHED_ROWS];
    private final Roughness roughness = new Roughness();
    private final Stillness stillness = new Stillness();
    private double last = Double.NaN;
    private long lastSecond;
    private long rows;
    /** When the values began that are absurd, all of them up to now. */
    private long absurdSince = Long.MAX_VALUE;

    /** @param intervalSeconds that mostly lies between two values, > 0 */
    public Features(double intervalSeconds) {
        interval = intervalSeconds;
        nearest = new NearestDay(
                Math.max(HOUR, 2 * interval), Math.max(3 * HOUR, 3 * interval), Math.max(6 * HOUR, 6 * interval));
    }

    /**
     * The features of one more value.
     *
     * @param second since 1970; one before the last counts as the last
     * @param value finite
     * @return of an absurd value an infinite {@link Feature#CHANGE} alone; the next one is as if it had never been
     */
    public Map<Feature, Double> next(long second, double value) {
        long at = rows == 0 ? second : Math.max(second, lastSecond);
        if (isAbsurd(at, value)) {
            return new EnumMap<>(Map.of(Feature.CHANGE, Double.POSITIVE_INFINITY));
        }
        boolean gap = rows > 0 && at - lastSecond > GAP * interval;
        Map<Feature, Double> features = new EnumMap<>(Feature.class);
        double[] days = nearest.next(at, value);
        features.put(Feature.NEAREST_DAY_1H, days[0]);
        features.put(Feature.NEAREST_DAY_3H, days[1]);
        features.put(Feature.NEAREST_DAY_6H, days[2]);
        features.put(Feature.WEEK, Math.abs(week.next(at, value)));
        features.put(Feature.DAY, Math.abs(smoothed(day.next(at, value))));
        features.put(Feature.CHANGE, gap ? Double.NaN : Math.abs(value - last));
        features.put(Feature.ROUGHNESS, roughness.next(at, value, gap));
        features.put(Feature.STILLNESS, stillness.next(at, value, gap));
        last = value;
        lastSecond = at;
        rows++;
        return features;
    }

    /**
     * Whether a value is no measurement at all, 2147483647 among 20 °C: smoothing would take days to forget it. What stays so
     * for a day is how the series is now, up to where squares overflow.
     */
    private boolean isAbsurd(long at, double value) {
        double size = Math.abs(value);
        boolean absurd = size > GREATEST
                // Looking through four weeks takes its time: most values are told by the one before.
                || (rows >= LEAST_ROWS
                        && size > ABSURD * Math.abs(last)
                        && stillness.magnitude() > 0
                        && size > ABSURD * stillness.magnitude());
        if (!absurd) {
            absurdSince = Long.MAX_VALUE;
            return false;
        }
        absurdSince = Math.min(absurdSince, at);
        return size > GREATEST || at - absurdSince < DAY;
    }

    private double smoothed(double residual) {
        dayResiduals[(int) (rows % SMOOTHED_ROWS)] = Double.isNaN(residual) ? 0 : residual;
        double sum = 0;
        for (double each : dayResiduals) {
            sum += each;
        }
        return Double.isNaN(residual) ? Double.NaN : sum / SMOOTHED_ROWS;
    }
}
