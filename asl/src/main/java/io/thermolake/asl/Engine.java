package io.thermolake.asl;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Runs definitions. No thread waits for a state: an execution moves when a task answers or the timer rings, always one
 * step at a time, so many executions share few threads.
 */
public final class Engine {
    private final Resources resources;
    private final Timer timer;
    private final RandomGenerator random;
    private final Executor executor;

    /**
     * @param random for jitter, {@code $random} and {@code $uuid}
     * @param executor runs the steps; {@code Runnable::run} with a {@link VirtualTimer} is deterministic
     */
    public Engine(Resources resources, Timer timer, RandomGenerator random, Executor executor) {
        this.resources = requireNonNull(resources, "resources is null");
        this.timer = requireNonNull(timer, "timer is null");
        this.random = requireNonNull(random, "random is null");
        this.executor = requireNonNull(executor, "executor is null");
    }

    /** Starts an execution and returns at once. */
    public Execution start(
            Definition definition, ExecutionIdentity identity, @Nullable Object input, ExecutionListener listener) {
        Execution execution = new Execution(this, definition, identity, input, listener, 0, 0);
        execution.begin();
        return execution;
    }

    /**
     * Goes on with an execution that failed, was stopped or timed out, at the state where it ended: the same input, the
     * same variables, and of a Parallel or Map only what had not succeeded.
     *
     * @param snapshot the last one that the listener heard
     * @param redriveCount how often it was redriven, this time included, from 1
     * @param lastEventId the id of the history's last event
     */
    public Execution redrive(
            Definition definition,
            ExecutionIdentity identity,
            @Nullable Object input,
            ExecutionListener listener,
            Map<String, @Nullable Object> snapshot,
            int redriveCount,
            long lastEventId) {
        Execution execution = new Execution(this, definition, identity, input, listener, redriveCount, lastEventId);
        execution.goOn(snapshot);
        return execution;
    }

    Resources resources() {
        return resources;
    }

    Timer timer() {
        return timer;
    }

    RandomGenerator random() {
        return random;
    }

    Executor executor() {
        return executor;
    }
}
