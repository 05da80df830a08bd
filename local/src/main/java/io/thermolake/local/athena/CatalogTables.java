package io.thermolake.local.athena;

import io.thermolake.local.athena.trino.Tables;
import io.thermolake.local.glue.Catalog;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.Table;

/** The tables and views that a query can name: the catalog's, and the stack's views. */
final class CatalogTables implements Tables {
    private final Catalog catalog;
    private final StackViews views;

    CatalogTables(Catalog catalog, StackViews views) {
        this.catalog = catalog;
        this.views = views;
    }

    @Override
    public Optional<Shape> find(String database, String name) {
        Optional<String> view = views.query(database, name);
        if (view.isPresent()) {
            return Optional.of(new Shape(List.of(), view.get()));
        }
        try {
            Table table = catalog.table(database, name);
            return Optional.of(new Shape(
                    Stream.concat(TableFiles.columns(table).stream(), table.partitionKeys().stream())
                            .map(c -> new Column(c.name(), c.type()))
                            .toList(),
                    null));
        } catch (EntityNotFoundException e) {
            return Optional.empty();
        }
    }
}
