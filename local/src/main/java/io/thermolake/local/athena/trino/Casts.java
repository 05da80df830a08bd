package io.thermolake.local.athena.trino;

import io.thermolake.local.athena.trino.Type.Base;
import io.trino.sql.tree.Node;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Trino's casts give, and the widening that it does by itself. */
final class Casts {
    private static final Map<Base, String> BOUNDS = Map.of(
            Base.TINYINT, "-128, 127, 'TINYINT'",
            Base.SMALLINT, "-32768, 32767, 'SMALLINT'",
            Base.INTEGER, "-2147483648, 2147483647, 'INTEGER'",
            Base.BIGINT, "-9223372036854775808, 9223372036854775807, 'BIGINT'");
    /** The most digits that a double keeps of a decimal. */
    private static final int SURE_DIGITS = 15;

    private Casts() {}

    /** Widens without a cast; a type that does not widen is a mistake of the caller's. */
    static Expr coerce(Node node, Expr expr, Type to) {
        Type from = expr.type();
        if (from.equals(to)) {
            return expr;
        }
        if (from.is(Base.UNKNOWN)) {
            return expr.with(Sql.cast("NULL", to), to);
        }
        if (from.base() == to.base() && from.duck().equals(to.duck())) {
            return expr.as(to);
        }
        if (expr.literal() instanceof BigDecimal number && to.number()) {
            return number(number, to);
        }
        return cast(node, expr, to);
    }

    /** A number of the statement's, as the type. */
    static Expr number(BigDecimal number, Type type) {
        String sql = type.floating()
                ? floating(number.doubleValue(), type)
                : "CAST(" + number.toPlainString() + " AS " + type.duck() + ")";
        return new Expr(sql, type, number, false);
    }

    static String floating(double value, Type type) {
        String text = Double.toString(value);
        return "CAST(" + (text.contains("E") ? text : text + "e0") + " AS " + type.duck() + ")";
    }

    /** @throws Refused when Trino has no such cast, or the laptop has not */
    static Expr cast(Node node, Expr expr, Type to) {
        Type from = expr.type();
        if (from.is(Base.UNKNOWN)) {
            return expr.with(Sql.cast("NULL", to), to);
        }
        String sql = switch (to.base()) {
            case BOOLEAN -> toBoolean(expr);
            case TINYINT, SMALLINT, INTEGER, BIGINT -> toWhole(expr, to);
            case DECIMAL -> toDecimal(expr, to);
            case REAL, DOUBLE -> toFloating(expr, to);
            case VARCHAR -> toVarchar(node, expr, to);
            case DATE -> toDate(node, expr);
            case TIMESTAMP -> toTimestamp(node, expr, to);
            case ZONED -> toZoned(expr, to);
            case ARRAY, MAP, ROW -> toNested(node, expr, to);
            case DAY_TIME, YEAR_MONTH, JSON, VARBINARY -> from.base() == to.base() ? expr.sql() : null;
            default -> null;
        };
        if (sql == null) {
            throw Refused.unknown(node, "the cast from " + from.trino() + " to " + to.trino());
        }
        Type result = to;
        if (to.is(Base.ZONED)) {
            result = Type.zoned(to.precision(), from.is(Base.ZONED) ? from.zone() : Zones.SESSION);
        }
        return expr.with(Sql.cast(sql, result), result);
    }

    private static @Nullable String json(Expr expr, String type) {
        return expr.type().is(Base.JSON) ? "th_json_as(" + expr.sql() + ", '" + type + "')" : null;
    }

    private static @Nullable String toBoolean(Expr expr) {
        return switch (expr.type().base()) {
            case BOOLEAN -> expr.sql();
            case VARCHAR -> "th_text_boolean(" + expr.sql() + ")";
            case JSON -> json(expr, "boolean");
            case TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL, REAL, DOUBLE -> "(" + expr.sql() + " <> 0)";
            default -> null;
        };
    }

    private static @Nullable String toWhole(Expr expr, Type to) {
        return switch (expr.type().base()) {
            case BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL -> expr.sql();
            // DuckDB rounds a half to the even number.
            case REAL, DOUBLE -> "round(" + expr.sql() + ")";
            case VARCHAR -> "th_text_whole(" + expr.sql() + ", " + BOUNDS.get(to.base()) + ")";
            case JSON -> json(expr, "bigint");
            default -> null;
        };
    }

    private static @Nullable String toDecimal(Expr expr, Type to) {
        return switch (expr.type().base()) {
            case BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL -> expr.sql();
            case DOUBLE -> "th_double_decimal(" + expr.sql() + ", " + to.scale() + ")";
            case VARCHAR -> "th_text_decimal(" + expr.sql() + ", " + to.scale() + ")";
            default -> null;
        };
    }

    private static @Nullable String toFloating(Expr expr, Type to) {
        return switch (expr.type().base()) {
            case BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, REAL, DOUBLE -> expr.sql();
            case DECIMAL -> expr.type().precision() <= SURE_DIGITS ? expr.sql() : "CAST(" + expr.sql() + " AS VARCHAR)";
            case VARCHAR -> to.is(Base.DOUBLE) ? "th_text_double(" + expr.sql() + ")" : null;
            case JSON -> to.is(Base.DOUBLE) ? json(expr, "double") : null;
            default -> null;
        };
    }

