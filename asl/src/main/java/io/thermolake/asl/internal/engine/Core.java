package io.thermolake.asl.internal.engine;

import io.thermolake.asl.Activities;
import io.thermolake.asl.Execution;
import io.thermolake.asl.ExecutionIdentity;
import io.thermolake.asl.ExecutionListener;
import io.thermolake.asl.ObjectStore;
import io.thermolake.asl.Resources;
import io.thermolake.asl.TaskTokens;
import io.thermolake.asl.Timer;
import io.thermolake.asl.internal.definition.Compiled;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What is behind {@code Engine}: what all executions of one engine share, and how they begin. */
public final class Core {
    private final Resources resources;
    private final Timer timer;
    private final RandomGenerator random;
    private final Executor executor;
    private final ObjectStore objects;
    private final PendingTokens tokens = new PendingTokens();
    private final ActivityWork activities = new ActivityWork();

    public Core(Resources resources, Timer timer, RandomGenerator random, Executor executor, ObjectStore objects) {
        this.resources = resources;
        this.timer = timer;
        this.random = random;
        this.executor = executor;
        this.objects = objects;
    }

    /** Starts an execution and returns at once. */
    public Execution start(
            Compiled definition, ExecutionIdentity identity, @Nullable Object input, ExecutionListener listener) {
        ExecutionRun execution = execution(definition, identity, input, listener, 0, 0);
        execution.begin();
        return execution;
    }

    /**
     * Goes on with an execution that ended without success.
     *
     * @throws IllegalArgumentException when the history has no room for a redrive
     */
    public Execution redrive(
            Compiled definition,
            ExecutionIdentity identity,
            @Nullable Object input,
            ExecutionListener listener,
            Map<String, @Nullable Object> snapshot,
            int redriveCount,
            long lastEventId) {
        if (!isRedrivable(lastEventId)) {
            throw new IllegalArgumentException("A history of " + lastEventId + " events has no room for a redrive");
        }
        ExecutionRun execution = execution(definition, identity, input, listener, redriveCount, lastEventId);
        execution.goOn(snapshot);
        return execution;
    }

    /** @param lastEventId the id of the history's last event */
    public static boolean isRedrivable(long lastEventId) {
        return lastEventId < History.REDRIVE_LIMIT;
    }

    private ExecutionRun execution(
            Compiled definition,
            ExecutionIdentity identity,
            @Nullable Object input,
            ExecutionListener listener,
            int redriveCount,
            long lastEventId) {
        return new ExecutionRun(
                this,
                new ExecutionRun.Given(definition.scope(), definition.timeoutSeconds(), identity, input, redriveCount),
                listener,
                lastEventId,
                null);
    }

    public TaskTokens tokens() {
        return tokens;
    }

    public Activities activities() {
        return activities;
    }

    PendingTokens pendingTokens() {
        return tokens;
    }

    ActivityWork activityWork() {
        return activities;
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

    ObjectStore objects() {
        return objects;
    }
}
