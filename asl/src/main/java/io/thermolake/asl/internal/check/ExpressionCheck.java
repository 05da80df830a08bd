package io.thermolake.asl.internal.check;

import io.thermolake.asl.internal.jsonata.References;
import io.thermolake.asl.internal.value.Template;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether the texts of a JSONata field name only what Step Functions offers there. The words are those that
 * ValidateStateMachineDefinition was seen to answer with.
 */
public final class ExpressionCheck {
    /** Hears of what is wrong. */
    @FunctionalInterface
    public interface Listener {
        void problem(String code, String message, String location);
    }

    public static final String INVALID = "INVALID_JSONATA_EXPRESSION";
    static final String UNSUPPORTED = "UNSUPPORTED_JSONATA_EXPRESSION";
    private static final Set<String> SOMEWHERE = Set.of("result", "errorOutput");

    private final Set<String> offered;
    private final Listener problems;

    /** @param offered the members that {@code $states} has in the field */
    public ExpressionCheck(Set<String> offered, Listener problems) {
        this.offered = offered;
        this.problems = problems;
    }

    /** Looks at every text in a value that has been compiled. */
    public void check(@Nullable Object value, String location) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, member) -> check(member, location + "/" + key));
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                check(list.get(i), location + "[" + i + "]");
            }
        } else if (value instanceof String text) {
            text(text, location);
        }
    }

    private void text(String text, String location) {
        if (Template.isExpression(text)) {
            expression(Template.inside(text), location);
        } else if (text.startsWith("{%") || text.endsWith("%}")) {
            problems.problem(INVALID, "An expression must begin with '{%' and end with '%}'", location);
        }
    }

    private void expression(String expression, String location) {
        References references = References.of(expression);
        for (String name : references.topLevel()) {
            problems.problem(
                    UNSUPPORTED,
                    name.equals("$$")
                            ? "Reference to '$$' is not supported."
                            : "Reference to '" + name + "' at the top level is not supported.",
                    location);
        }
        for (String member : references.states()) {
            if (!offered.contains(member)) {
                problems.problem(
                        UNSUPPORTED,
                        SOMEWHERE.contains(member)
                                ? "Field '$states." + member + "' does not exist."
                                : "Unknown reserved states field: " + member,
                        location);
            }
        }
    }
}
