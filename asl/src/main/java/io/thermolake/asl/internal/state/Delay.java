package io.thermolake.asl.internal.state;

import io.thermolake.asl.Json;
import io.thermolake.asl.internal.value.Frame;
import io.thermolake.asl.internal.value.NumberField;
import io.thermolake.asl.internal.value.PathField;
import io.thermolake.asl.internal.value.StatesError;
import io.thermolake.asl.internal.value.Template;
import io.thermolake.asl.internal.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** How long a Wait waits: some seconds, or until an instant. One of the two is set. */
public record Delay(@Nullable NumberField seconds, @Nullable Value timestamp) {
    /** AWS's bound of every number of seconds in a state. */
    public static final long LONGEST_SECONDS = 99_999_999;

    /**
     * @return not negative; zero when the instant is past
     * @throws StatesError in AWS's words, when the field is no delay
     */
    public Duration from(Instant now, Frame frame) {
        if (seconds != null) {
            return seconds(seconds, frame);
        }
        // AWS cuts a timestamp to whole seconds.
        Instant until =
                instant(java.util.Objects.requireNonNull(timestamp), frame).truncatedTo(ChronoUnit.SECONDS);
        Duration delay = Duration.between(now, until);
        checked(delay.toSeconds());
        return delay.isNegative() ? Duration.ZERO : delay;
    }

    private static Duration seconds(NumberField field, Frame frame) {
        if (field.value() instanceof PathField path) {
            Object given = path.get(frame);
            String shown = path.path().text() + " == " + (given instanceof String text ? text : Json.text(given));
            if (!(given instanceof Long whole)) {
                throw StatesError.runtime("The SecondsPath parameter cannot be parsed as a long value: " + shown);
            }
            if (whole < 0) {
                throw StatesError.runtime("The SecondsPath parameter references a negative value: " + shown);
            }
            return checked(whole);
        }
        long whole = field.whole(frame);
        if (whole < 0) {
            throw field.value() instanceof Template template
                    ? template.unexpected(whole, "non-negative integer")
                    : StatesError.runtime("The Seconds field is negative: " + whole);
        }
        return checked(whole);
    }

    private static Duration checked(long seconds) {
        if (seconds > LONGEST_SECONDS) {
            throw StatesError.runtime("Wait state delay is too long.");
        }
        return Duration.ofSeconds(seconds);
    }

    private static Instant instant(Value field, Frame frame) {
        Object given = field instanceof Template template ? template.get(frame, "string") : field.get(frame);
        Instant instant = given instanceof String text ? Condition.timestamp(text) : null;
        if (instant != null) {
            return instant;
        }
        if (field instanceof PathField path) {
            throw StatesError.runtime(
                    "The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: "
                            + path.path().text() + " == " + (given instanceof String text ? text : Json.text(given)));
        }
        throw StatesError.evaluation(
                "The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: " + given,
                "Timestamp");
    }
}
