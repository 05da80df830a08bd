package io.thermolake.reading;

/** What became of a record. */
public sealed interface Parsed {
    record Good(Reading reading) implements Parsed {}

    record Quarantined(Reason reason) implements Parsed {}
}
