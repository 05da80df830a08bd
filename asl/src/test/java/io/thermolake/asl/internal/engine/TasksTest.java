package io.thermolake.asl.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.asl.Activities;
import io.thermolake.asl.Execution;
import io.thermolake.asl.ExecutionIdentity;
import io.thermolake.asl.ExecutionResult;
import io.thermolake.asl.HistoryEvent;
import io.thermolake.asl.Json;
import io.thermolake.asl.TaskException;
import io.thermolake.asl.TaskRequest;
import io.thermolake.asl.TaskTokens;
import io.thermolake.asl.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks of the three families, in every way that they can end, with the histories of each. */
class TasksTest {
    private final Lab lab = new Lab();

    /** A machine of one task. */
    private static String task(String resource, String more) {
        return "{'StartAt':'T','States':{'T':{'Type':'Task','Resource':'" + resource + "',"
                + (more.isEmpty() ? "" : more + ",") + "'End':true}}}";
    }

    private static ExecutionResult.Failed failed(String error, String cause) {
        return new ExecutionResult.Failed(error, cause);
    }

    private static ExecutionResult.Succeeded gave(Object output) {
        return new ExecutionResult.Succeeded(output);
    }

    @Test
    void anIntegrationNamesItsServiceItsActionAndItsRegion() {
        lab.answers(Lab.INVOKE, Map.of("Payload", 1L));
        assertThat(lab.run(task(Lab.INVOKE, "'Parameters':{'FunctionName':'f'}"), 5L))
                .isEqualTo(gave(Map.of("Payload", 1L)));
        assertThat(lab.lines())
                .containsExactly(
                        "1<0 ExecutionStarted {'input':'5'}",
                        "2<0 TaskStateEntered {'name':'T','input':'5'}",
                        "3<2 TaskScheduled {'resourceType':'lambda','resource':'invoke','region':'us-east-1','parameters':'{'FunctionName':'f'}'}",
                        "4<3 TaskStarted {'resourceType':'lambda','resource':'invoke'}",
                        "5<4 TaskSucceeded {'resourceType':'lambda','resource':'invoke','output':'{'Payload':1}'}",
                        "6<5 TaskStateExited {'name':'T','output':'{'Payload':1}'}",
                        "7<6 ExecutionSucceeded {'output':'{'Payload':1}'}");
        assertThat(lab.history.stream().map(HistoryEvent::detailsKey).toList())
                .containsSubsequence(
                        "taskScheduledEventDetails", "taskStartedEventDetails", "taskSucceededEventDetails");
        assertThat(lab.details("TaskSucceeded")).containsEntry("outputDetails", Map.of("truncated", false));
    }

    @Test
    void anIntegrationMayNameRegionAndAccount() {
        lab.answers("arn:aws:states:::aws-sdk:s3:listBuckets", Map.of("Buckets", List.of()));
        assertThat(lab.run(task("arn:aws:states:eu-central-1:123456789012:aws-sdk:s3:listBuckets", ""), 5L))
                .isEqualTo(gave(Map.of("Buckets", List.of())));
        assertThat(lab.details("TaskScheduled"))
                .containsEntry("resourceType", "aws-sdk:s3")
                .containsEntry("resource", "listBuckets");
        assertThat(lab.calls.get(0).resource()).isEqualTo("arn:aws:states:::aws-sdk:s3:listBuckets");
    }

    @Test
    void aTaskThatWaitsForAnExecutionSeesATokenThatNobodyWaitsFor() {
        lab.answers("arn:aws:states:::states:startExecution.sync:2", 1L);
        assertThat(lab.run(
                        task(
                                "arn:aws:states:::states:startExecution.sync:2",
                                "'Parameters':{'Input':{'parent.$':'$$.Task.Token'}}"),
                        5L))
                .isEqualTo(gave(1L));
        assertThat(Json.object(Json.object(lab.calls.get(0).arguments()).get("Input"))
                        .get("parent"))
                .asString()
                .isNotEmpty();
        assertThat(lab.calls.get(0).token()).isNull();
    }

