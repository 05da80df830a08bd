package io.thermolake.local.states;

import io.thermolake.asl.RealTimer;
import io.thermolake.asl.TaskHandler;
import io.thermolake.asl.engine.Engine;
import io.thermolake.local.aws.AwsJson;
import io.thermolake.local.aws.CloudContext;
import io.thermolake.local.aws.Threads;
import io.thermolake.local.events.EventRules;
import io.thermolake.local.functions.LambdaService;
import io.thermolake.local.s3.BucketObjects;
import io.thermolake.local.s3.Buckets;
import io.thermolake.local.sns.SnsService;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.CreateActivityRequest;
import software.amazon.awssdk.services.sfn.model.CreateActivityResponse;
import software.amazon.awssdk.services.sfn.model.CreateStateMachineAliasRequest;
import software.amazon.awssdk.services.sfn.model.CreateStateMachineAliasResponse;
import software.amazon.awssdk.services.sfn.model.CreateStateMachineRequest;
import software.amazon.awssdk.services.sfn.model.CreateStateMachineResponse;
import software.amazon.awssdk.services.sfn.model.DeleteActivityRequest;
import software.amazon.awssdk.services.sfn.model.DeleteActivityResponse;
import software.amazon.awssdk.services.sfn.model.DeleteStateMachineAliasRequest;
import software.amazon.awssdk.services.sfn.model.DeleteStateMachineAliasResponse;
import software.amazon.awssdk.services.sfn.model.DeleteStateMachineRequest;
import software.amazon.awssdk.services.sfn.model.DeleteStateMachineResponse;
import software.amazon.awssdk.services.sfn.model.DeleteStateMachineVersionRequest;
import software.amazon.awssdk.services.sfn.model.DeleteStateMachineVersionResponse;
import software.amazon.awssdk.services.sfn.model.DescribeActivityRequest;
import software.amazon.awssdk.services.sfn.model.DescribeActivityResponse;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionRequest;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.DescribeMapRunRequest;
import software.amazon.awssdk.services.sfn.model.DescribeMapRunResponse;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineAliasRequest;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineAliasResponse;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineForExecutionRequest;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineForExecutionResponse;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineRequest;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineResponse;
import software.amazon.awssdk.services.sfn.model.GetActivityTaskRequest;
import software.amazon.awssdk.services.sfn.model.GetActivityTaskResponse;
import software.amazon.awssdk.services.sfn.model.GetExecutionHistoryRequest;
import software.amazon.awssdk.services.sfn.model.GetExecutionHistoryResponse;
import software.amazon.awssdk.services.sfn.model.ListActivitiesRequest;
import software.amazon.awssdk.services.sfn.model.ListActivitiesResponse;
import software.amazon.awssdk.services.sfn.model.ListExecutionsRequest;
import software.amazon.awssdk.services.sfn.model.ListExecutionsResponse;
import software.amazon.awssdk.services.sfn.model.ListMapRunsRequest;
import software.amazon.awssdk.services.sfn.model.ListMapRunsResponse;
import software.amazon.awssdk.services.sfn.model.ListStateMachineAliasesRequest;
import software.amazon.awssdk.services.sfn.model.ListStateMachineAliasesResponse;
import software.amazon.awssdk.services.sfn.model.ListStateMachineVersionsRequest;
import software.amazon.awssdk.services.sfn.model.ListStateMachineVersionsResponse;
import software.amazon.awssdk.services.sfn.model.ListStateMachinesRequest;
import software.amazon.awssdk.services.sfn.model.ListStateMachinesResponse;
import software.amazon.awssdk.services.sfn.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.sfn.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.sfn.model.PublishStateMachineVersionRequest;
import software.amazon.awssdk.services.sfn.model.PublishStateMachineVersionResponse;
import software.amazon.awssdk.services.sfn.model.RedriveExecutionRequest;
import software.amazon.awssdk.services.sfn.model.RedriveExecutionResponse;
import software.amazon.awssdk.services.sfn.model.SendTaskFailureRequest;
import software.amazon.awssdk.services.sfn.model.SendTaskFailureResponse;
import software.amazon.awssdk.services.sfn.model.SendTaskHeartbeatRequest;
import software.amazon.awssdk.services.sfn.model.SendTaskHeartbeatResponse;
import software.amazon.awssdk.services.sfn.model.SendTaskSuccessRequest;
import software.amazon.awssdk.services.sfn.model.SendTaskSuccessResponse;
import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StartExecutionResponse;
import software.amazon.awssdk.services.sfn.model.StartSyncExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StartSyncExecutionResponse;
import software.amazon.awssdk.services.sfn.model.StopExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StopExecutionResponse;
import software.amazon.awssdk.services.sfn.model.TagResourceRequest;
import software.amazon.awssdk.services.sfn.model.TagResourceResponse;
import software.amazon.awssdk.services.sfn.model.TestStateRequest;
import software.amazon.awssdk.services.sfn.model.TestStateResponse;
import software.amazon.awssdk.services.sfn.model.UntagResourceRequest;
import software.amazon.awssdk.services.sfn.model.UntagResourceResponse;
import software.amazon.awssdk.services.sfn.model.UpdateStateMachineAliasRequest;
import software.amazon.awssdk.services.sfn.model.UpdateStateMachineAliasResponse;
import software.amazon.awssdk.services.sfn.model.UpdateStateMachineRequest;
import software.amazon.awssdk.services.sfn.model.UpdateStateMachineResponse;
import software.amazon.awssdk.services.sfn.model.ValidateStateMachineDefinitionRequest;
import software.amazon.awssdk.services.sfn.model.ValidateStateMachineDefinitionResponse;

