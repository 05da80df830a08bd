package io.thermolake.local.athena.trino;

import io.thermolake.local.athena.trino.Type.Base;
import io.trino.sql.parser.SqlParser;
import io.trino.sql.tree.AliasedRelation;
import io.trino.sql.tree.ComparisonExpression;
import io.trino.sql.tree.Identifier;
import io.trino.sql.tree.Join;
import io.trino.sql.tree.JoinCriteria;
import io.trino.sql.tree.JoinOn;
import io.trino.sql.tree.JoinUsing;
import io.trino.sql.tree.Query;
import io.trino.sql.tree.QueryBody;
import io.trino.sql.tree.Relation;
import io.trino.sql.tree.SampledRelation;
import io.trino.sql.tree.Table;
import io.trino.sql.tree.Unnest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What stands in FROM: tables and views of the catalog, queries, joins and arrays. */
final class Relations {
    private static final String CATALOG = "awsdatacatalog";

    /** @param sql of an item of FROM */
    record Source(String sql, List<Scope.Field> fields) {
        Source {
            fields = List.copyOf(fields);
        }
    }

    private final Statement statement;
    private final Queries queries;
    private final TrinoExpressions expressions;

    Relations(Statement statement, Queries queries, TrinoExpressions expressions) {
        this.statement = statement;
        this.queries = queries;
        this.expressions = expressions;
    }

    /** @param left what a relation that is joined may see, and the query round it */
    Source of(Relation relation, Scope left) {
        if (relation instanceof Table table) {
            return table(table);
        }
        if (relation instanceof AliasedRelation aliased) {
            return aliased(aliased, left);
        }
        if (relation instanceof Join join) {
            return join(join, left);
        }
        if (relation instanceof Unnest unnest) {
            return unnest(unnest, left);
        }
        if (relation instanceof SampledRelation sampled) {
            return sampled(sampled, left);
        }
        if (relation instanceof QueryBody body) {
            // A query in FROM sees the query round it, but not its neighbours.
            return source(queries.body(body, left.outer()));
        }
        throw Refused.unknown(relation, relation.getClass().getSimpleName());
    }

    private Source source(Queries.Result result) {
        String name = statement.unique("r");
        return new Source("(" + result.sql() + ") AS " + name, result.fields(name));
    }

    private Source table(Table table) {
        if (table.getQueryPeriod().isPresent()) {
            throw Refused.unknown(table, "a table as it was at another time");
        }
        List<String> parts = Scope.lower(table.getName().getParts());
        String name = parts.get(parts.size() - 1);
        Queries.Result named = parts.size() == 1 ? queries.named(name) : null;
        if (named != null) {
            String alias = statement.unique("r");
            return qualified(new Source(named.sql() + " AS " + alias, named.fields(alias)), parts);
        }
        String database = parts.size() > 1 ? parts.get(parts.size() - 2) : statement.database();
        if (name.contains("$")) {
            throw Refused.unknown(table, "the table " + name);
        }
        if (parts.size() > 3 || (parts.size() == 3 && !parts.get(0).equals(CATALOG))) {
            throw Refused.at(table, "CATALOG_NOT_FOUND", "Catalog '" + parts.get(0) + "' does not exist");
        }
        if (!database.equalsIgnoreCase(statement.database())) {
            throw Refused.unknown(
                    table, "the tables of " + database + " in a query of the database " + statement.database());
        }
        List<String> full = List.of(CATALOG, database, name);
        Tables.Shape shape = statement
                .tables()
                .find(statement.database(), name)
                .orElseThrow(() ->
                        Refused.at(table, "TABLE_NOT_FOUND", "Table '" + String.join(".", full) + "' does not exist"));
        if (shape.query() != null) {
            Query view = (Query) new SqlParser().createStatement(shape.query());
            return qualified(source(queries.view(view)), full);
        }
        statement.read().add(name);
        return qualified(scan(name, shape.columns()), full);
    }

