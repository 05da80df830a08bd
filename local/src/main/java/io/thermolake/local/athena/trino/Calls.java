package io.thermolake.local.athena.trino;

import io.thermolake.local.athena.trino.FunctionTable.Kind;
import io.thermolake.local.athena.trino.Type.Base;
import io.trino.sql.tree.ArithmeticBinaryExpression;
import io.trino.sql.tree.BooleanLiteral;
import io.trino.sql.tree.FunctionCall;
import io.trino.sql.tree.LambdaExpression;
import io.trino.sql.tree.Node;
import io.trino.sql.tree.StringLiteral;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Function calls: those of {@code functions.txt}, and those whose types or arguments need code. */
final class Calls {
    /** What is not in the table. */
    static final Set<String> IN_CODE = Set.of(
            "date",
            "at_timezone",
            "with_timezone",
            "from_iso8601_timestamp",
            "to_iso8601",
            "now",
            "concat",
            "greatest",
            "least",
            "mod",
            "typeof",
            "listagg",
            "transform",
            "filter",
            "any_match",
            "all_match",
            "none_match",
            "map",
            "array_remove",
            "from_unixtime");

    private static final Pattern UNBOUNDED = Pattern.compile("varchar(?!\\()");

    private final Statement statement;
    private final TrinoExpressions expressions;
    private final Windows windows;

    Calls(Statement statement, TrinoExpressions expressions) {
        this.statement = statement;
        this.expressions = expressions;
        this.windows = new Windows(expressions);
    }

    Expr visit(FunctionCall node, Scope scope) {
        String name = node.getName().toString().toLowerCase(Locale.ROOT);
        Kind kind = FunctionTable.kind(name);
        if (kind == null && !IN_CODE.contains(name)) {
            throw Refused.at(
                    node,
                    "FUNCTION_NOT_FOUND",
                    "The laptop's Athena does not know the function " + name + "; on AWS it may exist");
        }
        if (name.equals("listagg")) {
            return listagg(node, scope);
        }
        if (kind == Kind.AGGREGATE || kind == Kind.WINDOW) {
            Expr call = FunctionTable.call(node, name, expressions.all(node.getArguments(), scope));
            return windows.decorate(node, kind, call, scope);
        }
        if (node.getWindow().isPresent()
                || node.getFilter().isPresent()
                || node.getOrderBy().isPresent()
                || node.isDistinct()
                || node.getNullTreatment().isPresent()) {
            throw Refused.types(
                    node, name + " is no aggregate function: it takes no OVER, FILTER, DISTINCT or ORDER BY");
        }
        if (node.getArguments().size() == 2 && node.getArguments().get(1) instanceof LambdaExpression lambda) {
            return lambda(node, name, expressions.of(node.getArguments().get(0), scope), lambda, scope);
        }
        return call(node, name, expressions.all(node.getArguments(), scope));
    }

    /** @param name in lower case */
    Expr call(Node node, String name, List<Expr> arguments) {
        int count = arguments.size();
        switch (count == 0 ? name : count == 1 ? name + "/1" : count == 2 ? name + "/2" : name + "/n") {
            case "now":
                return now();
            case "map":
                return new Expr("MAP {}", Type.map(Type.UNKNOWN, Type.UNKNOWN));
            case "date/1":
                return Casts.cast(node, arguments.get(0), Type.DATE);
            case "typeof/1":
                return typeof(node, arguments.get(0));
            case "to_iso8601/1":
                return iso(node, arguments.get(0));
            case "from_iso8601_timestamp/1":
                return fromIso(node, arguments.get(0));
            case "at_timezone/2":
                return atTimeZone(node, arguments.get(0), arguments.get(1));
            case "with_timezone/2":
                return withTimeZone(node, arguments.get(0), arguments.get(1));
            case "from_unixtime/2":
                return atTimeZone(node, FunctionTable.call(node, name, arguments.subList(0, 1)), arguments.get(1));
            case "mod/2":
                return Operators.arithmetic(
                        node, ArithmeticBinaryExpression.Operator.MODULUS, arguments.get(0), arguments.get(1));
            case "array_remove/2":
                return arrayRemove(node, arguments.get(0), arguments.get(1));
            case "concat/2", "concat/n":
                return concat(node, arguments);
            case "greatest/1", "greatest/2", "greatest/n", "least/1", "least/2", "least/n":
                return Operators.extreme(node, name, arguments);
            default:
                return known(node, name, arguments);
        }
    }

    private static Expr known(Node node, String name, List<Expr> arguments) {
        if (FunctionTable.kind(name) == null) {
            throw Refused.at(
                    node,
                    "FUNCTION_NOT_FOUND",
                    "The laptop's Athena does not know the function " + name + " with " + arguments.size()
                            + " arguments of these kinds; on AWS it may exist");
        }
        return FunctionTable.call(node, name, arguments);
    }

    Expr now() {
        return new Expr(
                "make_timestamptz(CAST(" + statement.now().toEpochMilli() * 1000 + " AS BIGINT))",
                Type.zoned(3, Zones.SESSION));
    }