/**
 * Step Functions: the template's machines and those that clients make, on the engine. Each operation goes to who is
 * responsible for it; what is not here is not implemented.
 */
public final class StatesService implements SfnClient {
    private static final int LANES = 4;

    private final RealTimer timer;
    private final ExecutorService lanes = Executors.newFixedThreadPool(LANES, daemon("states"));
    private final ExecutorService blocking = Executors.newCachedThreadPool(daemon("states-calls"));
    private final ScheduledExecutorService poller = Executors.newSingleThreadScheduledExecutor(daemon("states-poll"));
    private final Machines machines;
    private final Versions versions;
    private final Aliases aliases;
    private final Tags tags;
    private final MachineReads machineReads;
    private final MachineEdits edits;
    private final MapRuns mapRuns;
    private final Runs runs;
    private final Redrives redrives;
    private final ExecutionReads reads;
    private final ExecutionLists lists;
    private final Starts starts;
    private final ActivityQueues activities;
    private final TaskAnswers answers;
    private final TestStateCalls tests;
    private final TaskResources tasks;
    private volatile boolean closing;

    public StatesService(
            CloudContext context,
            LambdaService lambda,
            SnsService sns,
            Buckets buckets,
            AwsJson json,
            EventRules rules) {
        Clock clock = context.clock();
        Path state = context.folder().state("states");
        timer = new RealTimer(clock, context.timeScale());
        Engine engine = new Engine(this::task, timer, new Random(), lanes, new BucketObjects(buckets));
        Definitions definitions = new Definitions(state.resolve("definitions"));
        machines = new Machines(context.stack(), state.resolve("machines"), definitions);
        versions = new Versions(state, clock);
        aliases = new Aliases(state, new Routing(versions), clock);
        tags = new Tags(state.resolve("tags"), this::isThere);
        Targets targets = new Targets(machines, versions, aliases, new Random());
        machineReads = new MachineReads(machines, targets, definitions);
        Executions executions = new Executions(state);
        MapStates mapStates = new MapStates(executions, definitions);
        mapRuns = new MapRuns(state, executions, mapStates, clock);
        edits = new MachineEdits(machines, definitions, versions, aliases, tags, executions::anyRunning, clock);
        Recorder.Books books = new Recorder.Books(executions, mapRuns, context.meter()::add, () -> closing);
        runs = new Runs(engine, definitions, machines, books, rules, edits::ended, clock);
        ExpressRuns express = new ExpressRuns(engine, timer, definitions, context.meter()::add);
        redrives = new Redrives(executions, machines, runs, clock);
        reads = new ExecutionReads(executions, redrives, definitions, machines, mapStates);
        lists = new ExecutionLists(executions, targets, mapRuns, mapStates);
        starts = new Starts(targets, runs, express);
        activities = new ActivityQueues(state, engine.activities(), tags, timer);
        answers = new TaskAnswers(engine.tokens());
        SdkCalls calls = new SdkCalls(json);
        tasks = new TaskResources(
                lambda,
                sns,
                calls,
                new JobRunTask(calls, poller),
                new NestedRuns(targets, runs, express, executions, redrives, lanes),
                arn -> activities.get(arn).isPresent(),
                blocking);
        tests = new TestStateCalls(tasks, new MockModels());
    }

