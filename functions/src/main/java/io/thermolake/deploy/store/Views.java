package io.thermolake.deploy.store;

import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.athena.model.QueryExecutionState;
import software.amazon.awssdk.services.athena.model.QueryExecutionStatus;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;

/**
 * Views, made by Athena itself: it checks the SQL and finds out the columns, which a table written into the catalog would
 * have to name.
 */
public final class Views {
    /** Waits between two looks at the statements. */
    @FunctionalInterface
    public interface Pause {
        void make() throws InterruptedException;
    }

    private static final int MOST_LOOKS = 240;

    private final AthenaClient athena;
    private final GlueClient glue;
    private final Pause pause;

    public Views(AthenaClient athena, GlueClient glue, Pause pause) {
        this.athena = athena;
        this.glue = glue;
        this.pause = pause;
    }

    /**
     * Runs the statements side by side, and waits for all of them.
     *
     * @throws IllegalStateException naming the view that Athena refused, and why
     */
    public void put(String workgroup, String database, Map<String, String> statementByView) {
        Map<String, String> running = new LinkedHashMap<>();
        statementByView.forEach((view, statement) -> running.put(
                view,
                athena.startQueryExecution(b -> b.workGroup(workgroup)
                                .queryString(statement)
                                .queryExecutionContext(c -> c.database(database)))
                        .queryExecutionId()));
        for (int looks = 0; !running.isEmpty(); looks++) {
            if (looks == MOST_LOOKS) {
                throw new IllegalStateException(
                        "Athena had not made the views %s after %d looks; see the workgroup %s and deploy again"
                                .formatted(running.keySet(), looks, workgroup));
            }
            running.entrySet().removeIf(entry -> isMade(entry.getKey(), entry.getValue()));
            if (!running.isEmpty()) {
                waitABit();
            }
        }
    }

    /** Those that are not there are no error. */
    public void delete(String database, Iterable<String> views) {
        for (String view : views) {
            try {
                glue.deleteTable(b -> b.databaseName(database).name(view));
            } catch (EntityNotFoundException e) {
                // Gone before: what was asked for.
            }
        }
    }

    private boolean isMade(String view, String id) {
        QueryExecutionStatus status = athena.getQueryExecution(b -> b.queryExecutionId(id))
                .queryExecution()
                .status();
        if (status.state() == QueryExecutionState.FAILED || status.state() == QueryExecutionState.CANCELLED) {
            throw new IllegalStateException("Athena did not make the view %s (query %s, %s): %s"
                    .formatted(view, id, status.stateAsString(), status.stateChangeReason()));
        }
        return status.state() == QueryExecutionState.SUCCEEDED;
    }

    private void waitABit() {
        try {
            pause.make();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Athena made the views", e);
        }
    }
}
