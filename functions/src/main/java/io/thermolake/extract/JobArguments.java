package io.thermolake.extract;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A job's {@code --name value} arguments. Glue adds its own; what a job does not ask for is ignored. */
final class JobArguments {
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Set<String> known;

    /** @param arguments as {@code main} gets them; @param known all that the job will ask for */
    JobArguments(String[] arguments, List<JobArgument<?>> known) {
        this.known = known.stream().map(JobArgument::name).collect(Collectors.toSet());
        for (int i = 0; i + 1 < arguments.length; i++) {
            if (arguments[i].startsWith("--")) {
                values.put(arguments[i].substring(2), arguments[i + 1]);
            }
        }
    }

    /** @throws IllegalArgumentException naming the argument that is missing */
    String need(String name) {
        String value = value(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("The job argument --" + name + " is missing");
        }
        return value;
    }

    String get(String name, String otherwise) {
        String value = value(name);
        return value == null || value.isBlank() ? otherwise : value;
    }

    private @Nullable String value(String name) {
        if (!known.contains(name)) {
            throw new IllegalStateException(
                    "The job reads --" + name + ", which is none of its arguments; list it there");
        }
        return values.get(name);
    }
}
