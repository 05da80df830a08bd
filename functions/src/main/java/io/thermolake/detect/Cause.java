package io.thermolake.detect;

/** What an alarm is for, in the words of the person who goes to look. */
public enum Cause {
    /** No value for longer than ever: by the clock, so that it is seen while it lasts. */
    SILENT("the sensor is silent"),
    /** The same value for longer than ever. */
    STUCK("the sensor repeats one value"),
    JUMP("the value jumped"),
    ROUGH("the values jump about: a loose contact, or a draught"),
    UNUSUAL_HOURS("for some hours unlike any day of the last four weeks"),
    UNUSUAL_DAY(
            "for half a day away from every day of the last four weeks: an offset, a drift, or a heating that is off"),
    UNUSUAL("several small things together are unusual");

    private final String words;

    Cause(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    /** What failed, as far as one may say: it parts episodes that overlap. */
    enum Kind {
        NO_VALUE,
        ONE_VALUE,
        WILD_VALUES,
        ROOM
    }

    Kind kind() {
        return switch (this) {
            case SILENT -> Kind.NO_VALUE;
            case STUCK -> Kind.ONE_VALUE;
            case JUMP, ROUGH -> Kind.WILD_VALUES;
            case UNUSUAL_HOURS, UNUSUAL_DAY, UNUSUAL -> Kind.ROOM;
        };
    }

    static Cause of(Feature feature) {
        return switch (feature) {
            case CHANGE -> JUMP;
            case ROUGHNESS -> ROUGH;
            case STILLNESS -> STUCK;
            case NEAREST_DAY_1H, NEAREST_DAY_3H -> UNUSUAL_HOURS;
            case NEAREST_DAY_6H -> UNUSUAL_DAY;
            case WEEK, DAY -> UNUSUAL;
        };
    }
}
