package io.thermolake.local.athena.trino;

import io.thermolake.local.athena.trino.Type.Base;
import io.trino.sql.tree.ArithmeticBinaryExpression;
import io.trino.sql.tree.ArithmeticUnaryExpression;
import io.trino.sql.tree.Array;
import io.trino.sql.tree.AstVisitor;
import io.trino.sql.tree.AtTimeZone;
import io.trino.sql.tree.BetweenPredicate;
import io.trino.sql.tree.BinaryLiteral;
import io.trino.sql.tree.BooleanLiteral;
import io.trino.sql.tree.Cast;
import io.trino.sql.tree.CoalesceExpression;
import io.trino.sql.tree.ComparisonExpression;
import io.trino.sql.tree.CurrentTime;
import io.trino.sql.tree.DecimalLiteral;
import io.trino.sql.tree.DereferenceExpression;
import io.trino.sql.tree.DoubleLiteral;
import io.trino.sql.tree.ExistsPredicate;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.Extract;
import io.trino.sql.tree.FunctionCall;
import io.trino.sql.tree.GenericLiteral;
import io.trino.sql.tree.GroupingOperation;
import io.trino.sql.tree.Identifier;
import io.trino.sql.tree.IfExpression;
import io.trino.sql.tree.InListExpression;
import io.trino.sql.tree.InPredicate;
import io.trino.sql.tree.IntervalLiteral;
import io.trino.sql.tree.IsNotNullPredicate;
import io.trino.sql.tree.IsNullPredicate;
import io.trino.sql.tree.LikePredicate;
import io.trino.sql.tree.LogicalExpression;
import io.trino.sql.tree.LongLiteral;
import io.trino.sql.tree.Node;
import io.trino.sql.tree.NotExpression;
import io.trino.sql.tree.NullIfExpression;
import io.trino.sql.tree.NullLiteral;
import io.trino.sql.tree.Parameter;
import io.trino.sql.tree.QualifiedName;
import io.trino.sql.tree.Row;
import io.trino.sql.tree.SearchedCaseExpression;
import io.trino.sql.tree.SimpleCaseExpression;
import io.trino.sql.tree.StringLiteral;
import io.trino.sql.tree.SubqueryExpression;
import io.trino.sql.tree.SubscriptExpression;
import io.trino.sql.tree.TimestampLiteral;
import io.trino.sql.tree.Trim;
import io.trino.sql.tree.TryExpression;
import io.trino.sql.tree.WhenClause;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Expressions of Trino's as DuckDB's, each with its type; a kind of expression without a method here is refused by its name.
 */
final class TrinoExpressions extends AstVisitor<Expr, Scope> {
    private final Statement statement;
    private final Queries queries;
    private final Calls calls;

    TrinoExpressions(Statement statement, Queries queries) {
        this.statement = statement;
        this.queries = queries;
        this.calls = new Calls(statement, this);
    }

    Expr of(Expression expression, Scope scope) {
        return process(expression, scope);
    }

    List<Expr> all(List<? extends Expression> expressions, Scope scope) {
        List<Expr> all = new ArrayList<>();
        expressions.forEach(e -> all.add(of(e, scope)));
        return all;
    }

    /** @throws Refused when it is no condition */
    Expr condition(Expression expression, Scope scope) {
        Expr condition = of(expression, scope);
        if (!condition.type().is(Base.BOOLEAN) && !condition.type().is(Base.UNKNOWN)) {
            throw Refused.types(
                    expression,
                    "Expression must evaluate to a boolean (actual: "
                            + condition.type().trino() + ")");
        }
        return Casts.coerce(expression, condition, Type.BOOLEAN);
    }

    @Override
    protected Expr visitNode(Node node, Scope scope) {
        throw Refused.unknown(node, node.getClass().getSimpleName() + ", as in " + node);
    }

    @Override
    protected Expr visitNullLiteral(NullLiteral node, Scope scope) {
        return new Expr("NULL", Type.UNKNOWN);
    }

