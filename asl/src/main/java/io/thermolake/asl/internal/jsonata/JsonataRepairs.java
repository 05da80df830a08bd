package io.thermolake.asl.internal.jsonata;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Utils;
import java.text.ParseException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the library's functions of numbers, lists and times differ from the reference implementation's, jsonata-js 2; those of
 * texts are {@link TextRepairs}'. What is not mended: patterns of {@code $formatNumber} with optional integer digits, grouping
 * of unequal size or an exponent.
 */
final class JsonataRepairs {
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([Ee][-+]?[0-9]+)?");
    private static final Pattern OTHER_BASE = Pattern.compile("0([xX][0-9A-Fa-f]+|[oO][0-7]+|[bB][01]+)");
    private static final Pattern LOCAL_TIME = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?");

    private JsonataRepairs() {}

    static final Map<String, LibraryFunction> FUNCTIONS = Map.of(
            "number", new LibraryFunction("number", "<(nsb)-:n>", 1, args -> number(args[0])),
            "sum", new LibraryFunction("sum", "<a<n>:n>", 1, args -> sum((List<?>) args[0])),
            "average", new LibraryFunction("average", "<a<n>:n>", 1, args -> average((List<?>) args[0])),
            "distinct", new LibraryFunction("distinct", "<x:x>", 1, args -> distinct(args[0])),
            "sort", new LibraryFunction("sort", "<af?:a>", 2, args -> sort((List<?>) args[0], args[1])),
            "toMillis",
                    new LibraryFunction(
                            "toMillis", "<s-s?:n>", 2, args -> toMillis((String) args[0], (String) args[1])),
            "fromMillis",
                    new LibraryFunction(
                            "fromMillis",
                            "<n-s?s?:s>",
                            3,
                            args -> fromMillis((Number) args[0], (String) args[1], (String) args[2])));

    /** One after the other, as the reference adds: the library's sum is more exact, and another number. */
    private static @Nullable Object sum(@Nullable List<?> numbers) {
        if (numbers == null) {
            return null;
        }
        double sum = 0;
        for (Object each : numbers) {
            sum += ((Number) each).doubleValue();
        }
        return sum;
    }

    private static @Nullable Object average(@Nullable List<?> numbers) {
        Object sum = sum(numbers);
        return sum == null || numbers == null || numbers.isEmpty() ? null : (Double) sum / numbers.size();
    }

    private static @Nullable Object distinct(@Nullable Object given) {
        if (!(given instanceof List<?> all) || all.size() <= 1) {
            return given;
        }
        List<Object> found = Utils.isSequence(given) ? Utils.createSequence() : new ArrayList<>();
        for (Object each : all) {
            if (found.stream().noneMatch(one -> Values.OPERATORS.equal(each, one))) {
                found.add(each);
            }
        }
        return found;
    }

    /** By merging, as the reference: a comparison that contradicts itself ends, too, and in the same order. */
    private static @Nullable Object sort(@Nullable List<?> given, @Nullable Object comparator) {
        if (given == null || given.size() <= 1) {
            return given;
        }
        if (comparator != null) {
            return merged(given, (a, b) -> Jsonata.boolize(applied(comparator, Arrays.asList(a, b))));
        }
        if (given.stream().allMatch(each -> each instanceof Number)) {
            return merged(given, (a, b) -> ((Number) a).doubleValue() > ((Number) b).doubleValue());
        }
        if (given.stream().allMatch(each -> each instanceof String)) {
            return merged(given, (a, b) -> ((String) a).compareTo((String) b) > 0);
        }
        throw new JException("D3070", -1);
    }

    private static List<Object> merged(List<?> given, BiPredicate<Object, Object> after) {
        if (given.size() <= 1) {
            return new ArrayList<>(given);
        }
        Deque<Object> left = new ArrayDeque<>(merged(given.subList(0, given.size() / 2), after));
        Deque<Object> right = new ArrayDeque<>(merged(given.subList(given.size() / 2, given.size()), after));
        List<Object> all = new ArrayList<>(given.size());
        while (!left.isEmpty() && !right.isEmpty()) {
            all.add(after.test(left.getFirst(), right.getFirst()) ? right.removeFirst() : left.removeFirst());
        }
        all.addAll(left);
        all.addAll(right);
        return all;
    }

    /** What a function of the expression, or a built-in one, makes of its arguments. */
    static @Nullable Object applied(Object function, List<?> arguments) {
        try {
            return Functions.funcApply(function, arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Without a zone a time is UTC, not of wherever this runs. */
    private static @Nullable Object toMillis(@Nullable String time, @Nullable String picture) {
        if (time == null) {
            return null;
        }
        boolean local = picture == null && LOCAL_TIME.matcher(time).matches();
        try {
            return Functions.dateTimeToMillis(local ? time + "Z" : time, picture);
        } catch (ParseException e) {
            throw new JException("D3136", -1);
        }
    }

    static @Nullable Object fromMillis(@Nullable Number millis, @Nullable String picture, @Nullable String zone) {
        if (millis == null) {
            return null;
        }
        String written = picture == null ? null : WeekOfMonth.writtenOut(picture, millis.longValue(), zone);
        return Functions.dateTimeFromMillis(millis, written, zone);
    }

    private static @Nullable Object number(@Nullable Object value) {
        if (value == Jsonata.NULL_VALUE) {
            throw new JException("T0410", -1, 1, "number");
        }
        if (!(value instanceof String text)) {
            return value instanceof Boolean truth ? (Object) (truth ? 1 : 0) : value;
        }
        if (OTHER_BASE.matcher(text).matches()) {
            char base = Character.toLowerCase(text.charAt(1));
            return Long.parseLong(text.substring(2), base == 'x' ? 16 : base == 'o' ? 8 : 2);
        }
        double number = NUMBER.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
        if (!Double.isFinite(number)) {
            throw new JException("D3030", -1, text);
        }
        return Functions.number(text);
    }
}
