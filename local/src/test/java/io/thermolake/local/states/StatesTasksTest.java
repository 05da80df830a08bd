package io.thermolake.local.states;

import static io.thermolake.local.states.SfnCloud.FAIL;
import static io.thermolake.local.states.SfnCloud.one;
import static io.thermolake.local.states.SfnCloud.pass;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thermolake.asl.Json;
import io.thermolake.local.stack.StackReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.DescribeMapRunResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;
import software.amazon.awssdk.services.sfn.model.TestStateResponse;
import software.amazon.awssdk.services.sfn.model.ValidationException;

/** What the laptop's tasks, tokens, Map Runs and single states do, seen through the API. */
class StatesTasksTest {
    private static final String BUCKET = "thermolake-lake-bucket";

    @TempDir
    static Path folder;

    private static SfnCloud cloud;
    private static SfnClient sfn;

    @BeforeAll
    static void start() {
        cloud = new SfnCloud(folder);
        sfn = cloud.sfn;
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    private static String task(String resource, String arguments) {
        return one("{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::" + resource + "\",\"Arguments\":" + arguments
                + ",\"End\":true}");
    }

    private static String child(String machine, String input) {
        return "{\"StateMachineArn\":\"" + machine + "\",\"Input\":" + input + "}";
    }

    @Test
    void aTokenIsAnsweredOnceOrTheTaskHasTimedOut() throws InterruptedException, IOException {
        String topic = StackReader.read(SfnCloud.HOME.resolve("template.yaml"), Map.of())
                .ofType("AWS::SNS::Topic")
                .get(0)
                .arn();
        String execution = cloud.start(
                cloud.create(
                        "asks",
                        task(
                                "sns:publish.waitForTaskToken",
                                "{\"TopicArn\":\"" + topic
                                        + "\",\"Message\":\"{% 'token: ' & $states.context.Task.Token %}\"}")),
                "one",
                "{}");
        String token = "";
        for (int i = 0; i < 500 && token.isEmpty(); i++) {
            Thread.sleep(10);
            Path messages = folder.resolve("notifications.jsonl");
            token = Files.exists(messages)
                    ? Files.readAllLines(messages, UTF_8).stream()
                            .filter(l -> l.contains("token: "))
                            .map(l -> l.replaceAll(".*token: ([^\"]+)\".*", "$1"))
                            .findFirst()
                            .orElse("")
                    : "";
        }
        String found = token;
        sfn.sendTaskHeartbeat(b -> b.taskToken(found));
        sfn.sendTaskSuccess(b -> b.taskToken(found).output("{\"yes\":1}"));
        assertThat(cloud.output(execution)).containsEntry("yes", 1L);
        assertThat(cloud.events(execution)).containsSubsequence("TaskScheduled", "TaskStarted", "TaskSubmitted");
        assertThatThrownBy(() -> sfn.sendTaskSuccess(b -> b.taskToken(found).output("1")))
                .isInstanceOf(TaskTimedOutException.class)
                .hasMessageContaining("Task Timed Out: 'Provided task does not exist anymore'");
        assertThatThrownBy(() -> sfn.sendTaskHeartbeat(b -> b.taskToken(found)))
                .isInstanceOf(TaskTimedOutException.class);
    }

    @Test
    void aWorkerDoesAnActivitysTask() throws InterruptedException {
        String activity = cloud.activity("weigh");
        assertThat(cloud.activity("weigh")).isEqualTo(activity);
        assertThat(sfn.listActivities(b -> b.maxResults(1000)).activities())
                .extracting(a -> a.name())
                .contains("weigh");
        String machine = cloud.create("weighs", SfnCloud.waits(activity));
        String execution = cloud.start(machine, "one", "{\"kg\":3}");
        var task = sfn.getActivityTask(b -> b.activityArn(activity).workerName("ann"));
        assertThat(task.input()).isEqualTo("{\"kg\":3}");
        sfn.sendTaskFailure(b -> b.taskToken(task.taskToken()).error("Broken").cause("scales"));
        DescribeExecutionResponse failed = cloud.over(execution);
        assertThat(failed.error()).isEqualTo("Broken");
        assertThat(sfn.getExecutionHistory(b -> b.executionArn(execution)).events())
                .filteredOn(e -> e.activityStartedEventDetails() != null)
                .extracting(e -> e.activityStartedEventDetails().workerName())
                .containsExactly("ann");
        sfn.deleteActivity(b -> b.activityArn(activity));
        sfn.deleteActivity(b -> b.activityArn(activity));
        assertThat(cloud.over(cloud.start(machine, "two", "{}")).cause())
                .contains("Activity Does Not Exist: '" + activity + "'");
    }

    @Test
    void aMachineStartsAnotherAndWaitsOrNot() throws InterruptedException {
        String doubled = cloud.create("doubled", pass("{\"n\":\"{% $states.input.n * 2 %}\"}"));
        Map<String, Object> alone = cloud.output(cloud.start(
                cloud.create("alone", task("states:startExecution", child(doubled, "{\"n\":1}"))), "one", "{}"));
        assertThat(alone).containsKeys("ExecutionArn", "StartDate").doesNotContainKey("Output");
        Map<String, Object> text = cloud.output(cloud.start(
                cloud.create("text", task("states:startExecution.sync", child(doubled, "{\"n\":2}"))), "one", "{}"));
        assertThat(text)
                .containsEntry("Output", "{\"n\":4}")
                .containsEntry("Input", "{\"n\":2}")
                .containsEntry("RedriveStatus", "NOT_REDRIVABLE");
        String parsed = cloud.start(
                cloud.create("parsed", task("states:startExecution.sync:2", child(doubled, "{\"n\":3}"))), "one", "{}");
        assertThat(cloud.output(parsed)).containsEntry("Output", Map.of("n", 6L));
        assertThat(cloud.events(parsed)).contains("TaskSubmitted");
    }

    @Test
    void errorsOfNestedExecutionsAreAwss() throws InterruptedException {
        String fails = cloud.create("fails", FAIL);
        DescribeExecutionResponse failed = cloud.over(cloud.start(
                cloud.create("parent", task("states:startExecution.sync:2", child(fails, "{}"))), "one", "{}"));
        assertThat(failed.error()).isEqualTo("States.TaskFailed");
        assertThat(Json.object(Json.parse(failed.cause())))
                .containsEntry("Error", "Bad")
                .containsEntry("Status", "FAILED");
        DescribeExecutionResponse none = cloud.over(cloud.start(
                cloud.create("orphan", task("states:startExecution", child(SfnCloud.machineArn("none"), "{}"))),
                "one",
                "{}"));
        assertThat(none.error()).isEqualTo("StepFunctions.StateMachineDoesNotExistException");
        assertThat(none.cause()).contains("State Machine Does Not Exist");
    }

    @Test
    void anSdkTaskOfStepFunctionsHasItsMembersInPascalCase() throws InterruptedException {
        String machine = cloud.create("called", pass("1"));
        Map<String, Object> started = cloud.output(cloud.start(
                cloud.create("calls", task("aws-sdk:sfn:startExecution", child(machine, "{\"as\":\"JSON\"}"))),
                "one",
                "{}"));
        String arn = String.valueOf(started.get("ExecutionArn"));
        assertThat(cloud.over(arn).input()).isEqualTo("{\"as\":\"JSON\"}");
        assertThat(cloud.over(cloud.start(
                                cloud.create(
                                        "calls-wrong",
                                        task(
                                                "aws-sdk:sfn:describeExecution",
                                                "{\"ExecutionArn\":\"" + arn + "-not\"}")),
                                "one",
                                "{}"))
                        .error())
                .isEqualTo("Sfn.ExecutionDoesNotExistException");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqs:sendMessage", "dynamodb:getItem", "http:invoke", "ecs:runTask.sync"})
    void aServiceThatIsNotThereIsRefusedByName(String resource) throws InterruptedException {
        DescribeExecutionResponse over = cloud.over(cloud.start(
                cloud.create("refused-" + resource.replaceAll("[:.]", "-"), task(resource, "{}")), "one", "{}"));
        assertThat(over.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(over.error()).isEqualTo("States.Runtime");
        assertThat(over.cause()).contains(resource);
    }

    private static String distributed(String more, String state) {
        return one("{\"Type\":\"Map\",\"Label\":\"Each\",\"MaxConcurrency\":2," + more
                + "\"ItemProcessor\":{\"ProcessorConfig\":{\"Mode\":\"DISTRIBUTED\",\"ExecutionType\":\"STANDARD\"},"
                + "\"StartAt\":\"P\",\"States\":{\"P\":" + state + "}},\"End\":true}");
    }

    @Test
    void aDistributedMapReadsTheBucketAndItsChildrenAreExecutions() throws InterruptedException, IOException {
        Path items = folder.resolve("s3").resolve(BUCKET).resolve("items/all.json");
        Files.createDirectories(items.getParent());
        Files.writeString(items, "[{\"n\":1},{\"n\":2},{\"n\":3}]", UTF_8);
        String machine = cloud.create(
                "maps",
                distributed(
                        "\"ItemReader\":{\"Resource\":\"arn:aws:states:::s3:getObject\",\"ReaderConfig\":{\"InputType\":\"JSON\"},"
                                + "\"Arguments\":{\"Bucket\":\"" + BUCKET + "\",\"Key\":\"items/all.json\"}},"
                                + "\"ResultWriter\":{\"Resource\":\"arn:aws:states:::s3:putObject\",\"Arguments\":{\"Bucket\":\""
                                + BUCKET + "\",\"Prefix\":\"results\"}},",
                        "{\"Type\":\"Pass\",\"Output\":\"{% $states.input.n * 10 %}\",\"End\":true}"));
        String execution = cloud.start(machine, "one", "{}");
        cloud.output(execution);
        var runs = sfn.listMapRuns(b -> b.executionArn(execution)).mapRuns();
        assertThat(runs).hasSize(1);
        String run = runs.get(0).mapRunArn();
        assertThat(runs.get(0).stateMachineArn()).isEqualTo(machine + "/Each");
        DescribeMapRunResponse described = sfn.describeMapRun(b -> b.mapRunArn(run));
        assertThat(described.statusAsString()).isEqualTo("SUCCEEDED");
        assertThat(described.maxConcurrency()).isEqualTo(2);
        assertThat(described.itemCounts().succeeded()).isEqualTo(3);
        assertThat(described.itemCounts().resultsWritten()).isEqualTo(3);
        assertThat(described.executionCounts().total()).isEqualTo(3);
        List<ExecutionListItem> children =
                sfn.listExecutions(b -> b.mapRunArn(run)).executions();
        assertThat(children).hasSize(3).allSatisfy(c -> {
            assertThat(c.statusAsString()).isEqualTo("SUCCEEDED");
            assertThat(c.mapRunArn()).isEqualTo(run);
            assertThat(c.itemCount()).isEqualTo(1);
        });
        String child = children.get(0).executionArn();
        assertThat(cloud.events(child))
                .containsExactly("ExecutionStarted", "PassStateEntered", "PassStateExited", "ExecutionSucceeded");
        assertThat(sfn.describeExecution(b -> b.executionArn(child)).output()).isIn("10", "20", "30");
        var childMachine = sfn.describeStateMachineForExecution(b -> b.executionArn(child));
        assertThat(childMachine.label()).isEqualTo("Each");
        assertThat(childMachine.mapRunArn()).isEqualTo(run);
        assertThat(childMachine.definition()).contains("\"StartAt\":\"P\"").doesNotContain("ProcessorConfig");
        assertThat(sfn.listExecutions(b -> b.stateMachineArn(machine)).executions())
                .as("children are not among the machine's own")
                .hasSize(1);
        try (var written = Files.walk(folder.resolve("s3").resolve(BUCKET).resolve("results"))) {
            assertThat(written.map(p -> p.getFileName().toString())).contains("manifest.json", "SUCCEEDED_0.json");
        }
    }

    @Test
    void aChildCanBeStoppedAndItsMapRunFails() throws InterruptedException {
        String activity = cloud.activity("each");
        String execution = cloud.start(
                cloud.create(
                        "map-stops",
                        distributed(
                                "\"Items\":[1,2],",
                                "{\"Type\":\"Task\",\"Resource\":\"" + activity + "\",\"End\":true}")),
                "one",
                "{}");
        String token = sfn.getActivityTask(b -> b.activityArn(activity)).taskToken();
        sfn.getActivityTask(b -> b.activityArn(activity));
        String run =
                sfn.listMapRuns(b -> b.executionArn(execution)).mapRuns().get(0).mapRunArn();
        assertThat(sfn.describeMapRun(b -> b.mapRunArn(run)).itemCounts().running())
                .isEqualTo(2);
        sfn.sendTaskSuccess(b -> b.taskToken(token).output("1"));
        // The token is answered before its child is over.
        cloud.until(
                "the first child did not succeed",
                () -> sfn.describeMapRun(b -> b.mapRunArn(run)).itemCounts().succeeded() == 1);
        String child = sfn.listExecutions(b -> b.mapRunArn(run).statusFilter("RUNNING")).executions().stream()
                .map(ExecutionListItem::executionArn)
                .filter(arn -> !arn.isEmpty())
                .reduce((a, b) -> b)
                .orElseThrow();
        sfn.stopExecution(b -> b.executionArn(child).error("Enough"));
        DescribeExecutionResponse over = cloud.over(execution);
        assertThat(over.error()).isEqualTo("States.ExceedToleratedFailureThreshold");
        DescribeExecutionResponse stopped = cloud.over(child);
        assertThat(stopped.error()).isEqualTo("Enough");
        assertThat(stopped.redriveStatusAsString()).isEqualTo("REDRIVABLE_BY_MAP_RUN");
        assertThatThrownBy(() -> sfn.redriveExecution(b -> b.executionArn(child)))
                .hasMessageContaining("redrive " + execution);
        assertThat(sfn.describeMapRun(b -> b.mapRunArn(run)).statusAsString()).isEqualTo("FAILED");
        sfn.redriveExecution(b -> b.executionArn(execution));
        String again = sfn.getActivityTask(b -> b.activityArn(activity)).taskToken();
        assertThat(sfn.describeExecution(b -> b.executionArn(child)))
                .as("the child itself goes on")
                .satisfies(e -> assertThat(e.redriveCount()).isEqualTo(1))
                .satisfies(e -> assertThat(e.statusAsString()).isEqualTo("RUNNING"));
        sfn.sendTaskSuccess(b -> b.taskToken(again).output("2"));
        assertThat(cloud.over(execution).output()).isIn("[1,2]", "[2,1]");
        assertThat(sfn.describeMapRun(b -> b.mapRunArn(run)).redriveCount()).isEqualTo(1);
        assertThat(sfn.listExecutions(b -> b.mapRunArn(run)).executions()).hasSize(2);
    }

    @Test
    void aStateIsTestedWithAMock() {
        TestStateResponse tested = sfn.testState(b -> b.definition(
                        "{\"Type\":\"Task\",\"QueryLanguage\":\"JSONata\",\"Resource\":\"arn:aws:states:::lambda:invoke\","
                                + "\"Arguments\":{\"FunctionName\":\"f\"},\"Output\":\"{% $states.result.Payload %}\",\"Next\":\"N\"}")
                .inspectionLevel("DEBUG")
                .mock(m -> m.result("{\"StatusCode\":200,\"Payload\":{\"a\":1}}")));
        assertThat(tested.statusAsString()).isEqualTo("SUCCEEDED");
        assertThat(tested.output()).isEqualTo("{\"a\":1}");
        assertThat(tested.nextState()).isEqualTo("N");
        assertThat(tested.inspectionData().afterArguments()).isEqualTo("{\"FunctionName\":\"f\"}");
        TestStateResponse caught = sfn.testState(b -> b.definition(
                        "{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::lambda:invoke\",\"Parameters\":{\"FunctionName\":\"f\"},"
                                + "\"Catch\":[{\"ErrorEquals\":[\"E\"],\"Next\":\"C\"}],\"End\":true}")
                .stateConfiguration(c -> c.retrierRetryCount(0))
                .mock(m -> m.errorOutput(e -> e.error("E").cause("c"))));
        assertThat(caught.statusAsString()).isEqualTo("CAUGHT_ERROR");
        assertThat(caught.nextState()).isEqualTo("C");
    }

    @Test
    void aStateIsTestedWithTheLaptopsOwnServices() {
        String state =
                "{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::aws-sdk:glue:getDatabase\",\"Parameters\":{\"Name\":\"%s\"},"
                        + "\"ResultSelector\":{\"name.$\":\"$.Database.Name\"},\"End\":true}";
        assertThat(sfn.testState(b -> b.definition(state.formatted("thermolake")))
                        .output())
                .isEqualTo("{\"name\":\"thermolake\"}");
        TestStateResponse failed =
                sfn.testState(b -> b.definition(state.formatted("nowhere")).revealSecrets(true));
        assertThat(failed.statusAsString()).isEqualTo("FAILED");
        assertThat(failed.error()).isEqualTo("Glue.EntityNotFoundException");
    }

    @Test
    void whatAStateTestCannotDoIsRefused() {
        String lambda = "{\"Type\":\"Task\",\"Resource\":\"%s\",\"Parameters\":{},\"End\":true}";
        assertThatThrownBy(() -> sfn.testState(
                        b -> b.definition(lambda.formatted("arn:aws:states:::aws-sdk:ec2:describeInstances"))
                                .mock(m -> m.result("{}").fieldValidationMode("STRICT"))))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("no model of arn:aws:states:::aws-sdk:ec2:describeInstances");
        assertThatThrownBy(() -> sfn.testState(b -> b.definition(lambda.formatted("arn:aws:states:::lambda:invoke"))
                        .mock(m -> m.result("{\"StatusCode\":\"200\"}"))))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("Mock result schema validation error: Field 'StatusCode' must be a number");
        assertThatThrownBy(() -> sfn.testState(b -> b.definition("{\"Type\":\"Nothing\"}")))
                .isInstanceOf(software.amazon.awssdk.services.sfn.model.InvalidDefinitionException.class);
    }
}