    private static ThreadFactory daemon(String name) {
        return r -> {
            Thread thread = new Thread(r, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    private @Nullable TaskHandler task(String resource) {
        return tasks.find(resource);
    }

    private boolean isThere(String arn) {
        return machines.get(arn).isPresent() || activities.get(arn).isPresent();
    }

    /** What was running when the cloud died is over; returns when the rules' targets have heard of it. */
    public void onStart() {
        mapRuns.onStart();
        runs.onStart();
    }

    /** @throws software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException when there is none */
    private Arn machineOf(String text) {
        Arn arn = Arn.parse(text, Arn.MACHINE);
        machines.find(arn.machine());
        return arn;
    }

    @Override
    public CreateActivityResponse createActivity(CreateActivityRequest request) {
        return activities.create(request);
    }

    @Override
    public CreateStateMachineResponse createStateMachine(CreateStateMachineRequest request) {
        return edits.create(request);
    }

    @Override
    public CreateStateMachineAliasResponse createStateMachineAlias(CreateStateMachineAliasRequest request) {
        return aliases.create(request);
    }

    @Override
    public DeleteActivityResponse deleteActivity(DeleteActivityRequest request) {
        activities.delete(request.activityArn());
        return DeleteActivityResponse.builder().build();
    }

    @Override
    public DeleteStateMachineResponse deleteStateMachine(DeleteStateMachineRequest request) {
        edits.delete(request.stateMachineArn());
        return DeleteStateMachineResponse.builder().build();
    }

    @Override
    public DeleteStateMachineAliasResponse deleteStateMachineAlias(DeleteStateMachineAliasRequest request) {
        aliases.delete(request.stateMachineAliasArn());
        return DeleteStateMachineAliasResponse.builder().build();
    }

    @Override
    public DeleteStateMachineVersionResponse deleteStateMachineVersion(DeleteStateMachineVersionRequest request) {
        versions.delete(request.stateMachineVersionArn(), aliases);
        return DeleteStateMachineVersionResponse.builder().build();
    }

    @Override
    public DescribeActivityResponse describeActivity(DescribeActivityRequest request) {
        return activities.describe(request.activityArn());
    }

    @Override
    public DescribeExecutionResponse describeExecution(DescribeExecutionRequest request) {
        return reads.describe(request);
    }

    @Override
    public DescribeMapRunResponse describeMapRun(DescribeMapRunRequest request) {
        return mapRuns.describe(request.mapRunArn());
    }

    @Override
    public DescribeStateMachineResponse describeStateMachine(DescribeStateMachineRequest request) {
        return machineReads.describe(request);
    }

    @Override
    public DescribeStateMachineAliasResponse describeStateMachineAlias(DescribeStateMachineAliasRequest request) {
        return aliases.describe(request.stateMachineAliasArn());
    }

    @Override
    public DescribeStateMachineForExecutionResponse describeStateMachineForExecution(
            DescribeStateMachineForExecutionRequest request) {
        return reads.machine(request);
    }

    @Override
    public GetActivityTaskResponse getActivityTask(GetActivityTaskRequest request) {
        return activities.next(request).join();
    }

    @Override
    public GetExecutionHistoryResponse getExecutionHistory(GetExecutionHistoryRequest request) {
        return reads.history(request);
    }

    @Override
    public ListActivitiesResponse listActivities(ListActivitiesRequest request) {
        return activities.list(request);
    }

    @Override
    public ListExecutionsResponse listExecutions(ListExecutionsRequest request) {
        return lists.list(request);
    }

    @Override
    public ListMapRunsResponse listMapRuns(ListMapRunsRequest request) {
        return mapRuns.list(request);
    }

    @Override
    public ListStateMachineAliasesResponse listStateMachineAliases(ListStateMachineAliasesRequest request) {
        return aliases.list(machineOf(request.stateMachineArn()), request);
    }

    @Override
    public ListStateMachineVersionsResponse listStateMachineVersions(ListStateMachineVersionsRequest request) {
        return versions.list(machines.find(machineOf(request.stateMachineArn()).text()), request);
    }

    @Override
    public ListStateMachinesResponse listStateMachines(ListStateMachinesRequest request) {
        return machineReads.list(request);
    }

    @Override
    public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
        return tags.list(request.resourceArn());
    }

    @Override
    public PublishStateMachineVersionResponse publishStateMachineVersion(PublishStateMachineVersionRequest request) {
        MachineRecord machine =
                machines.find(machineOf(request.stateMachineArn()).text());
        Version version = versions.publish(machine, request.revisionId(), request.description());
        return PublishStateMachineVersionResponse.builder()
                .stateMachineVersionArn(version.arn())
                .creationDate(version.created())
                .build();
    }

    @Override
    public RedriveExecutionResponse redriveExecution(RedriveExecutionRequest request) {
        return redrives.redrive(request);
    }

    @Override
    public SendTaskFailureResponse sendTaskFailure(SendTaskFailureRequest request) {
        answers.failure(request);
        return SendTaskFailureResponse.builder().build();
    }

    @Override
    public SendTaskHeartbeatResponse sendTaskHeartbeat(SendTaskHeartbeatRequest request) {
        answers.heartbeat(request.taskToken());
        return SendTaskHeartbeatResponse.builder().build();
    }

    @Override
    public SendTaskSuccessResponse sendTaskSuccess(SendTaskSuccessRequest request) {
        answers.success(request);
        return SendTaskSuccessResponse.builder().build();
    }

    @Override
    public StartExecutionResponse startExecution(StartExecutionRequest request) {
        return starts.start(request);
    }

    @Override
    public StartSyncExecutionResponse startSyncExecution(StartSyncExecutionRequest request) {
        return starts.startSync(request);
    }

    @Override
    public StopExecutionResponse stopExecution(StopExecutionRequest request) {
        runs.stop(request.executionArn(), request.error(), request.cause());
        return StopExecutionResponse.builder().stopDate(timer.now()).build();
    }

    @Override
    public TagResourceResponse tagResource(TagResourceRequest request) {
        tags.add(request.resourceArn(), request.tags());
        return TagResourceResponse.builder().build();
    }

    @Override
    public TestStateResponse testState(TestStateRequest request) {
        return tests.test(request);
    }

    @Override
    public UntagResourceResponse untagResource(UntagResourceRequest request) {
        tags.remove(request.resourceArn(), request.tagKeys());
        return UntagResourceResponse.builder().build();
    }

    @Override
    public UpdateStateMachineResponse updateStateMachine(UpdateStateMachineRequest request) {
        return edits.update(request);
    }

    @Override
    public UpdateStateMachineAliasResponse updateStateMachineAlias(UpdateStateMachineAliasRequest request) {
        return aliases.update(request);
    }

    @Override
    public ValidateStateMachineDefinitionResponse validateStateMachineDefinition(
            ValidateStateMachineDefinitionRequest request) {
        return Validation.validate(request);
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {
        closing = true;
        timer.close();
        Threads.end(poller);
        Threads.end(blocking);
        Threads.end(lanes);
    }
}
