package io.thermolake.ingest;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.thermolake.Settings;
import io.thermolake.lake.LakeLayout;
import io.thermolake.lake.store.Clients;
import io.thermolake.lake.store.LakeStore;
import io.thermolake.run.Run;
import java.util.List;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.JobRun;
import software.amazon.awssdk.services.glue.model.JobRunState;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Empties the visual job's target: Glue Studio appends, and the history is imported whole. A run of that job which is
 * still on would append behind the clearing, be it one whose start was taken for lost, a dead run's or somebody's own: it
 * is told to stop, and {@link ImportBusyException} is thrown until it has.
 */
public final class ClearImportHandler implements RequestHandler<ClearImportHandler.Request, ClearImportHandler.Answer> {
    /** @param job the visual job's name */
    public record Request(Run run, String job) {
        public Request {
            requireNonNull(run, "run is null");
            requireNonNull(job, "job is null");
        }
    }

    /** @param deleted objects */
    public record Answer(int deleted) {}

    /** Runs of a job that are looked at, the newest first; only one can be on at a time. */
    private static final int RECENT = 50;

    private final LakeStore store;
    private final GlueClient glue;

    /** Called by Lambda, once for each execution environment. */
    public ClearImportHandler() {
        this(Settings.from(System.getenv()), Clients.s3(), Clients.glue());
    }

    ClearImportHandler(Settings settings, S3Client s3, GlueClient glue) {
        this.store = new LakeStore(s3, settings.lake().bucket());
        this.glue = glue;
    }

    @Override
    public Answer handleRequest(Request request, Context context) {
        stop(request, context);
        List<String> keys = store.list(LakeLayout.IMPORTED_HISTORY)
                .map(LakeStore.Listed::key)
                .toList();
        keys.forEach(store::delete);
        context.getLogger()
                .log("import.cleared run=%s objects=%d".formatted(request.run().id(), keys.size()));
        return new Answer(keys.size());
    }

    private void stop(Request request, Context context) {
        List<JobRun> on = glue.getJobRuns(b -> b.jobName(request.job()).maxResults(RECENT)).jobRuns().stream()
                .filter(run -> JobProgress.of(String.valueOf(run.jobRunStateAsString())) == JobProgress.RUNNING)
                .toList();
        for (JobRun run : on) {
            if (run.jobRunState() != JobRunState.STOPPING) {
                glue.batchStopJobRun(b -> b.jobName(request.job()).jobRunIds(run.id()));
                context.getLogger().log("import.stopped job=%s id=%s".formatted(request.job(), run.id()));
            }
        }
        if (!on.isEmpty()) {
            throw new ImportBusyException(
                    "Run %s of job %s is still on, and would append to %s behind its clearing. It was told to stop; when it has, start again"
                            .formatted(on.get(0).id(), request.job(), LakeLayout.IMPORTED_HISTORY));
        }
    }
}
