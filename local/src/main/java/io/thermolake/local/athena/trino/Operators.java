package io.thermolake.local.athena.trino;

import io.thermolake.local.athena.trino.Type.Base;
import io.trino.sql.tree.ArithmeticBinaryExpression;
import io.trino.sql.tree.ComparisonExpression;
import io.trino.sql.tree.Node;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Comparisons and arithmetic of two values: which types they take, and what DuckDB has to do for Trino's result. */
final class Operators {
    private Operators() {}

    /** The type that all have in common. */
    static Type common(Node node, String what, List<Expr> values) {
        Type common = Type.UNKNOWN;
        for (Expr value : values) {
            Type both = Types.common(common, value.type());
            if (both == null) {
                throw Refused.types(
                        node,
                        what + " must be the same type or coercible to a common type. Cannot find common type between "
                                + common.trino() + " and " + value.type().trino());
            }
            common = both;
        }
        return common;
    }

    static Expr compare(Node node, ComparisonExpression.Operator operator, Expr a, Expr b) {
        Type common = Types.common(a.type(), b.type());
        if (common == null) {
            throw refused(node, operator.getValue(), a, b);
        }
        if (common.is(Base.UNKNOWN)) {
            return new Expr("CAST(NULL AS BOOLEAN)", Type.BOOLEAN);
        }
        if (!common.ordered()) {
            throw Refused.unknown(node, "the comparison of two values of the type " + common.trino());
        }
        Expr x = Casts.coerce(node, a, common);
        Expr y = Casts.coerce(node, b, common);
        String sign =
                operator == ComparisonExpression.Operator.IS_DISTINCT_FROM ? "IS DISTINCT FROM" : operator.getValue();
        String sql = "(" + x.sql() + " " + sign + " " + y.sql() + ")";
        if (common.floating()) {
            sql = nan(operator, x, y, sql);
        }
        return new Expr(sql, Type.BOOLEAN, null, a.changing() || b.changing());
    }

    /** NaN equals nothing and is neither more nor less than anything; in DuckDB it equals itself and is the most. */
    private static String nan(ComparisonExpression.Operator operator, Expr x, Expr y, String sql) {
        boolean sureX = x.literal() != null;
        boolean sureY = y.literal() != null;
        String nanX = "isnan(" + x.sql() + ")";
        String nanY = "isnan(" + y.sql() + ")";
        return switch (operator) {
            case EQUAL -> sureX || sureY ? sql : "(" + sql + " AND NOT (" + nanX + " AND " + nanY + "))";
            case NOT_EQUAL -> sureX || sureY ? sql : "(" + sql + " OR (" + nanX + " AND " + nanY + "))";
            case LESS_THAN, LESS_THAN_OR_EQUAL ->
                sureY ? sql : "(" + sql + " AND NOT (" + nanY + " AND " + x.sql() + " IS NOT NULL))";
            case GREATER_THAN, GREATER_THAN_OR_EQUAL ->
                sureX ? sql : "(" + sql + " AND NOT (" + nanX + " AND " + y.sql() + " IS NOT NULL))";
            // Two NaNs are not distinct for either.
            case IS_DISTINCT_FROM -> sql;
        };
    }

    private static Refused refused(Node node, String operator, Expr a, Expr b) {
        return Refused.types(
                node,
                "Cannot apply operator: " + a.type().trino() + " " + operator + " "
                        + b.type().trino());
    }

    static Expr arithmetic(Node node, ArithmeticBinaryExpression.Operator operator, Expr a, Expr b) {
        Expr result = null;
        if (a.type().number() && b.type().number()) {
            result = numbers(node, operator, a, b);
        } else if (a.type().is(Base.UNKNOWN) && b.type().number()) {
            result = numbers(node, operator, Casts.coerce(node, a, b.type()), b);
        } else if (b.type().is(Base.UNKNOWN) && a.type().number()) {
            result = numbers(node, operator, a, Casts.coerce(node, b, a.type()));
        } else if (operator == ArithmeticBinaryExpression.Operator.ADD) {
            result = interval(b.type()) ? TimeArithmetic.plus(node, a, b, "") : null;
            result = result == null && interval(a.type()) ? TimeArithmetic.plus(node, b, a, "") : result;
        } else if (operator == ArithmeticBinaryExpression.Operator.SUBTRACT) {
            result = interval(b.type()) ? TimeArithmetic.plus(node, a, b, "-") : TimeArithmetic.minus(node, a, b);
        } else if (operator == ArithmeticBinaryExpression.Operator.MULTIPLY) {
            result = interval(b.type()) ? times(b, a) : times(a, b);
        }
        if (result == null) {
            throw refused(node, operator.getValue(), a, b);
        }
        return new Expr(result.sql(), result.type(), null, a.changing() || b.changing());
    }