    @Override
    protected Expr visitBooleanLiteral(BooleanLiteral node, Scope scope) {
        return new Expr(String.valueOf(node.getValue()), Type.BOOLEAN, node.getValue(), false);
    }

    @Override
    protected Expr visitStringLiteral(StringLiteral node, Scope scope) {
        return Literals.text(node.getValue());
    }

    @Override
    protected Expr visitLongLiteral(LongLiteral node, Scope scope) {
        return Literals.whole(node);
    }

    @Override
    protected Expr visitDoubleLiteral(DoubleLiteral node, Scope scope) {
        return Literals.floating(node.getValue());
    }

    @Override
    protected Expr visitDecimalLiteral(DecimalLiteral node, Scope scope) {
        return Literals.decimal(node);
    }

    @Override
    protected Expr visitBinaryLiteral(BinaryLiteral node, Scope scope) {
        return new Expr("unhex('" + HexFormat.of().formatHex(node.getValue()) + "')", Type.VARBINARY);
    }

    @Override
    protected Expr visitTimestampLiteral(TimestampLiteral node, Scope scope) {
        return Literals.timestamp(node, node.getValue());
    }

    @Override
    protected Expr visitGenericLiteral(GenericLiteral node, Scope scope) {
        return Literals.generic(node);
    }

    @Override
    protected Expr visitIntervalLiteral(IntervalLiteral node, Scope scope) {
        return Literals.interval(node);
    }

    @Override
    protected Expr visitParameter(Parameter node, Scope scope) {
        return of(statement.parameter(node, node.getId()), scope);
    }

    @Override
    protected Expr visitIdentifier(Identifier node, Scope scope) {
        Expr found = scope.find(node, List.of(node.getValue()));
        if (found == null) {
            throw Refused.at(node, "COLUMN_NOT_FOUND", "Column '" + node.getValue() + "' cannot be resolved");
        }
        return found;
    }

    @Override
    protected Expr visitDereferenceExpression(DereferenceExpression node, Scope scope) {
        QualifiedName name = DereferenceExpression.getQualifiedName(node);
        if (name != null) {
            Expr found = scope.find(node, name.getParts());
            if (found != null) {
                return found;
            }
        }
        Optional<Identifier> field = node.getField();
        if (field.isPresent()
                && !(node.getBase() instanceof Identifier id && scope.find(id, List.of(id.getValue())) == null)) {
            Expr row = of(node.getBase(), scope);
            List<String> names = Scope.lower(row.type().names());
            String wanted = field.get().getValue().toLowerCase(Locale.ROOT);
            if (row.type().is(Base.ROW) && Collections.frequency(names, wanted) == 1) {
                int at = names.indexOf(wanted);
                return row.with("(" + row.sql() + ").f" + at, row.type().argument(at));
            }
        }
        throw Refused.at(node, "COLUMN_NOT_FOUND", "Column '" + node + "' cannot be resolved");
    }

    @Override
    protected Expr visitLogicalExpression(LogicalExpression node, Scope scope) {
        return new Expr(
                node.getTerms().stream()
                        .map(t -> condition(t, scope).sql())
                        .collect(Collectors.joining(" " + node.getOperator() + " ", "(", ")")),
                Type.BOOLEAN);
    }

    @Override
    protected Expr visitNotExpression(NotExpression node, Scope scope) {
        Expr value = condition(node.getValue(), scope);
        return value.with("(NOT " + value.sql() + ")", Type.BOOLEAN);
    }

    @Override
    protected Expr visitIsNullPredicate(IsNullPredicate node, Scope scope) {
        Expr value = of(node.getValue(), scope);
        return value.with("(" + value.sql() + " IS NULL)", Type.BOOLEAN);
    }

    @Override
    protected Expr visitIsNotNullPredicate(IsNotNullPredicate node, Scope scope) {
        Expr value = of(node.getValue(), scope);
        return value.with("(" + value.sql() + " IS NOT NULL)", Type.BOOLEAN);
    }

