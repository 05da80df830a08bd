package io.thermolake.local.states;

import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.asl.Json;
import io.thermolake.local.door.SignedRequest;
import io.thermolake.local.stack.Stack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** History's starts, on the laptop's pipeline with its own functions: skipped while a run is on, and made good once. */
class FollowUpTest {
    @TempDir
    static Path folder;

    private static SfnCloud cloud;
    private Path bucket;
    private String run;
    private List<String> before;

    @BeforeAll
    static void start() {
        cloud = new SfnCloud(folder);
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    /** A run that is on: it has the lock, and is started for good later. */
    @BeforeEach
    void aRunIsOn() throws IOException {
        bucket = folder.resolve("s3").resolve(Stack.NAME + "-lake-bucket");
        run = "run-" + System.nanoTime();
        before = followUps().stream().map(ExecutionListItem::name).toList();
        Files.createDirectories(bucket.resolve("locks"));
        Files.writeString(
                bucket.resolve("locks/pipeline.json"),
                Json.text(Map.of(
                        "runId", run,
                        "executionArn", SfnCloud.executionArn("thermolake-pipeline", run),
                        "takenAt", Instant.now().toString())));
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(bucket.resolve("locks/pipeline.json")).doesNotExist();
        assertThat(bucket.resolve("runs/pending.json")).doesNotExist();
    }

    @Test
    void startsThatAreSkippedWhileARunIsOnHaveOneFollowUp() throws Exception {
        assertThat(skipped("{\"startedBy\":\"history\"}"))
                .isEqualTo("skipped: run " + run + " is on; a follow-up starts when it is over");
        skipped("{\"startedBy\":\"history\",\"now\":\"2026-03-31T00:00:00Z\"}");
        assertThat(skipped("{}")).isEqualTo("skipped: run " + run + " is on");

        cloud.output(cloud.start(SfnCloud.PIPELINE, run, "{}"));

        ExecutionListItem followUp = theFollowUp();
        assertThat(cloud.output(followUp.executionArn())).containsEntry("outcome", "SUCCEEDED");
        assertThat(Files.readString(bucket.resolve("runs/" + followUp.name() + "/plan.json")))
                .contains("2026-03-31T00:00:00Z");
    }

    @Test
    void aRunThatFailsIsFollowedToo() throws Exception {
        skipped("{\"startedBy\":\"history\"}");

        assertThat(cloud.over(cloud.start(SfnCloud.PIPELINE, run, "{\"startFrom\":\"Nowhere\"}"))
                        .status())
                .isEqualTo(ExecutionStatus.FAILED);

        assertThat(cloud.output(theFollowUp().executionArn())).containsEntry("outcome", "SUCCEEDED");
    }

    @Test
    void theFunctionStartsTheRunOfAWindowOnce() throws Exception {
        String event = Files.readString(SfnCloud.HOME.resolve("events/StartOnHistory.json"));
        assertThat(invoke(event)).isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(invoke(event)).isEqualTo("{\"batchItemFailures\":[]}");

        String started = SfnCloud.executionArn("thermolake-pipeline", "history-20260331T020000Z");
        assertThat(cloud.output(started)).containsEntry("outcome", "SKIPPED");
        assertThat(invoke(event)).isEqualTo("{\"batchItemFailures\":[]}");
        cloud.output(cloud.start(SfnCloud.PIPELINE, run, "{}"));
        cloud.output(theFollowUp().executionArn());
    }

    private String skipped(String input) throws InterruptedException {
        Map<String, Object> output =
                cloud.output(cloud.start(SfnCloud.PIPELINE, "skipped-" + System.nanoTime(), input));
        assertThat(output).containsEntry("outcome", "SKIPPED");
        return String.valueOf(output.get("reason"));
    }

    private ExecutionListItem theFollowUp() throws InterruptedException {
        cloud.until("there is no follow-up", () -> followUps().size() > before.size());
        return followUps().stream()
                .filter(e -> !before.contains(e.name()))
                .reduce((one, two) -> {
                    throw new AssertionError("two follow-ups: " + one.name() + " and " + two.name());
                })
                .orElseThrow();
    }

    private static List<ExecutionListItem> followUps() {
        return cloud.sfn.listExecutions(b -> b.stateMachineArn(SfnCloud.PIPELINE)).executions().stream()
                .filter(e -> e.name().startsWith("followup-"))
                .toList();
    }

    private static String invoke(String event) throws Exception {
        URI uri = cloud.cloud.endpoint().resolve("/2015-03-31/functions/StartOnHistory/invocations");
        HttpRequest request = SignedRequest.post(cloud.cloud.key(), uri, "lambda", Map.of(), event);
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