    /** A text, or null. */
    Expr text(Node node, Expr value, String what) {
        if (!value.type().is(Base.VARCHAR) && !value.type().is(Base.UNKNOWN)) {
            throw Refused.types(
                    node, what + " takes a varchar, not " + value.type().trino());
        }
        return value.type().is(Base.UNKNOWN) ? Casts.coerce(node, value, Type.VARCHAR) : value;
    }

    private static Expr typeof(Node node, Expr value) {
        Type type = value.type();
        if (type.is(Base.TIMESTAMP) || type.is(Base.ZONED)) {
            Casts.sure(node, type);
        }
        // Trino's functions of texts give varchar(n), with an n of each one's own.
        if (UNBOUNDED.matcher(type.trino()).find() && hasCall(node.getChildren().get(0))) {
            throw Refused.unknown(node, "the length in the type of what a function makes of a text");
        }
        return new Expr(Sql.text(type.trino()), Type.VARCHAR);
    }

    private static boolean hasCall(Node node) {
        return node instanceof FunctionCall || node.getChildren().stream().anyMatch(Calls::hasCall);
    }

    Expr atTimeZone(Node node, Expr value, Expr zone) {
        String name = Zones.constant(node, zone);
        Type type = value.type();
        if (!type.is(Base.TIMESTAMP) && !type.is(Base.ZONED)) {
            throw Refused.types(
                    node,
                    "Type of value must be a time or timestamp with or without time zone (actual " + type.trino()
                            + ")");
        }
        Type zoned = Type.zoned(type.precision(), name);
        return value.with(Sql.cast(value.sql(), zoned), zoned);
    }

    private static Expr withTimeZone(Node node, Expr value, Expr zone) {
        String name = Zones.constant(node, zone);
        if (!value.type().is(Base.TIMESTAMP)) {
            throw Refused.types(
                    node, "with_timezone takes a timestamp, not " + value.type().trino());
        }
        return value.with(
                "make_timestamptz(th_instant(epoch_us(" + value.sql() + "), " + Sql.text(name) + "))",
                Type.zoned(value.type().precision(), name));
    }

    private static Expr fromIso(Node node, Expr text) {
        String zone = null;
        if (text.text() != null) {
            try {
                zone = TimeFunctions.isoZone(String.valueOf(text.text()));
            } catch (IllegalArgumentException e) {
                throw Refused.at(node, "INVALID_FUNCTION_ARGUMENT", String.valueOf(e.getMessage()));
            }
        } else if (!text.type().is(Base.VARCHAR)) {
            throw Refused.types(
                    node,
                    "from_iso8601_timestamp takes a varchar, not " + text.type().trino());
        }
        return text.with("make_timestamptz(th_iso_timestamp(" + text.sql() + "))", Type.zoned(3, zone));
    }

    private static Expr iso(Node node, Expr value) {
        Type type = value.type();
        int digits = Math.max(3, type.precision());
        return switch (type.base()) {
            case DATE -> FunctionTable.call(node, "to_iso8601", List.of(value));
            case TIMESTAMP ->
                value.with(
                        "replace(th_timestamp_text(epoch_us(" + value.sql() + "), " + digits + ", ''), ' ', 'T')",
                        Type.VARCHAR);
            case ZONED -> {
                String zone = Casts.zone(node, type);
                yield value.with(
                        "(replace(th_timestamp_text(epoch_us(" + Sql.local(value.sql(), zone) + "), " + digits
                                + ", ''), ' ', 'T') || th_offset(epoch_us(" + value.sql() + "), " + Sql.text(zone)
                                + "))",
                        Type.VARCHAR);
            }
            default -> throw Refused.types(node, "to_iso8601 takes a date or a timestamp, not " + type.trino());
        };
    }

    private Expr concat(Node node, List<Expr> values) {
        boolean changing = values.stream().anyMatch(Expr::changing);
        if (values.stream().noneMatch(v -> v.type().is(Base.ARRAY))) {
            String sql = values.stream()
                    .map(v -> text(node, v, "concat").sql())
                    .collect(Collectors.joining(" || ", "(", ")"));
            return new Expr(Sql.cast(sql, Type.VARCHAR), Type.VARCHAR, null, changing);
        }
        Type common = Operators.common(node, "All arguments of concat", values);
        if (changing) {
            throw Refused.unknown(node, "concat of random arrays");
        }
        List<String> arrays =
                values.stream().map(v -> Casts.coerce(node, v, common).sql()).toList();
        String nulls = arrays.stream().map(a -> a + " IS NULL").collect(Collectors.joining(" OR "));
        return new Expr(
                Sql.cast("CASE WHEN " + nulls + " THEN NULL ELSE " + String.join(" || ", arrays) + " END", common),
                common);
    }

