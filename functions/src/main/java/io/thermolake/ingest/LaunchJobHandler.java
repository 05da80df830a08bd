package io.thermolake.ingest;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.thermolake.PipelineException;
import io.thermolake.Settings;
import io.thermolake.ingest.store.InputList;
import io.thermolake.lake.LakeLayout;
import io.thermolake.lake.store.Clients;
import io.thermolake.lake.store.LakeStore;
import io.thermolake.run.Handle;
import io.thermolake.run.Progress;
import io.thermolake.run.Run;
import io.thermolake.run.RunPlan;
import io.thermolake.run.store.Handles;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.JobRun;
import software.amazon.awssdk.services.glue.model.JobRunState;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Starts the room job on the run's input list. It finds its own run by {@code --run_id} before it starts one, so that a
 * lost answer never starts the job twice.
 */
public final class LaunchJobHandler implements RequestHandler<LaunchJobHandler.Request, Progress> {
    /** Only runs of this execution matter; they are the newest. */
    private static final int RECENT = 50;

    public record Request(Run run) {}

    private final Settings settings;
    private final GlueClient glue;
    private final LakeStore store;
    private final Clock clock;

    /** Called by Lambda, once for each execution environment. */
    public LaunchJobHandler() {
        this(Settings.from(System.getenv()), Clients.glue(), Clients.s3(), Clock.systemUTC());
    }

    LaunchJobHandler(Settings settings, GlueClient glue, S3Client s3, Clock clock) {
        this.settings = settings;
        this.glue = glue;
        this.store = new LakeStore(s3, settings.lake().bucket());
        this.clock = clock;
    }

    @Override
    public Progress handleRequest(Request request, Context context) {
        Run run = request.run();
        List<JobRun> own = glue
                .getJobRuns(b -> b.jobName(settings.jobs().room()).maxResults(RECENT))
                .jobRuns()
                .stream()
                .filter(r -> run.id().equals(r.arguments().get("--run_id")))
                .toList();
        for (JobRun existing : own) {
            // One that is being stopped comes to nothing: the start below is refused until it is over, and tried again.
            if (existing.jobRunState() != JobRunState.STOPPING
                    && JobProgress.of(String.valueOf(existing.jobRunStateAsString())) != JobProgress.FAILED) {
                context.getLogger()
                        .log("job.joined job=%s id=%s".formatted(settings.jobs().room(), existing.id()));
                return waiting(run, existing.id());
            }
        }
        RunPlan plan = store.find(LakeLayout.plan(run.id()), RunPlan.class)
                .orElseThrow(
                        () -> new PipelineException("The plan of run " + run.id() + " is missing; start a new run"));
        long bytes = new InputList(store, glue, settings.lake().database()).write(run, plan);
        Workers workers = Workers.forBytes(bytes);
        Map<String, String> arguments = arguments(run, plan, own.size() + 1);
        String id = glue.startJobRun(b -> b.jobName(settings.jobs().room())
                        .workerType(workers.type())
                        .numberOfWorkers(workers.number())
                        .arguments(arguments))
                .jobRunId();
        context.getLogger()
                .log("job.started job=%s id=%s bytes=%d workers=%d"
                        .formatted(settings.jobs().room(), id, bytes, workers.number()));
        return waiting(run, id);
    }

    private Map<String, String> arguments(Run run, RunPlan plan, int attempt) {
        Map<String, String> arguments = new TreeMap<>(Map.of(
                "--run_id", run.id(),
                "--bucket", settings.lake().bucket(),
                "--inputs", LakeLayout.inputs(run.id()),
                "--base_partitions", LakeLayout.basePartitions(run.id()),
                "--attempt", String.valueOf(attempt),
                "--now", run.now().toString()));
        if (plan.from() != null) {
            arguments.put("--from", plan.from().toString());
        }
        if (plan.to() != null) {
            arguments.put("--to", plan.to().toString());
        }
        if (plan.rooms() != null && !plan.rooms().isEmpty()) {
            arguments.put("--rooms", String.join(",", plan.rooms()));
        }
        return arguments;
    }

    private Progress waiting(Run run, String jobRunId) {
        Instant now = clock.instant();
        Handle handle = new Handle(
                Handle.Kind.JOB_RUN,
                settings.jobs().room(),
                jobRunId,
                now,
                now.plus(settings.jobs().timeout()));
        new Handles(store).record(run, handle);
        return Progress.running(List.of(handle));
    }
}
