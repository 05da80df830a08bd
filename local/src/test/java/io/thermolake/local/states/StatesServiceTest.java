package io.thermolake.local.states;

import static io.thermolake.local.states.SfnCloud.FAIL;
import static io.thermolake.local.states.SfnCloud.ROLE;
import static io.thermolake.local.states.SfnCloud.machineArn;
import static io.thermolake.local.states.SfnCloud.pass;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thermolake.local.aws.AwsJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ConflictException;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.InvalidNameException;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.ListExecutionsResponse;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sfn.model.StartSyncExecutionResponse;
import software.amazon.awssdk.services.sfn.model.StateMachineAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.Tag;
import software.amazon.awssdk.services.sfn.model.ValidationException;

/** Machines, versions, aliases, tags and executions, asked by the SDK's client over the one port. */
class StatesServiceTest {
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

    @Test
    void aMachineIsMadeOnceHoweverOftenItIsAskedFor() {
        String arn = cloud.create("once", pass("1"));
        assertThat(arn).isEqualTo(machineArn("once"));
        assertThat(cloud.create("once", pass("1"))).isEqualTo(arn);
        assertThatThrownBy(() -> cloud.create("once", pass("2")))
                .isInstanceOf(StateMachineAlreadyExistsException.class)
                .hasMessageContaining("State Machine Already Exists: '" + arn + "'");
        DescribeStateMachineResponse machine = sfn.describeStateMachine(b -> b.stateMachineArn(arn));
        assertThat(machine.definition()).isEqualTo(pass("1"));
        assertThat(machine.typeAsString()).isEqualTo("STANDARD");
        assertThat(machine.roleArn()).isEqualTo(ROLE);
        assertThat(machine.revisionId()).isNull();
        assertThat(sfn.listStateMachinesPaginator(b -> b.maxResults(1)).stateMachines())
                .extracting(m -> m.name())
                .contains("once", "thermolake-pipeline");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a:b", "a/b", "a*", "ü\u0001", "<a>", "a,b"})
    void namesFollowAwsRules(String name) {
        assertThatThrownBy(() -> cloud.create(name, pass("1"))).isInstanceOf(InvalidNameException.class);
    }

    @Test
    void anUpdateIsANewRevisionAndRunningExecutionsKeepTheirs() throws InterruptedException {
        String activity = cloud.activity("keeps");
        String arn = cloud.create("keeps", SfnCloud.waits(activity));
        String execution = cloud.start(arn, "old", "{}");
        String revision = sfn.updateStateMachine(b -> b.stateMachineArn(arn).definition(pass("\"new\"")))
                .revisionId();
        assertThat(revision).isNotNull();
        assertThat(sfn.describeStateMachine(b -> b.stateMachineArn(arn)).revisionId())
                .isEqualTo(revision);
        assertThat(sfn.describeStateMachineForExecution(b -> b.executionArn(execution))
                        .definition())
                .isEqualTo(SfnCloud.waits(activity));
        assertThat(cloud.over(cloud.start(arn, "new", "{}")).output()).isEqualTo("\"new\"");
        sfn.stopExecution(b -> b.executionArn(execution).error("E").cause("enough"));
        DescribeExecutionResponse stopped = cloud.over(execution);
        assertThat(stopped.status()).isEqualTo(ExecutionStatus.ABORTED);
        assertThat(stopped.error()).isEqualTo("E");
        // It goes on with what it began with: the activity's task, not the Pass state.
        sfn.redriveExecution(b -> b.executionArn(execution));
        String token = sfn.getActivityTask(b -> b.activityArn(activity).workerName("w"))
                .taskToken();
        sfn.sendTaskSuccess(b -> b.taskToken(token).output("{\"old\":true}"));
        assertThat(cloud.output(execution)).containsEntry("old", true);
    }

    @Test
    void aMachineThatIsDeletedWaitsForItsExecutions() throws InterruptedException {
        String arn = cloud.create("goes", SfnCloud.waits(cloud.activity("goes")));
        String execution = cloud.start(arn, "last", "{}");
        sfn.deleteStateMachine(b -> b.stateMachineArn(arn));
        assertThat(sfn.describeStateMachine(b -> b.stateMachineArn(arn)).statusAsString())
                .isEqualTo("DELETING");
        assertThatThrownBy(() -> cloud.start(arn, "more", "{}"))
                .isInstanceOf(software.amazon.awssdk.services.sfn.model.StateMachineDeletingException.class);
        sfn.stopExecution(b -> b.executionArn(execution));
        assertThat(cloud.over(execution).redriveStatusReason()).isEqualTo("State machine is in DELETING status");
        for (int i = 0; i < 100 && there(arn); i++) {
            Thread.sleep(10);
        }
        assertThat(there(arn)).isFalse();
        sfn.deleteStateMachine(b -> b.stateMachineArn(arn));
    }

    private static boolean there(String arn) {
        try {
            sfn.describeStateMachine(b -> b.stateMachineArn(arn));
            return true;
        } catch (StateMachineDoesNotExistException e) {
            return false;
        }
    }

    @Test
    void theTemplatesMachinesAreChangedInTheTemplateOnly() {
        assertThatThrownBy(() -> sfn.updateStateMachine(
                        b -> b.stateMachineArn(SfnCloud.PIPELINE).definition(pass("1"))))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("is the template's");
        assertThatThrownBy(() -> sfn.deleteStateMachine(b -> b.stateMachineArn(SfnCloud.PIPELINE)))
                .isInstanceOf(ValidationException.class);
    }

    @Test
    void aRevisionHasOneVersionAndAVersionStays() throws InterruptedException {
        String arn = cloud.create("published", pass("1"));
        String first = sfn.publishStateMachineVersion(
                        b -> b.stateMachineArn(arn).revisionId("INITIAL").description("one"))
                .stateMachineVersionArn();
        assertThat(first).isEqualTo(arn + ":1");
        assertThat(sfn.publishStateMachineVersion(b -> b.stateMachineArn(arn)).stateMachineVersionArn())
                .isEqualTo(first);
        assertThat(sfn.updateStateMachine(b ->
                                b.stateMachineArn(arn).definition(pass("2")).publish(true))
                        .stateMachineVersionArn())
                .isEqualTo(arn + ":2");
        assertThatThrownBy(() -> sfn.publishStateMachineVersion(
                        b -> b.stateMachineArn(arn).revisionId("INITIAL")))
                .isInstanceOf(ConflictException.class);
        assertThat(sfn.listStateMachineVersions(b -> b.stateMachineArn(arn)).stateMachineVersions())
                .extracting(v -> v.stateMachineVersionArn())
                .containsExactly(arn + ":2", arn + ":1");
        DescribeStateMachineResponse version = sfn.describeStateMachine(b -> b.stateMachineArn(first));
        assertThat(version.definition()).isEqualTo(pass("1"));
        assertThat(version.description()).isEqualTo("one");
        String execution = cloud.start(first, "by-version", "{}");
        DescribeExecutionResponse over = cloud.over(execution);
        assertThat(over.output()).isEqualTo("1");
        assertThat(over.stateMachineArn()).isEqualTo(arn);
        assertThat(over.stateMachineVersionArn()).isEqualTo(first);
        assertThat(sfn.listExecutions(b -> b.stateMachineArn(first)).executions())
                .extracting(ExecutionListItem::name)
                .containsExactly("by-version");
        sfn.deleteStateMachineVersion(b -> b.stateMachineVersionArn(arn + ":2"));
        sfn.deleteStateMachineVersion(b -> b.stateMachineVersionArn(arn + ":2"));
        assertThat(sfn.publishStateMachineVersion(b -> b.stateMachineArn(arn)).stateMachineVersionArn())
                .as("a number is not given twice")
                .isEqualTo(arn + ":3");
    }

    @Test
    void anAliasRoutesToItsVersions() throws InterruptedException {
        String arn = cloud.create("routed", pass("1"));
        String one = sfn.publishStateMachineVersion(b -> b.stateMachineArn(arn)).stateMachineVersionArn();
        String two = sfn.updateStateMachine(
                        b -> b.stateMachineArn(arn).definition(pass("2")).publish(true))
                .stateMachineVersionArn();
        String alias = sfn.createStateMachineAlias(b -> b.name("prod")
                        .routingConfiguration(
                                r -> r.stateMachineVersionArn(one).weight(0),
                                r -> r.stateMachineVersionArn(two).weight(100)))
                .stateMachineAliasArn();
        assertThat(alias).isEqualTo(arn + ":prod");
        DescribeExecutionResponse over = cloud.over(cloud.start(alias, "by-alias", "{}"));
        assertThat(over.output()).isEqualTo("2");
        assertThat(over.stateMachineAliasArn()).isEqualTo(alias);
        assertThat(over.stateMachineVersionArn()).isEqualTo(two);
        sfn.updateStateMachineAlias(b -> b.stateMachineAliasArn(alias)
                .routingConfiguration(r -> r.stateMachineVersionArn(one).weight(100)));
        assertThat(cloud.over(cloud.start(alias, "again", "{}")).output()).isEqualTo("1");
        assertThat(sfn.listExecutions(b -> b.stateMachineArn(alias)).executions())
                .extracting(ExecutionListItem::name)
                .containsExactly("again", "by-alias");
        assertThat(sfn.describeStateMachineAlias(b -> b.stateMachineAliasArn(alias))
                        .routingConfiguration())
                .extracting(r -> r.stateMachineVersionArn())
                .containsExactly(one);
        assertThat(sfn.listStateMachineAliases(b -> b.stateMachineArn(arn)).stateMachineAliases())
                .extracting(a -> a.stateMachineAliasArn())
                .containsExactly(alias);
        assertThatThrownBy(() -> sfn.deleteStateMachineVersion(b -> b.stateMachineVersionArn(one)))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("Current list of aliases referencing this version: [prod]");
        sfn.deleteStateMachineAlias(b -> b.stateMachineAliasArn(alias));
        sfn.deleteStateMachineVersion(b -> b.stateMachineVersionArn(one));
    }

    @ParameterizedTest
    @CsvSource({
        "60, 30, Sum of routing configuration weights must equal 100",
        "101, -1, less than or equal to 100",
    })
    void weightsMakeAHundred(int first, int second, String why) {
        String arn = cloud.create("weights-" + first, pass("1"));
        String one = sfn.publishStateMachineVersion(b -> b.stateMachineArn(arn)).stateMachineVersionArn();
        String two = sfn.updateStateMachine(
                        b -> b.stateMachineArn(arn).definition(pass("" + first)).publish(true))
                .stateMachineVersionArn();
        assertThatThrownBy(() -> sfn.createStateMachineAlias(b -> b.name("w")
                        .routingConfiguration(
                                r -> r.stateMachineVersionArn(one).weight(first),
                                r -> r.stateMachineVersionArn(two).weight(second))))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining(why);
    }

    @Test
    void tagsOfMachinesAndActivities() {
        String arn = sfn.createStateMachine(b -> b.name("tagged")
                        .definition(pass("1"))
                        .roleArn(ROLE)
                        .tags(Tag.builder().key("a").value("1").build()))
                .stateMachineArn();
        sfn.tagResource(b -> b.resourceArn(arn).tags(t -> t.key("b").value("2")));
        sfn.untagResource(b -> b.resourceArn(arn).tagKeys("a"));
        assertThat(sfn.listTagsForResource(b -> b.resourceArn(arn)).tags())
                .extracting(Tag::key)
                .containsExactly("b");
        List<Tag> many = new ArrayList<>();
        for (int i = 0; i < 51; i++) {
            many.add(Tag.builder().key("k" + i).value("").build());
        }
        assertThatThrownBy(() -> sfn.tagResource(b -> b.resourceArn(arn).tags(many)))
                .isInstanceOf(software.amazon.awssdk.services.sfn.model.TooManyTagsException.class);
    }

    @Test
    void executionsAreListedInPagesNewestFirst() throws InterruptedException {
        String arn = cloud.create("listed", pass("1"));
        for (int i = 0; i < 5; i++) {
            cloud.over(cloud.start(arn, "run-" + i, "{}"));
        }
        List<String> names = new ArrayList<>();
        ListExecutionsResponse page =
                sfn.listExecutions(b -> b.stateMachineArn(arn).maxResults(2));
        page.executions().forEach(e -> names.add(e.name()));
        String token = page.nextToken();
        // What begins meanwhile shifts nothing.
        cloud.over(cloud.start(arn, "late", "{}"));
        assertThatThrownBy(() -> sfn.listExecutions(
                        b -> b.stateMachineArn(arn).nextToken(token).statusFilter("FAILED")))
                .as("the token of another question")
                .isInstanceOf(InvalidTokenException.class)
                .hasMessageContaining("Invalid Token: 'Invalid token'");
        sfn.listExecutionsPaginator(b -> b.stateMachineArn(arn).maxResults(2).nextToken(token))
                .executions()
                .forEach(e -> names.add(e.name()));
        assertThat(names).containsExactly("run-4", "run-3", "run-2", "run-1", "run-0");
        assertThatThrownBy(() -> sfn.listExecutions(b -> b.stateMachineArn(arn).nextToken("x")))
                .isInstanceOf(InvalidTokenException.class);
        assertThatThrownBy(() -> sfn.listExecutions(b -> b.stateMachineArn(arn).maxResults(1001)))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("Value '1001' at 'maxResults'");
    }

    @Test
    void aHistoryHasPagesAndCanBeReadBackwardsAndWithoutData() throws InterruptedException {
        String execution = cloud.start(cloud.create("told", pass("{\"a\":1}")), "one", "{\"in\":1}");
        cloud.over(execution);
        List<String> forward = cloud.events(execution);
        assertThat(forward)
                .containsExactly("ExecutionStarted", "PassStateEntered", "PassStateExited", "ExecutionSucceeded");
        List<String> backward = sfn
                .getExecutionHistoryPaginator(
                        b -> b.executionArn(execution).reverseOrder(true).maxResults(3))
                .events()
                .stream()
                .map(HistoryEvent::typeAsString)
                .toList();
        List<String> reversed = new ArrayList<>(forward);
        java.util.Collections.reverse(reversed);
        assertThat(backward).isEqualTo(reversed);
        List<HistoryEvent> bare = sfn.getExecutionHistory(
                        b -> b.executionArn(execution).includeExecutionData(false))
                .events();
        assertThat(bare.get(0).executionStartedEventDetails().input()).isNull();
        assertThat(bare.get(1).stateEnteredEventDetails().name()).isEqualTo("S");
        assertThat(sfn.getExecutionHistory(b -> b.executionArn(execution))
                        .events()
                        .get(0)
                        .executionStartedEventDetails()
                        .input())
                .isEqualTo("{\"in\":1}");
    }

    @Test
    void aRedriveIsTheSameOneForTheSameClientToken() throws InterruptedException {
        String execution = cloud.start(cloud.create("again", FAIL), "one", "{}");
        DescribeExecutionResponse failed = cloud.over(execution);
        assertThat(failed.error()).isEqualTo("Bad");
        assertThat(failed.redriveStatusAsString()).isEqualTo("REDRIVABLE");
        var first = sfn.redriveExecution(b -> b.executionArn(execution).clientToken("t"));
        cloud.over(execution);
        var second = sfn.redriveExecution(b -> b.executionArn(execution).clientToken("t"));
        assertThat(second.redriveDate()).isEqualTo(first.redriveDate());
        assertThat(cloud.over(execution).redriveCount()).isEqualTo(1);
        sfn.redriveExecution(b -> b.executionArn(execution).clientToken("u"));
        assertThat(cloud.over(execution).redriveCount()).isEqualTo(2);
        assertThat(sfn.listExecutions(
                                b -> b.stateMachineArn(machineArn("again")).redriveFilter("NOT_REDRIVEN"))
                        .executions())
                .isEmpty();
        String fine = cloud.start(cloud.create("fine", pass("1")), "one", "{}");
        assertThat(cloud.over(fine).redriveStatusReason()).isEqualTo("Execution is SUCCEEDED and cannot be redriven");
        assertThatThrownBy(() -> sfn.redriveExecution(b -> b.executionArn(fine)))
                .isInstanceOf(software.amazon.awssdk.services.sfn.model.ExecutionNotRedrivableException.class)
                .hasMessageContaining("Execution is SUCCEEDED and cannot be redriven");
    }

    @Test
    void anExpressMachineAnswersItsCaller() {
        String arn = cloud.create("fast", "EXPRESS", pass("\"{% $states.input.a + 1 %}\""));
        StartSyncExecutionResponse answer =
                sfn.startSyncExecution(b -> b.stateMachineArn(arn).name("n").input("{\"a\":1}"));
        assertThat(answer.statusAsString()).isEqualTo("SUCCEEDED");
        assertThat(answer.output()).isEqualTo("2");
        assertThat(answer.executionArn()).contains(":express:fast:n:");
        assertThat(answer.billingDetails().billedMemoryUsedInMB()).isEqualTo(64);
        assertThat(answer.billingDetails().billedDurationInMilliseconds() % 100).isZero();
        StartSyncExecutionResponse failed =
                sfn.startSyncExecution(b -> b.stateMachineArn(cloud.create("fast-failing", "EXPRESS", FAIL)));
        assertThat(failed.statusAsString()).isEqualTo("FAILED");
        assertThat(failed.error()).isEqualTo("Bad");
        assertThat(failed.cause()).isEqualTo("very");
        String started = cloud.start(arn, "n", "{\"a\":1}");
        assertThat(cloud.start(arn, "n", "{\"a\":1}")).isNotEqualTo(started);
        assertThatThrownBy(() -> sfn.describeExecution(b -> b.executionArn(started)))
                .hasMessageContaining("Invalid Arn: 'Resource type not valid in this context: express'");
    }

    @Test
    void aDefinitionIsValidatedWithoutBeingMade() {
        String doubtful =
                "{\"StartAt\":\"C\",\"States\":{\"C\":{\"Type\":\"Choice\",\"Choices\":[{\"Variable\":\"$.a\",\"IsNull\":true,"
                        + "\"Next\":\"P\"}]},\"P\":{\"Type\":\"Pass\",\"End\":true}}}";
        assertThat(sfn.validateStateMachineDefinition(b -> b.definition(doubtful))
                        .diagnostics())
                .isEmpty();
        var warned =
                sfn.validateStateMachineDefinition(b -> b.definition(doubtful).severity("WARNING"));
        assertThat(warned.resultAsString()).isEqualTo("OK");
        assertThat(warned.diagnostics())
                .isNotEmpty()
                .allMatch(d -> d.severityAsString().equals("WARNING"));
        var wrong = sfn.validateStateMachineDefinition(b -> b.definition(
                        "{\"StartAt\":\"X\",\"States\":{\"A\":{\"Type\":\"Pass\"},\"B\":{\"Type\":\"Pass\"}}}")
                .maxResults(1));
        assertThat(wrong.resultAsString()).isEqualTo("FAIL");
        assertThat(wrong.diagnostics()).hasSize(1);
        assertThat(wrong.truncated()).isTrue();
    }

    static Stream<Arguments> refusals() {
        String none = machineArn("none");
        String noExecution = SfnCloud.executionArn("none", "none");
        String express = "arn:aws:states:eu-central-1:000000000000:express:m:n:1";
        return Stream.of(
                row("InvalidArn", "Invalid ARN prefix: x", () -> sfn.describeExecution(b -> b.executionArn("x"))),
                row(
                        "InvalidArn",
                        "Resource type not valid in this context: stateMachine",
                        () -> sfn.describeExecution(b -> b.executionArn(none))),
                row(
                        "ExecutionDoesNotExist",
                        "Execution Does Not Exist: '" + noExecution + "'",
                        () -> sfn.describeExecution(b -> b.executionArn(noExecution))),
                row(
                        "ExecutionDoesNotExist",
                        "Execution Does Not Exist",
                        () -> sfn.stopExecution(b -> b.executionArn(noExecution))),
                row("InvalidArn", "express", () -> sfn.stopExecution(b -> b.executionArn(express))),
                row(
                        "StateMachineDoesNotExist",
                        "State Machine Does Not Exist: '" + none + "'",
                        () -> sfn.startExecution(b -> b.stateMachineArn(none))),
                row(
                        "StateMachineDoesNotExist",
                        "State Machine Does Not Exist: '" + none + ":7'",
                        () -> sfn.startExecution(b -> b.stateMachineArn(none + ":7"))),
                row(
                        "StateMachineDoesNotExist",
                        "State Machine Does Not Exist",
                        () -> sfn.startExecution(b -> b.stateMachineArn(SfnCloud.PIPELINE + ":none"))),
                row(
                        "InvalidExecutionInput",
                        "Invalid State Machine Execution Input",
                        () -> sfn.startExecution(
                                b -> b.stateMachineArn(SfnCloud.PIPELINE).input("{"))),
                row(
                        "StateMachineTypeNotSupported",
                        "This operation is not supported by this type of state machine",
                        () -> sfn.startSyncExecution(b -> b.stateMachineArn(SfnCloud.PIPELINE))),
                row(
                        "StateMachineTypeNotSupported",
                        "This operation is not supported by this type of state machine",
                        () -> sfn.listExecutions(
                                b -> b.stateMachineArn(cloud.create("unlisted", "EXPRESS", pass("1"))))),
                row("ValidationException", "mapRunArn", () -> sfn.listExecutions(b -> b.maxResults(1))),
                row(
                        "ValidationException",
                        "labeled",
                        () -> sfn.describeStateMachine(b -> b.stateMachineArn(none + "/label"))),
                row(
                        "ResourceNotFound",
                        "Resource not found",
                        () -> sfn.describeMapRun(
                                b -> b.mapRunArn("arn:aws:states:eu-central-1:000000000000:mapRun:a/b:c"))),
                row(
                        "ResourceNotFound",
                        "Resource not found: '" + none + "'",
                        () -> sfn.listTagsForResource(b -> b.resourceArn(none))),
                row(
                        "ActivityDoesNotExist",
                        "Activity Does Not Exist",
                        () -> sfn.describeActivity(
                                b -> b.activityArn("arn:aws:states:eu-central-1:000000000000:activity:none"))),
                row(
                        "InvalidDefinition",
                        "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: These fields are required: [States]",
                        () -> cloud.create("wrong", "{\"StartAt\":\"A\"}")),
                row(
                        "InvalidEncryptionConfiguration",
                        "no KMS",
                        () -> sfn.createActivity(b -> b.name("secret")
                                .encryptionConfiguration(
                                        e -> e.type("CUSTOMER_MANAGED_KMS_KEY").kmsKeyId("k")))),
                row(
                        "MissingRequiredParameter",
                        "must be specified",
                        () -> sfn.updateStateMachine(b -> b.stateMachineArn(cloud.create("bare", pass("1"))))),
                row(
                        "ValidationException",
                        "publish is true",
                        () -> sfn.createStateMachine(b -> b.name("undescribed")
                                .definition(pass("1"))
                                .roleArn(ROLE)
                                .versionDescription("d"))),
                row(
                        "InvalidToken",
                        "Invalid Token: 'Invalid token'",
                        () -> sfn.sendTaskSuccess(b -> b.taskToken("t").output("1"))),
                row(
                        "InvalidOutput",
                        "Invalid Output",
                        () -> sfn.sendTaskSuccess(b -> b.taskToken("t").output("{"))));
    }

    private static Arguments row(String code, String message, ThrowingCallable call) {
        return Arguments.of(code, message, call);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("refusals")
    void refusalsHaveAwsCodes(String code, String message, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(SfnException.class, e -> {
            assertThat(AwsJson.code(e.getClass())).isEqualTo(code);
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
            assertThat(e.awsErrorDetails().errorMessage()).contains(message);
            assertThat(e.statusCode()).isEqualTo(400);
        });
    }

    @Test
    void whatIsNotThereSaysItsName() {
        assertThatThrownBy(() ->
                        sfn.updateMapRun(b -> b.mapRunArn("arn:aws:states:eu-central-1:000000000000:mapRun:a/b:c")))
                .isInstanceOfSatisfying(
                        SfnException.class, e -> assertThat(e.statusCode()).isEqualTo(501))
                .hasMessageContaining("AWSStepFunctions.UpdateMapRun");
    }

    @Test
    void theNameOfARunningExecutionWithTheSameInputIsThatExecution() throws InterruptedException {
        String arn = cloud.create("idempotent", SfnCloud.waits(cloud.activity("idempotent")));
        String execution = cloud.start(arn, "n", "{\"a\":1}");
        assertThat(cloud.start(arn, "n", "{\"a\":1}")).isEqualTo(execution);
        assertThatThrownBy(() -> cloud.start(arn, "n", "{\"a\":2}"))
                .isInstanceOf(software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException.class);
        assertThat(sfn.listExecutions(b -> b.stateMachineArn(arn).statusFilter("RUNNING"))
                        .executions())
                .hasSize(1);
        sfn.stopExecution(b -> b.executionArn(execution));
        cloud.over(execution);
    }

    @Test
    void everyOperationButOneIsThere() {
        List<String> missing = new ArrayList<>();
        for (var method : SfnClient.class.getMethods()) {
            if (method.getParameterCount() == 1
                    && method.getParameterTypes()[0].getSimpleName().endsWith("Request")
                    && !method.getName().endsWith("Paginator")) {
                try {
                    StatesService.class.getDeclaredMethod(method.getName(), method.getParameterTypes()[0]);
                } catch (NoSuchMethodException e) {
                    missing.add(method.getName());
                }
            }
        }
        assertThat(missing).containsExactly("updateMapRun");
    }
}
