package io.thermolake.asl.internal.engine;

import static io.thermolake.asl.internal.engine.Details.details;
import static io.thermolake.asl.internal.engine.Details.iso;

import io.thermolake.asl.internal.path.Roots;
import io.thermolake.asl.internal.state.State;
import io.thermolake.asl.internal.value.Frame;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the fields of a state see while the execution is in it: its input, the variables, the context object. */
final class StateData {
    private final Branch branch;
    private final State state;
    private final @Nullable Object input;
    private final Instant entered;
    private final ErrorHandling errors;

    StateData(Branch branch, State state, @Nullable Object input, Instant entered, ErrorHandling errors) {
        this.branch = branch;
        this.state = state;
        this.input = input;
        this.entered = entered;
        this.errors = errors;
    }

    @Nullable
    Object input() {
        return input;
    }

    /** With the effective input as the document. */
    Frame effective() {
        Frame frame = frame(Map.of());
        return frame.at(state.common().flow().effective(frame));
    }

    /** @param more what the context object has besides */
    Frame frame(Map<String, @Nullable Object> more) {
        return new Frame(
                input,
                new Roots(
                        input,
                        () -> context(more),
                        branch.variables().visible(),
                        branch.execution().engine().random()),
                Map.of(),
                branch.execution().notes());
    }

    private Map<String, @Nullable Object> context(Map<String, @Nullable Object> more) {
        Map<String, @Nullable Object> mine = details("Name", state.common().name());
        mine.put("EnteredTime", iso(entered));
        if (state.isRetriable()) {
            mine.put("RetryCount", errors.retryCount());
        }
        Map<String, @Nullable Object> all = branch.context();
        all.putAll(more);
        return branch.execution().context(mine, all);
    }
}
