package io.thermolake.local.glue;

import io.thermolake.local.aws.JsonStore;
import io.thermolake.local.aws.SdkJson;
import io.thermolake.local.stack.Stack;
import io.thermolake.local.stack.StackResource;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.Database;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;

/** Databases, tables and partitions: those that the stack declares, and those that crawlers and clients made. */
public final class Catalog {
    private final List<String> databases = new ArrayList<>();
    private final JsonStore<Map<?, ?>> tables;
    private final JsonStore<Map<?, ?>> partitions;
    private final Map<String, Map<List<String>, Partition>> byTable = new ConcurrentHashMap<>();

    @SuppressWarnings({"unchecked", "rawtypes"})
    public Catalog(Stack stack, Path state) {
        tables = new JsonStore<>(state.resolve("tables"), (Class) Map.class);
        partitions = new JsonStore<>(state.resolve("partitions"), (Class) Map.class);
        partitions.list().forEach(map -> {
            Partition partition = (Partition) SdkJson.read(Partition.builder(), map);
            byTable.computeIfAbsent(partition.databaseName() + "." + partition.tableName(), t -> newMap())
                    .put(partition.values(), partition);
        });
        for (StackResource resource : stack.ofType("AWS::Glue::Database")) {
            databases.add(resource.physicalId());
        }
        for (StackResource resource : stack.ofType("AWS::Glue::Table")) {
            TableInput input = (TableInput)
                    SdkJson.read(TableInput.builder(), resource.properties().get("TableInput"));
            put(String.valueOf(resource.properties().get("DatabaseName")), input);
        }
    }

    private static Map<List<String>, Partition> newMap() {
        return java.util.Collections.synchronizedMap(
                new TreeMap<>((a, b) -> String.join("/", a).compareTo(String.join("/", b))));
    }

    List<Database> databases() {
        return databases.stream()
                .map(name -> Database.builder().name(name).build())
                .toList();
    }

    Database database(String name) {
        return databases().stream()
                .filter(d -> d.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> missing("Database " + name + " not found."));
    }

    /** Writes a table as it is given; its partitions stay as far as they fit its keys. */
    Table put(String database, TableInput input) {
        Instant now = Instant.EPOCH;
        Table table = Table.builder()
                .databaseName(database)
                .name(input.name().toLowerCase(Locale.ROOT))
                .description(input.description())
                .tableType(input.tableType())
                .parameters(input.parameters())
                .partitionKeys(input.partitionKeys())
                .storageDescriptor(input.storageDescriptor())
                .createTime(now)
                .build();
        tables.put(database + "." + table.name(), SdkJson.write(table));
        all(database, table.name()).stream()
                .filter(p -> p.values().size() != table.partitionKeys().size())
                .forEach(p -> remove(database, table.name(), p.values()));
        return table;
    }

    Optional<Table> find(String database, String name) {
        return tables.get(database + "." + name.toLowerCase(Locale.ROOT))
                .map(map -> (Table) SdkJson.read(Table.builder(), map));
    }

    /** @throws EntityNotFoundException as Glue does */
    public Table table(String database, String name) {
        database(database);
        return find(database, name).orElseThrow(() -> missing("Table " + name + " not found."));
    }

    /** Every table of a database, in the order of names. */
    public List<Table> tables(String database) {
        return tables.list().stream()
                .map(map -> (Table) SdkJson.read(Table.builder(), map))
                .filter(t -> t.databaseName().equals(database))
                .toList();
    }

    void delete(String database, String name) {
        String stored = table(database, name).name();
        tables.delete(database + "." + stored);
        all(database, stored).forEach(p -> remove(database, stored, p.values()));
        mended(database, stored);
    }

    /** A table's partitions, in the order of their values. One that does not fit the table's keys is none. */
    public List<Partition> partitions(String database, String table) {
        int keys = find(database, table).map(t -> t.partitionKeys().size()).orElse(-1);
        return all(database, table).stream()
                .filter(p -> p.values().size() == keys)
                .toList();
    }

    /**
     * What the catalog knew of a table and has lost with a broken state file: an answer without it would be wrong.
     *
     * @return the names of the table itself or of its partitions
     */
    public List<String> lost(String database, String table) {
        String name = database + "." + table.toLowerCase(Locale.ROOT);
        return Stream.concat(
                        tables.lost().stream().filter(name::equals),
                        partitions.lost().stream().filter(id -> id.startsWith(name + "/")))
                .sorted()
                .toList();
    }

    /** Says that a table has all its partitions again. */
    void mended(String database, String table) {
        partitions.forget(partitions.lost().stream()
                .filter(id -> id.startsWith(database + "." + table + "/"))
                .toList());
    }

    private List<Partition> all(String database, String table) {
        Map<List<String>, Partition> all = byTable.get(database + "." + table);
        if (all == null) {
            return List.of();
        }
        synchronized (all) {
            return List.copyOf(all.values());
        }
    }

    @Nullable
    Partition partition(String database, String table, List<String> values) {
        Map<List<String>, Partition> all = byTable.get(database + "." + table);
        return all == null ? null : all.get(values);
    }

    /** @throws InvalidInputException when it has not a value a key of its table, as Glue does */
    void put(Partition partition) {
        int keys = table(partition.databaseName(), partition.tableName())
                .partitionKeys()
                .size();
        if (partition.values().size() != keys) {
            throw InvalidInputException.builder()
                    .message("The number of partition keys do not match the number of partition values")
                    .build();
        }
        String table = partition.databaseName() + "." + partition.tableName();
        byTable.computeIfAbsent(table, t -> newMap()).put(partition.values(), partition);
        partitions.put(table + "/" + String.join("/", partition.values()), SdkJson.write(partition));
    }

    boolean remove(String database, String table, List<String> values) {
        Map<List<String>, Partition> all = byTable.get(database + "." + table);
        partitions.delete(database + "." + table + "/" + String.join("/", values));
        return all != null && all.remove(values) != null;
    }

    static EntityNotFoundException missing(String message) {
        return EntityNotFoundException.builder().message(message).build();
    }
}
