package io.thermolake.local.athena.trino;

import io.thermolake.local.athena.trino.Type.Base;
import io.trino.sql.tree.AllColumns;
import io.trino.sql.tree.AllRows;
import io.trino.sql.tree.ComparisonExpression;
import io.trino.sql.tree.DereferenceExpression;
import io.trino.sql.tree.Except;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.FetchFirst;
import io.trino.sql.tree.GroupBy;
import io.trino.sql.tree.GroupingElement;
import io.trino.sql.tree.GroupingSets;
import io.trino.sql.tree.Identifier;
import io.trino.sql.tree.Intersect;
import io.trino.sql.tree.Limit;
import io.trino.sql.tree.LongLiteral;
import io.trino.sql.tree.Node;
import io.trino.sql.tree.Offset;
import io.trino.sql.tree.OrderBy;
import io.trino.sql.tree.Parameter;
import io.trino.sql.tree.QualifiedName;
import io.trino.sql.tree.Query;
import io.trino.sql.tree.QueryBody;
import io.trino.sql.tree.QuerySpecification;
import io.trino.sql.tree.Row;
import io.trino.sql.tree.SelectItem;
import io.trino.sql.tree.SetOperation;
import io.trino.sql.tree.SimpleGroupBy;
import io.trino.sql.tree.SingleColumn;
import io.trino.sql.tree.SortItem;
import io.trino.sql.tree.Table;
import io.trino.sql.tree.TableSubquery;
import io.trino.sql.tree.Union;
import io.trino.sql.tree.Values;
import io.trino.sql.tree.WithQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Queries of Trino's as DuckDB's. Every relation and column gets a name of its own, so that DuckDB's rules of names have no say.
 */
final class Queries {
    /** A query whose columns are called c0, c1, … */
    record Result(String sql, List<Column> columns) {
        Result {
            columns = List.copyOf(columns);
        }