    private static @Nullable String toVarchar(Node node, Expr expr, Type to) {
        Type from = expr.type();
        boolean bounded = to.precision() != Type.UNBOUNDED;
        if (from.is(Base.VARCHAR)) {
            boolean longer = bounded && (from.precision() == Type.UNBOUNDED || from.precision() > to.precision());
            return longer ? "th_substr_length(" + expr.sql() + ", 1, " + to.precision() + ")" : expr.sql();
        }
        String sql = switch (from.base()) {
            case BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, DATE -> "CAST(" + expr.sql() + " AS VARCHAR)";
            // DuckDB leaves out a zero before the point.
            case DECIMAL -> "th_decimal_text(CAST(" + expr.sql() + " AS VARCHAR))";
            case DOUBLE -> "th_double_text(" + expr.sql() + ")";
            case TIMESTAMP ->
                "th_timestamp_text(epoch_us(" + expr.sql() + "), "
                        + sure(node, from).precision() + ", '')";
            case ZONED ->
                "th_timestamp_text(epoch_us(" + Sql.local(expr.sql(), zone(node, from)) + "), "
                        + sure(node, from).precision() + ", " + Sql.text(" " + zone(node, from)) + ")";
            case DAY_TIME -> "th_interval_text(" + expr.sql() + ")";
            case JSON -> json(expr, "varchar");
            default -> null;
        };
        return bounded && sql != null ? "th_fits(" + sql + ", " + to.precision() + ")" : sql;
    }

    /** A time whose digits are known: a literal without a fraction may have none on AWS, or three. */
    static Type sure(Node node, Type time) {
        if (time.precision() < 3) {
            throw Refused.unknown(
                    node,
                    "the digits of a time that is written without milliseconds, as text; write them, or use date_format");
        }
        return time;
    }

    /** @throws Refused when the values may have different zones */
    static String zone(Node node, Type type) {
        String zone = type.zone();
        if (zone == null) {
            throw Refused.unknown(
                    node, "the time zones of these values, one by one; give them one by AT TIME ZONE with a constant");
        }
        return zone;
    }

    private static @Nullable String toDate(Node node, Expr expr) {
        return switch (expr.type().base()) {
            case DATE, TIMESTAMP -> expr.sql();
            case ZONED -> Sql.local(expr.sql(), zone(node, expr.type()));
            case VARCHAR -> "(DATE '1970-01-01' + CAST(th_text_date(" + expr.sql() + ") AS INTEGER))";
            default -> null;
        };
    }

    private static @Nullable String toTimestamp(Node node, Expr expr, Type to) {
        Type from = expr.type();
        String sql = switch (from.base()) {
            case DATE, TIMESTAMP -> Sql.cast(expr.sql(), to);
            case ZONED -> Sql.local(expr.sql(), zone(node, from));
            default -> null;
        };
        if (from.is(Base.VARCHAR)) {
            return "make_timestamp(th_text_timestamp(" + expr.sql() + ", " + to.precision() + "))";
        }
        return sql == null || from.precision() <= to.precision()
                ? sql
                : "make_timestamp(th_round_micros(epoch_us(" + sql + "), " + to.precision() + "))";
    }

    private static @Nullable String toZoned(Expr expr, Type to) {
        Type from = expr.type();
        boolean coarser = from.precision() > to.precision();
        return switch (from.base()) {
            case DATE -> "CAST(" + expr.sql() + " AS TIMESTAMP)";
            case TIMESTAMP, ZONED -> coarser ? null : expr.sql();
            default -> null;
        };
    }

    private static @Nullable String toNested(Node node, Expr expr, Type to) {
        Type from = expr.type();
        if (from.is(Base.JSON)) {
            return jsonToNested(expr, to);
        }
        if (from.base() != to.base()
                || from.arguments().size() != to.arguments().size()) {
            return null;
        }
        if (from.duck().equals(to.duck())) {
            return expr.sql();
        }
        if (to.is(Base.ARRAY)) {
            Expr element = cast(node, new Expr("e", from.argument(0)), to.argument(0));
            return "list_transform(" + expr.sql() + ", (e) -> " + element.sql() + ")";
        }
        if (to.is(Base.ROW) && !expr.changing()) {
            List<String> fields = new ArrayList<>();
            for (int i = 0; i < to.arguments().size(); i++) {
                Expr field = new Expr("(" + expr.sql() + ").f" + i, from.argument(i));
                fields.add("f" + i + " := " + cast(node, field, to.argument(i)).sql());
            }
            return "CASE WHEN " + expr.sql() + " IS NOT NULL THEN struct_pack(" + String.join(", ", fields) + ") END";
        }
        return null;
    }

    private static @Nullable String jsonToNested(Expr expr, Type to) {
        Type value = to.argument(to.arguments().size() - 1);
        boolean scalar = List.of(Base.VARCHAR, Base.BOOLEAN, Base.INTEGER, Base.BIGINT, Base.DOUBLE)
                        .contains(value.base())
                && (!value.is(Base.VARCHAR) || value.precision() == Type.UNBOUNDED);
        if (!scalar || to.is(Base.ROW) || (to.is(Base.MAP) && !to.argument(0).equals(Type.VARCHAR))) {
            return null;
        }
        return "CAST(" + json(expr, (to.is(Base.MAP) ? "map:" : "array:") + value.trino()) + " AS JSON)";
    }
}
