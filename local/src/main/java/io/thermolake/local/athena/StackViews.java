package io.thermolake.local.athena;

import io.thermolake.local.stack.Stack;
import io.thermolake.report.View;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
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

    /**
     * @param statement of a connection whose current schema is the database's, with the tables of the views in it
     * @param names that a statement asks for
     * @param all whether the others are made too
     */
    void create(Statement statement, String database, Set<String> names, boolean all) throws SQLException {
        if (databases.contains(database)) {
            Set<String> wanted = closure(names);
            for (Map.Entry<String, TrinoSql.Translated> view : views.entrySet()) {
                if (all || wanted.contains(view.getKey())) {
                    statement.execute("CREATE VIEW " + CatalogViews.quoted(view.getKey()) + " AS "
                            + view.getValue().sql());
                }
            }
        }
    }

    /** The names with each view's tables in the place of the view. */
    Set<String> tables(Set<String> names) {
        Set<String> tables = closure(names);
        tables.removeAll(views.keySet());
        return tables;
    }

    /** The names, and those that the views among them ask for, which may be views themselves. */
    private Set<String> closure(Set<String> names) {
        Set<String> all = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(names);
        while (!open.isEmpty()) {
            String name = open.pop();
            TrinoSql.Translated view = views.get(name);
            if (all.add(name) && view != null) {
                open.addAll(view.tables());
            }
        }
        return all;
    }
}
