package io.thermolake.local.athena;

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

    QueryRun with(String newState, @Nullable String newReason, Instant at) {
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
                scannedBytes,
                columns,
                types);
    }
}
