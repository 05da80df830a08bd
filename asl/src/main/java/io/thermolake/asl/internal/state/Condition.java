package io.thermolake.asl.internal.state;

import io.thermolake.asl.Json;
import io.thermolake.asl.internal.path.JsonPath;
import io.thermolake.asl.internal.path.PathException;
import io.thermolake.asl.internal.value.Frame;
import io.thermolake.asl.internal.value.Template;
import io.thermolake.asl.internal.value.Value;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether a Choice's rule applies. A comparison of things of different types is false, never an error.
 */
public sealed interface Condition {
    boolean test(Frame frame);

    record All(List<Condition> parts) implements Condition {
        @Override
        public boolean test(Frame frame) {
            return parts.stream().allMatch(part -> part.test(frame));
        }
    }

    record Any(List<Condition> parts) implements Condition {
        @Override
        public boolean test(Frame frame) {
            return parts.stream().anyMatch(part -> part.test(frame));
        }
    }

    record Not(Condition part) implements Condition {
        @Override
        public boolean test(Frame frame) {
            return !part.test(frame);
        }
    }

    /** JSONata's: an expression that gives true or false. */
    record JsonataCondition(Template template) implements Condition {
        @Override
        public boolean test(Frame frame) {
            return (Boolean) java.util.Objects.requireNonNull(template.get(frame, "boolean"));
        }
    }

    /** {@code IsPresent}: the one test of a path that may lead nowhere. */
    record Presence(JsonPath variable, boolean wanted) implements Condition {
        @Override
        public boolean test(Frame frame) {
            try {
                variable.read(frame.roots());
                return wanted;
            } catch (PathException e) {
                return !wanted;
            }
        }
    }

    /** {@code IsString} and its like. */
    record OfType(Value variable, String type, boolean wanted) implements Condition {
        @Override
        public boolean test(Frame frame) {
            Object value = variable.get(frame);
            boolean is = type.equals("timestamp")
                    ? value instanceof String text && timestamp(text) != null
                    : Json.typeOf(value).equals(type);
            return is == wanted;
        }
    }

    /** {@code StringMatches}: {@code *} stands for anything, {@code \*} for itself. */
    record Matches(Value variable, String pattern) implements Condition {
        @Override
        public boolean test(Frame frame) {
            return variable.get(frame) instanceof String text && matches(text, 0, pattern, 0);
        }

        private static boolean matches(String text, int t, String pattern, int p) {
            if (p == pattern.length()) {
                return t == text.length();
            }
            char c = pattern.charAt(p);
            if (c == '*') {
                for (int rest = t; rest <= text.length(); rest++) {
                    if (matches(text, rest, pattern, p + 1)) {
                        return true;
                    }
                }
                return false;
            }
            boolean escaped = c == '\\' && p + 1 < pattern.length() && "*\\".indexOf(pattern.charAt(p + 1)) >= 0;
            char wanted = escaped ? pattern.charAt(p + 1) : c;
            return t < text.length()
                    && text.charAt(t) == wanted
                    && matches(text, t + 1, pattern, p + (escaped ? 2 : 1));
        }
    }

    /** A comparison, {@code NumericLessThanPath} and its like. */
    record Compare(Value variable, Kind kind, Relation relation, Value with) implements Condition {
        /** What is compared. */
        public enum Kind {
            STRING,
            NUMERIC,
            BOOLEAN,
            TIMESTAMP
        }

        /** How. */
        public enum Relation {
            EQUALS,
            LESS_THAN,
            GREATER_THAN,
            LESS_THAN_EQUALS,
            GREATER_THAN_EQUALS;

            boolean holds(int order) {
                return switch (this) {
                    case EQUALS -> order == 0;
                    case LESS_THAN -> order < 0;
                    case GREATER_THAN -> order > 0;
                    case LESS_THAN_EQUALS -> order <= 0;
                    case GREATER_THAN_EQUALS -> order >= 0;
                };
            }
        }

        @Override
        public boolean test(Frame frame) {
            Object left = variable.get(frame);
            Object right = with.get(frame);
            Integer order = switch (kind) {
                case STRING -> left instanceof String a && right instanceof String b ? a.compareTo(b) : null;
                case NUMERIC -> left instanceof Number a && right instanceof Number b ? Json.compare(a, b) : null;
                case BOOLEAN -> left instanceof Boolean a && right instanceof Boolean b ? Boolean.compare(a, b) : null;
                case TIMESTAMP -> timestamps(left, right);
            };
            return order != null && relation.holds(order);
        }

        private static @Nullable Integer timestamps(@Nullable Object left, @Nullable Object right) {
            Instant a = left instanceof String text ? timestamp(text) : null;
            Instant b = right instanceof String text ? timestamp(text) : null;
            return a == null || b == null ? null : a.compareTo(b);
        }
    }

    Pattern TIMESTAMP = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]\\d{2}:\\d{2})");

    /** The instant of an RFC 3339 timestamp with a capital T and Z or an offset, or null when the text is none. */
    static @Nullable Instant timestamp(String text) {
        // Java's parser takes a small t and z, and a time without seconds.
        if (!TIMESTAMP.matcher(text).matches()) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** The JSON types that the Is… operators ask for, by operator. */
    Map<String, String> TYPES = Map.of(
            "IsNull", "null",
            "IsNumeric", "number",
            "IsString", "string",
            "IsBoolean", "boolean",
            "IsTimestamp", "timestamp");
}
