package io.thermolake.reading;

import java.io.Serializable;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which values may be a room's temperature, and which are only a sensor's way to tell an error.
 *
 * @param least °C, inclusive
 * @param greatest °C, inclusive
 * @param errors °C: values that are no measurement, such as the 85 that a DS18B20 has when its power comes on
 */
public record TemperatureRange(double least, double greatest, Set<Double> errors) implements Serializable {
    /** Every number is a temperature. */
    public static final TemperatureRange ANY = new TemperatureRange(-Double.MAX_VALUE, Double.MAX_VALUE, Set.of());

    public TemperatureRange {
        if (!(least < greatest)) {
            throw new IllegalArgumentException(
                    "MinTemperature must be below MaxTemperature, but they are %s and %s".formatted(least, greatest));
        }
        errors = Set.copyOf(errors);
    }

    /**
     * Reads the stack's settings.
     *
     * @param errors separated by commas; empty for none
     * @throws IllegalArgumentException naming the setting that is no number, or is out of order
     */
    public static TemperatureRange of(String least, String greatest, String errors) {
        Set<Double> values = new TreeSet<>();
        for (String error : errors.split(",", -1)) {
            if (!error.isBlank()) {
                values.add(number("ErrorTemperatures", error));
            }
        }
        return new TemperatureRange(number("MinTemperature", least), number("MaxTemperature", greatest), values);
    }

    private static double number(String setting, String text) {
        double value = Celsius.of(Blanks.strip(text));
        if (Double.isNaN(value)) {
            throw new IllegalArgumentException(
                    "%s must be a temperature in °C such as 85 or -9999.0, but '%s' is none".formatted(setting, text));
        }
        return value;
    }

    boolean has(double celsius) {
        return celsius >= least && celsius <= greatest;
    }
}
