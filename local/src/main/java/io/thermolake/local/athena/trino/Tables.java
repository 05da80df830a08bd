package io.thermolake.local.athena.trino;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the catalog knows of tables and views. */
@FunctionalInterface
public interface Tables {
    /** @param type Hive's name of it */
    record Column(String name, @Nullable String type) {}

    /**
     * A table, or a view.
     *
     * @param columns of a table, its partition keys last
     * @param query of a view, or null
     */
    record Shape(List<Column> columns, @Nullable String query) {
        public Shape {
            columns = List.copyOf(columns);
        }
    }

    /** @param table in lower case */
    Optional<Shape> find(String database, String table);
}
