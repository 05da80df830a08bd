package io.thermolake.local.states;

import static io.thermolake.local.states.SfnCloud.pass;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

/** What a cloud finds that another left, closed or killed: both leave running executions as they are. */
class StatesRestartTest {
    @Test
    void everythingIsThereAgainAndWhatRanIsAbortedAndGoesOn(@TempDir Path folder) throws Exception {
        String token;
        String execution;
        String alias;
        try (SfnCloud first = new SfnCloud(folder)) {
            String activity = first.activity("kept");
            String machine = first.create("kept", SfnCloud.waits(activity));
            first.sfn.tagResource(
                    b -> b.resourceArn(machine).tags(t -> t.key("k").value("v")));
            String version = first.sfn
                    .publishStateMachineVersion(b -> b.stateMachineArn(machine))
                    .stateMachineVersionArn();
            alias = first.sfn
                    .createStateMachineAlias(b -> b.name("live")
                            .routingConfiguration(
                                    r -> r.stateMachineVersionArn(version).weight(100)))
                    .stateMachineAliasArn();
            execution = first.start(alias, "one", "{}");
            token = first.sfn.getActivityTask(b -> b.activityArn(activity)).taskToken();
            first.sfn.updateStateMachine(b -> b.stateMachineArn(machine).definition(pass("\"new\"")));
        }
        Path history = folder.resolve("state/states/histories/kept--one.jsonl");
        // As a kill leaves it: in the middle of a line.
        Files.writeString(history, "{\"id\":99,\"prev", UTF_8, StandardOpenOption.APPEND);
        try (SfnCloud second = new SfnCloud(folder)) {
            String machine = SfnCloud.machineArn("kept");
            assertThat(second.over(execution).status()).isEqualTo(ExecutionStatus.ABORTED);
            assertThat(second.events(execution)).last().isEqualTo("ExecutionAborted");
            assertThatThrownBy(() ->
                            second.sfn.sendTaskSuccess(b -> b.taskToken(token).output("1")))
                    .isInstanceOf(TaskTimedOutException.class);
            assertThat(second.sfn
                            .listTagsForResource(b -> b.resourceArn(machine))
                            .tags())
                    .hasSize(1);
            assertThat(second.sfn
                            .describeStateMachineAlias(b -> b.stateMachineAliasArn(alias))
                            .name())
                    .isEqualTo("live");
            assertThat(second.over(second.start(machine, "two", "{}")).output()).isEqualTo("\"new\"");
            second.sfn.redriveExecution(b -> b.executionArn(execution));
            String again = second.sfn
                    .getActivityTask(b -> b.activityArn("arn:aws:states:eu-central-1:000000000000:activity:kept"))
                    .taskToken();
            second.sfn.sendTaskSuccess(b -> b.taskToken(again).output("{\"old\":1}"));
            assertThat(second.output(execution)).containsEntry("old", 1L);
            assertThat(second.events(execution)).contains("ExecutionAborted", "ExecutionRedriven");
        }
    }
}
