package io.thermolake.detect;

/** A view of a value against what came before it; each is a distance, 0 or more, in the value's unit. */
public enum Feature {
    /** From the nearest of the last days at this time, over an hour: a heating that is off, a wrong hour. */
    NEAREST_DAY_1H("unlike any day of the last four weeks at this hour"),
    /** The same over three hours. */
    NEAREST_DAY_3H("unlike any day of the last four weeks at these hours"),
    /** The same over six hours: an offset, a drift. */
    NEAREST_DAY_6H("away from every day of the last four weeks for hours"),
    /** From the mean of this hour of the week. */
    WEEK("not what this hour of the week mostly is"),
    /** From the mean of this half hour of the day, over some values. */
    DAY("not what this time of the day mostly is"),
    /** From the value before, but not over a gap: a spike, a step. */
    CHANGE("a jump from one value to the next"),
    /** How much neighbours jump about: a loose contact. */
    ROUGHNESS("values that jump about");

    private final String words;

    Feature(String words) {
        this.words = words;
    }

    /** What a great value of it means. */
    public String words() {
        return words;
    }

    boolean isNearestDay() {
        return this == NEAREST_DAY_1H || this == NEAREST_DAY_3H || this == NEAREST_DAY_6H;
    }
}
