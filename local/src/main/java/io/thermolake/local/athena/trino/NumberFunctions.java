package io.thermolake.local.athena.trino;

import static io.thermolake.local.athena.trino.JavaFunction.of;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Numbers as Trino computes them: decimals come and go as texts, since DuckDB divides them as doubles. */
final class NumberFunctions {
    private static final int MOST_BASE = 36;

    static final List<JavaFunction> ALL = List.of(
            math("th_exp", Math::exp),
            math("th_ln", Math::log),
            math("th_log10", Math::log10),
            math("th_log2", x -> Math.log(x) / Math.log(2)),
            math("th_cbrt", Math::cbrt),
            math("th_sin", Math::sin),
            math("th_cos", Math::cos),
            math("th_tan", Math::tan),
            math("th_asin", Math::asin),
            math("th_acos", Math::acos),
            math("th_atan", Math::atan),
            math("th_sinh", Math::sinh),
            math("th_cosh", Math::cosh),
            math("th_tanh", Math::tanh),
            math("th_degrees", Math::toDegrees),
            math("th_radians", Math::toRadians),
            math("th_round", x -> round(x, 0)),
            of("th_round_to", "dl>d", a -> round((Double) a[0], Math.toIntExact((Long) a[1]))),
            of("th_power", "dd>d", a -> Math.pow((Double) a[0], (Double) a[1])),
            of("th_log", "dd>d", a -> Math.log((Double) a[1]) / Math.log((Double) a[0])),
            of("th_atan2", "dd>d", a -> Math.atan2((Double) a[0], (Double) a[1])),
            of("th_no_nan", "ds>d", a -> noNan((Double) a[0], (String) a[1])),
            of("th_decimal_divide", "ssl>s", a -> divide((String) a[0], (String) a[1], (Long) a[2])),
            of("th_decimal_mod", "ss>s", a -> mod((String) a[0], (String) a[1])),
            of("th_decimal_round", "sl>s", a -> round((String) a[0], (Long) a[1])),
            of("th_decimal_text", "s>s", a -> new BigDecimal((String) a[0]).toPlainString()),
            of("th_double_text", "d>s", a -> Double.toString((Double) a[0])),
            of("th_double_decimal", "dl>s", a -> decimal((Double) a[0], Math.toIntExact((Long) a[1]))),
            of("th_text_double", "s>d", a -> textDouble((String) a[0])),
            of("th_text_whole", "slls>l", a -> textWhole((String) a[0], (Long) a[1], (Long) a[2], (String) a[3])),
            of("th_round_whole", "ll>l", a -> roundWhole((Long) a[0], (Long) a[1])),
            of("th_text_decimal", "sl>s", a -> textDecimal((String) a[0], Math.toIntExact((Long) a[1]))),
            of("th_text_boolean", "s>b", a -> textBoolean((String) a[0])),
            of("th_to_base", "ll>s", a -> Long.toString((Long) a[0], base((Long) a[1]))),
            of("th_from_base", "sl>l", a -> fromBase((String) a[0], base((Long) a[1]))),
            of("th_step", "lll>l", a -> step((Long) a[0], (Long) a[1], (Long) a[2])),
            of("th_index", "ll>l", a -> index((Long) a[0], (Long) a[1])),
            of("th_share", "d>d", a -> share((Double) a[0])),
            of("th_at_least", "ll>l", a -> atLeast((Long) a[0], (Long) a[1])),
            of("th_element", "l>l", a -> element((Long) a[0])));

    private static final int MOST_ENTRIES = 10_000;

    private NumberFunctions() {}

    private static JavaFunction math(String name, DoubleUnaryOperator operator) {
        return of(name, "d>d", a -> operator.applyAsDouble((Double) a[0]));
    }