    private Source scan(String table, List<Tables.Column> columns) {
        String alias = statement.unique("r");
        List<String> items = new ArrayList<>();
        List<Scope.Field> fields = new ArrayList<>();
        for (Tables.Column column : columns) {
            String name = "c" + items.size();
            Type type = Types.ofHive(column.type());
            items.add(Sql.cast(Sql.quoted(column.name()), type) + " AS " + name);
            fields.add(new Scope.Field(List.of(), column.name(), new Expr(alias + "." + name, type)));
        }
        return new Source(
                "(SELECT " + String.join(", ", items) + " FROM " + CATALOG + "." + Sql.quoted(statement.database())
                        + "." + Sql.quoted(table) + ") AS " + alias,
                fields);
    }

    private static Source qualified(Source source, List<String> relation) {
        return new Source(
                source.sql(),
                source.fields().stream()
                        .map(f -> new Scope.Field(relation, f.name(), f.expr()))
                        .toList());
    }

    private Source aliased(AliasedRelation aliased, Scope left) {
        Source source = of(aliased.getRelation(), left);
        List<Identifier> names = aliased.getColumnNames() == null ? List.of() : aliased.getColumnNames();
        List<String> relation = Scope.lower(List.of(aliased.getAlias().getValue()));
        if (names.isEmpty()) {
            return qualified(source, relation);
        }
        List<Queries.Column> columns = Queries.renamed(
                aliased,
                source.fields().stream()
                        .map(f -> new Queries.Column(f.name(), f.expr().type()))
                        .toList(),
                names);
        List<Scope.Field> fields = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            fields.add(new Scope.Field(
                    relation, columns.get(i).name(), source.fields().get(i).expr()));
        }
        return new Source(source.sql(), fields);
    }

    private Source sampled(SampledRelation sampled, Scope left) {
        Source source = of(sampled.getRelation(), left);
        Object percentage = expressions
                .of(sampled.getSamplePercentage(), new Scope(List.of(), null))
                .literal();
        if (!(percentage instanceof Number number)) {
            throw Refused.unknown(sampled, "a sample that is no constant");
        }
        // Both kinds are random rows: which of them is the engine's choice.
        return new Source(source.sql() + " TABLESAMPLE bernoulli(" + number + "%)", source.fields());
    }

    private Source join(Join join, Scope left) {
        Source first = of(join.getLeft(), left);
        List<Scope.Field> visible = new ArrayList<>(left.fields());
        visible.addAll(first.fields());
        Source second = of(join.getRight(), new Scope(visible, left.outer()));
        List<Scope.Field> fields = new ArrayList<>(first.fields());
        fields.addAll(second.fields());
        String lateral = unnests(join.getRight()) ? "LATERAL " : "";
        if (join.getType() == Join.Type.CROSS || join.getType() == Join.Type.IMPLICIT) {
            return new Source(first.sql() + " CROSS JOIN " + lateral + group(second, join.getRight()), fields);
        }
        JoinCriteria criteria = join.getCriteria().orElseThrow();
        String head = first.sql() + " " + join.getType() + " JOIN " + lateral + group(second, join.getRight()) + " ON ";
        if (criteria instanceof JoinOn on) {
            Scope both = new Scope(fields, left.outer());
            return new Source(
                    head + expressions.condition(on.getExpression(), both).sql(), fields);
        }
        if (criteria instanceof JoinUsing using) {
            return using(join, using, head, first, second);
        }
        throw Refused.unknown(join, "NATURAL JOIN");
    }

    private static String group(Source source, Relation relation) {
        return relation instanceof Join ? "(" + source.sql() + ")" : source.sql();
    }

    private static boolean unnests(Relation relation) {
        return relation instanceof Unnest
                || (relation instanceof AliasedRelation aliased && aliased.getRelation() instanceof Unnest);
    }

    /** The columns of USING come once, first, and belong to neither side. */
    private static Source using(Join join, JoinUsing using, String head, Source first, Source second) {
        List<Scope.Field> fields = new ArrayList<>();
        List<Scope.Field> left = new ArrayList<>(first.fields());
        List<Scope.Field> right = new ArrayList<>(second.fields());
        List<String> conditions = new ArrayList<>();
        for (Identifier column : using.getColumns()) {
            Scope.Field a = take(column, left);
            Scope.Field b = take(column, right);
            conditions.add(Operators.compare(column, ComparisonExpression.Operator.EQUAL, a.expr(), b.expr())
                    .sql());
            Type common = Operators.common(column, "columns of USING", List.of(a.expr(), b.expr()));
            String x = Casts.coerce(column, a.expr(), common).sql();
            String y = Casts.coerce(column, b.expr(), common).sql();
            String value = switch (join.getType()) {
                case RIGHT -> y;
                case FULL -> "coalesce(" + x + ", " + y + ")";
                default -> x;
            };
            fields.add(new Scope.Field(List.of(), a.name(), new Expr(value, common)));
        }
        fields.addAll(left);
        fields.addAll(right);
        return new Source(head + String.join(" AND ", conditions), fields);
    }

    private static Scope.Field take(Identifier column, List<Scope.Field> fields) {
        Scope.Field found = fields.stream()
                .filter(f -> f.called(List.of(), column.getValue()))
                .reduce((a, b) -> {
                    throw Refused.at(column, "AMBIGUOUS_NAME", "Column '" + column.getValue() + "' is ambiguous");
                })
                .orElseThrow(() -> Refused.at(
                        column,
                        "COLUMN_NOT_FOUND",
                        "Column '" + column.getValue() + "' is missing from one side of join"));
        Scope.readable(column, found);
        fields.remove(found);
        return found;
    }

    private Source unnest(Unnest unnest, Scope left) {
        List<String> items = new ArrayList<>();
        List<String> sizes = new ArrayList<>();
        List<Expr> outer = new ArrayList<>();
        String inner = statement.unique("r");
        for (Expr value : expressions.all(unnest.getExpressions(), left)) {
            Type type = value.type();
            if (type.is(Base.MAP)) {
                add(items, outer, inner, "map_keys(" + value.sql() + ")", type.argument(0));
                add(items, outer, inner, "map_values(" + value.sql() + ")", type.argument(1));
                sizes.add("coalesce(cardinality(" + value.sql() + "), 0)");
            } else if (type.is(Base.ARRAY)) {
                add(items, outer, inner, value.sql(), type.argument(0));
                sizes.add("coalesce(len(" + value.sql() + "), 0)");
            } else {
                throw Refused.types(unnest, "Cannot unnest type: " + type.trino());
            }
        }
        if (unnest.isWithOrdinality()) {
            String size = sizes.stream()
                    .map(s -> Sql.cast(s, Type.BIGINT))
                    .collect(Collectors.joining(", ", "greatest(", ")"));
            add(items, outer, inner, "generate_series(CAST(1 AS BIGINT), " + size + ")", Type.BIGINT);
        }
        List<Queries.Column> columns = new ArrayList<>();
        List<String> selected = new ArrayList<>();
        for (Expr element : outer) {
            selected.add(element.sql() + " AS c" + selected.size());
            columns.add(new Queries.Column(null, element.type()));
        }
        return source(new Queries.Result(
                "SELECT " + String.join(", ", selected) + " FROM (SELECT " + String.join(", ", items) + ") AS " + inner,
                columns));
    }

    /** A row's fields become columns of their own. */
    private static void add(List<String> items, List<Expr> outer, String inner, String array, Type element) {
        String name = inner + ".u" + items.size();
        items.add("unnest(" + array + ") AS u" + items.size());
        if (!element.is(Base.ROW)) {
            outer.add(new Expr(name, element));
            return;
        }
        for (int i = 0; i < element.arguments().size(); i++) {
            outer.add(new Expr("(" + name + ").f" + i, element.argument(i)));
        }
    }
}
