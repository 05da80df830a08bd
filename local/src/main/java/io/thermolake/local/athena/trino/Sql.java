package io.thermolake.local.athena.trino;

/** Pieces of DuckDB's SQL. */
final class Sql {
    private Sql() {}

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    static String text(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }

    static String cast(String sql, Type type) {
        return "CAST(" + sql + " AS " + type.duck() + ")";
    }

    /** A zoned timestamp's time on the clocks of its zone. */
    static String local(String sql, String zone) {
        return "make_timestamp("
                + (zone.equals(Zones.SESSION)
                        ? "epoch_us(" + sql + ")"
                        : "th_local(epoch_us(" + sql + "), " + text(zone) + ")")
                + ")";
    }
}
