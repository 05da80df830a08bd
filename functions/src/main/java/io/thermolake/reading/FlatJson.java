package io.thermolake.reading;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a line's JSON objects into texts: strings unescaped, numbers and words as they stand, nested values as their JSON,
 * null as null. It is our own since the jobs may use only the JDK: Glue's class path has a Jackson of Spark's choosing.
 * Lenient in one thing only: {@code NaN} and {@code Infinity} are read, so that they are named bad temperatures.
 */
public final class FlatJson {
    private final String text;
    private int at;

    FlatJson(String text) {
        this.text = text;
    }

    /**
     * Every object of a line; objects may follow each other directly ({@code }{}).
     *
     * @return the parts of the line, each with its fields, or with null where the rest is no JSON object
     */
    public static List<Part> parts(String line) {
        FlatJson json = new FlatJson(line);
        List<Part> parts = new ArrayList<>();
        for (Part part = json.next(); part != null; part = json.next()) {
            parts.add(part);
        }
        return parts;
    }

    /** @return the line's next part, or null at its end */
    @Nullable
    Part next() {
        blanks();
        if (at >= text.length()) {
            return null;
        }
        int start = at;
        Map<String, @Nullable String> fields = object();
        if (fields == null) {
            at = text.length();
        }
        return new Part(text.substring(start, at), fields);
    }

    /** @param fields null when the text is no JSON object */
    public record Part(String text, @Nullable Map<String, @Nullable String> fields) {}

    private @Nullable Map<String, @Nullable String> object() {
        if (!take('{')) {
            return null;
        }
        Map<String, @Nullable String> fields = new LinkedHashMap<>();
        blanks();
        if (take('}')) {
            return fields;
        }
        do {
            blanks();
            String key = peek() == '"' ? string() : null;
            blanks();
            if (key == null || !take(':')) {
                return null;
            }
            blanks();
            int start = at;
            char first = peek();
            if (first == '"') {
                String value = string();
                if (value == null) {
                    return null;
                }
                fields.put(key, value);
            } else if (first == '{' || first == '[') {
                if (!skipNested()) {
                    return null;
                }
                fields.put(key, text.substring(start, at));
            } else {
                String word = word();
                if (word.isEmpty() || !isValue(word)) {
                    return null;
                }
                fields.put(key, word.equals("null") ? null : word);
            }
            blanks();
        } while (take(','));
        return take('}') ? fields : null;
    }

    private static boolean isValue(String word) {
        char c = word.charAt(0);
        return switch (word) {
            case "null", "true", "false", "NaN", "Infinity", "-Infinity" -> true;
            default -> c == '-' || (c >= '0' && c <= '9');
        };
    }

    private String word() {
        int start = at;
        while (at < text.length() && ",}] \t\r\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(start, at);
    }

    private boolean skipNested() {
        int depth = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                if (string() == null) {
                    return false;
                }
                continue;
            }
            at++;
            if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']') {
                depth--;
                if (depth == 0) {
                    return true;
                }
            }
        }
        return false;
    }

    private @Nullable String string() {
        StringBuilder out = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return out.toString();
            }
            if (c != '\\') {
                out.append(c);
                continue;
            }
            if (at >= text.length()) {
                return null;
            }
            char escape = text.charAt(at++);
            switch (escape) {
                case 'n' -> out.append('\n');
                case 't' -> out.append('\t');
                case 'r' -> out.append('\r');
                case 'b' -> out.append('\b');
                case 'f' -> out.append('\f');
                case '"', '\\', '/' -> out.append(escape);
                case 'u' -> {
                    if (at + 4 > text.length()) {
                        return null;
                    }
                    try {
                        out.append((char) Integer.parseInt(text.substring(at, at + 4), 16));
                    } catch (NumberFormatException e) {
                        return null;
                    }
                    at += 4;
                }
                default -> {
                    return null;
                }
            }
        }
        return null;
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private boolean take(char c) {
        if (peek() == c) {
            at++;
            return true;
        }
        return false;
    }

    private void blanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }
}