    @Override
    protected Expr visitComparisonExpression(ComparisonExpression node, Scope scope) {
        return Operators.compare(node, node.getOperator(), of(node.getLeft(), scope), of(node.getRight(), scope));
    }

    @Override
    protected Expr visitBetweenPredicate(BetweenPredicate node, Scope scope) {
        Expr value = of(node.getValue(), scope);
        if (value.changing()) {
            throw Refused.unknown(node, "BETWEEN of a random value");
        }
        Expr least = Operators.compare(
                node, ComparisonExpression.Operator.GREATER_THAN_OR_EQUAL, value, of(node.getMin(), scope));
        Expr most = Operators.compare(
                node, ComparisonExpression.Operator.LESS_THAN_OR_EQUAL, value, of(node.getMax(), scope));
        return new Expr("(" + least.sql() + " AND " + most.sql() + ")", Type.BOOLEAN);
    }

    @Override
    protected Expr visitInPredicate(InPredicate node, Scope scope) {
        Expr value = of(node.getValue(), scope);
        if (node.getValueList() instanceof SubqueryExpression subquery) {
            return queries.in(node, value, subquery.getQuery(), scope);
        }
        if (value.changing()) {
            throw Refused.unknown(node, "IN of a random value");
        }
        List<Expr> items = all(((InListExpression) node.getValueList()).getValues(), scope);
        List<Expr> compared = new ArrayList<>(List.of(value));
        List<String> equal = new ArrayList<>();
        for (Expr item : items) {
            compared.add(item);
            equal.add(Operators.compare(node, ComparisonExpression.Operator.EQUAL, value, item)
                    .sql());
        }
        Type common = Operators.common(node, "IN value and list items", compared);
        if (common.floating() && !items.stream().allMatch(i -> i.literal() != null)) {
            return new Expr("(" + String.join(" OR ", equal) + ")", Type.BOOLEAN);
        }
        String list =
                items.stream().map(i -> Casts.coerce(node, i, common).sql()).collect(Collectors.joining(", "));
        return new Expr("(" + Casts.coerce(node, value, common).sql() + " IN (" + list + "))", Type.BOOLEAN);
    }

    @Override
    protected Expr visitExists(ExistsPredicate node, Scope scope) {
        if (node.getSubquery() instanceof SubqueryExpression subquery) {
            return new Expr(
                    "EXISTS (" + queries.query(subquery.getQuery(), scope).sql() + ")", Type.BOOLEAN);
        }
        return visitNode(node, scope);
    }

    @Override
    protected Expr visitSubqueryExpression(SubqueryExpression node, Scope scope) {
        return queries.scalar(node, node.getQuery(), scope);
    }

    @Override
    protected Expr visitLikePredicate(LikePredicate node, Scope scope) {
        Expr value = calls.text(node, of(node.getValue(), scope), "LIKE");
        Expr pattern = calls.text(node, of(node.getPattern(), scope), "LIKE");
        String like = value.sql() + " LIKE " + pattern.sql();
        if (node.getEscape().isPresent()) {
            String escape = of(node.getEscape().get(), scope).text();
            String text = pattern.text();
            if (escape == null || escape.length() != 1 || text == null) {
                throw Refused.unknown(
                        node, "LIKE with an ESCAPE that is not one character, or with a pattern that is no constant");
            }
            String quoted = java.util.regex.Pattern.quote(escape);
            if (!text.matches(
                    "(?s)(?:" + quoted + "[%_" + (escape.equals("\\") ? "\\\\" : quoted) + "]|(?!" + quoted + ").)*")) {
                throw Refused.at(
                        node,
                        "INVALID_FUNCTION_ARGUMENT",
                        "Escape character must be followed by '%', '_' or the escape character itself");
            }
            like += " ESCAPE " + Sql.text(escape);
        }
        return value.with("(" + like + ")", Type.BOOLEAN);
    }

    @Override
    protected Expr visitArithmeticBinary(ArithmeticBinaryExpression node, Scope scope) {
        return Operators.arithmetic(node, node.getOperator(), of(node.getLeft(), scope), of(node.getRight(), scope));
    }

