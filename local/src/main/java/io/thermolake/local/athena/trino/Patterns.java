package io.thermolake.local.athena.trino;

import io.thermolake.local.athena.trino.Type.Base;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The parameters of {@code functions.txt} against the types of a call. */
final class Patterns {
    private static final Set<String> DATE_UNITS = Set.of("day", "week", "month", "quarter", "year");
    private static final Set<String> TIME_UNITS = Set.of("millisecond", "second", "minute", "hour");

    private Patterns() {}

    static boolean unit(String pattern) {
        return pattern.equals("dunit") || pattern.equals("tunit");
    }

    static boolean isUnit(String pattern, Expr argument) {
        String unit = argument.text() == null ? "" : unitOf(argument);
        return DATE_UNITS.contains(unit) || (pattern.equals("tunit") && TIME_UNITS.contains(unit));
    }

    static String unitOf(Expr argument) {
        return String.valueOf(argument.text()).toLowerCase(Locale.ROOT);
    }

    /** Whether a type is one of the pattern's; binds its variables. */
    static boolean fits(String pattern, Type type, Map<String, Type> variables, boolean exact) {
        if (type.is(Base.UNREADABLE)) {
            return false;
        }
        if (pattern.length() == 1) {
            return variable(pattern, type, variables, exact);
        }
        if (pattern.endsWith(")")) {
            return nested(pattern, type, variables, exact);
        }
        Base base = base(pattern);
        return type.base() == base || (!exact && Types.widens(type, widened(base)));
    }

    private static boolean variable(String name, Type type, Map<String, Type> variables, boolean exact) {
        Type before = variables.getOrDefault(name, Type.UNKNOWN);
        Type both = Types.common(before, type);
        if (both == null || (exact && !before.is(Base.UNKNOWN) && !both.duck().equals(before.duck()))) {
            return false;
        }
        boolean open = both.is(Base.UNKNOWN);
        boolean fits = switch (name) {
            case "N" -> both.number() || (open && !exact);
            case "W" -> both.whole() || (open && !exact);
            case "D" -> both.is(Base.DECIMAL);
            case "O" -> both.ordered() || (open && !exact);
            case "C" -> (both.ordered() && !both.floating()) || (open && !exact);
            default -> true;
        };
        if (fits) {
            variables.put(name, both);
        }
        return fits;
    }

    private static boolean nested(String pattern, Type type, Map<String, Type> variables, boolean exact) {
        String inner = pattern.substring(pattern.indexOf('(') + 1, pattern.length() - 1);
        if (type.is(Base.UNKNOWN)) {
            return !exact;
        }
        if (pattern.startsWith("array(")) {
            return type.is(Base.ARRAY) && fits(inner, type.argument(0), variables, exact);
        }
        int comma = inner.indexOf(", ");
        return type.is(Base.MAP)
                && fits(inner.substring(0, comma), type.argument(0), variables, exact)
                && fits(inner.substring(comma + 2), type.argument(1), variables, exact);
    }

    private static Base base(String pattern) {
        return Base.valueOf(pattern.toUpperCase(Locale.ROOT));
    }

    private static Type widened(Base base) {
        return switch (base) {
            case VARCHAR -> Type.VARCHAR;
            case TIMESTAMP -> Type.timestamp(0);
            case ZONED -> Type.zoned(0, null);
            default -> Type.of(base);
        };
    }

    /** The type that an argument is widened to. */
    static Type bound(String pattern, Type type, Map<String, Type> variables) {
        if (pattern.length() == 1) {
            return known(variables, pattern);
        }
        if (pattern.endsWith(")")) {
            return result(pattern, List.of(), variables);
        }
        if (unit(pattern)) {
            return Type.VARCHAR;
        }
        Base base = base(pattern);
        if (type.base() == base) {
            return type;
        }
        return switch (base) {
            case TIMESTAMP -> Type.timestamp(type.precision());
            case ZONED -> Type.zoned(type.precision(), Zones.SESSION);
            default -> widened(base);
        };
    }

    private static Type known(Map<String, Type> variables, String name) {
        Type type = variables.getOrDefault(name, Type.UNKNOWN);
        return type.is(Base.UNKNOWN) ? Type.INTEGER : type;
    }

    /** A result's type, by what the arguments bound. */
    static Type result(String pattern, List<Type> arguments, Map<String, Type> variables) {
        if (pattern.startsWith("$")) {
            return arguments.get(Integer.parseInt(pattern.substring(1)) - 1);
        }
        if (pattern.length() == 1) {
            return known(variables, pattern);
        }
        if (!pattern.endsWith(")")) {
            return switch (pattern) {
                case "varchar" -> Type.VARCHAR;
                case "timestamp" -> Type.TIMESTAMP;
                default -> Type.of(base(pattern));
            };
        }
        String inner = pattern.substring(pattern.indexOf('(') + 1, pattern.length() - 1);
        Type decimal = variables.getOrDefault("D", Type.UNKNOWN);
        int whole = decimal.precision() - decimal.scale();
        switch (pattern.substring(0, pattern.indexOf('('))) {
            case "array":
                return Type.array(result(inner, arguments, variables));
            case "map":
                int comma = inner.indexOf(", ");
                return Type.map(
                        result(inner.substring(0, comma), arguments, variables),
                        result(inner.substring(comma + 2), arguments, variables));
            case "zoned":
                return Type.zoned(3, inner);
            case "varchar":
                return Type.varchar(Integer.parseInt(inner));
            case "ceil":
                return Type.decimal(Math.min(Type.MOST_DIGITS, whole + Math.min(decimal.scale(), 1)), 0);
            case "round":
                return Type.decimal(Math.min(Type.MOST_DIGITS, decimal.precision() + 1), decimal.scale());
            case "trunc":
                return Type.decimal(Math.max(1, whole), 0);
            case "sign":
                return Type.decimal(1, 0);
            case "sum":
                return Type.decimal(Type.MOST_DIGITS, decimal.scale());
            default:
                throw new IllegalArgumentException(pattern);
        }
    }
}
