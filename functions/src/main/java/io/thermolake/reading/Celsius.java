package io.thermolake.reading;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The temperatures that a raw record may have: a number with a decimal point, with or without {@code °C} or {@code °F}
 * after it. A comma is refused: nobody can say whether it divides thousands.
 */
final class Celsius {
    /** Narrower than Java's, which would read "21.5f", "20." and "0x1p3" as well. */
    private static final Pattern TEXT = Pattern.compile(
            "([-+\u2212]?)((?:[0-9]++(?:\\.[0-9]++)?|\\.[0-9]++)(?:[eE][-+]?[0-9]++)?)(?:[ \u00A0\u202F]?(°C|℃|°F|℉))?");

    private static final BigDecimal FREEZING = BigDecimal.valueOf(32);
    private static final BigDecimal FIVE = BigDecimal.valueOf(5);
    private static final BigDecimal NINE = BigDecimal.valueOf(9);

    private Celsius() {}

    /** @return a finite number of °C, or NaN when the text is no temperature */
    static double of(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Double.NaN;
        }
        double number = Double.parseDouble(matcher.group(2));
        if (Double.isInfinite(number)) {
            return Double.NaN;
        }
        double signed = matcher.group(1).isEmpty() || matcher.group(1).equals("+") ? number : -number;
        String unit = matcher.group(3);
        // Without a negative zero, which would be another value than zero to Spark and Parquet.
        return (unit == null || unit.endsWith("C") || unit.equals("℃") ? signed : fromFahrenheit(signed)) + 0.0;
    }

    /** Decimal, so that 68.9 °F are 20.5 °C. */
    private static double fromFahrenheit(double fahrenheit) {
        return new BigDecimal(Double.toString(fahrenheit))
                .subtract(FREEZING, MathContext.DECIMAL64)
                .multiply(FIVE)
                .divide(NINE, MathContext.DECIMAL64)
                .doubleValue();
    }
}
