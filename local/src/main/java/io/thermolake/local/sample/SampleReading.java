package io.thermolake.local.sample;

import java.time.Instant;

/** A good reading: hundredths of a degree, as the sensors give them. */
record SampleReading(Instant time, String room, int hundredths) {
    /** {@code YYYY-MM-DD HH:MM:SS}, UTC. */
    String timestamp() {
        return timestamp(time);
    }

    static String timestamp(Instant time) {
        String iso = time.toString();
        return iso.substring(0, 10) + " " + iso.substring(11, 19);
    }

    /** With two decimals. */
    String temperature() {
        return temperature(hundredths);
    }

    static String temperature(int hundredths) {
        int rest = Math.abs(hundredths % 100);
        return (hundredths < 0 ? "-" : "") + Math.abs(hundredths / 100) + (rest < 10 ? ".0" : ".") + rest;
    }

    SampleReading with(int other) {
        return new SampleReading(time, room, other);
    }
}
