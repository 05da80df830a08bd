package io.thermolake.asl.internal.definition;

import io.thermolake.asl.internal.check.ExpressionCheck;
import io.thermolake.asl.internal.value.Template;
import io.thermolake.asl.internal.value.Value;
import java.util.Set;
import java.util.TreeSet;

/** Compiles the JSONata of a field, and checks what its expressions name. */
final class Expressions {
    private static final Set<String> WITH_RESULT = Set.of("Task", "Parallel", "Map", "Pass");

    private Expressions() {}

    static Value compile(Fields fields, String name) {
        int before = fields.problems().count();
        Value compiled;
        try {
            compiled = Template.compile(
                    fields.below(name),
                    fields.get(name),
                    (message, location) ->
                            fields.problems().error(ExpressionCheck.INVALID, message, inState(fields, location)));
        } catch (RuntimeException | StackOverflowError e) {
            // JSONata's parser is not made for everything: a bad regular expression, a thousand brackets.
            fields.problems()
                    .error(ExpressionCheck.INVALID, "The expression cannot be read: " + e, fields.at() + "/" + name);
            return Value.literal(null);
        }
        if (fields.problems().count() == before) {
            ExpressionCheck check = new ExpressionCheck(
                    offered(fields, name),
                    (code, message, location) -> fields.problems().error(code, message, inState(fields, location)));
            check.check(fields.get(name), fields.below(name));
        }
        return compiled;
    }

    private static String inState(Fields fields, String location) {
        String at = fields.at();
        String root = at.substring(0, at.length() - fields.field().length());
        return (root.endsWith("/") ? root : root + "/") + location;
    }

    /** What {@code $states} has: an error in a catcher, a result where there is one. A Pass is given the benefit of doubt. */
    private static Set<String> offered(Fields fields, String name) {
        Set<String> offered = new TreeSet<>(Set.of("input", "context"));
        if (fields.field().startsWith("Catch[")) {
            offered.add("errorOutput");
        } else if (fields.field().isEmpty()
                && (name.equals("Output") || name.equals("Assign"))
                && WITH_RESULT.contains(String.valueOf(fields.get("Type")))) {
            offered.add("result");
        }
        return offered;
    }
}
