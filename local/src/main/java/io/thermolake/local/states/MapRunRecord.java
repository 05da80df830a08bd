package io.thermolake.local.states;

import io.thermolake.asl.MapRunStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A distributed Map's run, as it is kept.
 *
 * @param run as the engine said it last
 * @param redriveCount how often it went on with its execution
 */
record MapRunRecord(
        MapRunStatus run,
        Instant started,
        @Nullable Instant stopped,
        int redriveCount,
        @Nullable Instant redriven) {
    String arn() {
        return run.arn();
    }

    boolean isRunning() {
        return run.status().equals("RUNNING");
    }

    MapRunRecord now(MapRunStatus status, Instant at) {
        boolean again = !isRunning() && status.status().equals("RUNNING");
        return new MapRunRecord(
                status,
                started,
                status.status().equals("RUNNING") ? null : at,
                again ? redriveCount + 1 : redriveCount,
                again ? at : redriven);
    }

    /** As it stands when its cloud died. */
    MapRunRecord aborted(Instant at) {
        return now(
                new MapRunStatus(
                        run.arn(),
                        run.executionArn(),
                        "ABORTED",
                        run.maxConcurrency(),
                        run.toleratedFailureCount(),
                        run.toleratedFailurePercentage(),
                        run.total(),
                        0,
                        run.succeeded(),
                        run.failed()),
                at);
    }
}
