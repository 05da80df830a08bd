package io.thermolake.detect;

/**
 * How many false alarms somebody puts up with.
 *
 * @param alarmsASensorMonth in 30 days, from 0.01 to 100
 */
public record AlarmBudget(double alarmsASensorMonth) {
    /** What {@code bench/run rooms} measures at limits that a view exceeds once in 600 days. */
    private static final double MEASURED_ALARMS = 0.7;

    private static final double MEASURED_DAYS = 600;
    private static final double MEASURED_SHARE = 0.08;
    private static final double MEASURED_POWER = 0.8;

    public AlarmBudget {
        if (!(alarmsASensorMonth >= 0.01 && alarmsASensorMonth <= 100)) {
            throw new IllegalArgumentException(
                    "The alarm budget must be from 0.01 to 100 false alarms a sensor and month, not "
                            + alarmsASensorMonth);
        }
    }

    /**
     * Less than this share of what values mostly span is not worth an alarm: what is rare by a room's past is not rare in the
     * next season, so that a budget is kept by this floor more than by the days.
     */
    double leastShare() {
        return MEASURED_SHARE * StrictMath.pow(MEASURED_ALARMS / alarmsASensorMonth, MEASURED_POWER);
    }

    /** Once in so many days each view of a room may be as great as is allowed. */
    public double returnDays() {
        return MEASURED_DAYS * MEASURED_ALARMS / alarmsASensorMonth;
    }
}
