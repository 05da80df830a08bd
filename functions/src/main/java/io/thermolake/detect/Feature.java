package io.thermolake.detect;

/** A view of a value against what came before it; each is a distance, 0 or more, in the value's unit. */
public enum Feature {
    /** From the nearest of the last days at this time, over an hour: a heating that is off, a wrong hour. */
    NEAREST_DAY_1H,
    /** The same over three hours. */
    NEAREST_DAY_3H,
    /** The same over six hours: an offset, a drift. */
    NEAREST_DAY_6H,
    /** From the mean of this hour of the week. */
    WEEK,
    /** From the mean of this half hour of the day, over some values. */
    DAY,
    /** From the value before, but not over a gap: a spike, a step. */
    CHANGE,
    /** How much neighbours jump about: a loose contact. */
    ROUGHNESS,
    /** How much all of the last days moved over the hours for which it now repeats one value. */
    STILLNESS;
}
