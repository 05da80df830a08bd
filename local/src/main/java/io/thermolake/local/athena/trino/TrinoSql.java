package io.thermolake.local.athena.trino;

import io.trino.sql.parser.ParsingException;
import io.trino.sql.parser.SqlParser;
import io.trino.sql.tree.ArithmeticUnaryExpression;
import io.trino.sql.tree.DefaultTraversalVisitor;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.Literal;
import io.trino.sql.tree.Parameter;
import io.trino.sql.tree.Query;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Athena's SQL for DuckDB: parsed as Trino, so that what Athena would refuse is refused, and written anew for DuckDB. */
public final class TrinoSql {
    private TrinoSql() {}

    /**
     * Translates a query.
     *
     * @param parameters SQL literals for the question marks, in their order
     * @param now the time that {@code now()} gives
     * @throws Refused when Athena would refuse the statement, or the laptop does
     */
    public static Translated forDuckDb(
            String sql, List<String> parameters, String database, Tables tables, Instant now) {
        if (Nesting.of(sql) > Nesting.MOST) {
            throw new Refused(ShownFailure.TOO_DEEP);
        }
        try {
            return translated(sql, parameters, database, tables, now);
        } catch (StackOverflowError e) {
            throw new Refused(ShownFailure.TOO_DEEP);
        }
    }

    private static Translated translated(
            String sql, List<String> parameters, String database, Tables tables, Instant now) {
        Query query = parse(sql);
        List<Expression> values = parameters.stream().map(TrinoSql::parameter).toList();
        int[] marks = {0};
        new DefaultTraversalVisitor<@Nullable Void>() {
            @Override
            protected @Nullable Void visitParameter(Parameter node, @Nullable Void context) {
                marks[0]++;
                return null;
            }
        }.process(query, null);
        if (marks[0] != values.size()) {
            throw new Refused("INVALID_PARAMETER_USAGE: Incorrect number of parameters: expected " + marks[0]
                    + " but found " + values.size());
        }
        Statement statement = new Statement(tables, database, values, now);
        Queries.Result result = new Queries(statement).query(query, null);
        List<Translated.Column> columns = new ArrayList<>();
        for (Queries.Column column : result.columns()) {
            Type type = column.type();
            if (zones(type)) {
                throw new Refused("The laptop's Athena does not know the time zone of each value of column "
                        + (columns.size() + 1) + "; give them one by AT TIME ZONE with a constant");
            }
            String name = column.name() == null ? "_col" + columns.size() : column.name();
            columns.add(new Translated.Column(name, type.athena(), value -> ResultText.of(value, type)));
        }
        return new Translated(result.sql(), statement.read(), columns);
    }

    private static boolean zones(Type type) {
        return (type.is(Type.Base.ZONED) && type.zone() == null)
                || type.arguments().stream().anyMatch(TrinoSql::zones);
    }

    private static Query parse(String sql) {
        String text = sql.strip();
        // Athena takes a trailing semicolon, the grammar does not.
        if (text.endsWith(";")) {
            text = text.substring(0, text.length() - 1);
        }
        try {
            if (new SqlParser().createStatement(text) instanceof Query query) {
                return query;
            }
            throw new Refused("The laptop's Athena runs queries only, not "
                    + new SqlParser().createStatement(text).getClass().getSimpleName());
        } catch (ParsingException e) {
            if (String.valueOf(e.getMessage()).contains("stack overflow")) {
                throw new Refused(ShownFailure.TOO_DEEP);
            }
            throw new Refused(String.valueOf(e.getMessage()));
        }
    }

    private static Expression parameter(String text) {
        try {
            Expression value = new SqlParser().createExpression(text);
            boolean literal = value instanceof Literal
                    || (value instanceof ArithmeticUnaryExpression unary && unary.getValue() instanceof Literal);
            if (literal) {
                return value;
            }
        } catch (ParsingException e) {
            // Told below, as a column's name is.
        }
        throw new Refused("INVALID_PARAMETER_USAGE: the execution parameter " + text
                + " is no literal; a text needs single quotes round it: '" + text + "'");
    }
}
