package io.thermolake.local.athena;

import io.thermolake.local.stack.Stack;
import io.thermolake.report.View;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The views that the stack's {@code Custom::AthenaQueries} makes: on AWS at deployment, here whenever a query is asked. */
final class StackViews {
    private final Set<String> databases = new TreeSet<>();
    private final Map<String, TrinoSql.Translated> views = new LinkedHashMap<>();

    StackViews(Stack stack) {
        stack.ofType("Custom::AthenaQueries")
                .forEach(r -> databases.add(String.valueOf(r.properties().get("Database"))));
        if (!databases.isEmpty()) {
            View.ALL.forEach(view -> views.put(view.name(), TrinoSql.forDuckDb(view.query())));
        }
    }

    /** @param statement of a connection whose current schema is the database's, with its tables in it */
    void create(Statement statement, String database) throws SQLException {
        if (databases.contains(database)) {
            for (Map.Entry<String, TrinoSql.Translated> view : views.entrySet()) {
                statement.execute("CREATE VIEW " + DuckDb.quoted(view.getKey()) + " AS "
                        + view.getValue().sql());
            }
        }
    }

    /** The names with each view's tables in the place of the view. */
    Set<String> tables(Set<String> names) {
        Set<String> tables = new TreeSet<>();
        for (String name : names) {
            TrinoSql.Translated view = views.get(name);
            tables.addAll(view == null ? Set.of(name) : view.tables());
        }
        return tables;
    }
}