    private static boolean interval(Type type) {
        return type.is(Base.DAY_TIME) || type.is(Base.YEAR_MONTH);
    }

    private static @Nullable Expr times(Expr interval, Expr number) {
        return interval(interval.type()) && number.type().whole()
                ? new Expr(
                        Sql.cast("(" + interval.sql() + " * " + number.sql() + ")", interval.type()), interval.type())
                : null;
    }

    private static Expr numbers(Node node, ArithmeticBinaryExpression.Operator operator, Expr a, Expr b) {
        Type common = common(node, "operands", List.of(a, b));
        if (common.is(Base.DECIMAL)) {
            return decimals(node, operator, a, b);
        }
        String x = Casts.coerce(node, a, common).sql();
        String y = Casts.coerce(node, b, common).sql();
        String sign =
                operator == ArithmeticBinaryExpression.Operator.DIVIDE && common.whole() ? "//" : operator.getValue();
        return new Expr(Sql.cast("(" + x + " " + sign + " " + y + ")", common), common);
    }

    /** Digits as in https://trino.io/docs/current/functions/decimal.html. */
    private static Expr decimals(Node node, ArithmeticBinaryExpression.Operator operator, Expr a, Expr b) {
        Type x = a.type().asDecimal();
        Type y = b.type().asDecimal();
        int scale = Math.max(x.scale(), y.scale());
        int whole = Math.max(x.precision() - x.scale(), y.precision() - y.scale());
        Type type = switch (operator) {
            case ADD, SUBTRACT -> capped(1 + whole + scale, scale);
            case MULTIPLY -> capped(x.precision() + y.precision(), x.scale() + y.scale());
            case DIVIDE -> capped(x.precision() + y.scale() + Math.max(0, y.scale() - x.scale()), scale);
            case MODULUS -> capped(Math.min(y.precision() - y.scale(), x.precision() - x.scale()) + scale, scale);
        };
        if (type.scale() > Type.MOST_DIGITS) {
            throw Refused.types(node, "DECIMAL scale must be in range [0, precision (38)]: " + type.scale());
        }
        String left = Casts.coerce(node, a, x).sql();
        String right = Casts.coerce(node, b, y).sql();
        String texts = "CAST(" + left + " AS VARCHAR), CAST(" + right + " AS VARCHAR)";
        String sql = switch (operator) {
            case ADD, SUBTRACT ->
                "(" + Sql.cast(left, type) + " " + operator.getValue() + " " + Sql.cast(right, type) + ")";
            case MULTIPLY -> "(" + left + " * " + right + ")";
            case DIVIDE -> "th_decimal_divide(" + texts + ", " + scale + ")";
            case MODULUS -> "th_decimal_mod(" + texts + ")";
        };
        return new Expr(Sql.cast(sql, type), type);
    }

    private static Type capped(int precision, int scale) {
        return Type.decimal(Math.max(1, Math.min(Type.MOST_DIGITS, precision)), scale);
    }

    static Expr negative(Node node, Expr value) {
        if (value.literal() instanceof BigDecimal number) {
            return Casts.number(number.negate(), value.type());
        }
        if (!value.type().number() && !interval(value.type())) {
            throw Refused.types(node, "Cannot negate " + value.type().trino());
        }
        Expr negative = value.with(Sql.cast("(-" + value.sql() + ")", value.type()), value.type());
        return value.literal() instanceof Double number
                ? new Expr(negative.sql(), negative.type(), -number, false)
                : negative;
    }

    /** The least or the greatest: null when one of them is. */
    static Expr extreme(Node node, String name, List<Expr> values) {
        Type common = common(node, "All arguments of " + name, values);
        if (!common.ordered() && !common.is(Base.UNKNOWN)) {
            throw Refused.unknown(node, name + " of the type " + common.trino());
        }
        boolean changing = values.stream().anyMatch(Expr::changing);
        if (changing) {
            throw Refused.unknown(node, name + " of values that are random");
        }
        List<String> all = values.stream()
                .map(v -> Casts.coerce(node, v, common).sql())
                .map(v -> common.floating() ? "th_no_nan(" + v + ", '" + name + "')" : v)
                .toList();
        String nulls = all.stream().map(v -> v + " IS NULL").collect(Collectors.joining(" OR "));
        return new Expr(
                Sql.cast(
                        "CASE WHEN " + nulls + " THEN NULL ELSE " + name + "(" + String.join(", ", all) + ") END",
                        common),
                common);
    }
}
