package io.thermolake.model.promotion;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Whether a room's scores are far from those that its model had in training: each day's share of readings above the score that one
 * in ten was above then. Of the last seven days the middle one counts, so that a fault of three days is no drift. On made-up rooms
 * without a fault nineteen of twenty have no such week in ninety days, season and all; noise that is greater than it was is one
 * nearly always. Only upwards: a room that has become quieter loses no trust, and its model's age sees to it.
 */
public final class Drift {
    /** The share of the training's scores that lies below {@link #usual}. */
    static final double SHARE_BELOW = 0.9;
    /** The greatest share of a day's readings that may score above the usual; one in ten is expected. */
    static final double MOST = 0.6;

    static final int DAYS = 7;

    /**
     * One scored date.
     *
     * @param above readings whose score was greater than {@link #usual}
     */
    public record Day(long readings, long above) {
        public Day {
            if (above < 0 || above > readings) {
                throw new IllegalArgumentException("of %d readings %d cannot be unusual".formatted(readings, above));
            }
        }

        double share() {
            return readings == 0 ? 0 : (double) above / readings;
        }
    }

    private Drift() {}

    /** What a reading's score is compared with. @param scores of the training, at least one */
    public static double usual(double[] scores) {
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        return sorted[Math.min(sorted.length - 1, (int) (SHARE_BELOW * sorted.length))];
    }

    /**
     * @param days that the model has scored and not learned from, in the order of time
     * @return in words, or nothing
     */
    public static Optional<String> of(List<Day> days) {
        if (days.size() < DAYS) {
            return Optional.empty();
        }
        double[] shares = days.subList(days.size() - DAYS, days.size()).stream()
                .mapToDouble(Day::share)
                .sorted()
                .toArray();
        double share = shares[DAYS / 2];
        return share <= MOST
                ? Optional.empty()
                : Optional.of(
                        "the scores have drifted: in the last %d days %.0f %% of a day's readings are above what %.0f %% were in training"
                                .formatted(DAYS, 100 * share, 100 * (1 - SHARE_BELOW)));
    }
}
