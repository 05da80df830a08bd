package io.thermolake.local.states;

import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.asl.Definition;
import io.thermolake.asl.Engine;
import io.thermolake.asl.Execution;
import io.thermolake.asl.ExecutionIdentity;
import io.thermolake.asl.ExecutionListener;
import io.thermolake.asl.ExecutionResult;
import io.thermolake.asl.HistoryEvent;
import io.thermolake.asl.Json;
import io.thermolake.asl.TaskException;
import io.thermolake.asl.TaskHandler;
import io.thermolake.asl.TaskRequest;
import io.thermolake.asl.VirtualTimer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The project's machines, whole and nested, in virtual time: the functions are answers by name. */
class OwnMachinesTest {
    private static final Instant NOW = Instant.parse("2026-03-31T00:00:00Z");
    private static final String PLAN = """
            {"outcome":"PLANNED","run":{"id":"r1","executionArn":"a","now":"2026-03-31T00:00:00Z","base":0},
             "plan":{"startFrom":"ImportHistory","rooms":[],"steps":{
              "ImportS3":{"run":%1$s,"reason":"x"},"ImportDatabase":{"run":%1$s,"reason":"x"},"CrawlRaw":{"run":%1$s,"reason":"x"},
              "ExtractRooms":{"run":%1$s,"reason":"x"},"CommitRun":{"run":%1$s,"reason":"x"},"Detect":{"run":%1$s,"reason":"x"},
              "Report":{"run":%1$s,"reason":"x"}}}}""";

    private final VirtualTimer timer = new VirtualTimer(NOW);
    private final Map<String, Function<Map<?, ?>, String>> functions = new HashMap<>();
    private final List<String> calls = new ArrayList<>();
    private final List<HistoryEvent> history = new ArrayList<>();
    private Map<String, Object> snapshot = Map.of();
    private final Engine engine = new Engine(this::find, timer, new Random(1), Runnable::run);

    private TaskHandler find(String resource) {
        return switch (resource) {
            case "arn:aws:states:::lambda:invoke" -> this::lambda;
            case "arn:aws:states:::states:startExecution.sync:2" -> this::child;
            case "arn:aws:states:::glue:startJobRun.sync" ->
                request -> {
                    String job = String.valueOf(((Map<?, ?>) request.arguments()).get("JobName"));
                    calls.add(job);
                    return answer(job, request.arguments());
                };
            default -> null;
        };
    }

    private CompletableFuture<Object> lambda(TaskRequest request) {
        Map<?, ?> arguments = (Map<?, ?>) request.arguments();
        String name = arguments.get("FunctionName").toString();
        calls.add(name);
        return answer(name, arguments.get("Payload")).thenApply(payload -> Map.of("Payload", payload));
    }

