package io.thermolake.local.athena.trino;

import io.thermolake.local.athena.trino.Type.Base;
import io.trino.sql.tree.Node;
import org.jspecify.annotations.Nullable;

/** Times with intervals, and with times. */
final class TimeArithmetic {
    private static final int DAY_MILLIS = 86_400_000;

    private TimeArithmetic() {}

    /** @param sign empty or a minus; null when Trino has no such operator */
    static @Nullable Expr plus(Node node, Expr time, Expr interval, String sign) {
        String amount = sign + "(" + interval.sql() + ")";
        boolean months = interval.type().is(Base.YEAR_MONTH);
        Type type = time.type();
        return switch (type.base()) {
            case DATE ->
                months
                        ? new Expr("CAST((" + time.sql() + " + to_months(" + amount + ")) AS DATE)", type)
                        : new Expr("(" + time.sql() + " + CAST(th_whole_days(" + amount + ") AS INTEGER))", type);
            case TIMESTAMP ->
                new Expr(
                        "(" + time.sql() + " + " + (months ? "to_months(" : "to_milliseconds(") + amount + "))",
                        Type.timestamp(Math.max(3, type.precision())));
            case ZONED ->
                new Expr(
                        months
                                ? "make_timestamptz(th_date_add_zoned('month', " + amount + ", epoch_us(" + time.sql()
                                        + "), " + Sql.text(Casts.zone(node, type)) + "))"
                                : "(" + time.sql() + " + to_milliseconds(" + amount + "))",
                        Type.zoned(Math.max(3, type.precision()), type.zone()));
            case DAY_TIME, YEAR_MONTH ->
                type.equals(interval.type())
                        ? new Expr(Sql.cast("(" + time.sql() + " + " + amount + ")", type), type)
                        : null;
            default -> null;
        };
    }

    /** What lies between two times; null when Trino has no such operator. */
    static @Nullable Expr minus(Node node, Expr a, Expr b) {
        Type common = Types.common(a.type(), b.type());
        if (common == null || a.type().is(Base.UNKNOWN) || b.type().is(Base.UNKNOWN)) {
            return null;
        }
        String x = Casts.coerce(node, a, common).sql();
        String y = Casts.coerce(node, b, common).sql();
        return switch (common.base()) {
            case DATE ->
                new Expr(Sql.cast("((" + x + " - " + y + ") * " + DAY_MILLIS + ")", Type.DAY_TIME), Type.DAY_TIME);
            case TIMESTAMP, ZONED -> {
                if (common.precision() > 3) {
                    throw Refused.unknown(node, "the interval between times of more than milliseconds");
                }
                yield new Expr("((epoch_us(" + x + ") - epoch_us(" + y + ")) // 1000)", Type.DAY_TIME);
            }
            default -> null;
        };
    }
}
