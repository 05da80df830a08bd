package io.thermolake.local.athena;

import io.thermolake.local.athena.trino.Translated;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query execution, as it is kept.
 *
 * @param token the client's request token, or null
 * @param state QUEUED, RUNNING, SUCCEEDED, FAILED or CANCELLED
 * @param output where the result lies
 * @param columns of the result; empty before it is there
 * @param types Athena's names of their types
 */
record QueryRun(
        String id,
        String sql,
        String database,
        String workgroup,
        @Nullable String token,
        String state,
        @Nullable String reason,
        String output,
        Instant submitted,
        @Nullable Instant completed,
        long scannedBytes,
        List<String> columns,
        List<String> types) {

    /** A query that nobody has begun to answer. */
    static QueryRun queued(
            String id,
            String sql,
            String database,
            String workgroup,
            @Nullable String token,
            String output,
            Instant submitted) {
        return new QueryRun(
                id, sql, database, workgroup, token, "QUEUED", null, output, submitted, null, 0, List.of(), List.of());
    }

    QueryRun running() {
        return with("RUNNING", null, null, 0, List.of());
    }

    QueryRun succeeded(Instant at, long scanned, List<Translated.Column> result) {
        return with("SUCCEEDED", null, at, scanned, result);
    }

    QueryRun ended(String newState, @Nullable String newReason, Instant at) {
        return with(newState, newReason, at, scannedBytes, List.of());
    }

    private QueryRun with(
            String newState,
            @Nullable String newReason,
            @Nullable Instant at,
            long scanned,
            List<Translated.Column> result) {
        return new QueryRun(
                id,
                sql,
                database,
                workgroup,
                token,
                newState,
                newReason,
                output,
                submitted,
                at,
                scanned,
                result.stream().map(Translated.Column::name).toList(),
                result.stream().map(Translated.Column::type).toList());
    }
}
