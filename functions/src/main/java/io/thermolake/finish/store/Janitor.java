package io.thermolake.finish.store;

import io.thermolake.Settings;
import io.thermolake.finish.Failure;
import io.thermolake.lake.LakeLayout;
import io.thermolake.lake.store.LakeStore;
import io.thermolake.model.endpoint.SageMakerErrors;
import io.thermolake.run.Handle;
import io.thermolake.run.store.Handles;
import io.thermolake.run.store.RunLock;
import java.time.Clock;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sagemaker.model.SageMakerException;
import software.amazon.awssdk.services.sns.SnsClient;

/**
 * Cleans up after a failed run: stops everything it started, releases its lock, and tells once. Doing it twice changes
 * nothing. What cannot be stopped is logged and does not hide the failure.
 */
public final class Janitor {
    private final Settings settings;
    private final LakeStore store;
    private final RunLock lock;
    private final GlueClient glue;
    private final SageMakerClient sageMaker;
    private final AthenaClient athena;
    private final SnsClient sns;

    public Janitor(
            Settings settings,
            S3Client s3,
            GlueClient glue,
            SageMakerClient sageMaker,
            AthenaClient athena,
            SnsClient sns,
            Clock clock) {
        this.settings = settings;
        this.store = new LakeStore(s3, settings.lake().bucket());
        this.lock = new RunLock(store, clock);
        this.glue = glue;
        this.sageMaker = sageMaker;
        this.athena = athena;
        this.sns = sns;
    }

    /**
     * A failure that is recorded was cleaned up before; the run may have been redriven since, and what it has started then
     * is left alone.
     *
     * @return whether this call was the first to record the failure
     */
    public boolean cleanUp(Failure failure, Consumer<String> log) {
        String record = LakeLayout.failure(failure.runId(), failure.redrive());
        if (store.text(record).isPresent()) {
            return false;
        }
        new Handles(store).of(failure.runId()).forEach(handle -> stop(handle, log));
        if (lock.release(failure.runId())) {
            log.accept("janitor.released run=" + failure.runId());
        }
        boolean first = store.create(record, failure);
        if (first) {
            tell(failure, log);
        }
        return first;
    }

    private void stop(Handle handle, Consumer<String> log) {
        String name = handle.name();
        switch (handle.kind()) {
            case CRAWL -> attempt(handle, log, () -> glue.stopCrawler(b -> b.name(name)));
            case JOB_RUN ->
                attempt(
                        handle,
                        log,
                        () -> glue.batchStopJobRun(b -> b.jobName(name).jobRunIds(handle.id())));
            case TRAINING_JOB -> attempt(handle, log, () -> sageMaker.stopTrainingJob(b -> b.trainingJobName(name)));
            case QUERY -> attempt(handle, log, () -> athena.stopQueryExecution(b -> b.queryExecutionId(handle.id())));
            case ENDPOINT -> {
                if (!settings.sageMaker().keepEndpoint()) {
                    // One that is still being created refuses; without its configuration it would hang there for an
                    // hour, so
                    // all three are left to the sweeper then.
                    if (attempt(handle, log, () -> deleteEndpoint(name))) {
                        attempt(handle, log, () -> sageMaker.deleteEndpointConfig(b -> b.endpointConfigName(name)));
                        attempt(handle, log, () -> sageMaker.deleteModel(b -> b.modelName(name)));
                    }
                }
            }
        }
    }

    private void deleteEndpoint(String name) {
        try {
            sageMaker.deleteEndpoint(b -> b.endpointName(name));
        } catch (SageMakerException e) {
            if (!SageMakerErrors.missing(e)) {
                throw e;
            }
        }
    }

    /** What is over already refuses to be stopped, each service in its own words. */
    private static boolean attempt(Handle handle, Consumer<String> log, Runnable stop) {
        try {
            stop.run();
            log.accept("janitor.stopped kind=%s name=%s".formatted(handle.kind(), handle.name()));
            return true;
        } catch (SdkException e) {
            log.accept(
                    "janitor.left kind=%s name=%s why=\"%s\"".formatted(handle.kind(), handle.name(), e.getMessage()));
            return false;
        }
    }

    private void tell(Failure failure, Consumer<String> log) {
        String subject = "Thermolake: run " + failure.runId() + " failed";
        try {
            // SNS takes at most 100 characters of a subject.
            sns.publish(b -> b.topicArn(settings.stack().topicArn())
                    .subject(subject.substring(0, Math.min(100, subject.length())))
                    .message(failure.sentence()));
        } catch (SdkException e) {
            log.accept("janitor.untold topic=%s why=\"%s\""
                    .formatted(settings.stack().topicArn(), e.getMessage()));
        }
    }
}
