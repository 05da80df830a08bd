package io.thermolake.local.athena.trino;

import org.jspecify.annotations.Nullable;

/**
 * An expression as DuckDB's SQL, safe to stand anywhere.
 *
 * @param literal what stands in the statement itself: a String, a BigDecimal, a Double or a Boolean; null for anything else
 * @param changing whether two evaluations may give two values
 */
record Expr(String sql, Type type, @Nullable Object literal, boolean changing) {
    Expr(String sql, Type type) {
        this(sql, type, null, false);
    }

    Expr as(Type other) {
        return new Expr(sql, other, literal, changing);
    }

    Expr with(String newSql, Type newType) {
        return new Expr(newSql, newType, null, changing);
    }

    @Nullable
    String text() {
        return literal instanceof String text ? text : null;
    }
}
