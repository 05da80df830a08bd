package io.thermolake.asl.internal.engine;

import io.thermolake.asl.Timer;
import java.time.Duration;

/**
 * The attempts of one visit of a state, and what the one at hand waits for. An answer that comes for an older one, or when
 * the state has been left, is not heard any more.
 */
final class Attempts {
    private final ExecutionRun execution;
    private int turn;
    private Runnable cancelPending = () -> {};

    Attempts(ExecutionRun execution) {
        this.execution = execution;
    }

    /** What was waited for is waited for no more, but not taken back. */
    void begin() {
        turn++;
        cancelPending = () -> {};
    }

    /** The attempt is over, and no other has begun. */
    void end() {
        turn++;
    }

    /** The attempt at hand, for {@link #step(int, Runnable)}. */
    int current() {
        return turn;
    }

    /** @param cancel takes back what the attempt at hand waits for */
    void pending(Runnable cancel) {
        cancelPending = cancel;
    }

    void after(Duration delay, Timer.Purpose purpose, Runnable action) {
        int mine = turn;
        pending(execution.engine().timer().schedule(delay, purpose, () -> step(mine, action)));
    }

    void cancelPending() {
        cancelPending.run();
    }

    /** Runs something in the execution's lane, as part of the attempt at hand. */
    void step(Runnable action) {
        step(turn, action);
    }

    /** The same, as part of an attempt that may be over meanwhile. */
    void step(int mine, Runnable action) {
        execution.step(() -> {
            if (mine == turn && !execution.isOver()) {
                action.run();
            }
        });
    }
}
