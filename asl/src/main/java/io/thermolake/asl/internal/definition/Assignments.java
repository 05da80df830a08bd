package io.thermolake.asl.internal.definition;

import io.thermolake.asl.Json;
import io.thermolake.asl.internal.check.Variables;
import io.thermolake.asl.internal.value.Value;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compiles an Assign. */
final class Assignments {
    private Assignments() {}

    /** The variables that are assigned, or null. Their names are checked, too. */
    static @Nullable Value of(Fields fields) {
        if (fields.has("Assign") && !(fields.get("Assign") instanceof Map<?, ?>)) {
            fields.wrongType("Object", "Assign");
            return null;
        }
        for (String key : Json.object(fields.get("Assign")).keySet()) {
            String name = Variables.name(key, fields.jsonata());
            if (name.equals("states")) {
                fields.problems()
                        .error(
                                "RESERVED_VARIABLE_NAME",
                                "Cannot assign to reserved variable '$states'.",
                                fields.at() + "/Assign/" + key);
            } else if (!Variables.isName(name)) {
                fields.problems()
                        .error(
                                "INVALID_VARIABLE_NAME",
                                "Invalid variable name '" + name + "': "
                                        + (name.codePointCount(0, name.length()) > Variables.LONGEST_NAME
                                                ? "the variable name is longer than 80 characters."
                                                : "the variable name contains invalid characters."),
                                fields.at() + "/Assign/" + key);
            }
        }
        return fields.template("Assign");
    }
}
