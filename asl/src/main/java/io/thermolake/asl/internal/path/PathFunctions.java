package io.thermolake.asl.internal.path;

import io.thermolake.asl.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** The functions that a path may end with, as Jayway's library has them: {@code $.values.length()}. */
final class PathFunctions {
    static final Set<String> NAMES =
            Set.of("length", "size", "min", "max", "avg", "sum", "stddev", "keys", "first", "last");

    private PathFunctions() {}

    static @Nullable Object apply(String name, @Nullable Object node) {
        if (name.equals("keys")) {
            return node instanceof Map<?, ?> map ? new ArrayList<Object>(map.keySet()) : null;
        }
        if ((name.equals("length") || name.equals("size")) && !(node instanceof List<?>)) {
            return node instanceof Map<?, ?> map
                    ? (Object) (long) map.size()
                    : node instanceof String text ? (Object) (long) text.length() : null;
        }
        List<?> list = Json.list(node);
        if (name.equals("length") || name.equals("size")) {
            return (long) list.size();
        }
        if (list.isEmpty()) {
            throw empty();
        }
        if (name.equals("first") || name.equals("last")) {
            return list.get(name.equals("first") ? 0 : list.size() - 1);
        }
        double[] numbers = list.stream()
                .filter(Number.class::isInstance)
                .mapToDouble(n -> ((Number) n).doubleValue())
                .toArray();
        if (numbers.length == 0) {
            throw empty();
        }
        double sum = DoubleStream.of(numbers).sum();
        return switch (name) {
            case "min" -> DoubleStream.of(numbers).min().orElseThrow();
            case "max" -> DoubleStream.of(numbers).max().orElseThrow();
            case "sum" -> sum;
            case "avg" -> sum / numbers.length;
            default -> deviation(numbers, sum / numbers.length);
        };
    }

    private static PathException empty() {
        return new PathException(
                PathException.Kind.NOT_FOUND, "Aggregation function attempted to calculate value using empty array");
    }

    private static double deviation(double[] numbers, double mean) {
        return Math.sqrt(
                DoubleStream.of(numbers).map(n -> (n - mean) * (n - mean)).sum() / numbers.length);
    }
}
