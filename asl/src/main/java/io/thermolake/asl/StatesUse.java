package io.thermolake.asl;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which members of {@code $states} a JSONata field may read. "Transforming data with JSONata" in AWS's guide: a result or an
 * error where there is none is caught when the machine is created.
 */
final class StatesUse {
    private static final Pattern RESULT = Pattern.compile("\\$states\\s*\\.\\s*result\\b");
    private static final Pattern ERROR = Pattern.compile("\\$states\\s*\\.\\s*errorOutput\\b");
    private static final Set<String> WITH_RESULT = Set.of("Task", "Parallel", "Map", "Pass");
    private static final Set<String> AFTER_WORK = Set.of("Output", "Assign");

    private final Problems problems;

    StatesUse(Problems problems) {
        this.problems = problems;
    }

    void check(Fields state) {
        boolean works = WITH_RESULT.contains(String.valueOf(state.get("Type")));
        state.json().forEach((field, value) -> {
            String at = state.at() + "/" + field;
            if (field.equals("Catch")) {
                Json.list(value)
                        .forEach(catcher -> Json.object(catcher)
                                .forEach((name, inner) -> walk(inner, at, false, AFTER_WORK.contains(name))));
            } else if (!Variables.INNER.contains(field)) {
                walk(value, at, works && AFTER_WORK.contains(field), false);
            }
        });
    }

    private void walk(@Nullable Object value, String at, boolean result, boolean error) {
        if (value instanceof Map<?, ?> map) {
            map.values().forEach(each -> walk(each, at, result, error));
        } else if (value instanceof List<?> list) {
            list.forEach(each -> walk(each, at, result, error));
        } else if (value instanceof String text && Template.isExpression(text)) {
            String code = Variables.NOT_CODE.matcher(text).replaceAll("\"\"");
            if (!result && RESULT.matcher(code).find()) {
                problems.schema("$states.result is not available in this field", at);
            }
            if (!error && ERROR.matcher(code).find()) {
                problems.schema("$states.errorOutput is not available in this field", at);
            }
        }
    }
}