    @Override
    protected Expr visitArithmeticUnary(ArithmeticUnaryExpression node, Scope scope) {
        Expr value = of(node.getValue(), scope);
        return node.getSign() == ArithmeticUnaryExpression.Sign.MINUS ? Operators.negative(node, value) : value;
    }

    @Override
    protected Expr visitCast(Cast node, Scope scope) {
        Expr value = of(node.getExpression(), scope);
        Expr cast = Casts.cast(node, value, Types.parse(node.getType()));
        if (!node.isSafe()) {
            return cast;
        }
        if (value.literal() == null && !value.sql().matches("\\w+\\.\\w+|NULL")) {
            throw Refused.unknown(node, "TRY_CAST of more than a column or a constant: its own errors would be lost");
        }
        return cast.with("TRY(" + cast.sql() + ")", cast.type());
    }

    @Override
    protected Expr visitTryExpression(TryExpression node, Scope scope) {
        Expr value = of(node.getInnerExpression(), scope);
        return value.with("TRY(" + value.sql() + ")", value.type());
    }

    @Override
    protected Expr visitIfExpression(IfExpression node, Scope scope) {
        List<String> conditions = List.of(condition(node.getCondition(), scope).sql());
        return choose(
                node,
                "IF results",
                conditions,
                List.of(of(node.getTrueValue(), scope)),
                node.getFalseValue().map(f -> of(f, scope)));
    }

    @Override
    protected Expr visitSearchedCaseExpression(SearchedCaseExpression node, Scope scope) {
        List<String> conditions = node.getWhenClauses().stream()
                .map(w -> condition(w.getOperand(), scope).sql())
                .toList();
        List<Expr> results =
                all(node.getWhenClauses().stream().map(WhenClause::getResult).toList(), scope);
        return choose(
                node,
                "All CASE results",
                conditions,
                results,
                node.getDefaultValue().map(d -> of(d, scope)));
    }

    @Override
    protected Expr visitSimpleCaseExpression(SimpleCaseExpression node, Scope scope) {
        Expr operand = of(node.getOperand(), scope);
        if (operand.changing()) {
            throw Refused.unknown(node, "CASE of a random value");
        }
        List<String> conditions = node.getWhenClauses().stream()
                .map(w -> Operators.compare(w, ComparisonExpression.Operator.EQUAL, operand, of(w.getOperand(), scope))
                        .sql())
                .toList();
        List<Expr> results =
                all(node.getWhenClauses().stream().map(WhenClause::getResult).toList(), scope);
        return choose(
                node,
                "All CASE results",
                conditions,
                results,
                node.getDefaultValue().map(d -> of(d, scope)));
    }

    private static Expr choose(
            Node node, String what, List<String> conditions, List<Expr> results, Optional<Expr> otherwise) {
        List<Expr> all = new ArrayList<>(results);
        otherwise.ifPresent(all::add);
        Type common = Operators.common(node, what, all);
        StringBuilder sql = new StringBuilder("CASE");
        for (int i = 0; i < conditions.size(); i++) {
            sql.append(" WHEN ").append(conditions.get(i)).append(" THEN ");
            sql.append(Casts.coerce(node, results.get(i), common).sql());
        }
        otherwise.ifPresent(
                o -> sql.append(" ELSE ").append(Casts.coerce(node, o, common).sql()));
        boolean changing = all.stream().anyMatch(Expr::changing);
        return new Expr(Sql.cast(sql.append(" END").toString(), common), common, null, changing);
    }

    @Override
    protected Expr visitCoalesceExpression(CoalesceExpression node, Scope scope) {
        List<Expr> values = all(node.getOperands(), scope);
        Type common = Operators.common(node, "All COALESCE operands", values);
        return new Expr(
                values.stream()
                        .map(v -> Casts.coerce(node, v, common).sql())
                        .collect(Collectors.joining(", ", "coalesce(", ")")),
                common,
                null,
                values.stream().anyMatch(Expr::changing));
    }

