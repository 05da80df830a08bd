package io.thermolake.extract;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One {@code --name value} argument of a job.
 *
 * @param name without the dashes
 * @param kind text, whole, instant or duration
 * @param otherwise what it is when it is not given; null when it has to be
 * @param read makes the value of a text
 */
record JobArgument<T>(String name, String kind, @Nullable String otherwise, Function<String, T> read) {

    static final JobArgument<String> BUCKET = text("bucket");
    static final JobArgument<String> RUN_ID = text("run_id");

    static JobArgument<String> text(String name) {
        return new JobArgument<>(name, "text", null, text -> text);
    }

    static JobArgument<String> text(String name, String otherwise) {
        return new JobArgument<>(name, "text", otherwise, text -> text);
    }

    static JobArgument<Integer> whole(String name) {
        return new JobArgument<>(name, "whole", null, Integer::parseInt);
    }

    static JobArgument<Instant> instant(String name) {
        return new JobArgument<>(name, "instant", null, Instant::parse);
    }

    static JobArgument<Instant> instant(String name, String otherwise) {
        return new JobArgument<>(name, "instant", otherwise, Instant::parse);
    }

    static JobArgument<Duration> duration(String name, String otherwise) {
        return new JobArgument<>(name, "duration", otherwise, Duration::parse);
    }

    /** @throws IllegalArgumentException naming the argument that is missing or cannot be read */
    T in(JobArguments arguments) {
        String value = otherwise == null ? arguments.need(name) : arguments.get(name, otherwise);
        try {
            return read.apply(value);
        } catch (DateTimeException | NumberFormatException e) {
            throw new IllegalArgumentException("The job argument --%s is '%s', no %s".formatted(name, value, kind), e);
        }
    }
}
