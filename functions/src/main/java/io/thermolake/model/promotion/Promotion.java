package io.thermolake.model.promotion;

/** What is decided of a version that could be put in use. */
public sealed interface Promotion {
    /** In words that stand in a run's report. */
    String reason();

    /** It takes the place of what is in use. */
    record Put(String reason) implements Promotion {}

    /** A run does not use it; a person may put it in use all the same. */
    record Rejected(String reason) implements Promotion {}

    /**
     * What is in use stays.
     *
     * @param promoted whether that is this version, put in use by this run
     */
    record Stays(boolean promoted, String reason) implements Promotion {}
}