    @Override
    protected Expr visitNullIfExpression(NullIfExpression node, Scope scope) {
        Expr first = of(node.getFirst(), scope);
        if (first.changing()) {
            throw Refused.unknown(node, "NULLIF of a random value");
        }
        Expr equal = Operators.compare(node, ComparisonExpression.Operator.EQUAL, first, of(node.getSecond(), scope));
        return first.with("CASE WHEN " + equal.sql() + " THEN NULL ELSE " + first.sql() + " END", first.type());
    }

    @Override
    protected Expr visitExtract(Extract node, Scope scope) {
        String field = node.getField().toString().toLowerCase(Locale.ROOT);
        return calls.call(node, field, List.of(of(node.getExpression(), scope)));
    }

    @Override
    protected Expr visitTrim(Trim node, Scope scope) {
        String name = switch (node.getSpecification()) {
            case BOTH -> "trim";
            case LEADING -> "ltrim";
            case TRAILING -> "rtrim";
        };
        List<Expr> arguments = new ArrayList<>(List.of(of(node.getTrimSource(), scope)));
        node.getTrimCharacter().ifPresent(c -> arguments.add(of(c, scope)));
        return calls.call(node, name, arguments);
    }

    @Override
    protected Expr visitAtTimeZone(AtTimeZone node, Scope scope) {
        return calls.atTimeZone(node, of(node.getValue(), scope), of(node.getTimeZone(), scope));
    }

    @Override
    protected Expr visitCurrentTime(CurrentTime node, Scope scope) {
        if (node.getPrecision() != null && node.getPrecision() != 3) {
            return visitNode(node, scope);
        }
        long millis = statement.now().toEpochMilli();
        return switch (node.getFunction()) {
            case TIMESTAMP -> calls.now();
            case LOCALTIMESTAMP -> new Expr("make_timestamp(CAST(" + millis * 1000 + " AS BIGINT))", Type.TIMESTAMP);
            case DATE ->
                new Expr("DATE '" + statement.now().atOffset(ZoneOffset.UTC).toLocalDate() + "'", Type.DATE);
            case TIME, LOCALTIME -> visitNode(node, scope);
        };
    }

    @Override
    protected Expr visitArray(Array node, Scope scope) {
        List<Expr> values = all(node.getValues(), scope);
        Type common = Operators.common(node, "All ARRAY elements", values);
        Type type = Type.array(common);
        return new Expr(
                Sql.cast(
                        values.stream()
                                .map(v -> Casts.coerce(node, v, common).sql())
                                .collect(Collectors.joining(", ", "[", "]")),
                        type),
                type,
                null,
                values.stream().anyMatch(Expr::changing));
    }

    @Override
    protected Expr visitRow(Row node, Scope scope) {
        List<Expr> values = all(node.getItems(), scope);
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            fields.add("f" + i + " := "
                    + Sql.cast(values.get(i).sql(), values.get(i).type()));
        }
        Type type = Type.row(values.stream().map(Expr::type).toList(), Collections.nCopies(values.size(), ""));
        boolean changing = values.stream().anyMatch(Expr::changing);
        return new Expr("struct_pack(" + String.join(", ", fields) + ")", type, null, changing);
    }

    @Override
    protected Expr visitSubscriptExpression(SubscriptExpression node, Scope scope) {
        return calls.subscript(node, of(node.getBase(), scope), of(node.getIndex(), scope));
    }

    @Override
    protected Expr visitGroupingOperation(GroupingOperation node, Scope scope) {
        return new Expr(
                Sql.cast(
                        all(node.getGroupingColumns(), scope).stream()
                                .map(Expr::sql)
                                .collect(Collectors.joining(", ", "GROUPING(", ")")),
                        Type.INTEGER),
                Type.INTEGER);
    }

    @Override
    protected Expr visitFunctionCall(FunctionCall node, Scope scope) {
        return calls.visit(node, scope);
    }
}
