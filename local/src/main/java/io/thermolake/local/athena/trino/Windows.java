package io.thermolake.local.athena.trino;

import io.thermolake.local.athena.trino.FunctionTable.Kind;
import io.thermolake.local.athena.trino.Type.Base;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.FrameBound;
import io.trino.sql.tree.FunctionCall;
import io.trino.sql.tree.OrderBy;
import io.trino.sql.tree.SortItem;
import io.trino.sql.tree.Window;
import io.trino.sql.tree.WindowFrame;
import io.trino.sql.tree.WindowReference;
import io.trino.sql.tree.WindowSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What stands in and after an aggregate's parentheses: DISTINCT, ORDER BY, FILTER and OVER. */
final class Windows {
    /** Where the pieces go in a call; no text of a statement's holds the character. */
    static final String DISTINCT = "\u0001d";

    static final String ORDER = "\u0001o";
    static final String AFTER = "\u0001f";

    private final TrinoExpressions expressions;

    Windows(TrinoExpressions expressions) {
        this.expressions = expressions;
    }

    /** @param call with marks where the pieces go */
    Expr decorate(FunctionCall node, Kind kind, Expr call, Scope scope) {
        boolean plain = !node.isDistinct() && node.getOrderBy().isEmpty();
        if (kind == Kind.WINDOW
                && (node.getWindow().isEmpty() || !plain || node.getFilter().isPresent())) {
            throw Refused.types(
                    node, node.getName() + " is a window function: it needs OVER, and takes no DISTINCT or FILTER");
        }
        if (node.getWindow().isPresent() && !plain) {
            throw Refused.unknown(node, "DISTINCT or ORDER BY in a window function");
        }
        String order = node.getOrderBy().map(o -> " " + orderBy(o, scope)).orElse("");
        if (node.getNullTreatment().isPresent() && kind != Kind.WINDOW) {
            throw Refused.types(node, "Cannot specify null treatment clause for " + node.getName() + " function");
        }
        order += node.getNullTreatment().map(t -> " " + t.name() + " NULLS").orElse("");
        String after = node.getFilter()
                .map(f -> " FILTER (WHERE " + expressions.condition(f, scope).sql() + ")")
                .orElse("");
        after += node.getWindow().map(w -> " OVER (" + window(w, scope) + ")").orElse("");
        String sql = call.sql()
                .replace(DISTINCT, node.isDistinct() ? "DISTINCT " : "")
                .replace(ORDER, order)
                .replace(AFTER, after);
        return new Expr(sql, call.type());
    }

    String orderBy(OrderBy orderBy, Scope scope) {
        return orderBy.getSortItems().stream()
                .map(item -> sorted(item, expressions.of(item.getSortKey(), scope)))
                .collect(Collectors.joining(", ", "ORDER BY ", ""));
    }

    /** A sort key; nulls are last in both directions where the statement does not say. */
    static String sorted(SortItem item, Expr key) {
        if (!key.type().ordered() && !key.type().is(Base.UNKNOWN)) {
            throw Refused.unknown(item, "the order of " + key.type().trino());
        }
        return key.sql() + direction(item);
    }

    static String direction(SortItem item) {
        return (item.getOrdering() == SortItem.Ordering.DESCENDING ? " DESC" : " ASC")
                + (item.getNullOrdering() == SortItem.NullOrdering.FIRST ? " NULLS FIRST" : " NULLS LAST");
    }

    private String window(Window window, Scope scope) {
        if (window instanceof WindowReference reference) {
            return specification(named(reference, scope), scope);
        }
        return specification((WindowSpecification) window, scope);
    }

    private static WindowSpecification named(WindowReference reference, Scope scope) {
        WindowSpecification found = scope.window(reference.getName().getValue());
        if (found == null) {
            throw Refused.at(
                    reference,
                    "INVALID_WINDOW_REFERENCE",
                    "Cannot resolve WINDOW name " + reference.getName().getValue());
        }
        return found;
    }

    private String specification(WindowSpecification window, Scope scope) {
        if (window.getExistingWindowName().isPresent()) {
            throw Refused.unknown(window, "a window that is made of another");
        }
        List<String> parts = new ArrayList<>();
        if (!window.getPartitionBy().isEmpty()) {
            parts.add(expressions.all(window.getPartitionBy(), scope).stream()
                    .map(Expr::sql)
                    .collect(Collectors.joining(", ", "PARTITION BY ", "")));
        }
        window.getOrderBy().ifPresent(o -> parts.add(orderBy(o, scope)));
        window.getFrame().ifPresent(f -> parts.add(frame(f, window, scope)));
        return String.join(" ", parts);
    }

    private String frame(WindowFrame frame, WindowSpecification window, Scope scope) {
        if (frame.getPattern().isPresent() || !frame.getMeasures().isEmpty()) {
            throw Refused.unknown(frame, "pattern recognition in a window");
        }
        // Without an end the frame ends at the current row.
        String end = frame.getEnd().map(e -> bound(e, frame, window, scope)).orElse("CURRENT ROW");
        return frame.getType() + " BETWEEN " + bound(frame.getStart(), frame, window, scope) + " AND " + end;
    }

    private String bound(FrameBound bound, WindowFrame frame, WindowSpecification window, Scope scope) {
        return switch (bound.getType()) {
            case UNBOUNDED_PRECEDING -> "UNBOUNDED PRECEDING";
            case UNBOUNDED_FOLLOWING -> "UNBOUNDED FOLLOWING";
            case CURRENT_ROW -> "CURRENT ROW";
            case PRECEDING -> distance(bound.getValue(), frame, window, scope) + " PRECEDING";
            case FOLLOWING -> distance(bound.getValue(), frame, window, scope) + " FOLLOWING";
        };
    }

    private String distance(Optional<Expression> value, WindowFrame frame, WindowSpecification window, Scope scope) {
        Expr distance = expressions.of(value.orElseThrow(), scope);
        boolean rows = frame.getType() != WindowFrame.Type.RANGE;
        if (rows && distance.type().whole()) {
            return distance.sql();
        }
        Optional<OrderBy> order = window.getOrderBy();
        Type key = order.isPresent() && order.get().getSortItems().size() == 1
                ? expressions
                        .of(order.get().getSortItems().get(0).getSortKey(), scope)
                        .type()
                : Type.UNKNOWN;
        boolean time = key.is(Base.TIMESTAMP) || key.is(Base.ZONED);
        if (!rows && time && distance.type().is(Base.DAY_TIME)) {
            return "to_milliseconds(" + distance.sql() + ")";
        }
        if (!rows && key.number() && Types.widens(distance.type(), key)) {
            return Casts.coerce(frame, distance, key).sql();
        }
        throw Refused.unknown(frame, "a frame of " + distance.type().trino() + " over " + key.trino());
    }
}
