package io.thermolake.asl.engine;

import static java.util.Objects.requireNonNull;

import io.thermolake.asl.Activities;
import io.thermolake.asl.Execution;
import io.thermolake.asl.ExecutionIdentity;
import io.thermolake.asl.ExecutionListener;
import io.thermolake.asl.ObjectStore;
import io.thermolake.asl.Resources;
import io.thermolake.asl.TaskTokens;
import io.thermolake.asl.Timer;
import io.thermolake.asl.VirtualTimer;
import io.thermolake.asl.internal.engine.Core;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Runs definitions. No thread waits for a state: an execution moves when a task answers or the timer rings, always one
 * step at a time, so many executions share few threads.
 */
public final class Engine {
    private final Core core;

    /**
     * @param random for jitter, UUIDs and random numbers
     * @param executor runs the steps; {@code Runnable::run} with a {@link VirtualTimer} is deterministic
     */
    public Engine(Resources resources, Timer timer, RandomGenerator random, Executor executor) {
        this(resources, timer, random, executor, ObjectStore.NONE);
    }

    /** @param objects what a distributed Map's ItemReader and ResultWriter use */
    public Engine(Resources resources, Timer timer, RandomGenerator random, Executor executor, ObjectStore objects) {
        this.core = new Core(
                requireNonNull(resources, "resources is null"),
                requireNonNull(timer, "timer is null"),
                requireNonNull(random, "random is null"),
                requireNonNull(executor, "executor is null"),
                requireNonNull(objects, "objects is null"));
    }

    /** Starts an execution and returns at once. */
    public Execution start(
            Definition definition, ExecutionIdentity identity, @Nullable Object input, ExecutionListener listener) {
        return core.start(definition.compiled(), identity, input, listener);
    }

    /**
     * Goes on with an execution that failed, was stopped or timed out, at the state where it ended: the same input, the
     * same variables, and of a Parallel or Map only what had not succeeded.
     *
     * @param snapshot the last one that the listener heard
     * @param redriveCount how often it was redriven, this time included, from 1
     * @param lastEventId the id of the history's last event, less than 24,999
     * @throws IllegalArgumentException when the history has no room for a redrive
     */
    public Execution redrive(
            Definition definition,
            ExecutionIdentity identity,
            @Nullable Object input,
            ExecutionListener listener,
            Map<String, @Nullable Object> snapshot,
            int redriveCount,
            long lastEventId) {
        return core.redrive(definition.compiled(), identity, input, listener, snapshot, redriveCount, lastEventId);
    }

    /**
     * Whether an execution could go on after so long a history.
     *
     * @param lastEventId the id of the history's last event
     */
    public static boolean isRedrivable(long lastEventId) {
        return Core.isRedrivable(lastEventId);
    }

    /** The task tokens that this engine's executions wait for. */
    public TaskTokens tokens() {
        return core.tokens();
    }

    /** The work of activities for which {@link Resources} has no handler: workers take it from here. */
    public Activities activities() {
        return core.activities();
    }
}
