package io.thermolake.local.glue;

import io.thermolake.lake.LakeLayout;
import io.thermolake.local.aws.JsonStore;
import io.thermolake.local.aws.Meter;
import io.thermolake.local.aws.SdkJson;
import io.thermolake.local.s3.Buckets;
import io.thermolake.local.stack.Stack;
import io.thermolake.local.stack.StackResource;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.glue.model.Crawler;
import software.amazon.awssdk.services.glue.model.CrawlerNotRunningException;
import software.amazon.awssdk.services.glue.model.CrawlerRunningException;
import software.amazon.awssdk.services.glue.model.CrawlerState;
import software.amazon.awssdk.services.glue.model.LastCrawlInfo;
import software.amazon.awssdk.services.glue.model.LastCrawlStatus;

/** The stack's crawlers. A crawl reads the real files or the real database and writes what it found into the catalog. */
final class Crawlers {
    private static final Logger LOG = LoggerFactory.getLogger(Crawlers.class);
    private static final double DPUS = 2;

    private final Map<String, StackResource> declared = new HashMap<>();
    private final Map<String, Future<?>> running = new ConcurrentHashMap<>();
    private final JsonStore<Map<?, ?>> lastCrawls;
    private final FileCrawl files;
    private final CrawledTables tables;
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
        this.files = new FileCrawl(catalog, buckets);
        this.tables = new CrawledTables(catalog);
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
                files.crawl(crawler, String.valueOf(((Map<?, ?>) target).get("Path")));
            }
            for (Object target : list(targets.get("JdbcTargets"))) {
                crawlDatabase(crawler, (Map<?, ?>) target);
            }
        } catch (SQLException | RuntimeException | Error e) {
            // Whatever it is: a crawl that ends without a word runs for ever in the eyes of who waits for it.
            LOG.error("crawl.failed crawler={}", name, e);
            status = LastCrawlStatus.FAILED;
            message = e instanceof Error || e.getMessage() == null ? e.toString() : e.getMessage();
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

    private void crawlDatabase(StackResource crawler, Map<?, ?> target) throws SQLException {
        Connections.Jdbc jdbc = connections.open(String.valueOf(target.get("ConnectionName")));
        List<JdbcSchemas.Found> found = JdbcSchemas.of(jdbc, String.valueOf(target.get("Path")));
        if (found.isEmpty()) {
            throw new IllegalStateException("The database has no table " + target.get("Path"));
        }
        found.forEach(table -> tables.put(
                crawler,
                LakeLayout.externalTable(
                        CrawledTables.prefix(crawler), table.database(), table.schema(), table.table()),
                "jdbc",
                table.location(),
                table.columns(),
                List.of()));
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }
}
