package io.thermolake.finish;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.thermolake.RecordJson;
import io.thermolake.Settings;
import io.thermolake.finish.store.Janitor;
import io.thermolake.lake.LakeLayout;
import io.thermolake.lake.store.Clients;
import io.thermolake.lake.store.LakeStore;
import io.thermolake.lake.store.Manifests;
import io.thermolake.run.ExecutionRef;
import io.thermolake.run.Run;
import io.thermolake.run.store.LiveExecutions;
import io.thermolake.run.store.RunLock;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sns.SnsClient;

/**
 * The pipeline's failure state. It cleans up and throws, so that the execution ends FAILED with the recorded failure. When
 * that execution is redriven, the state runs again: then it takes the lock anew and answers with the step to go back to.
 */
public final class FailRunHandler implements RequestHandler<FailRunHandler.Request, FailRunHandler.Answer> {
    /** @param run null when the planning itself failed */
    public record Request(ExecutionRef execution, @Nullable Run run, String step, String error, String cause) {}

    /** @param resumeAt the step that had failed */
    public record Answer(String resumeAt) {}

    private final LakeStore store;
    private final RunLock lock;
    private final Janitor janitor;
    private final LiveExecutions executions;

    /** Called by Lambda, once for each execution environment. */
    public FailRunHandler() {
        this(
                Settings.from(System.getenv()),
                Clients.s3(),
                Clients.glue(),
                Clients.sageMaker(),
                Clients.athena(),
                Clients.sns(),
                Clients.stepFunctions(),
                Clock.systemUTC());
    }

    FailRunHandler(
            Settings settings,
            S3Client s3,
            GlueClient glue,
            SageMakerClient sageMaker,
            AthenaClient athena,
            SnsClient sns,
            SfnClient sfn,
            Clock clock) {
        this.store = new LakeStore(s3, settings.lake().bucket());
        this.lock = new RunLock(store, clock);
        this.janitor = new Janitor(settings, s3, glue, sageMaker, athena, sns, clock);
        this.executions = new LiveExecutions(sfn);
    }

    @Override
    public Answer handleRequest(Request request, Context context) {
        ExecutionRef execution = request.execution();
        if (isRedrive(execution)) {
            return resume(request);
        }
        Failure failure = new Failure(
                execution.name(),
                request.step(),
                request.error(),
                Failure.readable(request.cause()),
                execution.redriveCount());
        janitor.cleanUp(failure, context.getLogger()::log);
        throw new RunFailedException(failure.sentence());
    }

    /**
     * Whether this call is a redrive's: a caught failure is recorded, and no redrive since then has gone on from it. Failures
     * that no Catch saw are passed over: their redrive begins at another state.
     */
    private boolean isRedrive(ExecutionRef execution) {
        for (int count = execution.redriveCount(); count > 0; count--) {
            if (store.text(resumed(execution, count)).isPresent()) {
                return false;
            }
            String failure = LakeLayout.failure(execution.name(), count - 1);
            if (store.read(failure, Failure.class)
                    .filter(f -> f.value().wasCaught())
                    .isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static String resumed(ExecutionRef execution, int redriveCount) {
        return LakeLayout.resumed(execution.name(), redriveCount);
    }

    private Answer resume(Request request) {
        ExecutionRef execution = request.execution();
        Optional<RunLock.Owner> owner = lock.take(execution.name(), execution.arn(), executions::isAlive);
        if (owner.isPresent()) {
            throw new RunFailedException("Run %s cannot go on: run %s is on. Redrive it again when that run is over"
                    .formatted(execution.name(), owner.get().runId()));
        }
        Run run = request.run();
        long newest = new Manifests(store).newest().map(m -> m.number()).orElse(0L);
        boolean ours = run != null
                && new Manifests(store)
                        .numbered(run.base() + 1)
                        .map(m -> m.runId().equals(run.id()))
                        .orElse(false);
        if (run != null && newest != run.base() && !(ours && newest == run.base() + 1)) {
            lock.release(execution.name());
            throw new StaleRunException(
                    "Run %s was planned from manifest %d, but the newest is %d by now. Start a new run instead of redriving this one"
                            .formatted(run.id(), run.base(), newest));
        }
        store.put(
                resumed(execution, execution.redriveCount()), RecordJson.gson().toJson(request.step()));
        return new Answer(request.step());
    }
}
