package io.thermolake.local.glue;

import io.thermolake.lake.LakeLayout;
import io.thermolake.local.cloud.JsonStore;
import io.thermolake.local.cloud.Meter;
import io.thermolake.local.cloud.SdkJson;
import io.thermolake.local.s3.Buckets;
import io.thermolake.local.stack.Stack;
import io.thermolake.local.stack.StackResource;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.Crawler;
import software.amazon.awssdk.services.glue.model.CrawlerNotRunningException;
import software.amazon.awssdk.services.glue.model.CrawlerRunningException;
import software.amazon.awssdk.services.glue.model.CrawlerState;
import software.amazon.awssdk.services.glue.model.LastCrawlInfo;
import software.amazon.awssdk.services.glue.model.LastCrawlStatus;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.SerDeInfo;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;

/** The stack's crawlers. A crawl reads the real files or the real database and writes what it found into the catalog. */
final class Crawlers {
    private static final double DPUS = 2;

    private final Map<String, StackResource> declared = new HashMap<>();
    private final Map<String, Future<?>> running = new ConcurrentHashMap<>();
    private final JsonStore<Map<?, ?>> lastCrawls;
    private final Catalog catalog;
    private final Buckets buckets;
    private final Connections connections;
    private final Clock clock;
    private final Meter meter;
    private final ExecutorService executor;

    @SuppressWarnings({"unchecked", "rawtypes"})
    Crawlers(
            Stack stack,
            Path state,
            Catalog catalog,
            Buckets buckets,
            Connections connections,
            Clock clock,
            Meter meter,
            ExecutorService executor) {
        this.catalog = catalog;
        this.buckets = buckets;
        this.connections = connections;
        this.clock = clock;
        this.meter = meter;
        this.executor = executor;
        stack.ofType("AWS::Glue::Crawler").forEach(c -> declared.put(c.physicalId(), c));
        lastCrawls = new JsonStore<>(state.resolve("crawls"), (Class) Map.class);
        // A crawl that was on when the cloud died did not end well.
        declared.keySet()
                .forEach(name -> lastCrawls.get(name).ifPresent(map -> {
                    LastCrawlInfo last = (LastCrawlInfo) SdkJson.read(LastCrawlInfo.builder(), map);
                    if (last.status() == null) {
                        finish(
                                name,
                                last.startTime(),
                                LastCrawlStatus.FAILED,
                                "The laptop cloud was stopped while it crawled");
                    }
                }));
    }

    Crawler get(String name) {
        StackResource resource = declared(name);
        LastCrawlInfo last = lastCrawls
                .get(name)
                .map(map -> (LastCrawlInfo) SdkJson.read(LastCrawlInfo.builder(), map))
                .filter(info -> info.status() != null)
                .orElse(null);
        return Crawler.builder()
                .name(name)
                .databaseName(String.valueOf(resource.properties().get("DatabaseName")))
                .state(running.containsKey(name) ? CrawlerState.RUNNING : CrawlerState.READY)
                .lastCrawl(last)
                .build();
    }

    List<Crawler> all() {
        return declared.keySet().stream().sorted().map(this::get).toList();
    }

    private StackResource declared(String name) {
        StackResource resource = declared.get(name);
        if (resource == null) {
            throw Catalog.missing("Crawler with name " + name + " does not exist");
        }
        return resource;
    }

    synchronized void start(String name) {
        StackResource resource = declared(name);
        if (running.containsKey(name)) {
            throw CrawlerRunningException.builder()
                    .message("Crawler with name " + name + " has already started")
                    .build();
        }
        Instant start = clock.instant();
        running.put(name, executor.submit(() -> crawl(resource, start)));
    }

    synchronized void stop(String name) {
        declared(name);
        Future<?> crawl = running.remove(name);
        if (crawl == null) {
            throw CrawlerNotRunningException.builder()
                    .message("Crawler with name " + name + " isn't running")
                    .build();
        }
        crawl.cancel(true);
        finish(name, clock.instant(), LastCrawlStatus.CANCELLED, null);
    }

    private void crawl(StackResource crawler, Instant start) {
        String name = crawler.physicalId();
        LastCrawlStatus status = LastCrawlStatus.SUCCEEDED;
        String message = null;
        try {
            Map<?, ?> targets = crawler.properties().get("Targets") instanceof Map<?, ?> map ? map : Map.of();
            for (Object target : list(targets.get("S3Targets"))) {
                crawlFiles(crawler, String.valueOf(((Map<?, ?>) target).get("Path")));
            }
            for (Object target : list(targets.get("JdbcTargets"))) {
                crawlDatabase(crawler, (Map<?, ?>) target);
            }
        } catch (SQLException | RuntimeException e) {
            status = LastCrawlStatus.FAILED;
            message = e.getMessage();
        }
        synchronized (this) {
            if (running.remove(name) != null) {
                finish(name, start, status, message);
            }
        }
        Duration time = Duration.between(start, clock.instant());
        // Billed by the second, ten minutes at least ("AWS Glue pricing").
        meter.add("Glue", "crawler DPU-hour", DPUS * Math.max(600, time.toSeconds()) / 3600.0);
    }

