package io.thermolake.asl.internal.jsonata;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.OpenJsonata;
import com.dashjoin.jsonata.Utils;
import io.thermolake.asl.internal.base.NumberText;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the reference implementation's operators make of values: one kind of numbers, the doubles, wherever they come from. */
final class Values implements OpenJsonata.Operators {
    static final Values OPERATORS = new Values();

    private static final int DIGITS_OF_A_TEXT = 15;

    private Values() {}

    @Override
    public boolean equal(@Nullable Object a, @Nullable Object b) {
        if (a instanceof List<?> x && b instanceof List<?> y) {
            Iterator<?> other = y.iterator();
            return x.size() == y.size() && x.stream().allMatch(each -> equal(each, other.next()));
        }
        if (a instanceof Map<?, ?> x && b instanceof Map<?, ?> y) {
            return x.size() == y.size()
                    && x.entrySet().stream()
                            .allMatch(each ->
                                    y.containsKey(each.getKey()) && equal(each.getValue(), y.get(each.getKey())));
        }
        return identical(a, b);
    }

    /** Lists and objects are only what they are themselves, as in JavaScript. */
    @Override
    public boolean identical(@Nullable Object a, @Nullable Object b) {
        if (a instanceof Number x && b instanceof Number y) {
            return x.doubleValue() == y.doubleValue();
        }
        return isNull(a) ? isNull(b) : a == b || ((a instanceof String || a instanceof Boolean) && a.equals(b));
    }

    private static boolean isNull(@Nullable Object value) {
        return value == null || value == Jsonata.NULL_VALUE;
    }

    @Override
    public Number calculated(double a, String operator, double b) {
        return LibraryForm.number(
                switch (operator) {
                    case "+" -> a + b;
                    case "-" -> a - b;
                    case "*" -> a * b;
                    case "/" -> a / b;
                    default -> a % b;
                });
    }

    @Override
    public String text(Object value) {
        return text(value, false);
    }

    /** What {@code $string} writes: text as it is, JSON of all else, numbers that are not whole to 15 digits. */
    static String text(Object value, boolean pretty) {
        if (value instanceof String text) {
            return text;
        }
        if (isFunction(value)) {
            return "";
        }
        if (value instanceof Double d && !Double.isFinite(d)) {
            throw new JException("D3001", -1, value);
        }
        StringBuilder out = new StringBuilder();
        write(value instanceof Utils.JList<?> list && list.outerWrapper ? list.get(0) : value, pretty ? "\n" : "", out);
        return out.toString();
    }

    /** A value in an error's text: what JSON has no word for is null there. */
    static String json(@Nullable Object value) {
        if (value instanceof Double d && !Double.isFinite(d)) {
            return "null";
        }
        StringBuilder out = new StringBuilder();
        write(value, "", out);
        return out.toString();
    }

    /** @param line what begins a line, with its indentation; empty for text on one line */
    private static void write(@Nullable Object value, String line, StringBuilder out) {
        String inner = line.isEmpty() ? "" : line + "  ";
        if (isNull(value)) {
            out.append("null");
        } else if (value instanceof Number number) {
            double d = number.doubleValue();
            if (!Double.isFinite(d)) {
                throw new JException("D1001", -1, value);
            }
            out.append(NumberText.of(d == Math.rint(d) ? d : NumberText.rounded(d, DIGITS_OF_A_TEXT)));
        } else if (value instanceof Map<?, ?> map) {
            out.append('{');
            String between = "";
            for (Map.Entry<?, ?> each : map.entrySet()) {
                out.append(between).append(inner);
                quote(String.valueOf(each.getKey()), out);
                out.append(line.isEmpty() ? ":" : ": ");
                write(each.getValue(), inner, out);
                between = ",";
            }
            out.append(map.isEmpty() ? "" : line).append('}');
        } else if (value instanceof List<?> list) {
            out.append('[');
            String between = "";
            for (Object each : list) {
                out.append(between).append(inner);
                write(each, inner, out);
                between = ",";
            }
            out.append(list.isEmpty() ? "" : line).append(']');
        } else if (value instanceof Boolean) {
            out.append(value);
        } else {
            quote(isFunction(value) ? "" : String.valueOf(value), out);
        }
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int escape = "\"\\\b\f\n\r\t".indexOf(c);
            boolean alone = Character.isSurrogate(c)
                    && !(Character.isHighSurrogate(c)
                            && i + 1 < text.length()
                            && Character.isLowSurrogate(text.charAt(i + 1)))
                    && !(Character.isLowSurrogate(c) && i > 0 && Character.isHighSurrogate(text.charAt(i - 1)));
            if (escape >= 0) {
                out.append('\\').append("\"\\bfnrt".charAt(escape));
            } else if (c < ' ' || alone) {
                out.append("\\u%04x".formatted((int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    static boolean isFunction(@Nullable Object value) {
        return Utils.isFunction(value) || Functions.isLambda(value) || value instanceof java.util.regex.Pattern;
    }

    @Override
    public boolean isIndexes(@Nullable Object predicate) {
        return predicate instanceof Number
                || (predicate instanceof List<?> list && list.stream().allMatch(each -> each instanceof Number));
    }

    @Override
    public int picks(@Nullable Object predicate, int index, int size) {
        if (predicate instanceof List<?> list) {
            return (int)
                    list.stream().filter(each -> picks(each, index, size) > 0).count();
        }
        double at = Math.floor(((Number) java.util.Objects.requireNonNull(predicate)).doubleValue());
        return (at < 0 ? size + at : at) == index ? 1 : 0;
    }
}
