package io.thermolake.asl.internal.path;

import io.thermolake.asl.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The condition of a filter, {@code [?( … )]}. A comparison of things of different types is false, not an error. */
sealed interface Predicate {
    record All(List<Predicate> parts) implements Predicate {}

    record Any(List<Predicate> parts) implements Predicate {}

    record Not(Predicate part) implements Predicate {}

    record Exists(JsonPath path) implements Predicate {}

    record Compare(Operand left, String operator, Operand right) implements Predicate {}

    record Matches(Operand left, Pattern pattern) implements Predicate {}

    /** A literal, or a path from the node at hand ({@code @}) or from the document ({@code $}). */
    sealed interface Operand {
        record Literal(@Nullable Object value) implements Operand {}

        record At(JsonPath path) implements Operand {}

        record Root(JsonPath path) implements Operand {}
    }

    default boolean test(@Nullable Object node, Roots roots) {
        if (this instanceof All all) {
            return all.parts.stream().allMatch(p -> p.test(node, roots));
        }
        if (this instanceof Any any) {
            return any.parts.stream().anyMatch(p -> p.test(node, roots));
        }
        if (this instanceof Not not) {
            return !not.part.test(node, roots);
        }
        if (this instanceof Exists exists) {
            return !exists.path.nodes(roots.at(node)).isEmpty();
        }
        if (this instanceof Matches matches) {
            return value(matches.left, node, roots) instanceof String text
                    && matches.pattern.matcher(text).matches();
        }
        Compare compare = (Compare) this;
        return compare(value(compare.left, node, roots), compare.operator, value(compare.right, node, roots));
    }

    private static @Nullable Object value(Operand operand, @Nullable Object node, Roots roots) {
        if (operand instanceof Operand.Literal literal) {
            return literal.value;
        }
        List<@Nullable Object> found = operand instanceof Operand.At at
                ? at.path.nodes(roots.at(node))
                : ((Operand.Root) operand).path.nodes(roots);
        return found.size() == 1 ? found.get(0) : found.isEmpty() ? Missing.MISSING : found;
    }

    /** Stands for a path that leads nowhere: equal to nothing, null included. */
    enum Missing {
        MISSING
    }

    private static boolean compare(@Nullable Object left, String operator, @Nullable Object right) {
        return switch (operator) {
            case "==" -> equal(left, right);
            case "!=" -> !equal(left, right);
            case "in" -> right instanceof List<?> list && list.stream().anyMatch(each -> same(left, each));
            case "nin" -> !(right instanceof List<?> list) || list.stream().noneMatch(each -> same(left, each));
            case "contains" ->
                left instanceof String text && right instanceof String part
                        ? text.contains(part)
                        : left instanceof List<?> list && list.stream().anyMatch(each -> same(right, each));
            case "size" -> right instanceof Number n && size(left) >= 0 && size(left) == n.intValue();
            case "empty" -> size(left) >= 0 && Json.same(size(left) == 0, right);
            default -> order(left, operator, right);
        };
    }

    private static boolean equal(@Nullable Object left, @Nullable Object right) {
        return left != Missing.MISSING && same(left, right);
    }

    /** As the library behind AWS: a number is the text that stands for it, a text is the number's own. */
    private static boolean same(@Nullable Object left, @Nullable Object right) {
        if (left instanceof Number number && right instanceof String text) {
            try {
                return new BigDecimal(number.toString()).compareTo(new BigDecimal(text)) == 0;
            } catch (NumberFormatException e) {
                return false;
            }
        }
        return left instanceof String text && right instanceof Number number
                ? text.equals(number.toString())
                : Json.same(left, right);
    }

    /** -1 for what has no size. */
    private static int size(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.size()
                : value instanceof String text ? text.length() : value instanceof Map<?, ?> map ? map.size() : -1;
    }

    private static boolean order(@Nullable Object left, String operator, @Nullable Object right) {
        int by;
        if (left instanceof Number a && right instanceof Number b) {
            by = Json.compare(a, b);
        } else if (left instanceof String a && right instanceof String b) {
            by = a.compareTo(b);
        } else {
            return false;
        }
        return switch (operator) {
            case "<" -> by < 0;
            case "<=" -> by <= 0;
            case ">" -> by > 0;
            default -> by >= 0;
        };
    }
}
