package io.thermolake.asl.internal.engine;

import io.thermolake.asl.Execution;
import io.thermolake.asl.ExecutionIdentity;
import io.thermolake.asl.ExecutionListener;
import io.thermolake.asl.internal.state.State;
import io.thermolake.asl.internal.value.StatesError;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Watches one state run on its own, for TestState, and stands in for what is inside of a Parallel or a Map. */
public final class Inspection {
    private final @Nullable Map<String, @Nullable Object> context;
    private final @Nullable Answer answer;
    private final long retriesBefore;
    private final Map<String, @Nullable Object> data = new LinkedHashMap<>();
    private final Map<String, @Nullable Object> errorDetails = new LinkedHashMap<>();
    private @Nullable String next;
    private boolean retriable;
    private @Nullable StatesError error;

    /** What a mock gives: a result, or an error. */
    public record Answer(@Nullable Object result, @Nullable StatesError error) {}

    /**
     * @param context the context object to use instead of the execution's, or null
     * @param answer the mock of a Parallel or a Map, or null
     * @param retriesBefore how often the state was retried already
     */
    public Inspection(@Nullable Map<String, @Nullable Object> context, @Nullable Answer answer, long retriesBefore) {
        this.context = context;
        this.answer = answer;
        this.retriesBefore = retriesBefore;
    }

    /** Runs one state under this inspection. @param variables what states before it would have assigned */
    public Execution run(
            Core engine,
            State state,
            ExecutionIdentity identity,
            @Nullable Object input,
            Map<String, @Nullable Object> variables,
            ExecutionListener listener) {
        String name = state.common().name();
        ExecutionRun.Given given = new ExecutionRun.Given(
                new State.Scope(name, Map.of(name, state)), Optional.empty(), identity, input, 0);
        ExecutionRun execution = new ExecutionRun(engine, given, listener, 0, this);
        execution.begin(variables);
        return execution;
    }

    @Nullable
    Map<String, @Nullable Object> context() {
        return context;
    }

    @Nullable
    Answer answer() {
        return answer;
    }

    long retriesBefore() {
        return retriesBefore;
    }

    void note(String step, @Nullable Object value) {
        data.put(step, value);
    }

    void left(@Nullable String to) {
        next = to;
    }

    void caught(int index, StatesError error) {
        this.error = error;
        errorDetails.put("catchIndex", (long) index);
    }

    /** @param seconds until the next attempt; null when there is none any more */
    void retried(int index, @Nullable Double seconds) {
        retriable = seconds != null;
        if (seconds != null) {
            errorDetails.put("retryBackoffIntervalSeconds", (long) Math.ceil(seconds));
        }
        errorDetails.put("retryIndex", (long) index);
    }

    public @Nullable String next() {
        return next;
    }

    public boolean isRetriable() {
        return retriable;
    }

    /** The error that a catcher took, or null. */
    public @Nullable StatesError error() {
        return error;
    }

    public Map<String, @Nullable Object> data() {
        return data;
    }

    public Map<String, @Nullable Object> errorDetails() {
        return errorDetails;
    }
}
