package io.thermolake.asl.internal.engine;

import io.thermolake.asl.Json;
import io.thermolake.asl.internal.state.State;
import io.thermolake.asl.internal.value.Frame;
import io.thermolake.asl.internal.value.NumberField;
import io.thermolake.asl.internal.value.PayloadLimit;
import io.thermolake.asl.internal.value.StatesError;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a Task's fields come to in one attempt.
 *
 * @param text the arguments as JSON
 * @param timeout null without TimeoutSeconds
 * @param heartbeat null without HeartbeatSeconds
 */
record TaskCall(
        Frame frame,
        @Nullable Object arguments,
        String text,
        @Nullable Duration timeout,
        @Nullable Duration heartbeat,
        @Nullable Object credentials) {
    /** @throws StatesError when a field cannot be evaluated, or when the arguments are too large */
    static TaskCall of(State.Task state, Frame raw) {
        Frame frame = raw.at(state.common().flow().effective(raw));
        Object arguments = state.common().flow().arguments(frame);
        Duration timeout = seconds(state.timeoutSeconds(), frame);
        Duration heartbeat = seconds(state.heartbeatSeconds(), frame);
        Object credentials =
                state.credentials() == null ? null : state.credentials().get(frame);
        String text = Json.text(arguments);
        if (PayloadLimit.isExceededBy(text)) {
            throw PayloadLimit.byArgumentsOf(state.common().name());
        }
        return new TaskCall(frame, arguments, text, timeout, heartbeat, credentials);
    }

    private static @Nullable Duration seconds(@Nullable NumberField field, Frame frame) {
        return field == null ? null : Duration.ofSeconds(field.positive(frame));
    }
}
