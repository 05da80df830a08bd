package io.thermolake;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;

/** Environment variables, each read as what it has to be, or refused with its name and what it may be. */
record Environment(Map<String, String> variables) {

    String text(String name) {
        String value = variables.get(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(
                    "The environment variable " + name + " is not set; the template's Globals set it");
        }
        return value;
    }

    String oneOf(String name, String... allowed) {
        String value = text(name);
        if (!List.of(allowed).contains(value)) {
            throw new IllegalArgumentException("The environment variable %s must be one of %s but is '%s'"
                    .formatted(name, String.join(", ", allowed), value));
        }
        return value;
    }

    double number(String name, double least, double most) {
        String value = text(name);
        try {
            double number = Double.parseDouble(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, with the range.
        }
        throw new IllegalArgumentException("The environment variable %s must be a number from %s to %s but is '%s'"
                .formatted(name, least, most, value));
    }

    int whole(String name, int least, int most) {
        double number = number(name, least, most);
        if (number != Math.rint(number)) {
            throw new IllegalArgumentException(
                    "The environment variable %s must be a whole number from %s to %s but is '%s'"
                            .formatted(name, least, most, variables.get(name)));
        }
        return (int) number;
    }

    Duration duration(String name) {
        String value = text(name);
        try {
            Duration duration = Duration.parse(value);
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            // Told below, with an example.
        }
        throw new IllegalArgumentException(
                "The environment variable %s must be a duration such as PT2H or P30D but is '%s'"
                        .formatted(name, value));
    }
}