    @Test
    void aMachineWhoseArnIsNoneHasNoRegion() {
        lab.identity = new ExecutionIdentity("e", "run", "r", Lab.START, "machine", "machine");
        lab.answers(Lab.INVOKE, 1L);
        lab.run(task(Lab.INVOKE, ""), 5L);
        assertThat(lab.details("TaskScheduled")).containsOnlyKeys("resourceType", "resource", "parameters");
    }

    @Test
    void aPlainFunctionHasEventsOfItsOwn() {
        lab.answers(Lab.FUNCTION, "done");
        assertThat(lab.run(task(Lab.FUNCTION, ""), 5L)).isEqualTo(gave("done"));
        assertThat(lab.linesFrom(3))
                .containsExactly(
                        "3<2 LambdaFunctionScheduled {'resource':'" + Lab.FUNCTION + "','input':'5'}",
                        "4<3 LambdaFunctionStarted",
                        "5<4 LambdaFunctionSucceeded {'output':''done''}",
                        "6<5 TaskStateExited {'name':'T','output':''done''}",
                        "7<6 ExecutionSucceeded {'output':''done''}");
        assertThat(lab.details("LambdaFunctionScheduled")).containsEntry("inputDetails", Map.of("truncated", false));
        assertThat(lab.history.stream().map(HistoryEvent::detailsKey).toList())
                .contains("lambdaFunctionScheduledEventDetails", "lambdaFunctionSucceededEventDetails");
    }

    @Test
    void aFailureIsOfTheFamilyToo() {
        lab.answers(Lab.FUNCTION, new TaskException("Broken", "why"));
        assertThat(lab.run(task(Lab.FUNCTION, ""), 5L)).isEqualTo(failed("Broken", "why"));
        assertThat(lab.linesFrom(5))
                .containsExactly(
                        "5<4 LambdaFunctionFailed {'error':'Broken','cause':'why'}",
                        "6<5 ExecutionFailed {'error':'Broken','cause':'why'}");
    }

    @ParameterizedTest
    @CsvSource({"E, ", ", C", ", "})
    void whatAnErrorDoesNotHaveIsNotInItsEvent(String error, String cause) {
        lab.answers(Lab.INVOKE, new TaskException(error, cause));
        assertThat(lab.run(task(Lab.INVOKE, ""), 5L)).isEqualTo(failed(error, cause));
        assertThat(lab.details("TaskFailed"))
                .hasSize(2 + (error == null ? 0 : 1) + (cause == null ? 0 : 1))
                .doesNotContainValue(null);
    }

    @Test
    void anExceptionThatIsNoTasksFailsItAsTaskFailed() {
        lab.answers(Lab.INVOKE, new IllegalStateException("boom"));
        assertThat(lab.run(task(Lab.INVOKE, ""), 5L))
                .isEqualTo(failed("States.TaskFailed", "java.lang.IllegalStateException: boom"));
    }

    @Test
    void aCompletionExceptionIsLookedInto() {
        lab.answers(Lab.INVOKE, new CompletionException(new TaskException("Inner", "one")));
        assertThat(lab.run(task(Lab.INVOKE, ""), 5L)).isEqualTo(failed("Inner", "one"));
    }

    @Test
    void aHandlerThatThrowsFailsItsTask() {
        lab.tasks.put(Lab.INVOKE, request -> {
            throw new TaskException("Thrown", "at once");
        });
        assertThat(lab.run(task(Lab.INVOKE, ""), 5L)).isEqualTo(failed("Thrown", "at once"));
    }

