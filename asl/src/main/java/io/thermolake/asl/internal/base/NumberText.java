package io.thermolake.asl.internal.base;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** How a number is written. */
public final class NumberText {
    /** JavaScript writes smaller and larger ones with an exponent: 1e-7, 1e+21. */
    private static final int LEAST_EXPONENT = -7;

    private static final int LARGEST_EXPONENT = 21;

    private NumberText() {}

    /**
     * The shortest digits that stand for the number alone, as JavaScript writes them: 1 for 1.0, 0 for -0.0, 0.0001, 1e-7,
     * 100000000000000000000, 1e+21.
     *
     * @param number any but infinities and NaN
     */
    public static String of(double number) {
        if (number == 0) {
            return "0";
        }
        BigDecimal digits = shortest(number).stripTrailingZeros();
        String unscaled = digits.unscaledValue().abs().toString();
        // The place of the decimal point, counted from the first digit.
        int point = unscaled.length() - digits.scale();
        String sign = number < 0 ? "-" : "";
        if (point > LEAST_EXPONENT + 1 && point <= LARGEST_EXPONENT) {
            return sign + digits.abs().toPlainString();
        }
        String fraction = unscaled.length() == 1 ? "" : "." + unscaled.substring(1);
        return sign + unscaled.charAt(0) + fraction + "e" + (point > 0 ? "+" : "") + (point - 1);
    }

    /** The number to so many significant digits. */
    public static double rounded(double number, int digits) {
        return new BigDecimal(number)
                .round(new MathContext(digits, RoundingMode.HALF_UP))
                .doubleValue();
    }

    /** Java writes a digit too many at times: 2.0E-3 is none of those, 2.2250738585072014E-308 is. */
    private static BigDecimal shortest(double number) {
        BigDecimal written = new BigDecimal(Double.toString(number));
        BigDecimal exact = new BigDecimal(number);
        for (int digits = written.precision() - 1; digits > 0; digits--) {
            BigDecimal shorter = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (shorter.doubleValue() != number) {
                break;
            }
            written = shorter;
        }
        return written;
    }
}