    /** Half away from zero at the decimal that the double is nearest to, as Trino multiplies it out. */
    static double round(double value, int digits) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return value;
        }
        double factor = Math.pow(10, digits);
        long rescaled = Math.round(Math.abs(value) * factor);
        if (rescaled == Long.MAX_VALUE) {
            return BigDecimal.valueOf(value)
                    .setScale(digits, RoundingMode.HALF_UP)
                    .doubleValue();
        }
        double rounded = rescaled / factor;
        return value < 0 ? -rounded : rounded;
    }

    private static double noNan(double value, String function) {
        if (Double.isNaN(value)) {
            throw new IllegalArgumentException("The laptop's Athena does not know " + function + " of NaN");
        }
        return value;
    }

    private static String divide(String a, String b, long scale) {
        BigDecimal divisor = new BigDecimal(b);
        if (divisor.signum() == 0) {
            throw new IllegalArgumentException("DIVISION_BY_ZERO: Division by zero");
        }
        return new BigDecimal(a)
                .divide(divisor, (int) scale, RoundingMode.HALF_UP)
                .toPlainString();
    }

    private static String mod(String a, String b) {
        BigDecimal divisor = new BigDecimal(b);
        if (divisor.signum() == 0) {
            throw new IllegalArgumentException("DIVISION_BY_ZERO: Division by zero");
        }
        return new BigDecimal(a).remainder(divisor).toPlainString();
    }

    private static String round(String value, long digits) {
        BigDecimal decimal = new BigDecimal(value);
        return digits >= decimal.scale()
                ? value
                : decimal.setScale(Math.toIntExact(digits), RoundingMode.HALF_UP)
                        .toPlainString();
    }

    /** Trino's cast: where the double's exact value and its shortest text round differently, it is not sure which. */
    private static String decimal(double value, int scale) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw new IllegalArgumentException("INVALID_CAST_ARGUMENT: Cannot cast DOUBLE '" + value + "' to DECIMAL");
        }
        BigDecimal exact = new BigDecimal(value).setScale(scale, RoundingMode.HALF_UP);
        if (exact.compareTo(BigDecimal.valueOf(value).setScale(scale, RoundingMode.HALF_UP)) != 0) {
            throw new IllegalArgumentException("The laptop's Athena does not know how " + value
                    + ", between two decimals, is rounded; cast it to varchar first");
        }
        return exact.toPlainString();
    }

    private static double textDouble(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("INVALID_CAST_ARGUMENT: Cannot cast '" + text + "' to DOUBLE", e);
        }
    }

    private static long textWhole(String text, long least, long most, String type) {
        try {
            long value = Long.parseLong(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Told below, as a number out of range is.
        }
        if (!text.equals(text.strip()) && text.strip().matches("[-+]?\\d+")) {
            // Trino's later versions take the blanks off.
            throw new IllegalArgumentException("The laptop's Athena does not know the cast of '" + text + "' to " + type
                    + ", a number with blanks around it; trim it");
        }
        throw new IllegalArgumentException("INVALID_CAST_ARGUMENT: Cannot cast '" + text + "' to " + type);
    }

    private static long roundWhole(long value, long digits) {
        if (digits < 0) {
            throw new IllegalArgumentException(
                    "The laptop's Athena does not know round of a whole number to negative digits");
        }
        return value;
    }

    private static String textDecimal(String text, int scale) {
        try {
            return new BigDecimal(text).setScale(scale, RoundingMode.HALF_UP).toPlainString();
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("INVALID_CAST_ARGUMENT: Cannot cast '" + text + "' to DECIMAL", e);
        }
    }

    private static boolean textBoolean(String text) {
        return switch (text.toLowerCase(java.util.Locale.ROOT)) {
            case "t", "true", "1" -> true;
            case "f", "false", "0" -> false;
            default ->
                throw new IllegalArgumentException("INVALID_CAST_ARGUMENT: Cannot cast '" + text + "' to BOOLEAN");
        };
    }

    private static int base(long base) {
        if (base < 2 || base > MOST_BASE) {
            throw new IllegalArgumentException("INVALID_FUNCTION_ARGUMENT: Radix must be between 2 and 36");
        }
        return (int) base;
    }

    private static long fromBase(String text, int base) {
        try {
            return Long.parseLong(text, base);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "INVALID_FUNCTION_ARGUMENT: Not a valid base-" + base + " number: " + text, e);
        }
    }

    private static long step(long start, long stop, long step) {
        if (step == 0 || (step > 0 ? stop < start : stop > start)) {
            throw new IllegalArgumentException(
                    "INVALID_FUNCTION_ARGUMENT: sequence stop value should be greater than or"
                            + " equal to start value if step is greater than zero otherwise stop should be less than or equal to start");
        }
        if (Math.subtractExact(stop, start) / step + 1 > MOST_ENTRIES) {
            throw new IllegalArgumentException(
                    "INVALID_FUNCTION_ARGUMENT: result of sequence function must not have more than 10000 entries");
        }
        return step;
    }

    private static long index(long index, long size) {
        if (index < 1) {
            throw new IllegalArgumentException("INVALID_FUNCTION_ARGUMENT: "
                    + (index == 0 ? "SQL array indices start at 1" : "Array subscript is negative: " + index));
        }
        if (index > size) {
            throw new IllegalArgumentException(
                    "INVALID_FUNCTION_ARGUMENT: Array subscript must be less than or equal to array length: " + index
                            + " > " + size);
        }
        return index;
    }

    /** A little more, so that DuckDB takes the upper of two values that the share falls between. */
    private static double share(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("INVALID_FUNCTION_ARGUMENT: Percentile must be between 0 and 1");
        }
        return Math.min(1, share + 1e-9);
    }

    private static long atLeast(long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException("INVALID_FUNCTION_ARGUMENT: Offset must be at least " + least);
        }
        return value;
    }

    private static long element(long index) {
        if (index == 0) {
            throw new IllegalArgumentException("INVALID_FUNCTION_ARGUMENT: SQL array indices start at 1");
        }
        return index;
    }
}
