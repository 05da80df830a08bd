package io.thermolake.asl;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A state of a definition, compiled. A template is plain JSON whose texts may be expressions. */
sealed interface State {
    /** What every state may have. */
    record Common(
            String name,
            @Nullable String next,
            boolean end,
            @Nullable Template assign,
            @Nullable Template output,
            List<Retrier> retriers,
            List<Catcher> catchers) {}

    record Retrier(
            List<String> errors,
            double intervalSeconds,
            double backoffRate,
            int maxAttempts,
            double maxDelaySeconds,
            boolean fullJitter) {}

    record Catcher(
            List<String> errors,
            String next,
            @Nullable Template assign,
            @Nullable Template output) {}

    record Rule(
            Template condition,
            String next,
            @Nullable Template assign,
            @Nullable Template output) {}

    /** States that run in a scope of their own. */
    record Scope(String startAt, Map<String, State> states) {}

    Common common();

    record Pass(Common common) implements State {}

    record Task(
            Common common,
            String resource,
            @Nullable Template arguments,
            @Nullable Template timeoutSeconds) implements State {}

    record Choice(Common common, List<Rule> rules, @Nullable String defaultNext) implements State {}

    record Wait(
            Common common,
            @Nullable Template seconds,
            @Nullable Template timestamp) implements State {}

    record Succeed(Common common) implements State {}

    record Fail(
            Common common,
            @Nullable Template error,
            @Nullable Template cause) implements State {}

    record Parallel(Common common, @Nullable Template arguments, List<Scope> branches) implements State {}

    record InlineMap(
            Common common,
            @Nullable Template items,
            @Nullable Template itemSelector,
            @Nullable Template maxConcurrency,
            Scope processor)
            implements State {}

    /** The state's Type in the language. */
    default String type() {
        return this instanceof InlineMap ? "Map" : getClass().getSimpleName();
    }
}
