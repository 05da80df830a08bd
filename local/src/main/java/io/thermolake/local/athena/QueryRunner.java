package io.thermolake.local.athena;

import io.thermolake.local.athena.trino.ShownFailure;
import io.thermolake.local.athena.trino.SqlRefusals;
import io.thermolake.local.athena.trino.Tables;
import io.thermolake.local.athena.trino.Translated;
import io.thermolake.local.athena.trino.TrinoSql;
import io.thermolake.local.aws.CloudContext;
import io.thermolake.local.aws.JsonStore;
import io.thermolake.local.aws.Threads;
import io.thermolake.local.s3.Buckets;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Runs queries beside the caller, two at once, and keeps how each ended: the first end counts. */
final class QueryRunner implements AutoCloseable {
    /** How often a statement is tried whose files change under it. */
    private static final int TRIES = 5;
    /** Athena bills 10 MB a query at least. */
    private static final double LEAST_BYTES = 10_000_000;

    /** Parsers and optimizers go down as deep as a statement is nested. */
    private static final long STACK_BYTES = 16 << 20;

    private static final String STOPPED = "The laptop cloud was stopped while the query ran";

    private final CloudContext context;
    private final Buckets buckets;
    private final DuckDb duck;
    private final Tables tables;
    private final Limits limits;
    private final JsonStore<QueryRun> runs;
    private final RunningQueries running;
    private volatile boolean closing;
    private final ExecutorService executor = Executors.newFixedThreadPool(2, r -> {
        Thread thread = new Thread(null, r, "athena", STACK_BYTES);
        thread.setDaemon(true);
        return thread;
    });

    QueryRunner(CloudContext context, Buckets buckets, DuckDb duck, Tables tables, Limits limits) {
        this.context = context;
        this.buckets = buckets;
        this.duck = duck;
        this.tables = tables;
        this.limits = limits;
        this.running = new RunningQueries(context.clock(), limits.time(), this::tooLong);
        this.runs = new JsonStore<>(context.folder().state("athena"), QueryRun.class);
        runs.list().stream()
                .filter(r -> r.completed() == null)
                .forEach(r -> runs.put(
                        r.id(), r.ended("FAILED", STOPPED, context.clock().instant())));
    }

    /** Every query that ever was. */
    List<QueryRun> list() {
        return runs.list();
    }

    Optional<QueryRun> find(String id) {
        return runs.get(id);
    }

    /** Takes a query, which runs as soon as there is a place for it. */
    void start(QueryRun queued, List<String> parameters) {
        runs.put(queued.id(), queued);
        executor.execute(() -> run(queued, parameters));
    }

    synchronized void stop(QueryRun run) {
        end(run, "CANCELLED", "Query was cancelled by the user");
        running.stop(run.id());
    }

    private void run(QueryRun queued, List<String> parameters) {
        QueryRun run = queued.running();
        synchronized (this) {
            // It may have been stopped meanwhile.
            if (isOver(queued)) {
                return;
            }
            runs.put(run.id(), run);
            running.begin(run.id());
        }
        try {
            answer(run, parameters);
        } catch (SQLException | RuntimeException e) {
            end(run, "FAILED", closing ? STOPPED : ShownFailure.text(e));
        } catch (OutOfMemoryError e) {
            end(
                    run,
                    "FAILED",
                    "The laptop's Athena has not the memory for a value of this query; ask for shorter ones");
        } catch (Error e) {
            // Else it would run for ever in the eyes of who waits for it.
            end(run, "FAILED", "The laptop's Athena could not go on: " + e);
            throw e;
        } finally {
            running.over(run.id());
        }
    }

    private void answer(QueryRun run, List<String> parameters) throws SQLException {
        Translated translated = TrinoSql.forDuckDb(
                run.sql(), parameters, run.database(), tables, context.clock().instant());
        for (int i = 1; ; i++) {
            StatementFiles listing = duck.listing();
            try {
                answer(run, translated, listing);
                return;
            } catch (SQLException | IllegalArgumentException e) {
                if (isOver(run)) {
                    return;
                }
                // A run replaces and deletes files while others are asking: what is there now has the answer.
                if (i == TRIES || !listing.isStale()) {
                    throw e;
                }
            }
        }
    }

    private void answer(QueryRun run, Translated translated, StatementFiles listing) throws SQLException {
        try (Connection connection = duck.open(run.database(), translated.tables(), listing)) {
            SqlRefusals refusals = translated.prepare(connection);
            try (PreparedStatement statement = connection.prepareStatement(translated.sql())) {
                running.statement(run.id(), statement);
                try (ResultSet rows = statement.executeQuery()) {
                    finish(run, translated, rows, refusals, duck.bytes(run.database(), translated.tables()));
                }
            }
        }
    }

    private void finish(QueryRun run, Translated query, ResultSet rows, SqlRefusals refusals, long scanned)
            throws SQLException {
        try {
            buckets.write(run.output(), out -> write(out, query, rows, refusals));
        } catch (SqlFailure e) {
            throw e.sql();
        }
        context.meter().add("Athena", "TB scanned", Math.max(LEAST_BYTES, scanned) / 1e12);
        putEnd(run.succeeded(context.clock().instant(), scanned, query.columns()));
    }

    private void write(OutputStream out, Translated query, ResultSet rows, SqlRefusals refusals) throws IOException {
        try (ResultFile csv = new ResultFile(out, limits.resultMegabytes())) {
            csv.line(query.columns().stream().map(Translated.Column::name).toList());
            while (rows.next()) {
                csv.line(query.texts(rows));
            }
            refusals.check();
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private boolean isOver(QueryRun run) {
        return runs.get(run.id()).map(r -> r.completed() != null).orElse(true);
    }

    private void tooLong(String id) {
        runs.get(id)
                .ifPresent(run -> end(
                        run,
                        "FAILED",
                        "Query timeout: the laptop's Athena ends a query after " + limits.time()
                                + "; ask for less, or raise thermolake.query.time"));
    }

    private void end(QueryRun run, String state, @Nullable String reason) {
        putEnd(run.ended(state, reason, context.clock().instant()));
    }

    private synchronized void putEnd(QueryRun ended) {
        if (!isOver(ended)) {
            runs.putEnd(ended.id(), ended);
        }
    }

    @Override
    public void close() {
        closing = true;
        running.close();
        Threads.end(executor);
    }

    /** An SQLException on its way through a stream. */
    private static final class SqlFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final SQLException sql;

        SqlFailure(SQLException sql) {
            super(sql);
            this.sql = sql;
        }

        SQLException sql() {
            return sql;
        }
    }
}
