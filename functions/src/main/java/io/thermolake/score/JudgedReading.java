package io.thermolake.score;

import io.thermolake.alarm.Anomaly;
import io.thermolake.detect.Verdict;
import io.thermolake.lake.RoomReading;
import java.time.Instant;

/**
 * A reading with what is said of it.
 *
 * @param since the second since when it is so; only of a silence it is not the reading's own
 */
record JudgedReading(RoomReading reading, Verdict verdict, long since) {
    private static final double PRECISION = 1e6;

    boolean isAnomaly() {
        return verdict.anomaly();
    }

    /** To six digits, and on the same side of the threshold. */
    double score() {
        double rounded = Math.round(verdict.score() * PRECISION) / PRECISION;
        return isAnomaly() && rounded <= Verdict.THRESHOLD ? Verdict.THRESHOLD + 1 / PRECISION : rounded;
    }

    Anomaly anomaly() {
        return new Anomaly(
                reading.timestamp(),
                RoomReading.timestamp(Instant.ofEpochSecond(since)),
                reading.temperature(),
                score(),
                Kinds.id(verdict.cause()));
    }
}
