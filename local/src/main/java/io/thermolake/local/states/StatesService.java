package io.thermolake.local.states;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.thermolake.asl.Definition;
import io.thermolake.asl.Engine;
import io.thermolake.asl.Execution;
import io.thermolake.asl.ExecutionIdentity;
import io.thermolake.asl.ExecutionListener;
import io.thermolake.asl.ExecutionResult;
import io.thermolake.asl.HistoryEvent;
import io.thermolake.asl.Json;
import io.thermolake.asl.RealTimer;
import io.thermolake.asl.TaskException;
import io.thermolake.asl.TaskRequest;
import io.thermolake.local.cloud.AwsJson;
import io.thermolake.local.cloud.CloudContext;
import io.thermolake.local.cloud.JsonStore;
import io.thermolake.local.cloud.SdkJson;
import io.thermolake.local.events.EventRules;
import io.thermolake.local.functions.LambdaService;
import io.thermolake.local.sns.SnsService;
import io.thermolake.local.stack.StackResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionRequest;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineRequest;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionNotRedrivableException;
import software.amazon.awssdk.services.sfn.model.GetExecutionHistoryRequest;
import software.amazon.awssdk.services.sfn.model.GetExecutionHistoryResponse;
import software.amazon.awssdk.services.sfn.model.InvalidExecutionInputException;
import software.amazon.awssdk.services.sfn.model.InvalidNameException;
import software.amazon.awssdk.services.sfn.model.ListExecutionsRequest;
import software.amazon.awssdk.services.sfn.model.ListExecutionsResponse;
import software.amazon.awssdk.services.sfn.model.ListStateMachinesRequest;
import software.amazon.awssdk.services.sfn.model.ListStateMachinesResponse;
import software.amazon.awssdk.services.sfn.model.RedriveExecutionRequest;
import software.amazon.awssdk.services.sfn.model.RedriveExecutionResponse;
import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StartExecutionResponse;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.StateMachineListItem;
import software.amazon.awssdk.services.sfn.model.StopExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StopExecutionResponse;

/**
 * Step Functions: the template's machines on the engine. Executions, histories and snapshots are files; an execution that
 * was RUNNING when the cloud died is ABORTED at its next start, and EventBridge hears of it. Longer than a page since it is
 * an API, an operation a method.
 */
public final class StatesService implements SfnClient {
    private static final int PAGE = 1000;
    private static final int LARGEST_INPUT = 262_144;
    /** "Name" of StartExecution in the Step Functions API reference. */
    private static final Pattern NAME = Pattern.compile("[^\\s<>{}\\[\\]?*\"#%\\\\^|~`$&,;:/\\p{Cntrl}]{1,80}");

    private record Machine(StackResource resource, Definition definition) {}

    private final CloudContext context;
    private final Map<String, Machine> machines = new LinkedHashMap<>();
    private final Map<String, Execution> running = new ConcurrentHashMap<>();
    private final JsonStore<ExecutionRecord> executions;
    private final Histories histories;
    private final EventRules rules;
    private final Engine engine;
    private final RealTimer timer;
    private final ExecutorService lanes = Executors.newFixedThreadPool(4, daemon("states"));
    private final ScheduledExecutorService poller = Executors.newSingleThreadScheduledExecutor(daemon("states-poll"));
    private volatile boolean closing;

    public StatesService(CloudContext context, LambdaService lambda, SnsService sns, AwsJson json, EventRules rules) {
        this.context = context;
        this.rules = rules;
        Path state = context.folder().state("states");
        this.executions = new JsonStore<>(state.resolve("executions"), ExecutionRecord.class);
        this.histories = new Histories(state.resolve("histories"));
        this.timer = new RealTimer(context.clock(), context.timeScale());
        this.engine =
                new Engine(new TaskResources(lambda, sns, json, poller, this::startChild), timer, new Random(), lanes);
        context.stack().ofType("AWS::Serverless::StateMachine").forEach(m -> machines.put(m.arn(), machine(m)));
    }