    @Test
    void aResourceThatNobodyHasIsARuntimeError() {
        assertThat(lab.run(task("arn:aws:states:::nobody:knows", ""), 5L))
                .isEqualTo(
                        failed(
                                "States.Runtime",
                                "An error occurred while executing the state 'T' (entered at the event id #2). No resource arn:aws:states:::nobody:knows is known here; nothing can run this task"));
        assertThat(lab.types())
                .containsExactly("ExecutionStarted", "TaskStateEntered", "TaskScheduled", "ExecutionFailed");
    }

    @Test
    void aHandlerHearsEverythingOfItsAttempt() {
        lab.answers(Lab.INVOKE, new TaskException("Busy", null), 1L);
        lab.run(task(Lab.INVOKE, """
                'Parameters':{'a.$':'$.x'},'Credentials':{'RoleArn':'arn:role'},
                'Retry':[{'ErrorEquals':['Busy']}]"""), Map.of("x", 9L));
        assertThat(lab.calls).extracting(TaskRequest::retryCount).containsExactly(0, 1);
        TaskRequest request = lab.calls.get(1);
        assertThat(request.resource()).isEqualTo(Lab.INVOKE);
        assertThat(request.stateName()).isEqualTo("T");
        assertThat(request.arguments()).isEqualTo(Map.of("a", 9L));
        assertThat(request.credentials()).isEqualTo(Map.of("RoleArn", "arn:role"));
        assertThat(request.token()).isNull();
        assertThat(request.context()).doesNotContainKey("Task");
        assertThat(request.tokens()).isSameAs(lab.engine.tokens());
        assertThat(request.cancelled()).isNotDone();
        assertThat(Json.object(request.context().get("Execution"))).containsEntry("Name", "run-1");
    }

    @Test
    void aRequestOfAStrangeContextIsTheFirstAttempt() {
        TaskRequest request = new TaskRequest(
                "arn:t",
                null,
                "T",
                Map.of("State", Map.of("RetryCount", "many")),
                null,
                new PendingTokens(),
                null,
                a -> {},
                new CompletableFuture<>());
        assertThat(request.retryCount()).isZero();
    }

