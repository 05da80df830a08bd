package io.thermolake.ingest;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.thermolake.lake.LakeLayout;
import io.thermolake.lake.store.Clients;
import io.thermolake.run.Handle;
import io.thermolake.run.Progress;
import io.thermolake.run.Run;
import io.thermolake.run.Waiting;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.JobRun;

/** Asks whether the job run has ended, and how; past its deadline it stops the run and fails. */
public final class CheckJobHandler implements RequestHandler<CheckJobHandler.Request, Progress> {
    public record Request(Run run, List<Handle> handles) {}

    private final GlueClient glue;
    private final Waiting waiting;

    /** Called by Lambda, once for each execution environment. */
    public CheckJobHandler() {
        this(Clients.glue(), Clock.systemUTC());
    }

    CheckJobHandler(GlueClient glue, Clock clock) {
        this.glue = glue;
        this.waiting = new Waiting(clock);
    }

    @Override
    public Progress handleRequest(Request request, Context context) {
        Handle handle = request.handles().get(0);
        JobRun run =
                glue.getJobRun(b -> b.jobName(handle.name()).runId(handle.id())).jobRun();
        String state = String.valueOf(run.jobRunStateAsString());
        context.getLogger().log("job.checked job=%s id=%s state=%s".formatted(handle.name(), handle.id(), state));
        return switch (JobProgress.of(state)) {
            case SUCCEEDED -> {
                int attempt = Integer.parseInt(run.arguments().getOrDefault("--attempt", "1"));
                yield Progress.succeeded(Map.of(
                        "attempt",
                        attempt,
                        "result",
                        LakeLayout.extractResult(request.run().id(), attempt)));
            }
            case FAILED ->
                throw new JobFailedException("Job %s ended %s: %s. Its log is %s, stream %s"
                        .formatted(
                                handle.name(),
                                state,
                                run.errorMessage() == null ? "Glue gave no message" : run.errorMessage(),
                                run.logGroupName() == null ? "/aws-glue/jobs/error" : run.logGroupName(),
                                handle.id()));
            case RUNNING ->
                waiting.goesOn(
                        request.handles(),
                        () -> glue.batchStopJobRun(b -> b.jobName(handle.name()).jobRunIds(handle.id())),
                        late -> new JobTimedOutException(
                                "Job %s, run %s, was not done at %s and was stopped. Raise JOB_TIMEOUT or its workers"
                                        .formatted(late.name(), late.id(), late.deadline())));
        };
    }
}
