package io.thermolake.report;

import io.thermolake.lake.Sha256;
import java.util.List;

/**
 * One of the files in {@code bi/queries}. They name tables alone; the database is the query's execution context.
 *
 * @param name of the file without {@code .sql}
 */
public record NamedQuery(String name) {
    /** A class path cannot be listed, so the files are named here; a test compares. */
    public static final List<NamedQuery> ALL =
            List.of(new NamedQuery("daily"), new NamedQuery("hourly"), new NamedQuery("rooms"));

    public String sql() {
        return BiFiles.text("queries/" + name + ".sql");
    }

    /**
     * Athena answers a repeated token with the execution that it started for it, whatever became of that one.
     *
     * @param attempt counts from 0; a failed query needs the next
     */
    String token(String runId, int attempt) {
        return Sha256.of(runId + "/" + name + (attempt == 0 ? "" : "/" + attempt));
    }
}
