package io.thermolake.local.states;

import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.asl.Execution;
import io.thermolake.asl.ExecutionIdentity;
import io.thermolake.asl.ExecutionListener;
import io.thermolake.asl.ExecutionResult;
import io.thermolake.asl.VirtualTimer;
import io.thermolake.asl.engine.Definition;
import io.thermolake.asl.engine.Engine;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sfn.model.CreateActivityRequest;
import software.amazon.awssdk.services.sfn.model.GetActivityTaskRequest;
import software.amazon.awssdk.services.sfn.model.GetActivityTaskResponse;

/** The long poll, in virtual time. */
class ActivityQueuesTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final VirtualTimer timer = new VirtualTimer(START);
    private final Engine engine = new Engine(r -> null, timer, new Random(1), Runnable::run);
    private ActivityQueues queues;
    private String arn;

    @BeforeEach
    void open(@TempDir Path folder) {
        queues = new ActivityQueues(folder, engine.activities(), new Tags(folder.resolve("tags"), a -> true), timer);
        arn = queues.create(CreateActivityRequest.builder().name("a").build()).activityArn();
    }

    private CompletableFuture<GetActivityTaskResponse> next() {
        return queues.next(GetActivityTaskRequest.builder().activityArn(arn).build());
    }

    private Execution start() {
        return engine.start(
                Definition.parse(SfnCloud.waits(arn)),
                new ExecutionIdentity("arn:e", "e", "", START, "arn:m", "m"),
                "in",
                ExecutionListener.NONE);
    }

    @Test
    void aWorkerIsSentAwayEmptyHandedAfterAMinute() {
        CompletableFuture<GetActivityTaskResponse> waiting = next();
        assertThat(waiting).isNotDone();
        assertThat(timer.step()).isTrue();
        assertThat(waiting.join().taskToken()).isNull();
        assertThat(Duration.between(START, timer.now())).isEqualTo(ActivityQueues.LONG_POLL);
        Execution execution = start();
        String token = next().join().taskToken();
        engine.tokens().succeed(token, "out");
        assertThat(execution.result()).isCompletedWithValue(new ExecutionResult.Succeeded("out"));
    }

    @Test
    void aWorkerThatWaitsIsGivenTheNextTask() {
        CompletableFuture<GetActivityTaskResponse> waiting = next();
        start();
        assertThat(waiting.join().input()).isEqualTo("\"in\"");
        assertThat(timer.step()).as("its minute is over").isFalse();
    }
}
