package io.thermolake.local.athena;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.thermolake.local.aws.CloudContext;
import io.thermolake.local.aws.CloudFolder;
import io.thermolake.local.aws.Meter;
import io.thermolake.local.aws.Scratch;
import io.thermolake.local.door.FolderKey;
import io.thermolake.local.glue.GlueService;
import io.thermolake.local.s3.Buckets;
import io.thermolake.local.stack.Stack;
import io.thermolake.local.stack.StackReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPOutputStream;
import software.amazon.awssdk.services.athena.model.QueryExecution;
import software.amazon.awssdk.services.athena.model.QueryExecutionState;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.Crawler;
import software.amazon.awssdk.services.glue.model.CrawlerState;
import software.amazon.awssdk.services.glue.model.LastCrawlInfo;

/** The project's own catalog over a bucket of a test, with its crawlers and its Athena. */
final class RawZone implements AutoCloseable {
    static final String BUCKET = "thermolake-lake-bucket";

    private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
    private static final String DATABASE = "thermolake";
    private static final long WAIT_NANOS = 2_000_000;

    final Buckets buckets;
    final GlueService glue;
    final AthenaService athena;

    RawZone(Path data) {
        this(data, Limits.of(new java.util.Properties()));
    }

    RawZone(Path data, Limits limits) {
        CloudFolder folder = new CloudFolder(data);
        buckets = new Buckets(folder.s3());
        buckets.make(BUCKET);
        Stack stack = StackReader.read(HOME.resolve("template.yaml"), Map.of());
        CloudContext context = new CloudContext(
                HOME,
                folder,
                Scratch.open(data),
                new FolderKey(folder.root(), "a secret for this test"),
                stack,
                Clock.systemUTC(),
                new Meter(folder.state("meter")),
                () -> URI.create("http://127.0.0.1"),
                1);
        glue = new GlueService(context, buckets, name -> {
            throw new IllegalArgumentException("no database here");
        });
        athena = new AthenaService(context, glue.catalog(), buckets, limits);
    }

    Path file(String key) {
        return buckets.resolve("s3://" + BUCKET + "/" + key);
    }

    RawZone put(String key, String text) {
        return put(key, text.getBytes(UTF_8));
    }

    RawZone put(String key, byte[] bytes) {
        buckets.write("s3://" + BUCKET + "/" + key, bytes);
        return this;
    }

    RawZone delete(String key) throws IOException {
        Files.delete(file(key));
        return this;
    }

    static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    /** Crawls, and waits for the end of it. */
    LastCrawlInfo crawl(String crawler) {
        glue.startCrawler(b -> b.name(crawler));
        while (true) {
            Crawler now = glue.getCrawler(b -> b.name(crawler)).crawler();
            if (now.state() == CrawlerState.READY && now.lastCrawl() != null) {
                return now.lastCrawl();
            }
            LockSupport.parkNanos(WAIT_NANOS);
        }
    }

    List<String> columns(String table) {
        return glue.getTable(b -> b.databaseName(DATABASE).name(table)).table().storageDescriptor().columns().stream()
                .map(c -> c.name() + " " + c.type())
                .toList();
    }

    List<String> keys(String table) {
        return glue.getTable(b -> b.databaseName(DATABASE).name(table)).table().partitionKeys().stream()
                .map(Column::name)
                .toList();
    }

    QueryExecution run(String sql) {
        String id = athena.startQueryExecution(b ->
                        b.queryString(sql).workGroup("thermolake").queryExecutionContext(c -> c.database(DATABASE)))
                .queryExecutionId();
        while (true) {
            QueryExecution now =
                    athena.getQueryExecution(b -> b.queryExecutionId(id)).queryExecution();
            if (now.status().completionDateTime() != null) {
                return now;
            }
            LockSupport.parkNanos(WAIT_NANOS);
        }
    }

    /** The rows of an answer, a line each, their cells apart by blanks. */
    List<String> rows(String sql) {
        QueryExecution run = run(sql);
        if (run.status().state() != QueryExecutionState.SUCCEEDED) {
            throw new AssertionError(sql + " failed: " + run.status().stateChangeReason());
        }
        return athena.getQueryResults(b -> b.queryExecutionId(run.queryExecutionId())).resultSet().rows().stream()
                .skip(1)
                .map(row -> String.join(
                        " ",
                        row.data().stream()
                                .map(d -> d.varCharValue() == null ? "-" : d.varCharValue())
                                .toList()))
                .toList();
    }

    /** Why a statement fails. */
    String refusal(String sql) {
        QueryExecution run = run(sql);
        if (run.status().state() != QueryExecutionState.FAILED) {
            throw new AssertionError(sql + " ended " + run.status().state());
        }
        return run.status().stateChangeReason();
    }

    @Override
    public void close() {
        athena.close();
        glue.close();
    }
}