    private void finish(String name, Instant start, LastCrawlStatus status, @Nullable String message) {
        lastCrawls.putEnd(
                name,
                SdkJson.write(LastCrawlInfo.builder()
                        .status(status)
                        .startTime(start)
                        .errorMessage(message)
                        .logGroup("/aws-glue/crawlers")
                        .logStream(name)
                        .build()));
    }

    private void crawlFiles(StackResource crawler, String uri) {
        List<Path> files = buckets.files(uri);
        SchemaInference.Schema schema = SchemaInference.of(files).orElse(null);
        if (schema == null) {
            return;
        }
        Path folder = buckets.resolve(uri);
        List<Column> keys = partition(folder.relativize(files.get(0))).keySet().stream()
                .map(name -> Column.builder().name(name).type("string").build())
                .toList();
        String name = prefix(crawler) + folder.getFileName().toString().replaceAll("[^A-Za-z0-9_]", "_");
        Table table = put(crawler, name, schema.format(), uri, schema.columns(), keys);
        Map<Path, List<String>> folders = new LinkedHashMap<>();
        files.forEach(file -> folders.put(
                folder.relativize(file.getParent()),
                List.copyOf(partition(folder.relativize(file)).values())));
        folders.forEach((path, values) -> {
            if (!keys.isEmpty() && values.size() == keys.size()) {
                catalog.put(Partition.builder()
                        .databaseName(table.databaseName())
                        .tableName(table.name())
                        .values(values)
                        .storageDescriptor(table.storageDescriptor().toBuilder()
                                .location(uri + path + "/")
                                .build())
                        .build());
            }
        });
    }

    /** The {@code key=value} folders on the way to a file, in order. */
    private static Map<String, String> partition(Path file) {
        Map<String, String> values = new LinkedHashMap<>();
        file.forEach(part -> {
            int equals = part.toString().indexOf('=');
            if (equals > 0) {
                values.put(part.toString().substring(0, equals), part.toString().substring(equals + 1));
            }
        });
        return values;
    }

    private void crawlDatabase(StackResource crawler, Map<?, ?> target) throws SQLException {
        Connections.Jdbc jdbc = connections.open(String.valueOf(target.get("ConnectionName")));
        List<JdbcSchemas.Found> found = JdbcSchemas.of(jdbc, String.valueOf(target.get("Path")));
        if (found.isEmpty()) {
            throw new IllegalStateException("The database has no table " + target.get("Path"));
        }
        found.forEach(table -> put(
                crawler,
                LakeLayout.externalTable(prefix(crawler), table.database(), table.schema(), table.table()),
                "jdbc",
                table.location(),
                table.columns(),
                List.of()));
    }

    private static String prefix(StackResource crawler) {
        return String.valueOf(crawler.properties().getOrDefault("TablePrefix", ""));
    }

    private Table put(
            StackResource crawler,
            String name,
            String classification,
            String location,
            Map<String, String> columns,
            List<Column> partitionKeys) {
        Map<String, String> parameters = new LinkedHashMap<>(
                Map.of("classification", classification, "CrawlerSchemaDeserializerVersion", "1.0"));
        if (classification.equals("csv")) {
            parameters.put("skip.header.line.count", "1");
        }
        String serde = switch (classification) {
            case "json" -> "org.openx.data.jsonserde.JsonSerDe";
            case "parquet" -> "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe";
            default -> "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe";
        };
        return catalog.put(
                String.valueOf(crawler.properties().get("DatabaseName")),
                TableInput.builder()
                        .name(name)
                        .tableType("EXTERNAL_TABLE")
                        .parameters(parameters)
                        .partitionKeys(partitionKeys)
                        .storageDescriptor(StorageDescriptor.builder()
                                .location(location)
                                .columns(columns.entrySet().stream()
                                        .map(e -> Column.builder()
                                                .name(e.getKey())
                                                .type(e.getValue())
                                                .build())
                                        .toList())
                                .serdeInfo(SerDeInfo.builder()
                                        .serializationLibrary(serde)
                                        .build())
                                .build())
                        .build());
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }
}
