package io.thermolake.local.athena.trino;

import io.trino.sql.tree.DecimalLiteral;
import io.trino.sql.tree.GenericLiteral;
import io.trino.sql.tree.IntervalLiteral;
import io.trino.sql.tree.LongLiteral;
import io.trino.sql.tree.Node;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values that a statement spells out. */
final class Literals {
    private static final Map<IntervalLiteral.IntervalField, Long> MILLIS = Map.of(
            IntervalLiteral.IntervalField.DAY, 86_400_000L,
            IntervalLiteral.IntervalField.HOUR, 3_600_000L,
            IntervalLiteral.IntervalField.MINUTE, 60_000L,
            IntervalLiteral.IntervalField.SECOND, 1000L);
    private static final Pattern SECONDS = Pattern.compile("(\\d{1,9})(?:\\.(\\d{1,3}))?");

    private Literals() {}

    static Expr text(String text) {
        if (text.indexOf('\u0000') >= 0 || text.indexOf('\u0001') >= 0) {
            throw new Refused("The laptop's Athena does not know texts with the control characters 0 and 1");
        }
        Type type = Type.varchar(text.codePointCount(0, text.length()));
        return new Expr(Sql.text(text), type, text, false);
    }

    static Expr whole(LongLiteral literal) {
        long value = literal.getParsedValue();
        return Casts.number(BigDecimal.valueOf(value), value == (int) value ? Type.INTEGER : Type.BIGINT);
    }

    static Expr floating(double value) {
        return new Expr(Casts.floating(value, Type.DOUBLE), Type.DOUBLE, value, false);
    }

    static Expr decimal(DecimalLiteral literal) {
        return decimal(literal, literal.getValue());
    }

    private static Expr decimal(Node node, String text) {
        BigDecimal value = new BigDecimal(text.endsWith(".") ? text.substring(0, text.length() - 1) : text);
        if (value.scale() < 0) {
            value = value.setScale(0);
        }
        int whole = Math.max(0, value.precision() - value.scale());
        int precision = Math.max(1, whole + value.scale());
        if (precision > Type.MOST_DIGITS) {
            throw Refused.types(node, "Value too large: " + text);
        }
        return Casts.number(value, Type.decimal(precision, value.scale()));
    }

    static Expr timestamp(Node node, String text) {
        try {
            int digits = TimeFunctions.digits(text);
            if (digits > 6) {
                throw Refused.unknown(node, "times of more than microseconds");
            }
            String zone = TimeFunctions.zoneOf(text);
            LocalDateTime time = TimeFunctions.withoutZone(text);
            if (zone == null) {
                return new Expr(
                        "make_timestamp(CAST(" + TimeFunctions.micros(time) + " AS BIGINT))", Type.timestamp(digits));
            }
            String name = Zones.constant(node, text(zone.strip()));
            long instant = time.atZone(TimeFunctions.zone(name)).toEpochSecond() * 1_000_000 + time.getNano() / 1000;
            return new Expr("make_timestamptz(CAST(" + instant + " AS BIGINT))", Type.zoned(digits, name));
        } catch (IllegalArgumentException e) {
            throw Refused.at(node, "INVALID_LITERAL", "'" + text + "' is not a valid TIMESTAMP literal");
        }
    }

    static Expr generic(GenericLiteral literal) {
        String text = literal.getValue();
        switch (literal.getType().toLowerCase(Locale.ROOT)) {
            case "date":
                try {
                    return new Expr("DATE '" + TimeFunctions.date(text) + "'", Type.DATE);
                } catch (IllegalArgumentException e) {
                    throw Refused.at(literal, "INVALID_LITERAL", "'" + text + "' is not a valid DATE literal");
                }
            case "decimal":
                if (text.matches("-?\\d+(\\.\\d*)?|-?\\.\\d+")) {
                    return decimal(literal, text);
                }
                break;
            case "json":
                return new Expr("th_json_parse(" + Sql.text(text) + ")", Type.JSON);
            case "double":
                return Casts.cast(literal, text(text), Type.DOUBLE);
            case "bigint":
                return Casts.cast(literal, text(text), Type.BIGINT);
            case "varchar":
                return text(text).as(Type.VARCHAR);
            default:
                break;
        }
        throw Refused.unknown(literal, "the literal " + literal);
    }

    static Expr interval(IntervalLiteral literal) {
        String text = literal.getValue().strip();
        long sign = literal.getSign() == IntervalLiteral.Sign.NEGATIVE ? -1 : 1;
        if (literal.isYearToMonth()) {
            return new Expr("CAST(" + sign * months(literal, text) + " AS INTEGER)", Type.YEAR_MONTH);
        }
        Long unit = MILLIS.get(literal.getStartField());
        Matcher number = SECONDS.matcher(text);
        boolean fraction = text.contains(".") && literal.getStartField() != IntervalLiteral.IntervalField.SECOND;
        if (unit == null || literal.getEndField().isPresent() || !number.matches() || fraction) {
            throw Refused.unknown(literal, "the interval " + literal);
        }
        String part = number.group(2) == null ? "" : number.group(2);
        long millis = Math.multiplyExact(Long.parseLong(number.group(1)), unit)
                + Long.parseLong((part + "000").substring(0, 3));
        return new Expr("CAST(" + sign * millis + " AS BIGINT)", Type.DAY_TIME);
    }

    private static long months(IntervalLiteral literal, String text) {
        if (!text.matches("\\d{1,6}") || literal.getEndField().isPresent()) {
            throw Refused.unknown(literal, "the interval " + literal);
        }
        return Long.parseLong(text) * (literal.getStartField() == IntervalLiteral.IntervalField.YEAR ? 12 : 1);
    }
}
