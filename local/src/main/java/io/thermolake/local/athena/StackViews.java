package io.thermolake.local.athena;

import io.thermolake.local.stack.Stack;
import io.thermolake.report.View;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The views that the stack's {@code Custom::AthenaQueries} makes: on AWS at deployment, here whenever a query names one. */
final class StackViews {
    private final Set<String> databases = new TreeSet<>();
    private final Map<String, String> views = new LinkedHashMap<>();

    StackViews(Stack stack) {
        stack.ofType("Custom::AthenaQueries")
                .forEach(r -> databases.add(String.valueOf(r.properties().get("Database"))));
        if (!databases.isEmpty()) {
            View.ALL.forEach(view -> views.put(view.name(), view.query()));
        }
    }

    /** The query of a database's view. */
    Optional<String> query(String database, String name) {
        return databases.contains(database) ? Optional.ofNullable(views.get(name)) : Optional.empty();
    }
}
