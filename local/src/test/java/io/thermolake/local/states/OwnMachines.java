package io.thermolake.local.states;

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
import io.thermolake.asl.engine.Definition;
import io.thermolake.asl.engine.Engine;
import io.thermolake.asl.testing.Coverage;
import io.thermolake.asl.testing.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Runs the project's machines, whole and nested, in virtual time: the functions are answers by name. */
abstract class OwnMachines {
    private static final Instant NOW = Instant.parse("2026-03-31T00:00:00Z");
    static final String PLAN = """
            {"outcome":"PLANNED","run":{"id":"r1","executionArn":"a","now":"2026-03-31T00:00:00Z","base":0},
             "plan":{"startFrom":"ImportHistory","rooms":[],"force":false,"steps":{
              "ImportS3":{"run":%1$s,"reason":"x"},"ImportDatabase":{"run":%1$s,"reason":"x"},"CrawlRaw":{"run":%1$s,"reason":"x"},
              "ExtractRooms":{"run":%1$s,"reason":"x"},"CommitRun":{"run":%1$s,"reason":"x"},"Detect":{"run":%1$s,"reason":"x"},
              "StartEndpoint":{"run":%1$s,"reason":"x"},"Report":{"run":%1$s,"reason":"x"}}}}""";

    private final VirtualTimer timer = new VirtualTimer(NOW);
    final Map<String, Function<Map<?, ?>, String>> functions = new HashMap<>();
    final List<String> calls = new ArrayList<>();
    final List<HistoryEvent> history = new ArrayList<>();
    Map<String, Object> snapshot = Map.of();
    final Engine engine = new Engine(this::find, timer, new Random(1), Runnable::run);

    /** What the tasks of a state are to fail with, by machine and state, before they do their work. */
    final Map<String, Deque<TaskException>> faults = new HashMap<>();

    private @Nullable TaskHandler find(String resource) {
        TaskHandler handler = handler(resource);
        return handler == null
                ? null
                : request -> {
                    Object machine =
                            Json.object(request.context().get("StateMachine")).get("Name");
                    Deque<TaskException> planned = faults.get(machine + "/" + request.stateName());
                    return planned == null || planned.isEmpty()
                            ? handler.start(request)
                            : CompletableFuture.failedFuture(planned.poll());
                };
    }

    private @Nullable TaskHandler handler(String resource) {
        return switch (resource) {
            case "arn:aws:states:::lambda:invoke" -> this::lambda;
            case "arn:aws:states:::states:startExecution.sync:2" -> this::child;
            case "arn:aws:states:::glue:startJobRun.sync" ->
                request -> {
                    String job = String.valueOf(((Map<?, ?>) request.arguments()).get("JobName"));
                    calls.add(job);
                    return answer(job, request.arguments());
                };
            case "arn:aws:states:::aws-sdk:quicksight:createIngestion" ->
                request -> ingestion("CreateIngestion", request);
            case "arn:aws:states:::aws-sdk:quicksight:describeIngestion" ->
                request -> ingestion("DescribeIngestion", request);
            default -> null;
        };
    }

    private CompletableFuture<Object> ingestion(String name, TaskRequest request) {
        calls.add(name);
        return answer(name, request.arguments());
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
        String machine = arguments.get("StateMachineArn").toString();
        Execution execution =
                engine.start(definition(machine), identity(machine), arguments.get("Input"), coverage(machine));
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

    /** The deployed definitions; their coverage is the one of all tests of this class. */
    static final Map<String, Machine> MACHINES =
            Map.of("pipeline", machine("pipeline"), "await", machine("await"), "room", machine("room"));

    private static Machine machine(String name) {
        return machine(name, "lake-hourly,lake-daily");
    }

    /** @param dataSets of the dashboards, or {@code none} */
    static Machine machine(String name, String dataSets) {
        Path file = Path.of("..", "statemachine", name + ".asl.json");
        try {
            Map<String, String> substitutions = new HashMap<>(
                    Map.of("MaxConcurrency", "5", "AwaitStateMachineArn", "await", "RoomStateMachineArn", "room"));
            substitutions.put("DashboardDataSets", dataSets);
            Matcher placeholder =
                    Pattern.compile("\\$\\{([A-Za-z]+?)(FunctionArn)?}").matcher(Files.readString(file));
            while (placeholder.find()) {
                substitutions.putIfAbsent(
                        placeholder.group().substring(2, placeholder.group().length() - 1), placeholder.group(1));
            }
            return Machine.read(file, substitutions);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static Definition definition(String machine) {
        return Objects.requireNonNull(MACHINES.get(machine)).definition();
    }

    static Coverage coverage(String machine) {
        return Objects.requireNonNull(MACHINES.get(machine)).coverage();
    }

    static ExecutionIdentity identity(String machine) {
        return new ExecutionIdentity(
                "arn:e", "r1", "", NOW, "arn:aws:states:eu-central-1:000000000000:stateMachine:" + machine, machine);
    }

    ExecutionListener listener(String machine) {
        return new ExecutionListener() {
            @Override
            public void reached(String state, String field, int index) {
                coverage(machine).reached(state, field, index);
            }

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

    /** The pipeline of a stack without dashboards; its coverage is not the class's. */
    ExecutionResult runWithoutDashboards() {
        Machine pipeline = machine("pipeline", "none");
        return finish(engine.start(pipeline.definition(), identity("pipeline"), Map.of(), ExecutionListener.NONE));
    }

    ExecutionResult run(String machine, Object input) {
        return finish(engine.start(definition(machine), identity(machine), input, listener(machine)));
    }

    Instant now() {
        return timer.now();
    }

    ExecutionResult finish(Execution execution) {
        while (!execution.result().isDone() && timer.step()) {
            // Virtual time.
        }
        return execution.result().getNow(new ExecutionResult.Aborted("still", "waiting"));
    }

    OwnMachines on(String function, String answer) {
        functions.put(function, payload -> answer);
        return this;
    }

    void everythingAnswers(boolean runs) {
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
                .on("CreateIngestion", "{\"IngestionId\":\"i\",\"IngestionStatus\":\"INITIALIZED\"}")
                .on("DescribeIngestion", "{\"Ingestion\":{\"IngestionStatus\":\"COMPLETED\"}}")
                .on("FinishRun", "{\"summary\":\"runs/r1/summary.json\"}");
        functions.put("FailRun", payload -> {
            Map<?, ?> execution = (Map<?, ?>) payload.get("execution");
            if (((Long) execution.get("redriveCount")) > 0) {
                return "{\"resumeAt\":\"" + payload.get("step") + "\"}";
            }
            throw new TaskException("RunFailed", payload.get("step") + ": " + payload.get("cause"));
        });
    }
}
