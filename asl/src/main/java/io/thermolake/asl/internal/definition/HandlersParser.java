package io.thermolake.asl.internal.definition;

import io.thermolake.asl.Json;
import io.thermolake.asl.internal.path.ResultPath;
import io.thermolake.asl.internal.state.Delay;
import io.thermolake.asl.internal.state.State;
import io.thermolake.asl.internal.value.StatesError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Compiles a state's Retry and Catch. */
final class HandlersParser {
    private static final Set<String> IN_ANY_CATCHER = Set.of("ErrorEquals", "Next", "Assign");

    private HandlersParser() {}

    static List<State.Retrier> retriers(Fields fields) {
        List<State.Retrier> retriers = new ArrayList<>();
        for (Fields retry : fields.objects("Retry")) {
            retry.required("ErrorEquals");
            retry.known(Set.of(
                    "ErrorEquals",
                    "IntervalSeconds",
                    "BackoffRate",
                    "MaxAttempts",
                    "MaxDelaySeconds",
                    "JitterStrategy"));
            boolean capped = retry.has("MaxDelaySeconds");
            retriers.add(new State.Retrier(
                    errors(retry),
                    retry.whole("IntervalSeconds", 1, 0, Delay.LONGEST_SECONDS),
                    retry.decimal("BackoffRate", 2, 1, Double.MAX_VALUE),
                    retry.whole("MaxAttempts", 3, 0, Delay.LONGEST_SECONDS),
                    capped ? retry.whole("MaxDelaySeconds", 1, 1, 31_622_400) : Double.MAX_VALUE,
                    "FULL".equals(retry.oneOf("JitterStrategy", List.of("NONE", "FULL")))));
        }
        allComesLast(fields, "Retry");
        return retriers;
    }

    static List<State.Catcher> catchers(Fields fields) {
        Set<String> allowed = new HashSet<>(IN_ANY_CATCHER);
        allowed.add(fields.jsonata() ? "Output" : "ResultPath");
        Set<String> others = Set.of(fields.jsonata() ? "ResultPath" : "Output");
        List<State.Catcher> catchers = new ArrayList<>();
        for (Fields caught : fields.objects("Catch")) {
            caught.required("ErrorEquals", "Next");
            caught.known(allowed, others);
            catchers.add(new State.Catcher(
                    errors(caught),
                    Objects.requireNonNullElse(caught.text("Next"), ""),
                    Assignments.of(caught),
                    fields.jsonata() ? caught.template("Output") : null,
                    fields.jsonata() ? ResultPath.REPLACE : StateParser.resultPath(caught)));
        }
        allComesLast(fields, "Catch");
        return catchers;
    }

    private static List<String> errors(Fields fields) {
        fields.notEmpty("ErrorEquals");
        return fields.texts("ErrorEquals");
    }

    private static void allComesLast(Fields fields, String name) {
        List<?> handlers = Json.list(fields.get(name));
        for (int i = 0; i < handlers.size(); i++) {
            List<?> errors = Json.list(Json.object(handlers.get(i)).get("ErrorEquals"));
            int all = errors.indexOf(StatesError.ALL);
            if (all >= 0 && (errors.size() > 1 || i < handlers.size() - 1)) {
                fields.problem(
                        "States.ALL must appear alone and at end of list",
                        name + "[" + i + "]/ErrorEquals[" + all + "]");
            }
        }
    }
}
