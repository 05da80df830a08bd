package io.thermolake.asl.internal.state;

import io.thermolake.asl.Json;
import io.thermolake.asl.internal.items.ItemBatcher;
import io.thermolake.asl.internal.items.ItemReader;
import io.thermolake.asl.internal.items.ResultWriter;
import io.thermolake.asl.internal.path.ResultPath;
import io.thermolake.asl.internal.value.Frame;
import io.thermolake.asl.internal.value.NumberField;
import io.thermolake.asl.internal.value.StatesError;
import io.thermolake.asl.internal.value.Template;
import io.thermolake.asl.internal.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A state of a definition, compiled: what each field means no longer depends on its query language. */
public sealed interface State {
    /**
     * What every state may have.
     *
     * @param at its location in the definition, {@code /States/Work}
     */
    record Common(
            String name, String at, @Nullable String next, Flow flow, List<Retrier> retriers, List<Catcher> catchers) {}

    record Retrier(
            List<String> errors,
            double intervalSeconds,
            double backoffRate,
            long maxAttempts,
            double maxDelaySeconds,
            boolean fullJitter) {
        /** Seconds until the next attempt, before jitter. @param done the attempts that this retrier has made */
        public double delay(long done) {
            return Math.min(maxDelaySeconds, intervalSeconds * Math.pow(backoffRate, done));
        }
    }

    record Catcher(
            List<String> errors,
            String next,
            @Nullable Value assign,
            @Nullable Value output,
            ResultPath resultPath) {}

    record Rule(
            Condition condition,
            String next,
            @Nullable Value assign,
            @Nullable Value output) {}

    /** States that run in a scope of their own. */
    record Scope(String startAt, Map<String, State> states) {}

    Common common();

    /** @param result the literal Result; null where the state only passes on */
    record Pass(Common common, @Nullable Value result) implements State {}

    record Task(
            Common common,
            String resource,
            @Nullable NumberField timeoutSeconds,
            @Nullable NumberField heartbeatSeconds,
            @Nullable Value credentials)
            implements State {}

    record Choice(Common common, List<Rule> rules, @Nullable String defaultNext) implements State {
        /** The first rule that applies. */
        public Optional<Rule> matching(Frame frame) {
            for (Rule rule : rules) {
                if (rule.condition().test(frame)) {
                    return Optional.of(rule);
                }
            }
            return Optional.empty();
        }
    }

    record Wait(Common common, Delay delay) implements State {}

    record Succeed(Common common) implements State {}

    record Fail(
            Common common, @Nullable Value error, @Nullable Value cause) implements State {
        /** The error that the state fails with. */
        public StatesError raised(Frame frame) {
            return StatesError.given(text(error, frame), text(cause, frame));
        }

        private static @Nullable String text(@Nullable Value value, Frame frame) {
            if (value == null) {
                return null;
            }
            Object given = value instanceof Template template ? template.get(frame, "string") : value.get(frame);
            return given instanceof String text ? text : Json.text(given);
        }
    }

    record Parallel(Common common, List<Scope> branches) implements State {}

    /**
     * @param items ItemsPath or Items; null for the effective input
     * @param itemSelector ItemSelector, or the old Parameters
     * @param distributed what an inline Map does not have, or null
     */
    record MapState(
            Common common,
            @Nullable Value items,
            @Nullable Value itemSelector,
            NumberField maxConcurrency,
            Scope processor,
            @Nullable Distributed distributed)
            implements State {}

    /** What makes a Map distributed: its children are executions of their own. */
    record Distributed(
            @Nullable String label,
            boolean express,
            @Nullable ItemReader reader,
            @Nullable ItemBatcher batcher,
            @Nullable ResultWriter writer,
            NumberField toleratedCount,
            NumberField toleratedPercentage) {}

    /** The state's Type in the language. */
    default String type() {
        return this instanceof MapState ? "Map" : getClass().getSimpleName();
    }

    /** Whether it does work that may be done again. */
    default boolean isRetriable() {
        return this instanceof Task || isGroup();
    }

    /** Whether states run inside of it. */
    default boolean isGroup() {
        return this instanceof Parallel || this instanceof MapState;
    }

    /** Every state that this one may go to. */
    default List<String> targets() {
        List<String> targets = new java.util.ArrayList<>();
        if (common().next() != null) {
            targets.add(common().next());
        }
        common().catchers().forEach(c -> targets.add(c.next()));
        if (this instanceof Choice choice) {
            choice.rules.forEach(r -> targets.add(r.next()));
            if (choice.defaultNext != null) {
                targets.add(choice.defaultNext);
            }
        }
        return targets;
    }

    /** The scopes inside it: branches of a Parallel, the processor of a Map. */
    default List<Scope> inner() {
        return this instanceof Parallel parallel
                ? parallel.branches
                : this instanceof MapState map ? List.of(map.processor) : List.of();
    }
}
