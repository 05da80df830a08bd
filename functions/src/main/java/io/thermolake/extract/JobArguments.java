package io.thermolake.extract;

import java.util.LinkedHashMap;
import java.util.Map;

/** A job's {@code --name value} arguments. Glue adds its own; what a job does not ask for is ignored. */
public final class JobArguments {
    private final Map<String, String> values = new LinkedHashMap<>();

    /** @param arguments as {@code main} gets them */
    public JobArguments(String[] arguments) {
        for (int i = 0; i + 1 < arguments.length; i++) {
            if (arguments[i].startsWith("--")) {
                values.put(arguments[i].substring(2), arguments[i + 1]);
            }
        }
    }

    /** @throws IllegalArgumentException naming the argument that is missing */
    public String need(String name) {
        String value = values.get(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("The job argument --" + name + " is missing");
        }
        return value;
    }

    public String get(String name, String otherwise) {
        String value = values.get(name);
        return value == null || value.isBlank() ? otherwise : value;
    }
}