    private CompletableFuture<Object> answer(String name, Object payload) {
        try {
            Function<Map<?, ?>, String> function = functions.get(name);
            if (function == null) {
                return CompletableFuture.failedFuture(new TaskException("NoSuchFunction", name));
            }
            return CompletableFuture.completedFuture(Json.parse(
                    function.apply(payload instanceof Map<?, ?> map ? map : Map.of())));
        } catch (TaskException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletableFuture<Object> child(TaskRequest request) {
        Map<?, ?> arguments = (Map<?, ?>) request.arguments();
        Execution execution = engine.start(
                definition(arguments.get("StateMachineArn").toString()),
                identity(),
                arguments.get("Input"),
                ExecutionListener.NONE);
        CompletableFuture<Object> answer = new CompletableFuture<>();
        execution.result().thenAccept(result -> {
            if (result instanceof ExecutionResult.Succeeded succeeded) {
                answer.complete(Map.of("Output", succeeded.output()));
            } else {
                answer.completeExceptionally(new TaskException("States.TaskFailed", result.toString()));
            }
        });
        return answer;
    }

    private static Definition definition(String machine) {
        try {
            return Definition.parse(Files.readString(Path.of("..", "statemachine", machine + ".asl.json"))
                    .replace("${MaxConcurrency}", "5")
                    .replace("${HistoryJob}", "HistoryJob")
                    .replace("${DatabaseJob}", "DatabaseJob")
                    .replaceAll("\\$\\{([A-Za-z]+)FunctionArn}", "$1")
                    .replace("${AwaitStateMachineArn}", "await")
                    .replace("${RoomStateMachineArn}", "room"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ExecutionIdentity identity() {
        return new ExecutionIdentity("arn:e", "r1", "", NOW, "arn:m", "pipeline");
    }

    private ExecutionListener listener() {
        return new ExecutionListener() {
            @Override
            public void event(HistoryEvent event) {
                history.add(event);
            }

            @Override
            public boolean wantsSnapshots() {
                return true;
            }

            @Override
            @SuppressWarnings("unchecked")
            public void moved(Map<String, Object> moved) {
                snapshot = (Map<String, Object>) Json.parse(Json.text(moved));
            }
        };
    }

    private ExecutionResult run(String machine, Object input) {
        return finish(engine.start(definition(machine), identity(), input, listener()));
    }

    private ExecutionResult finish(Execution execution) {
        while (!execution.result().isDone() && timer.step()) {
            // Virtual time.
        }
        return execution.result().getNow(new ExecutionResult.Aborted("still", "waiting"));
    }

    private OwnMachinesTest on(String function, String answer) {
        functions.put(function, payload -> answer);
        return this;
    }

    private void everythingAnswers(boolean runs) {
        String handle = "[{\"kind\":\"CRAWL\",\"name\":\"n\",\"id\":\"i\"}]";
        String running = "{\"state\":\"RUNNING\",\"handles\":" + handle + ",\"details\":{}}";
        String done = "{\"state\":\"SUCCEEDED\",\"handles\":[],\"details\":{}}";
        on("PlanRun", PLAN.formatted(runs))
                .on("StartCrawler", running)
                .on("CheckCrawler", done)
                .on("ClearImport", "{\"deleted\":0}")
                .on("HistoryJob", "{}")
                .on("DatabaseJob", "{}")
                .on("LaunchJob", running)
                .on("CheckJob", "{\"state\":\"SUCCEEDED\",\"handles\":[],\"details\":{\"attempt\":1}}")
                .on("CommitRun", "{\"manifest\":1,\"rooms\":[\"lab\",\"office\"]}")
                .on("StartQueries", running)
                .on(
                        "CheckQueries",
                        "{\"state\":\"SUCCEEDED\",\"handles\":[],\"details\":{\"queries\":{\"rooms\":\"q\"}}}")
                .on("StartEndpoint", running)
                .on("CheckEndpoint", "{\"state\":\"SUCCEEDED\",\"handles\":[],\"details\":{\"endpoint\":\"e\"}}")
                .on("DeleteEndpoint", "{\"deleted\":[]}")
                .on("StartTraining", running)
                .on(
                        "CheckTraining",
                        "{\"state\":\"SUCCEEDED\",\"handles\":[],\"details\":{\"needed\":true,\"version\":\"v\"}}")
                .on("PromoteModel", "{\"version\":\"v\",\"promoted\":true}")
                .on("ScorePartitions", "{\"done\":true,\"scored\":7,\"alarms\":1,\"version\":\"v\"}")
                .on("PublishReport", "{\"report\":\"reports/r1/report.html\"}")
                .on("FinishRun", "{\"summary\":\"runs/r1/summary.json\"}");
        functions.put("FailRun", payload -> {
            Map<?, ?> execution = (Map<?, ?>) payload.get("execution");
            if (((Long) execution.get("redriveCount")) > 0) {
                return "{\"resumeAt\":\"" + payload.get("step") + "\"}";
            }
            throw new TaskException("RunFailed", payload.get("step") + ": " + payload.get("cause"));
        });
    }

    @Test
    void aWholeRunSucceeds() {
        everythingAnswers(true);
        assertThat(run("pipeline", Map.of()))
                .isEqualTo(new ExecutionResult.Succeeded(
                        Map.of("outcome", "SUCCEEDED", "run", "r1", "summary", "runs/r1/summary.json")));
        assertThat(calls)
                .contains("HistoryJob", "DatabaseJob", "CommitRun", "PublishReport")
                .containsSubsequence("ClearImport", "HistoryJob", "LaunchJob", "CommitRun", "StartEndpoint");
        assertThat(calls.stream().filter("ScorePartitions"::equals)).hasSize(2);
    }

    @Test
    void aRunWithNothingNewCallsNothingButPlanAndFinish() {
        everythingAnswers(false);
        assertThat(run("pipeline", Map.of()).status()).isEqualTo("SUCCEEDED");
        assertThat(calls).containsExactly("PlanRun", "FinishRun");
    }

    @Test
    void anotherRunThatIsOnSkipsThisOne() {
        on("PlanRun", "{\"outcome\":\"SKIPPED\",\"reason\":\"run r0 is on\"}");
        assertThat(run("pipeline", Map.of()))
                .isEqualTo(
                        new ExecutionResult.Succeeded(Map.of("outcome", "SKIPPED", "reason", "skipped: run r0 is on")));
    }

    @Test
    void aFailedBranchDoesNotHideTheOtherAndTheRedriveRunsItAlone() {
        everythingAnswers(true);
        boolean[] broken = {true};
        functions.put("DatabaseJob", payload -> {
            if (broken[0]) {
                throw new TaskException("States.TaskFailed", "no way to the database");
            }
            return "{}";
        });
        ExecutionResult result = run("pipeline", Map.of());
        assertThat(result)
                .isEqualTo(new ExecutionResult.Failed(
                        "RunFailed", "ImportHistory: ImportDatabase: no way to the database"));
        assertThat(calls).containsOnlyOnce("HistoryJob");
        broken[0] = false;
        ExecutionResult again = finish(
                engine.redrive(definition("pipeline"), identity(), Map.of(), listener(), snapshot, 1, history.size()));
        assertThat(again.status()).isEqualTo("SUCCEEDED");
        assertThat(calls).containsOnlyOnce("HistoryJob");
        assertThat(calls.stream().filter("DatabaseJob"::equals)).hasSize(2);
    }

    @Test
    void aFailedRoomIsNamedAndTheOthersGoOnAndTheEndpointGoesDown() {
        everythingAnswers(true);
        functions.put("PromoteModel", payload -> {
            if (payload.get("room").equals("lab")) {
                throw new TaskException("ModelError", "broken forest");
            }
            return "{\"version\":\"v\"}";
        });
        List<Object> failed = new ArrayList<>();
        functions.put("PublishReport", payload -> {
            failed.addAll((List<?>) payload.get("failedRooms"));
            return "{\"report\":\"r\"}";
        });
        assertThat(run("pipeline", Map.of()).status()).isEqualTo("SUCCEEDED");
        assertThat(failed).containsExactly(Map.of("room", "lab", "error", "ModelError", "cause", "broken forest"));
        assertThat(calls).contains("DeleteEndpoint");
        assertThat(calls.stream().filter("ScorePartitions"::equals)).hasSize(1);
    }

    @Test
    void anEndpointThatFailsIsTakenDownAndFailsTheRun() {
        everythingAnswers(true);
        functions.put("CheckEndpoint", payload -> {
            throw new TaskException("EndpointFailed", "no capacity");
        });
        assertThat(run("pipeline", Map.of())).isEqualTo(new ExecutionResult.Failed("RunFailed", "Detect: no capacity"));
        assertThat(calls).contains("DeleteEndpoint").doesNotContain("FinishRun");
    }

    @Test
    void awaitAsksLessAndLessOftenAndGivesUpInTheEnd() {
        on("Start", "{\"state\":\"RUNNING\",\"handles\":[{\"id\":\"i\"}],\"details\":{}}");
        on("Check", "{\"state\":\"RUNNING\",\"handles\":[{\"id\":\"i\"}],\"details\":{}}");
        ExecutionResult result =
                run("await", Map.of("start", "Start", "check", "Check", "request", Map.of("run", Map.of())));
        assertThat(result.status()).isIn("SUCCEEDED", "TIMED_OUT");
        assertThat(history.size()).isLessThan(20_000);
        assertThat(calls.size()).isGreaterThan(1000);
    }

    @Test
    void awaitsFailureIsItsOutput() {
        on("Start", "{\"state\":\"RUNNING\",\"handles\":[],\"details\":{}}");
        functions.put("Check", payload -> {
            throw new TaskException("io.thermolake.crawl.CrawlFailedException", "it failed");
        });
        assertThat(run("await", Map.of("start", "Start", "check", "Check", "request", Map.of())))
                .isEqualTo(new ExecutionResult.Succeeded(Map.of(
                        "outcome", "FAILED",
                        "error", "io.thermolake.crawl.CrawlFailedException",
                        "cause", "it failed")));
    }

    @Test
    void aRoomWithoutEnoughDataSaysSo() {
        on(
                "StartTraining",
                "{\"state\":\"SUCCEEDED\",\"handles\":[],\"details\":{\"needed\":false,\"reason\":\"too little data\"}}");
        assertThat(run("room", Map.of("run", Map.of(), "room", "lab", "endpoint", "e")))
                .isEqualTo(new ExecutionResult.Succeeded(
                        Map.of("room", "lab", "outcome", "NO_MODEL", "reason", "too little data")));
    }
}