        /** Its columns, of a relation that has it in parentheses. */
        List<Scope.Field> fields(String relation) {
            List<Scope.Field> fields = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                Column column = columns.get(i);
                fields.add(new Scope.Field(List.of(), column.name(), new Expr(relation + ".c" + i, column.type())));
            }
            return fields;
        }
    }

    record Column(@Nullable String name, Type type) {}

    private final Statement statement;
    private final TrinoExpressions expressions;
    private final Relations relations;
    private Map<String, Result> named = new HashMap<>();

    Queries(Statement statement) {
        this.statement = statement;
        this.expressions = new TrinoExpressions(statement, this);
        this.relations = new Relations(statement, this, expressions);
    }

    /** A query of WITH, by its name in lower case. */
    @Nullable
    Result named(String name) {
        return named.get(name);
    }

    /** Translates a view's query, which sees nothing of the query round it. */
    Result view(Query query) {
        Map<String, Result> before = named;
        named = new HashMap<>();
        Result result = query(query, null);
        named = before;
        return result;
    }

    Result query(Query query, @Nullable Scope outer) {
        Map<String, Result> before = named;
        String with = "";
        if (!query.getFunctions().isEmpty()) {
            throw Refused.unknown(query, "functions in WITH");
        }
        if (query.getWith().isPresent()) {
            if (query.getWith().get().isRecursive()) {
                throw Refused.unknown(query, "WITH RECURSIVE");
            }
            named = new HashMap<>(named);
            List<String> parts = new ArrayList<>();
            for (WithQuery part : query.getWith().get().getQueries()) {
                Result result = query(part.getQuery(), outer);
                String name = statement.unique("q");
                parts.add(name + " AS (" + result.sql() + ")");
                List<Column> columns = part.getColumnNames()
                        .map(names -> renamed(part, result.columns(), names))
                        .orElse(result.columns());
                named.put(part.getName().getValue().toLowerCase(Locale.ROOT), new Result(name, columns));
            }
            with = "WITH " + String.join(", ", parts) + " ";
        }
        Result body = body(query.getQueryBody(), outer);
        if (query.getOrderBy().isPresent()
                || query.getLimit().isPresent()
                || query.getOffset().isPresent()) {
            String relation = statement.unique("r");
            List<Scope.Field> fields = body.fields(relation);
            Scope scope = new Scope(fields, null);
            List<Expr> outputs = fields.stream().map(Scope.Field::expr).toList();
            body = new Result(
                    "SELECT * FROM (" + body.sql() + ") AS " + relation
                            + query.getOrderBy()
                                    .map(o -> orderBy(o, body(fields), outputs, scope, false))
                                    .orElse("")
                            + limits(query.getOffset(), query.getLimit()),
                    body.columns());
        }
        named = before;
        return new Result(with + body.sql(), body.columns());
    }

    private static List<Column> body(List<Scope.Field> fields) {
        return fields.stream().map(f -> new Column(f.name(), f.expr().type())).toList();
    }

    static List<Column> renamed(Node node, List<Column> columns, List<Identifier> names) {
        if (columns.size() != names.size()) {
            throw Refused.at(
                    node,
                    "MISMATCHED_COLUMN_ALIASES",
                    "Column alias list has " + names.size() + " entries but relation has " + columns.size()
                            + " columns");
        }
        List<Column> renamed = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            renamed.add(new Column(names.get(i).getValue(), columns.get(i).type()));
        }
        return renamed;
    }

    Result body(QueryBody body, @Nullable Scope outer) {
        if (body instanceof QuerySpecification specification) {
            return specification(specification, outer);
        }
        if (body instanceof TableSubquery subquery) {
            return query(subquery.getQuery(), outer);
        }
        if (body instanceof SetOperation operation) {
            return operation(operation, outer);
        }
        if (body instanceof Values values) {
            return values(values, outer);
        }
        if (body instanceof Table table) {
            Relations.Source source = relations.of(table, new Scope(List.of(), outer));
            return select(source.fields(), " FROM " + source.sql());
        }
        throw Refused.unknown(body, body.getClass().getSimpleName());
    }

    private static Result select(List<Scope.Field> fields, String from) {
        List<String> items = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            items.add(fields.get(i).expr().sql() + " AS c" + i);
        }
        return new Result("SELECT " + String.join(", ", items) + from, body(fields));
    }

    private Result operation(SetOperation operation, @Nullable Scope outer) {
        String name = operation instanceof Union ? "UNION" : operation instanceof Intersect ? "INTERSECT" : "EXCEPT";
        if (!operation.isDistinct() && !(operation instanceof Union)) {
            throw Refused.unknown(operation, name + " ALL");
        }
        List<Result> sides = new ArrayList<>();
        if (operation instanceof Except except) {
            sides.add(relation(except.getLeft(), outer));
            sides.add(relation(except.getRight(), outer));
        } else {
            operation.getRelations().forEach(r -> sides.add(relation(r, outer)));
        }
        List<Column> columns = sides.get(0).columns();
        for (Result side : sides.subList(1, sides.size())) {
            columns = common(operation, name, columns, side.columns());
        }
        List<String> parts = new ArrayList<>();
        for (Result side : sides) {
            String relation = statement.unique("r");
            List<Scope.Field> fields = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                Expr value = side.fields(relation).get(i).expr();
                Type type = columns.get(i).type();
                fields.add(new Scope.Field(
                        List.of(),
                        columns.get(i).name(),
                        new Expr(Casts.coerce(operation, value, type).sql(), type)));
            }
            parts.add(
                    select(fields, " FROM (" + side.sql() + ") AS " + relation).sql());
        }
        return new Result(String.join(" " + name + (operation.isDistinct() ? " " : " ALL "), parts), columns);
    }

    private Result relation(Node relation, @Nullable Scope outer) {
        if (relation instanceof QueryBody body) {
            return body(body, outer);
        }
        throw Refused.unknown(relation, relation.getClass().getSimpleName());
    }

    private static List<Column> common(Node node, String what, List<Column> a, List<Column> b) {
        if (a.size() != b.size()) {
            throw Refused.types(node, what + " query has different number of fields: " + a.size() + ", " + b.size());
        }
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < a.size(); i++) {
            Type type = Types.common(a.get(i).type(), b.get(i).type());
            if (type == null) {
                throw Refused.types(
                        node,
                        "column " + (i + 1) + " in " + what + " query has incompatible types: "
                                + a.get(i).type().trino() + ", "
                                + b.get(i).type().trino());
            }
            columns.add(new Column(a.get(i).name(), type));
        }
        return columns;
    }

    private Result values(Values values, @Nullable Scope outer) {
        Scope scope = new Scope(List.of(), outer);
        List<List<Expr>> rows = new ArrayList<>();
        List<Column> columns = List.of();
        for (Expression row : values.getRows()) {
            List<Expr> cells = row instanceof Row cellsOf
                    ? expressions.all(cellsOf.getItems(), scope)
                    : List.of(expressions.of(row, scope));
            List<Column> types =
                    cells.stream().map(c -> new Column(null, c.type())).toList();
            columns = rows.isEmpty() ? types : common(values, "VALUES", columns, types);
            rows.add(cells);
        }
        List<Column> all = columns;
        List<String> lines = new ArrayList<>();
        for (List<Expr> row : rows) {
            List<String> cells = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                Type type = all.get(i).type();
                cells.add(Sql.cast(Casts.coerce(values, row.get(i), type).sql(), type));
            }
            lines.add("(" + String.join(", ", cells) + ")");
        }
        String relation = statement.unique("r");
        String names = new Result("", all)
                .fields(relation).stream()
                        .map(f -> f.expr().sql().substring(relation.length() + 1))
                        .collect(Collectors.joining(", "));
        return new Result(
                "SELECT * FROM (VALUES " + String.join(", ", lines) + ") AS " + relation + "(" + names + ")", all);
    }

    private Result specification(QuerySpecification query, @Nullable Scope outer) {
        Scope scope = new Scope(List.of(), outer);
        String from = "";
        if (query.getFrom().isPresent()) {
            Relations.Source source = relations.of(query.getFrom().get(), scope);
            scope = new Scope(source.fields(), outer);
            from = " FROM " + source.sql();
        }
        for (var window : query.getWindows()) {
            scope.name(window.getName().getValue(), window.getWindow());
        }
        List<Scope.Field> outputs = new ArrayList<>();
        for (SelectItem item : query.getSelect().getSelectItems()) {
            outputs.addAll(item(item, scope));
        }
        Scope source = scope;
        query.getGroupBy().ifPresent(g -> grouped(query, g, outputs, source));
        Result select = select(outputs, "");
        List<Expr> exprs = outputs.stream().map(Scope.Field::expr).toList();
        Scope ordering =
                new Scope(outputs.stream().filter(f -> f.name() != null).toList(), scope);
        boolean distinct = query.getSelect().isDistinct();
        String sql = (distinct ? select.sql().replaceFirst("^SELECT ", "SELECT DISTINCT ") : select.sql())
                + from
                + query.getWhere()
                        .map(w -> " WHERE " + expressions.condition(w, source).sql())
                        .orElse("")
                + query.getGroupBy().map(g -> groupBy(g, exprs, source)).orElse("")
                + query.getHaving()
                        .map(h -> " HAVING " + expressions.condition(h, source).sql())
                        .orElse("")
                + query.getOrderBy()
                        .map(o -> orderBy(o, select.columns(), exprs, ordering, distinct))
                        .orElse("")
                + limits(query.getOffset(), query.getLimit());
        return new Result(sql, select.columns());
    }

    /** DuckDB would refuse it too, but by a name that nobody knows. */
    private void grouped(QuerySpecification query, GroupBy groupBy, List<Scope.Field> outputs, Scope scope) {
        List<Expr> exprs = outputs.stream().map(Scope.Field::expr).toList();
        Set<String> keys = groupBy.getGroupingElements().stream()
                .flatMap(e -> e.getExpressions().stream())
                .map(e -> key(e, exprs, scope))
                .collect(Collectors.toSet());
        for (SelectItem item : query.getSelect().getSelectItems()) {
            boolean column = item instanceof SingleColumn single
                    && (single.getExpression() instanceof Identifier
                            || single.getExpression() instanceof DereferenceExpression);
            if (column) {
                Expression expression = ((SingleColumn) item).getExpression();
                String sql = expressions.of(expression, scope).sql();
                if (sql.matches("\\w+\\.\\w+") && scope.owns(sql) && !keys.contains(sql)) {
                    throw Refused.at(
                            expression,
                            "EXPRESSION_NOT_AGGREGATE",
                            "'" + expression + "' must be an aggregate expression or appear in GROUP BY clause");
                }
            }
        }
    }

    private List<Scope.Field> item(SelectItem item, Scope scope) {
        if (item instanceof AllColumns all) {
            return all(all, scope);
        }
        SingleColumn single = (SingleColumn) item;
        Expression expression = single.getExpression();
        String name = null;
        if (single.getAlias().isPresent()) {
            name = single.getAlias().get().getValue();
        } else if (expression instanceof Identifier identifier) {
            name = identifier.getValue();
        } else if (expression instanceof DereferenceExpression dereference) {
            name = dereference.getField().map(Identifier::getValue).orElse(null);
        }
        return List.of(new Scope.Field(List.of(), name, expressions.of(expression, scope)));
    }

    private static List<Scope.Field> all(AllColumns all, Scope scope) {
        List<String> qualifier = List.of();
        if (all.getTarget().isPresent()) {
            QualifiedName target = all.getTarget().get() instanceof Identifier id
                    ? QualifiedName.of(id.getValue())
                    : all.getTarget().get() instanceof DereferenceExpression dereference
                            ? DereferenceExpression.getQualifiedName(dereference)
                            : null;
            if (target == null) {
                throw Refused.unknown(all, "the fields of a row by .*");
            }
            qualifier = target.getParts();
        }
        List<Scope.Field> fields = new ArrayList<>();
        for (Scope.Field field : scope.fields()) {
            if (field.of(qualifier)) {
                fields.add(new Scope.Field(List.of(), field.name(), Scope.readable(all, field)));
            }
        }
        if (fields.isEmpty()) {
            throw Refused.at(all, "COLUMN_NOT_FOUND", "SELECT " + all + ": there is no such table here");
        }
        if (!all.getAliases().isEmpty()) {
            throw Refused.unknown(all, "names of the columns of .*");
        }
        return fields;
    }

    private String groupBy(GroupBy groupBy, List<Expr> outputs, Scope scope) {
        if (groupBy.isDistinct()) {
            throw Refused.unknown(groupBy, "GROUP BY DISTINCT");
        }
        List<String> elements = new ArrayList<>();
        for (GroupingElement element : groupBy.getGroupingElements()) {
            if (element instanceof SimpleGroupBy simple) {
                simple.getExpressions().forEach(e -> elements.add(key(e, outputs, scope)));
                if (simple.getExpressions().isEmpty()) {
                    elements.add("()");
                }
            } else if (element instanceof GroupingSets sets) {
                String name = sets.getType() == GroupingSets.Type.EXPLICIT
                        ? "GROUPING SETS"
                        : sets.getType().name();
                elements.add(sets.getSets().stream()
                        .map(set -> set.stream()
                                .map(e -> key(e, outputs, scope))
                                .collect(Collectors.joining(", ", "(", ")")))
                        .collect(Collectors.joining(", ", name + " (", ")")));
            } else {
                throw Refused.unknown(element, element.getClass().getSimpleName());
            }
        }
        return " GROUP BY " + String.join(", ", elements);
    }

    private String key(Expression expression, List<Expr> outputs, Scope scope) {
        Expr key = expression instanceof LongLiteral ordinal
                ? outputs.get(ordinal(ordinal, outputs.size()) - 1)
                : expressions.of(expression, scope);
        if (key.type().is(Base.UNKNOWN) || key.changing()) {
            throw Refused.unknown(expression, "GROUP BY of a null or a random value");
        }
        return key.sql();
    }

    private static int ordinal(LongLiteral literal, int count) {
        long at = literal.getParsedValue();
        if (at < 1 || at > count) {
            throw Refused.at(literal, "INVALID_COLUMN_REFERENCE", "Position " + at + " is not in select list");
        }
        return (int) at;
    }

    private String orderBy(OrderBy orderBy, List<Column> columns, List<Expr> outputs, Scope scope, boolean distinct) {
        List<String> keys = new ArrayList<>();
        for (SortItem item : orderBy.getSortItems()) {
            Expr key = item.getSortKey() instanceof LongLiteral ordinal
                    ? outputs.get(ordinal(ordinal, outputs.size()) - 1)
                    : expressions.of(item.getSortKey(), scope);
            String sorted = Windows.sorted(item, key);
            int at = item.getSortKey() instanceof LongLiteral ordinal
                    ? ordinal(ordinal, outputs.size())
                    : outputs.indexOf(key) + 1;
            if (at == 0 && distinct) {
                throw Refused.at(
                        item,
                        "EXPRESSION_NOT_IN_DISTINCT",
                        "For SELECT DISTINCT, ORDER BY expressions must appear in select list");
            }
            keys.add(at > 0 && columns.size() >= at ? at + Windows.direction(item) : sorted);
        }
        return " ORDER BY " + String.join(", ", keys);
    }

    private String limits(Optional<Offset> offset, Optional<Node> limit) {
        String sql = "";
        if (limit.isPresent()) {
            if (limit.get() instanceof Limit rows) {
                sql = rows.getRowCount() instanceof AllRows ? "" : " LIMIT " + count(rows.getRowCount());
            } else if (limit.get() instanceof FetchFirst first && !first.isWithTies()) {
                sql = " LIMIT " + first.getRowCount().map(this::count).orElse(1L);
            } else {
                throw Refused.unknown(limit.get(), "FETCH FIRST WITH TIES");
            }
        }
        return sql + offset.map(o -> " OFFSET " + count(o.getRowCount())).orElse("");
    }

    private long count(Expression rows) {
        Expression count =
                rows instanceof Parameter parameter ? statement.parameter(parameter, parameter.getId()) : rows;
        if (count instanceof LongLiteral literal) {
            return literal.getParsedValue();
        }
        throw Refused.types(rows, "Non constant parameter value for LIMIT: " + count);
    }

    /** A subquery that stands for one value. */
    Expr scalar(Node node, Query query, Scope scope) {
        Result result = query(query, scope);
        if (result.columns().size() != 1) {
            throw Refused.unknown(node, "a subquery of more than one column as a value");
        }
        return new Expr("(" + result.sql() + ")", result.columns().get(0).type());
    }

    Expr in(Node node, Expr value, Query query, Scope scope) {
        Result result = query(query, scope);
        if (result.columns().size() != 1) {
            throw Refused.unknown(node, "IN over a subquery of more than one column");
        }
        String relation = statement.unique("r");
        Expr item = result.fields(relation).get(0).expr();
        // For the types and their refusals.
        Operators.compare(node, ComparisonExpression.Operator.EQUAL, value, item);
        Type common = Operators.common(node, "value and result of subquery", List.of(value, item));
        String each = Casts.coerce(node, item, common).sql();
        String nan = common.floating() ? " WHERE isnan(" + each + ") IS NOT TRUE" : "";
        return value.with(
                "(" + Casts.coerce(node, value, common).sql() + " IN (SELECT " + each + " FROM (" + result.sql()
                        + ") AS " + relation + nan + "))",
                Type.BOOLEAN);
    }
}
