package io.thermolake.local.functions;

import io.thermolake.local.stack.StackResource;
import java.util.Map;
import java.util.TreeMap;

/** What the template says of a function, with AWS's defaults. */
record FunctionSettings(int memory, int seconds, Map<String, String> variables) {
    static FunctionSettings of(StackResource function) {
        return new FunctionSettings(
                number(function, "MemorySize", 128), number(function, "Timeout", 3), variables(function));
    }

    private static int number(StackResource function, String property, int otherwise) {
        Object value = function.properties().get(property);
        return value == null ? otherwise : Integer.parseInt(value.toString());
    }

    private static Map<String, String> variables(StackResource function) {
        Map<String, String> variables = new TreeMap<>();
        if (function.properties().get("Environment") instanceof Map<?, ?> declared
                && declared.get("Variables") instanceof Map<?, ?> values) {
            values.forEach((name, value) -> variables.put(name.toString(), value.toString()));
        }
        return variables;
    }
}
