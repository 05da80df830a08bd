package io.thermolake.asl.internal.path;

import io.thermolake.asl.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The texts of intrinsic functions: the backslashes of literals, and what States.Format makes of its template. */
final class IntrinsicText {
    private IntrinsicText() {}

    static @Nullable Object plain(@Nullable Object value) {
        return value instanceof String text ? unescaped(text) : value;
    }

    /** Takes the backslash from {@code \'}, {@code \{}, {@code \}} and {@code \\}. */
    static String unescaped(String literal) {
        if (literal.indexOf('\\') < 0) {
            return literal;
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < literal.length(); i++) {
            char c = literal.charAt(i);
            if (c == '\\' && i + 1 < literal.length() && "'{}\\".indexOf(literal.charAt(i + 1)) >= 0) {
                c = literal.charAt(++i);
            }
            text.append(c);
        }
        return text.toString();
    }

    static String format(String template, List<@Nullable Object> arguments) {
        StringBuilder text = new StringBuilder();
        int used = 0;
        for (int i = 0; i < template.length(); i++) {
            char c = template.charAt(i);
            if (c == '\\' && i + 1 < template.length() && "'{}\\".indexOf(template.charAt(i + 1)) >= 0) {
                text.append(template.charAt(++i));
            } else if (c == '{' && i + 1 < template.length() && template.charAt(i + 1) == '}') {
                if (used == arguments.size()) {
                    throw IntrinsicFunction.refused(
                            "Invalid number of arguments: the template of States.Format has more {} than arguments");
                }
                text.append(shown(plain(arguments.get(used++))));
                i++;
            } else {
                text.append(c);
            }
        }
        if (used < arguments.size()) {
            throw IntrinsicFunction.refused(
                    "Invalid number of arguments: the template of States.Format has fewer {} than arguments");
        }
        return text.toString();
    }

    /** As AWS prints it: a Java map's {@code toString}. */
    private static String shown(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(e -> e.getKey() + "=" + shown(e.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(IntrinsicText::shown).collect(Collectors.joining(", ", "[", "]"));
        }
        return value instanceof String text ? text : Json.text(value);
    }
}