    @Test
    void credentialsAreNamedInTheHistory() {
        lab.answers(Lab.INVOKE, 1L);
        lab.run(task(Lab.INVOKE, "'Credentials':{'RoleArn.$':'$.role'}"), Map.of("role", "arn:r"));
        assertThat(lab.details("TaskScheduled")).containsEntry("taskCredentials", Map.of("roleArn", "arn:r"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'TimeoutSeconds':30 | 30",
                "'TimeoutSecondsPath':'$.limit' | 45",
                "'QueryLanguage':'JSONata','TimeoutSeconds':'{% $states.input.limit + 1 %}' | 46",
                "'TimeoutSeconds':30,'Catch':[{'ErrorEquals':['Other'],'Next':'T'}] | 30",
            })
    void aTaskTimesOut(String timeout, long seconds) {
        lab.answers(Lab.INVOKE, Lab.HANGS);
        assertThat(lab.run(task(Lab.INVOKE, timeout), Map.of("limit", 45L))).isEqualTo(failed("States.Timeout", null));
        assertThat(lab.elapsed()).isEqualTo(Duration.ofSeconds(seconds));
        assertThat(lab.details("TaskScheduled")).containsEntry("timeoutInSeconds", seconds);
        assertThat(lab.linesFrom(5))
                .containsExactly(
                        "5<4 TaskTimedOut {'resourceType':'lambda','resource':'invoke','error':'States.Timeout'}",
                        "6<5 ExecutionFailed {'error':'States.Timeout'}");
        assertThat(lab.calls.get(0).cancelled()).isCompleted();
    }

    @Test
    void anAnswerInTimeIsNoTimeout() {
        lab.tasks.put(Lab.INVOKE, request -> {
            CompletableFuture<Object> answer = new CompletableFuture<>();
            lab.timer.schedule(Duration.ofSeconds(29), Timer.Purpose.WAIT, () -> answer.complete("in time"));
            return answer;
        });
        assertThat(lab.run(task(Lab.INVOKE, "'TimeoutSeconds':30"), 1L)).isEqualTo(gave("in time"));
        assertThat(lab.timer.step()).as("the timeout is still waiting").isFalse();
    }

    @Test
    void anAnswerAfterTheTimeoutIsNotHeard() {
        CompletableFuture<Object> answer = new CompletableFuture<>();
        lab.tasks.put(Lab.INVOKE, request -> answer);
        assertThat(lab.run(task(Lab.INVOKE, "'TimeoutSeconds':1"), 1L).status()).isEqualTo("FAILED");
        int events = lab.history.size();
        answer.complete("late");
        assertThat(lab.history).hasSize(events);
    }

    @ParameterizedTest
    @CsvSource({
        "States.Timeout, SUCCEEDED",
        "States.HeartbeatTimeout, FAILED",
        "States.TaskFailed, FAILED",
        "States.ALL, SUCCEEDED",
    })
    void whoCatchesATimeout(String name, String status) {
        lab.answers(Lab.INVOKE, Lab.HANGS);
        ExecutionResult result = lab.run("""
                {'StartAt':'T','States':{'T':{'Type':'Task','Resource':'%s','TimeoutSeconds':1,'End':true,
                 'Catch':[{'ErrorEquals':['%s'],'Next':'S'}]},'S':{'Type':'Succeed'}}}""".formatted(Lab.INVOKE, name), 1L);
        assertThat(result.status()).isEqualTo(status);
        if (status.equals("SUCCEEDED")) {
            assertThat(result).isEqualTo(gave(Map.of("Error", "States.Timeout", "Cause", "")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"States.Timeout", "States.HeartbeatTimeout", "States.ALL"})
    void aMissedHeartbeatIsCaughtByEitherName(String name) {
        lab.answers(Lab.WITH_TOKEN, 1L);
        ExecutionResult result = lab.run("""
                {'StartAt':'T','States':{'T':{'Type':'Task','Resource':'%s','HeartbeatSeconds':5,'TimeoutSeconds':100,'End':true,
                 'Catch':[{'ErrorEquals':['%s'],'Next':'S'}]},'S':{'Type':'Succeed'}}}""".formatted(Lab.WITH_TOKEN, name), 1L);
        assertThat(result).isEqualTo(gave(Map.of("Error", "States.Timeout", "Cause", "")));
        assertThat(lab.elapsed()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void whatASyncHandlerTellsOfIsRecordedAsSubmitted() {
        String sync = "arn:aws:states:::glue:startJobRun.sync";
        lab.tasks.put(sync, request -> {
            request.submitted().accept(Map.of("JobRunId", "jr"));
            return CompletableFuture.completedFuture(Map.of("State", "SUCCEEDED"));
        });
        assertThat(lab.run(task(sync, ""), 1L)).isEqualTo(gave(Map.of("State", "SUCCEEDED")));
        assertThat(lab.linesFrom(4))
                .startsWith(
                        "4<3 TaskStarted {'resourceType':'glue','resource':'startJobRun.sync'}",
                        "5<4 TaskSubmitted {'resourceType':'glue','resource':'startJobRun.sync','output':'{'JobRunId':'jr'}'}",
                        "6<5 TaskSucceeded {'resourceType':'glue','resource':'startJobRun.sync','output':'{'State':'SUCCEEDED'}'}");
    }

    private static final String CALLBACK =
            task(Lab.WITH_TOKEN, "'Parameters':{'Token.$':'$$.Task.Token'},'TimeoutSeconds':100,'HeartbeatSeconds':10");

    private String token() {
        return (String) Json.object(lab.calls.get(0).arguments()).get("Token");
    }

    @Test
    void aTaskWithATokenWaitsForTheTokensAnswer() {
        lab.answers(Lab.WITH_TOKEN, Map.of("MessageId", "m"));
        Execution execution = lab.start(CALLBACK, 1L);
        assertThat(execution.result()).isNotDone();
        assertThat(lab.calls.get(0).token()).isEqualTo(token());
        assertThat(lab.details("TaskScheduled"))
                .containsEntry("timeoutInSeconds", 100L)
                .containsEntry("heartbeatInSeconds", 10L);
        assertThat(lab.engine.tokens().succeed(token(), "answer")).isTrue();
        assertThat(execution.result()).isCompletedWithValue(gave("answer"));
        assertThat(lab.linesFrom(5))
                .startsWith(
                        "5<4 TaskSubmitted {'resourceType':'sqs','resource':'sendMessage.waitForTaskToken','output':'{'MessageId':'m'}'}",
                        "6<5 TaskSucceeded {'resourceType':'sqs','resource':'sendMessage.waitForTaskToken','output':''answer''}");
        assertThat(lab.details("TaskSubmitted")).containsEntry("outputDetails", Map.of("truncated", false));
        assertThat(lab.timer.step()).as("no timer is left").isFalse();
    }

    @Test
    void aTokenAnswersOnce() {
        lab.answers(Lab.WITH_TOKEN, 1L);
        lab.start(CALLBACK, 1L);
        TaskTokens tokens = lab.engine.tokens();
        assertThat(tokens.heartbeat("unknown")).isFalse();
        assertThat(tokens.succeed("unknown", 1L)).isFalse();
        assertThat(tokens.fail("unknown", "E", "C")).isFalse();
        assertThat(tokens.heartbeat(token())).isTrue();
        assertThat(tokens.fail(token(), "E", "C")).isTrue();
        assertThat(tokens.fail(token(), "E", "C")).isFalse();
        assertThat(tokens.succeed(token(), 1L)).isFalse();
        assertThat(tokens.heartbeat(token())).isFalse();
        assertThat(lab.calls.get(0).cancelled())
                .as("who answered is not cancelled")
                .isNotDone();
        assertThat(lab.timer.step()).as("no timer is left").isFalse();
        assertThat(lab.linesFrom(6))
                .containsExactly(
                        "6<5 TaskFailed {'resourceType':'sqs','resource':'sendMessage.waitForTaskToken','error':'E','cause':'C'}",
                        "7<6 ExecutionFailed {'error':'E','cause':'C'}");
    }

    @Test
    void anAnswerThatComesBeforeTheServicesOwnWaitsForIt() {
        CompletableFuture<Object> sent = new CompletableFuture<>();
        lab.tasks.put(Lab.WITH_TOKEN, request -> {
            request.tokens().succeed(request.token(), "early");
            return sent;
        });
        Execution execution = lab.start(CALLBACK, 1L);
        assertThat(execution.result()).isNotDone();
        assertThat(lab.types()).endsWith("TaskStarted");
        sent.complete("sent");
        assertThat(execution.result()).isCompletedWithValue(gave("early"));
        assertThat(lab.types()).containsSubsequence("TaskSubmitted", "TaskSucceeded");
    }

    @Test
    void anEarlyFailureWaitsToo() {
        CompletableFuture<Object> sent = new CompletableFuture<>();
        lab.tasks.put(Lab.WITH_TOKEN, request -> {
            request.tokens().fail(request.token(), "Early", null);
            return sent;
        });
        Execution execution = lab.start(CALLBACK, 1L);
        assertThat(execution.result()).isNotDone();
        sent.complete("sent");
        assertThat(execution.result()).isCompletedWithValue(failed("Early", null));
    }

    @Test
    void aMessageThatCannotBeSentFailsTheTaskAndForgetsTheToken() {
        lab.answers(Lab.WITH_TOKEN, new TaskException("Sqs.Gone", "no queue"));
        assertThat(lab.run(CALLBACK, 1L)).isEqualTo(failed("Sqs.Gone", "no queue"));
        assertThat(lab.engine.tokens().succeed(token(), 1L)).isFalse();
        assertThat(lab.timer.step()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0, 10", "1, 19", "3, 37"})
    void eachHeartbeatGivesTheWorkerNewTime(int beats, long end) {
        lab.answers(Lab.WITH_TOKEN, 1L);
        Execution execution = lab.start(CALLBACK, 1L);
        for (int i = 1; i <= beats; i++) {
            lab.timer.schedule(
                    Duration.ofSeconds(9L * i),
                    Timer.Purpose.WAIT,
                    () -> lab.engine.tokens().heartbeat(token()));
        }
        assertThat(lab.finish(execution)).isEqualTo(failed("States.Timeout", null));
        assertThat(lab.elapsed()).isEqualTo(Duration.ofSeconds(end));
        assertThat(lab.details("TaskTimedOut")).containsEntry("error", "States.Timeout");
    }

    @Test
    void theHeartbeatsClockStartsWhenTheWorkIsHandedOver() {
        CompletableFuture<Object> sent = new CompletableFuture<>();
        List<Boolean> early = new ArrayList<>();
        lab.tasks.put(Lab.WITH_TOKEN, request -> {
            early.add(request.tokens().heartbeat(request.token()));
            return sent;
        });
        Execution execution = lab.start(CALLBACK, 1L);
        lab.timer.schedule(Duration.ofSeconds(50), Timer.Purpose.WAIT, () -> sent.complete(1L));
        assertThat(lab.finish(execution)).isEqualTo(failed("States.Timeout", null));
        assertThat(early).containsExactly(true);
        assertThat(lab.elapsed()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void anIntegrationWithoutATokenHasNoHeartbeats() {
        lab.answers(Lab.INVOKE, Lab.HANGS);
        assertThat(lab.run(task(Lab.INVOKE, "'HeartbeatSeconds':5,'TimeoutSeconds':8"), 1L))
                .isEqualTo(failed("States.Timeout", null));
        assertThat(lab.elapsed()).isEqualTo(Duration.ofSeconds(8));
    }

    @Test
    void anActivityWaitsForAWorkerWhoseNameIsRecorded() {
        Execution execution = lab.start(task(Lab.ACTIVITY, "'Parameters':{'job':1}"), 1L);
        assertThat(lab.engine.activities().poll("arn:other", "w")).isEmpty();
        Activities.Task work = lab.engine.activities().poll(Lab.ACTIVITY, "w-1").orElseThrow();
        assertThat(work.input()).isEqualTo(Map.of("job", 1L));
        assertThat(lab.engine.activities().poll(Lab.ACTIVITY, "w-2")).isEmpty();
        assertThat(lab.engine.tokens().succeed(work.token(), "painted")).isTrue();
        assertThat(execution.result()).isCompletedWithValue(gave("painted"));
        assertThat(lab.linesFrom(3))
                .containsExactly(
                        "3<2 ActivityScheduled {'resource':'" + Lab.ACTIVITY + "','input':'{'job':1}'}",
                        "4<3 ActivityStarted {'workerName':'w-1'}",
                        "5<4 ActivitySucceeded {'output':''painted''}",
                        "6<5 TaskStateExited {'name':'T','output':''painted''}",
                        "7<6 ExecutionSucceeded {'output':''painted''}");
    }

    @Test
    void anActivitysWorkIsGivenOutInOrder() {
        lab.start(task(Lab.ACTIVITY, ""), 1L);
        lab.start(task(Lab.ACTIVITY, ""), 2L);
        Activities activities = lab.engine.activities();
        assertThat(activities.poll(Lab.ACTIVITY, "w").orElseThrow().input()).isEqualTo(1L);
        assertThat(activities.poll(Lab.ACTIVITY, "w").orElseThrow().input()).isEqualTo(2L);
    }

    @Test
    void anActivityThatNobodyTakesTimesOutAndIsTakenBack() {
        assertThat(lab.run(task(Lab.ACTIVITY, "'TimeoutSeconds':7,'HeartbeatSeconds':2"), 1L))
                .isEqualTo(failed("States.Timeout", null));
        assertThat(lab.elapsed()).isEqualTo(Duration.ofSeconds(7));
        assertThat(lab.types()).endsWith("ActivityScheduled", "ActivityTimedOut", "ExecutionFailed");
        assertThat(lab.engine.activities().poll(Lab.ACTIVITY, "w")).isEmpty();
    }

    @Test
    void aWorkerThatFallsSilentMissesItsHeartbeat() {
        Execution execution = lab.start(task(Lab.ACTIVITY, "'HeartbeatSeconds':2"), 1L);
        lab.timer.schedule(
                Duration.ofSeconds(100),
                Timer.Purpose.WAIT,
                () -> lab.engine.activities().poll(Lab.ACTIVITY, "w"));
        assertThat(lab.finish(execution)).isEqualTo(failed("States.Timeout", null));
        assertThat(lab.elapsed()).isEqualTo(Duration.ofSeconds(102));
        assertThat(lab.types()).endsWith("ActivityStarted", "ActivityTimedOut", "ExecutionFailed");
    }

    @Test
    void anActivityMayHaveAHandlerInstead() {
        lab.answers(Lab.ACTIVITY, 1L);
        Execution execution = lab.start(task(Lab.ACTIVITY, ""), 1L);
        assertThat(execution.result()).isCompletedWithValue(gave(1L));
        assertThat(lab.linesFrom(4)).startsWith("4<3 ActivityStarted {'workerName':''}");
    }

    private static String utf8(int bytes) {
        // Two bytes each, and one or two for what is left; with the quotes of JSON around.
        return "ä".repeat((bytes - 2) / 2) + "x".repeat((bytes - 2) % 2);
    }

    @ParameterizedTest
    @CsvSource({"262143, true", "262144, true", "262145, false"})
    void aResultMayHave256KibOfUtf8(int bytes, boolean fits) {
        String text = utf8(bytes);
        lab.answers(Lab.FUNCTION, text);
        ExecutionResult result = lab.run(task(Lab.FUNCTION, ""), 1L);
        String cause = "The state/task '" + Lab.FUNCTION
                + "' returned a result with a size exceeding the maximum number of bytes service limit.";
        assertThat(result).isEqualTo(fits ? gave(text) : failed("States.DataLimitExceeded", cause));
        assertThat(lab.types())
                .contains(fits ? "LambdaFunctionSucceeded" : "LambdaFunctionFailed")
                .doesNotContain(fits ? "LambdaFunctionFailed" : "LambdaFunctionSucceeded");
    }

    @ParameterizedTest
    @CsvSource({"262144, true", "262145, false"})
    void argumentsMayHave256KibOfUtf8(int bytes, boolean fit) {
        lab.answers(Lab.FUNCTION, 1L);
        String machine = task(Lab.FUNCTION, "'Parameters':{'k.$':'$'},'Catch':[{'ErrorEquals':['Never'],'Next':'T'}]");
        assertThat(lab.run(machine, utf8(bytes - 6)))
                .isEqualTo(
                        fit
                                ? gave(1L)
                                : failed(
                                        "States.DataLimitExceeded",
                                        "The arguments of the state 'T' are larger than the maximum number of bytes service limit."));
        assertThat(lab.calls).hasSize(fit ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({"262144, true", "262145, false"})
    void anOutputMayHave256KibOfUtf8(int bytes, boolean fits) {
        String text = utf8(bytes - 6);
        lab.answers(Lab.FUNCTION, text);
        ExecutionResult result = lab.run(task(Lab.FUNCTION, "'ResultSelector':{'k.$':'$'}"), 1L);
        assertThat(result)
                .isEqualTo(
                        fits
                                ? gave(Map.of("k", text))
                                : failed(
                                        "States.DataLimitExceeded",
                                        "The state/task 'T' returned a result with a size exceeding the maximum number of bytes service limit."));
    }
}
