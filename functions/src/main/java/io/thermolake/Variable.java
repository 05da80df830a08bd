package io.thermolake;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One variable of the environment: what it may be, and how its text is read or refused with its name.
 *
 * @param name as the template's {@code Globals} write it
 * @param kind text, oneOf, whole, number or duration
 * @param allowed the words of {@code oneOf}; the least and the greatest of {@code whole} and {@code number}; else none
 * @param needed whether it has to be there; what need not be is empty without it
 * @param read makes the value of a text that is not blank
 */
record Variable<T>(String name, String kind, List<String> allowed, boolean needed, Function<String, T> read) {

    static Variable<String> text(String name) {
        return new Variable<>(name, "text", List.of(), true, value -> value);
    }

    static Variable<String> optional(String name) {
        return new Variable<>(name, "text", List.of(), false, value -> value);
    }

    static Variable<String> oneOf(String name, String... words) {
        List<String> allowed = List.of(words);
        return new Variable<>(name, "oneOf", allowed, true, value -> {
            if (!allowed.contains(value)) {
                throw refused(name, "one of " + String.join(", ", allowed), value);
            }
            return value;
        });
    }

    static Variable<Double> number(String name, double least, double most) {
        return new Variable<>(
                name, "number", bounds(least, most), true, value -> number(name, "a number", least, most, value));
    }

    static Variable<Integer> whole(String name, int least, int most) {
        return new Variable<>(name, "whole", bounds(least, most), true, value -> {
            double number = number(name, "a whole number", least, most, value);
            if (number != Math.rint(number)) {
                throw refused(name, "a whole number from %s to %s".formatted(least, most), value);
            }
            return (int) number;
        });
    }

    static Variable<Duration> duration(String name) {
        return new Variable<>(name, "duration", List.of(), true, value -> duration(name, "", Duration.ZERO, value));
    }

    static Variable<Duration> duration(String name, Duration least) {
        return new Variable<>(
                name,
                "duration",
                List.of(least.toString()),
                true,
                value -> duration(name, ", at least " + least, least, value));
    }

    /** @throws IllegalArgumentException naming the variable, what it may be and what it is */
    T in(Map<String, String> environment) {
        String value = environment.get(name);
        if (value != null && !value.isBlank() || !needed) {
            return read.apply(value == null ? "" : value);
        }
        throw new IllegalArgumentException(
                "The environment variable " + name + " is not set; the template's Globals set it");
    }

    private static List<String> bounds(Number least, Number most) {
        return List.of(least.toString(), most.toString());
    }

    private static double number(String name, String what, Number least, Number most, String value) {
        try {
            double number = Double.parseDouble(value);
            if (number >= least.doubleValue() && number <= most.doubleValue()) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, with the range.
        }
        throw refused(name, "%s from %s to %s".formatted(what, least, most), value);
    }

    private static Duration duration(String name, String bound, Duration least, String value) {
        try {
            Duration duration = Duration.parse(value);
            if (duration.compareTo(least) >= 0) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            // Told below, with an example.
        }
        throw refused(name, "a duration such as PT2H or P30D" + bound, value);
    }

    private static IllegalArgumentException refused(String name, String what, String value) {
        return new IllegalArgumentException(
                "The environment variable %s must be %s but is '%s'".formatted(name, what, value));
    }
}