    private static Expr arrayRemove(Node node, Expr array, Expr element) {
        if (!array.type().is(Base.ARRAY)
                || !array.type().argument(0).ordered()
                || array.type().argument(0).floating()) {
            throw Refused.unknown(node, "array_remove of " + array.type().trino());
        }
        Expr removed = Casts.coerce(
                node,
                element,
                Operators.common(
                        node,
                        "array_remove",
                        List.of(element, new Expr("", array.type().argument(0)))));
        return array.with(
                "CASE WHEN " + removed.sql() + " IS NOT NULL THEN list_filter(" + array.sql()
                        + ", (e) -> e IS DISTINCT FROM " + removed.sql() + ") END",
                array.type());
    }

    Expr subscript(Node node, Expr base, Expr index) {
        if (base.changing() || index.changing()) {
            throw Refused.unknown(node, "a subscript that is random");
        }
        if (base.type().is(Base.ARRAY) && index.type().whole()) {
            String at = Casts.coerce(node, index, Type.BIGINT).sql();
            return new Expr(
                    "(" + base.sql() + ")[th_index(" + at + ", len(" + base.sql() + "))]",
                    base.type().argument(0));
        }
        if (base.type().is(Base.MAP)
                && Types.widens(index.type(), base.type().argument(0))
                && base.type().argument(0).ordered()) {
            String key = Casts.coerce(node, index, base.type().argument(0)).sql();
            Type value = base.type().argument(1);
            String map = base.sql();
            return new Expr(
                    "CASE WHEN " + map + " IS NULL OR " + key + " IS NULL THEN NULL WHEN map_contains(" + map + ", "
                            + key
                            + ") THEN map_extract_value(" + map + ", " + key + ") ELSE "
                            + Sql.cast(
                                    "th_fail('INVALID_FUNCTION_ARGUMENT: Key not present in map: ' || CAST(" + key
                                            + " AS VARCHAR))",
                                    value)
                            + " END",
                    value);
        }
        throw Refused.unknown(
                node,
                "the subscript " + index.type().trino() + " of " + base.type().trino());
    }

    private Expr lambda(Node node, String name, Expr array, LambdaExpression lambda, Scope scope) {
        if (!array.type().is(Base.ARRAY) || lambda.getArguments().size() != 1 || !IN_CODE.contains(name)) {
            throw Refused.unknown(node, name + " with these arguments");
        }
        String variable = statement.unique("v");
        Scope.Field field = new Scope.Field(
                List.of(),
                lambda.getArguments().get(0).getName().getValue(),
                new Expr(variable, array.type().argument(0)));
        Scope inner = new Scope(List.of(field), scope);
        String arrow = ", (" + variable + ") -> ";
        if (name.equals("transform")) {
            Expr body = expressions.of(lambda.getBody(), inner);
            Type type = Type.array(body.type());
            return array.with(
                    Sql.cast("list_transform(" + array.sql() + arrow + Sql.cast(body.sql(), body.type()) + ")", type),
                    type);
        }
        String condition = expressions.condition(lambda.getBody(), inner).sql();
        if (name.equals("filter")) {
            return array.with(
                    "list_filter(" + array.sql() + arrow + "coalesce(" + condition + ", false))", array.type());
        }
        if (array.changing() || !name.endsWith("_match")) {
            throw Refused.unknown(node, name + " with these arguments");
        }
        boolean all = name.equals("all_match");
        boolean any = name.equals("any_match");
        String decisive = all ? "NOT " + condition : condition;
        return new Expr(
                "CASE WHEN " + array.sql() + " IS NULL THEN NULL WHEN len(list_filter(" + array.sql() + arrow
                        + "coalesce("
                        + decisive + ", false))) > 0 THEN " + any + " WHEN len(list_filter(" + array.sql() + arrow + "("
                        + condition + ") IS NULL)) > 0 THEN NULL ELSE " + !any + " END",
                Type.BOOLEAN);
    }

    /** The grammar gives listagg's overflow as three more arguments. */
    private Expr listagg(FunctionCall node, Scope scope) {
        Expr value = text(node, expressions.of(node.getArguments().get(0), scope), "listagg");
        boolean plain = node.getArguments().size() < 3
                || (node.getArguments().get(2) instanceof BooleanLiteral error && error.getValue());
        String separator = "";
        if (node.getArguments().size() > 1) {
            if (!(node.getArguments().get(1) instanceof StringLiteral literal)) {
                throw Refused.unknown(node, "listagg with a separator that is no constant");
            }
            separator = literal.getValue();
        }
        if (!plain) {
            throw Refused.unknown(node, "listagg with ON OVERFLOW TRUNCATE");
        }
        Expr call = value.with(
                "string_agg(" + Windows.DISTINCT + value.sql() + ", " + Sql.text(separator) + Windows.ORDER + ")"
                        + Windows.AFTER,
                Type.VARCHAR);
        return windows.decorate(node, Kind.AGGREGATE, call, scope);
    }

    /** Every name that the laptop's Athena knows. */
    static Set<String> names() {
        Set<String> names = new HashSet<>(FunctionTable.names());
        names.addAll(IN_CODE);
        return names;
    }
}
