package io.thermolake.finish.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.spy;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

import io.thermolake.fake.Lab;
import io.thermolake.finish.Failure;
import io.thermolake.lake.LakeLayout;
import io.thermolake.run.Handle;
import io.thermolake.run.store.Handles;
import io.thermolake.run.store.RunLock;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.mockito.InOrder;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.GlueException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sagemaker.model.SageMakerException;
import software.amazon.awssdk.services.sns.SnsClient;

/** In which order the janitor calls, and what it leaves alone: what it does is in FailureHandlersTest. */
class JanitorTest {
    private static final String RUN = "run-1";
    private static final Failure FAILURE = new Failure(RUN, "ExtractRooms", "JobFailed", "out of memory", 0);

    private final Lab lab = new Lab();
    private final S3Client s3 = spy(lab.s3);
    private final GlueClient glue = mock();
    private final SageMakerClient sageMaker = mock();
    private final AthenaClient athena = mock();
    private final SnsClient sns = mock();
    private final List<String> log = new ArrayList<>();
    private final Janitor janitor =
            new Janitor(Lab.settings(), s3, glue, sageMaker, athena, sns, Clock.fixed(Lab.NOW, ZoneOffset.UTC));

    private void started(Handle.Kind kind, String name) {
        new Handles(lab.store).record(Lab.run(RUN), new Handle(kind, name, name, Lab.NOW, Lab.NOW));
    }

    /** A lock that is free while a job still writes, or a tale that comes before the record, would be told twice. */
    @Test
    void whatRunsIsStoppedBeforeTheLockIsFreeAndNobodyIsToldBeforeTheFailureIsRecorded() {
        new RunLock(lab.store, Clock.fixed(Lab.NOW, ZoneOffset.UTC)).take(RUN, "arn:" + RUN, arn -> true);
        started(Handle.Kind.JOB_RUN, "rooms");
        started(Handle.Kind.ENDPOINT, "tl-1");

        janitor.cleanUp(FAILURE, log::add);

        InOrder order = inOrder(glue, sageMaker, s3, sns);
        order.verify(sageMaker).deleteEndpoint(anyOf());
        order.verify(sageMaker).deleteEndpointConfig(anyOf());
        order.verify(sageMaker).deleteModel(anyOf());
        order.verify(glue).batchStopJobRun(anyOf());
        order.verify(s3).deleteObject(argThat((DeleteObjectRequest r) -> r.key().equals(LakeLayout.LOCK)));
        order.verify(s3)
                .putObject(
                        argThat((PutObjectRequest r) -> r.key().equals(LakeLayout.failure(RUN, 0))),
                        any(RequestBody.class));
        order.verify(sns).publish(anyOf());
    }

    @Test
    void anEndpointThatRefusesToGoKeepsWhatItNeedsForTheSweeper() {
        started(Handle.Kind.ENDPOINT, "tl-1");
        doThrow(SageMakerException.builder()
                        .message("Cannot update in-progress endpoint")
                        .build())
                .when(sageMaker)
                .deleteEndpoint(anyOf());

        janitor.cleanUp(FAILURE, log::add);

        verify(sageMaker, never()).deleteEndpointConfig(anyOf());
        verify(sageMaker, never()).deleteModel(anyOf());
        assertThat(log).anyMatch(line -> line.startsWith("janitor.left kind=ENDPOINT name=tl-1"));
    }

    @Test
    void oneThatRefusesToStopHidesNoOther() {
        started(Handle.Kind.CRAWL, "raw");
        started(Handle.Kind.QUERY, "q-1");
        started(Handle.Kind.TRAINING_JOB, "tl-lab");
        doThrow(GlueException.builder().message("not running").build())
                .when(glue)
                .stopCrawler(anyOf());

        janitor.cleanUp(FAILURE, log::add);

        verify(athena).stopQueryExecution(anyOf());
        verify(sageMaker).stopTrainingJob(anyOf());
    }

    /** Redriven since, the run has started other work, and its lock is its own again. */
    @Test
    void afterARecordedFailureNothingIsCalledAtAll() {
        started(Handle.Kind.JOB_RUN, "rooms");
        lab.store.put(LakeLayout.failure(RUN, 0), FAILURE);

        assertThat(janitor.cleanUp(FAILURE, log::add)).isFalse();

        verifyNoInteractions(glue, sageMaker, athena, sns);
        verify(s3, never()).deleteObject(any(DeleteObjectRequest.class));
    }

    private static <B> Consumer<B> anyOf() {
        return any();
    }
}
