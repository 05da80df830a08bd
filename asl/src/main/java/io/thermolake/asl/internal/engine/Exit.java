package io.thermolake.asl.internal.engine;

import io.thermolake.asl.internal.state.Flow;
import io.thermolake.asl.internal.state.State;
import io.thermolake.asl.internal.value.Frame;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a state is left: what its fields make of the data, and where it goes.
 *
 * @param next null where the scope ends
 */
record Exit(Flow.Outcome outcome, @Nullable String next) {
    static Exit of(State.Pass pass, Frame frame) {
        Object result = pass.result() == null
                ? pass.common().flow().arguments(frame)
                : frame.noted("result", pass.result().get(frame));
        return worked(pass, frame, result);
    }

    /** After work with a result. */
    static Exit worked(State state, Frame frame, @Nullable Object result) {
        return new Exit(
                state.common().flow().worked(frame, result), state.common().next());
    }

    /** Wait and Succeed, and a Choice without a rule that applies: the input goes on. */
    static Exit passed(State state, Frame frame, @Nullable String next) {
        Flow flow = state.common().flow();
        return new Exit(flow.passed(frame, flow.assign(), flow.output()), next);
    }

    static Exit caught(State state, State.Catcher catcher, Frame frame, Map<String, @Nullable Object> errorOutput) {
        return new Exit(state.common().flow().caught(frame, errorOutput, catcher), catcher.next());
    }

    static Exit chosen(State.Choice choice, State.Rule rule, Frame frame) {
        Flow flow = choice.common().flow();
        return new Exit(
                flow.passed(frame, rule.assign(), rule.output() == null ? flow.output() : rule.output()), rule.next());
    }
}