    private static java.util.concurrent.ThreadFactory daemon(String name) {
        return r -> {
            Thread thread = new Thread(r, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    private static Machine machine(StackResource resource) {
        Path file = Path.of(resource.file())
                .resolveSibling(String.valueOf(resource.properties().get("DefinitionUri")));
        try {
            String text = Files.readString(file, UTF_8);
            if (resource.properties().get("DefinitionSubstitutions") instanceof Map<?, ?> substitutions) {
                for (Map.Entry<?, ?> substitution : substitutions.entrySet()) {
                    text = text.replace("${" + substitution.getKey() + "}", String.valueOf(substitution.getValue()));
                }
            }
            return new Machine(resource, Definition.parse(text));
        } catch (IOException e) {
            throw new UncheckedIOException("The definition " + file + " cannot be read", e);
        }
    }

    /** What was running when the cloud died is over; returns when the rules' targets have heard of it. */
    public void onStart() {
        rules.redeliver();
        Instant now = context.clock().instant();
        List<CompletableFuture<Void>> told = executions.list().stream()
                .filter(e -> e.status().equals("RUNNING"))
                .map(e -> {
                    ExecutionRecord aborted = e.ended("ABORTED", null, null, "The laptop cloud was stopped", now);
                    executions.put(e.arn(), aborted);
                    return rules.put(event(aborted));
                })
                .toList();
        told.forEach(CompletableFuture::join);
    }

    @Override
    public StartExecutionResponse startExecution(StartExecutionRequest request) {
        ExecutionRecord execution = start(
                request.stateMachineArn(), request.name(), request.input() == null ? "{}" : request.input(), null);
        return StartExecutionResponse.builder()
                .executionArn(execution.arn())
                .startDate(execution.started())
                .build();
    }

    private synchronized ExecutionRecord start(
            String machineArn, @Nullable String givenName, String input, @Nullable String parent) {
        Machine machine = machines.get(machineArn);
        if (machine == null) {
            throw StateMachineDoesNotExistException.builder()
                    .message("State Machine Does Not Exist: '" + machineArn + "'")
                    .build();
        }
        String name = givenName == null ? UUID.randomUUID().toString() : givenName;
        if (!NAME.matcher(name).matches()) {
            throw InvalidNameException.builder()
                    .message("Invalid Name: '" + name + "'")
                    .build();
        }
        Object value;
        try {
            value = Json.parse(input);
        } catch (IllegalArgumentException e) {
            throw InvalidExecutionInputException.builder()
                    .message("Invalid State Machine Execution Input: '" + e.getMessage() + "'")
                    .build();
        }
        if (input.length() > LARGEST_INPUT) {
            throw InvalidExecutionInputException.builder()
                    .message("The input is larger than " + LARGEST_INPUT + " bytes")
                    .build();
        }
        String arn = machineArn.replace(":stateMachine:", ":execution:") + ":" + name;
        ExecutionRecord existing = executions.get(arn).orElse(null);
        if (existing != null) {
            if (existing.status().equals("RUNNING") && existing.input().equals(input)) {
                return existing;
            }
            throw ExecutionAlreadyExistsException.builder()
                    .message("Execution Already Exists: '" + arn + "'")
                    .build();
        }
        ExecutionRecord execution = new ExecutionRecord(
                arn,
                name,
                machineArn,
                input,
                "RUNNING",
                null,
                null,
                null,
                context.clock().instant(),
                null,
                0,
                null,
                parent);
        executions.put(arn, execution);
        follow(arn, engine.start(machine.definition(), identity(execution, machine), value, listener(arn)));
        return execution;
    }

    private static ExecutionIdentity identity(ExecutionRecord execution, Machine machine) {
        return new ExecutionIdentity(
                execution.arn(),
                execution.name(),
                String.valueOf(machine.resource().properties().getOrDefault("Role", "")),
                execution.started(),
                execution.machineArn(),
                machine.resource().physicalId());
    }

    private ExecutionListener listener(String arn) {
        return new ExecutionListener() {
            @Override
            public void event(HistoryEvent event) {
                histories.append(arn, event);
                if (event.type().endsWith("StateEntered")) {
                    context.meter().add("Step Functions", "state transition", 1);
                }
            }

            @Override
            public boolean wantsSnapshots() {
                return true;
            }

            @Override
            public void moved(Map<String, @Nullable Object> snapshot) {
                histories.snapshot(arn, snapshot);
            }
        };
    }

    private void follow(String arn, Execution execution) {
        running.put(arn, execution);
        execution.result().thenAccept(result -> {
            running.remove(arn);
            // A cloud that closes leaves RUNNING executions to its next start, as a killed one does.
            if (!closing) {
                over(arn, result);
            }
        });
    }

    private void over(String arn, ExecutionResult result) {
        String output = result instanceof ExecutionResult.Succeeded s ? Json.text(s.output()) : null;
        String error = null;
        String cause = null;
        if (result instanceof ExecutionResult.Failed failed) {
            error = failed.error();
            cause = failed.cause();
        } else if (result instanceof ExecutionResult.Aborted aborted) {
            error = aborted.error();
            cause = aborted.cause();
        }
        ExecutionRecord ended = find(arn)
                .ended(result.status(), output, error, cause, context.clock().instant());
        executions.put(arn, ended);
        rules.put(event(ended));
    }

    /** "Step Functions Execution Status Change", as EventBridge has it. */
    private static Map<String, Object> event(ExecutionRecord execution) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("executionArn", execution.arn());
        detail.put("stateMachineArn", execution.machineArn());
        detail.put("name", execution.name());
        detail.put("status", execution.status());
        detail.put("startDate", execution.started().toEpochMilli());
        if (execution.stopped() != null) {
            detail.put("stopDate", execution.stopped().toEpochMilli());
        }
        detail.put("redriveCount", execution.redriveCount());
        if (execution.error() != null) {
            detail.put("error", execution.error());
        }
        if (execution.cause() != null) {
            detail.put("cause", execution.cause());
        }
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("version", "0");
        event.put("source", "aws.states");
        event.put("detail-type", "Step Functions Execution Status Change");
        event.put("resources", List.of(execution.arn()));
        event.put("detail", detail);
        return event;
    }

    /** {@code startExecution.sync:2}: the parent waits for the child, and a stopped parent stops it. */
    private CompletionStage<?> startChild(Map<String, Object> arguments, TaskRequest request) {
        String parent =
                request.context().get("Execution") instanceof Map<?, ?> of ? String.valueOf(of.get("Id")) : null;
        ExecutionRecord child = start(
                String.valueOf(arguments.get("StateMachineArn")),
                (String) arguments.get("Name"),
                Json.text(arguments.getOrDefault("Input", Map.of())),
                parent);
        Execution execution = running.get(child.arn());
        CompletableFuture<ExecutionResult> result = execution == null
                ? CompletableFuture.completedFuture(new ExecutionResult.Aborted(null, null))
                : execution.result();
        request.cancelled().thenRun(() -> {
            if (execution != null) {
                execution.stop(null, "The execution that started it was stopped");
            }
        });
        return result.thenApplyAsync(ended -> described(child.arn(), ended), lanes);
    }

    private Map<String, Object> described(String arn, ExecutionResult result) {
        ExecutionRecord child = find(arn);
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("ExecutionArn", arn);
        description.put("Input", Json.parse(child.input()));
        description.put("Name", child.name());
        description.put("StartDate", child.started().toEpochMilli());
        description.put("StateMachineArn", child.machineArn());
        description.put("Status", result.status());
        if (result instanceof ExecutionResult.Succeeded succeeded) {
            description.put("Output", succeeded.output());
            return description;
        }
        if (result instanceof ExecutionResult.Failed failed) {
            description.put("Error", failed.error());
            description.put("Cause", failed.cause());
        }
        throw new TaskException("States.TaskFailed", Json.text(description));
    }

    private ExecutionRecord find(String arn) {
        return executions
                .get(arn)
                .orElseThrow(() -> ExecutionDoesNotExistException.builder()
                        .message("Execution Does Not Exist: '" + arn + "'")
                        .build());
    }

    @Override
    public DescribeExecutionResponse describeExecution(DescribeExecutionRequest request) {
        ExecutionRecord e = find(request.executionArn());
        boolean redrivable = List.of("FAILED", "ABORTED", "TIMED_OUT").contains(e.status());
        return DescribeExecutionResponse.builder()
                .executionArn(e.arn())
                .stateMachineArn(e.machineArn())
                .name(e.name())
                .status(e.status())
                .startDate(e.started())
                .stopDate(e.stopped())
                .input(e.input())
                .output(e.output())
                .error(e.error())
                .cause(e.cause())
                .redriveCount(e.redriveCount())
                .redriveDate(e.redriven())
                .redriveStatus(redrivable ? "REDRIVABLE" : "NOT_REDRIVABLE")
                .build();
    }

    @Override
    public GetExecutionHistoryResponse getExecutionHistory(GetExecutionHistoryRequest request) {
        find(request.executionArn());
        List<Map<?, ?>> events = histories.of(request.executionArn());
        if (Boolean.TRUE.equals(request.reverseOrder())) {
            events = new java.util.ArrayList<>(events);
            java.util.Collections.reverse(events);
        }
        int from = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
        int size =
                request.maxResults() == null || request.maxResults() == 0 ? PAGE : Math.min(PAGE, request.maxResults());
        int to = Math.min(events.size(), from + size);
        return GetExecutionHistoryResponse.builder()
                .events(events.subList(Math.min(from, to), to).stream()
                        .map(e -> (software.amazon.awssdk.services.sfn.model.HistoryEvent)
                                SdkJson.read(software.amazon.awssdk.services.sfn.model.HistoryEvent.builder(), e))
                        .toList())
                .nextToken(to < events.size() ? String.valueOf(to) : null)
                .build();
    }

    @Override
    public ListExecutionsResponse listExecutions(ListExecutionsRequest request) {
        List<ExecutionRecord> all = executions.list().stream()
                .filter(e -> e.machineArn().equals(request.stateMachineArn()))
                .filter(e -> request.statusFilter() == null || e.status().equals(request.statusFilterAsString()))
                .sorted(Comparator.comparing(ExecutionRecord::started).reversed())
                .toList();
        int from = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
        int size =
                request.maxResults() == null || request.maxResults() == 0 ? 100 : Math.min(PAGE, request.maxResults());
        int to = Math.min(all.size(), from + size);
        return ListExecutionsResponse.builder()
                .executions(all.subList(Math.min(from, to), to).stream()
                        .map(e -> ExecutionListItem.builder()
                                .executionArn(e.arn())
                                .stateMachineArn(e.machineArn())
                                .name(e.name())
                                .status(e.status())
                                .startDate(e.started())
                                .stopDate(e.stopped())
                                .redriveCount(e.redriveCount())
                                .redriveDate(e.redriven())
                                .build())
                        .toList())
                .nextToken(to < all.size() ? String.valueOf(to) : null)
                .build();
    }

    @Override
    public StopExecutionResponse stopExecution(StopExecutionRequest request) {
        find(request.executionArn());
        Execution execution = running.get(request.executionArn());
        if (execution != null) {
            execution.stop(request.error(), request.cause());
        }
        return StopExecutionResponse.builder()
                .stopDate(context.clock().instant())
                .build();
    }

    @Override
    public synchronized RedriveExecutionResponse redriveExecution(RedriveExecutionRequest request) {
        ExecutionRecord before = find(request.executionArn());
        if (!List.of("FAILED", "ABORTED", "TIMED_OUT").contains(before.status())) {
            throw ExecutionNotRedrivableException.builder()
                    .message("Execution is " + before.status() + " and cannot be redriven")
                    .build();
        }
        int events = histories.of(before.arn()).size();
        if (!Engine.isRedrivable(events)) {
            throw ExecutionNotRedrivableException.builder()
                    .message("Execution history event limit exceeded")
                    .build();
        }
        Instant now = context.clock().instant();
        ExecutionRecord again = before.redrivenAt(now);
        Machine machine = machines.get(again.machineArn());
        if (machine == null) {
            throw StateMachineDoesNotExistException.builder()
                    .message("State Machine Does Not Exist: '" + again.machineArn() + "'")
                    .build();
        }
        executions.put(again.arn(), again);
        follow(
                again.arn(),
                engine.redrive(
                        machine.definition(),
                        identity(again, machine),
                        Json.parse(again.input()),
                        listener(again.arn()),
                        histories.snapshot(again.arn()),
                        again.redriveCount(),
                        events));
        return RedriveExecutionResponse.builder().redriveDate(now).build();
    }

    @Override
    public DescribeStateMachineResponse describeStateMachine(DescribeStateMachineRequest request) {
        Machine machine = machines.get(request.stateMachineArn());
        if (machine == null) {
            throw StateMachineDoesNotExistException.builder()
                    .message("State Machine Does Not Exist: '" + request.stateMachineArn() + "'")
                    .build();
        }
        return DescribeStateMachineResponse.builder()
                .stateMachineArn(request.stateMachineArn())
                .name(machine.resource().physicalId())
                .definition(machine.definition().text())
                .roleArn(String.valueOf(machine.resource().properties().get("Role")))
                .status("ACTIVE")
                .type("STANDARD")
                .creationDate(Instant.EPOCH)
                .build();
    }

    @Override
    public ListStateMachinesResponse listStateMachines(ListStateMachinesRequest request) {
        return ListStateMachinesResponse.builder()
                .stateMachines(machines.values().stream()
                        .map(m -> StateMachineListItem.builder()
                                .stateMachineArn(m.resource().arn())
                                .name(m.resource().physicalId())
                                .type("STANDARD")
                                .creationDate(Instant.EPOCH)
                                .build())
                        .toList())
                .build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {
        closing = true;
        timer.close();
        poller.shutdownNow();
        lanes.shutdownNow();
    }
}
