package io.thermolake.asl;

import java.time.Duration;
import java.time.Instant;

/** The engine's clock. A Wait may be shortened, a timeout never is: so the engine says which it is. */
public interface Timer {
    /** What a delay is for. */
    enum Purpose {
        WAIT,
        RETRY,
        TIMEOUT
    }

    Instant now();

    /**
     * Runs once after the delay.
     *
     * @return cancels it, if it has not run
     */
    Runnable schedule(Duration delay, Purpose purpose, Runnable action);
}
