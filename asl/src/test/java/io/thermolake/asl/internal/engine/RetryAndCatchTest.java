package io.thermolake.asl.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.asl.Execution;
import io.thermolake.asl.ExecutionResult;
import io.thermolake.asl.Json;
import io.thermolake.asl.TaskException;
import io.thermolake.asl.TaskRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What happens to an error: who retries it, when, how often; who catches it, and what is left behind. */
class RetryAndCatchTest {
    private final Lab lab = new Lab();

    private static TaskException error(String name) {
        return new TaskException(name, "because");
    }

    private static String task(String more) {
        return "{'StartAt':'T','States':{'T':{'Type':'Task','Resource':'" + Lab.FUNCTION + "'," + more
                + ",'End':true},'S':{'Type':'Succeed'}}}";
    }

    /** A retrier alone would leave S without a way to it. */
    private static String retried(String retriers) {
        return task("'Retry':[" + retriers + "],'Catch':[{'ErrorEquals':['Never'],'Next':'S'}]");
    }

    private List<Long> secondsOfCalls() {
        return lab.history.stream()
                .filter(e -> e.type().equals("LambdaFunctionScheduled"))
                .map(e -> Duration.between(Lab.START, e.timestamp()).toSeconds())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'ErrorEquals':['E']                                                | 0 1 3 7",
                "'ErrorEquals':['E'],'MaxAttempts':0                                | 0",
                "'ErrorEquals':['E'],'MaxAttempts':1                                | 0 1",
                "'ErrorEquals':['E'],'IntervalSeconds':0                            | 0 0 0 0",
                "'ErrorEquals':['E'],'IntervalSeconds':5,'BackoffRate':1            | 0 5 10 15",
                "'ErrorEquals':['E'],'IntervalSeconds':2,'BackoffRate':3            | 0 2 8 26",
                "'ErrorEquals':['E'],'IntervalSeconds':4,'BackoffRate':1.5          | 0 4 10 19",
                "'ErrorEquals':['E'],'IntervalSeconds':4,'MaxDelaySeconds':5        | 0 4 9 14",
                "'ErrorEquals':['E'],'JitterStrategy':'NONE','MaxAttempts':2        | 0 1 3",
                "'ErrorEquals':['Other']                                            | 0",
                "'ErrorEquals':['Other','E'],'MaxAttempts':1                        | 0 1",
                "'ErrorEquals':['States.TaskFailed'],'MaxAttempts':1                | 0 1",
                "'ErrorEquals':['States.ALL'],'MaxAttempts':1                       | 0 1",
                "'ErrorEquals':['States.Timeout'],'MaxAttempts':1                   | 0",
            })
    void whenAFailingTaskIsCalledAgain(String retrier, String seconds) {
        lab.answers(Lab.FUNCTION, error("E"));
        assertThat(lab.run(retried("{" + retrier + "}"), 1L)).isEqualTo(new ExecutionResult.Failed("E", "because"));
        assertThat(secondsOfCalls().stream().map(String::valueOf).toList()).isEqualTo(List.of(seconds.split(" ")));
    }

    @Test
    void aRetriedTasksHistoryHasEachAttemptInOneState() {
        lab.answers(Lab.FUNCTION, error("E"), "ok");
        lab.run(retried("{'ErrorEquals':['E']}"), 1L);
        assertThat(lab.linesFrom(3))
                .containsExactly(
                        "3<2 LambdaFunctionScheduled {'resource':'" + Lab.FUNCTION + "','input':'1'}",
                        "4<3 LambdaFunctionStarted",
                        "5<4 LambdaFunctionFailed {'error':'E','cause':'because'}",
                        "6<5 LambdaFunctionScheduled {'resource':'" + Lab.FUNCTION + "','input':'1'}",
                        "7<6 LambdaFunctionStarted",
                        "8<7 LambdaFunctionSucceeded {'output':''ok''}",
                        "9<8 TaskStateExited {'name':'T','output':''ok''}",
                        "10<9 ExecutionSucceeded {'output':''ok''}");
        assertThat(lab.reached).containsExactly("/States/T", "/States/T/Retry[0]");
    }

    @Test
    void fullJitterWaitsSomethingBetweenNothingAndTheDelay() {
        lab.answers(Lab.FUNCTION, error("E"));
        lab.run(
                retried(
                        "{'ErrorEquals':['E'],'JitterStrategy':'FULL','IntervalSeconds':1000,'BackoffRate':1,'MaxAttempts':40}"),
                1L);
        List<Long> times = secondsOfCalls();
        List<Long> delays = new java.util.ArrayList<>();
        for (int i = 1; i < times.size(); i++) {
            delays.add(times.get(i) - times.get(i - 1));
        }
        assertThat(delays).hasSize(40).allSatisfy(d -> assertThat(d).isBetween(0L, 1000L));
        assertThat(delays).anyMatch(d -> d < 300).anyMatch(d -> d > 700);
        assertThat(delays.stream().distinct().count()).isGreaterThan(30);
    }

    @Test
    void eachRetrierCountsItsOwnAttempts() {
        lab.answers(Lab.FUNCTION, error("A"), error("B"), error("A"), error("B"), error("A"));
        ExecutionResult result = lab.run(retried("""
                {'ErrorEquals':['A'],'IntervalSeconds':10,'BackoffRate':2,'MaxAttempts':2},
                {'ErrorEquals':['B'],'IntervalSeconds':1,'BackoffRate':1,'MaxAttempts':5}"""), 1L);
        assertThat(result).isEqualTo(new ExecutionResult.Failed("A", "because"));
        assertThat(secondsOfCalls()).containsExactly(0L, 10L, 11L, 31L, 32L);
        assertThat(lab.calls).extracting(TaskRequest::retryCount).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void anExhaustedRetrierDoesNotHandTheErrorToTheNext() {
        lab.answers(Lab.FUNCTION, error("A"));
        lab.run(retried("{'ErrorEquals':['A'],'MaxAttempts':1},{'ErrorEquals':['States.ALL'],'MaxAttempts':9}"), 1L);
        assertThat(lab.calls).hasSize(2);
    }

    @Test
    void enteringTheStateAgainStartsTheCountersAnew() {
        lab.answers(Lab.FUNCTION, error("E"), error("E"), "ok", error("E"), error("E"), "ok");
        ExecutionResult result = lab.run("""
                {'QueryLanguage':'JSONata','StartAt':'I','States':{'I':{'Type':'Pass','Assign':{'n':0},'Next':'T'},
                 'T':{'Type':'Task','Resource':'%s','Retry':[{'ErrorEquals':['E'],'MaxAttempts':2}],'Assign':{'n':'{%% $n + 1 %%}'},'Next':'C'},
                 'C':{'Type':'Choice','Choices':[{'Condition':'{%% $n < 2 %%}','Next':'T'}],'Default':'S'},'S':{'Type':'Succeed'}}}""".formatted(Lab.FUNCTION), 1L);
        assertThat(result.status()).isEqualTo("SUCCEEDED");
        assertThat(secondsOfCalls()).containsExactly(0L, 1L, 3L, 3L, 4L, 6L);
        assertThat(lab.calls).extracting(TaskRequest::retryCount).containsExactly(0, 1, 2, 0, 1, 2);
    }

    @Test
    void aMapKnowsItsRetryCount() {
        lab.answers(Lab.FUNCTION, error("E"), error("E"), "ok");
        ExecutionResult result = lab.run("""
                {'QueryLanguage':'JSONata','StartAt':'M','States':{
                 'M':{'Type':'Map','Items':[1],'ItemProcessor':{'StartAt':'T','States':{'T':{'Type':'Task','Resource':'%s','End':true}}},
                  'Retry':[{'ErrorEquals':['E']}],'Output':'{%% $states.context.State.RetryCount %%}','End':true}}}""".formatted(Lab.FUNCTION), 1L);
        assertThat(result).isEqualTo(new ExecutionResult.Succeeded(2L));
    }

    @Test
    void aGroupsCatcherThatCannotBeEvaluatedFailsTheGroupOnceMore() {
        lab.answers(Lab.FUNCTION, error("E"));
        lab.run("""
                {'QueryLanguage':'JSONata','StartAt':'P','States':{
                 'P':{'Type':'Parallel','Branches':[{'StartAt':'T','States':{'T':{'Type':'Task','Resource':'%s','End':true}}}],
                  'Catch':[{'ErrorEquals':['E'],'Output':'{%% $nothing %%}','Next':'S'}],'End':true},'S':{'Type':'Succeed'}}}""".formatted(Lab.FUNCTION), 1L);
        assertThat(lab.types())
                .endsWith("ParallelStateFailed", "EvaluationFailed", "ParallelStateFailed", "ExecutionFailed");
    }

    @Test
    void onlyTaskParallelAndMapKnowTheirRetryCount() {
        lab.answers(Lab.FUNCTION, error("E"), "ok");
        ExecutionResult result = lab.run("""
                {'QueryLanguage':'JSONata','StartAt':'P','States':{
                 'P':{'Type':'Parallel','Branches':[{'StartAt':'T','States':{'T':{'Type':'Task','Resource':'%s','End':true}}}],
                  'Retry':[{'ErrorEquals':['E']}],'Output':'{%% $states.context.State.RetryCount %%}','Next':'Q'},
                 'Q':{'Type':'Pass','Output':{'parallel':'{%% $states.input %%}','pass':'{%% $exists($states.context.State.RetryCount) %%}'},'End':true}}}""".formatted(Lab.FUNCTION), 1L);
        assertThat(result).isEqualTo(new ExecutionResult.Succeeded(Map.of("parallel", 1L, "pass", false)));
    }

    @ParameterizedTest
    @CsvSource({
        "E, E, true",
        "E, States.ALL, true",
        "E, States.TaskFailed, true",
        "E, e, false",
        "States.Timeout, States.TaskFailed, false",
        "States.Timeout, States.ALL, true",
        "States.Permissions, States.TaskFailed, true",
        "States.Runtime, States.ALL, false",
        "States.Runtime, States.Runtime, false",
        "States.Runtime, States.TaskFailed, false",
        "States.DataLimitExceeded, States.ALL, true",
        ", States.ALL, true",
        ", States.TaskFailed, true",
        ", E, false",
    })
    void retrierAndCatcherMatchTheSameNames(String error, String name, boolean matches) {
        lab.answers(Lab.FUNCTION, new TaskException(error, "x"));
        lab.run(
                task("'Retry':[{'ErrorEquals':['%s'],'MaxAttempts':1}],'Catch':[{'ErrorEquals':['%s'],'Next':'S'}]"
                        .formatted(name, name)),
                1L);
        assertThat(lab.calls).hasSize(matches ? 2 : 1);
        assertThat(lab.types()).endsWith(matches ? "ExecutionSucceeded" : "ExecutionFailed");
        assertThat(lab.reached.contains("/States/T/Catch[0]")).isEqualTo(matches);
    }

    @Test
    void theFirstCatcherThatMatchesHasIt() {
        lab.answers(Lab.FUNCTION, error("B"));
        ExecutionResult result = lab.run("""
                {'StartAt':'T','States':{'T':{'Type':'Task','Resource':'%s','End':true,'Catch':[
                  {'ErrorEquals':['A'],'Next':'One'},{'ErrorEquals':['C','B'],'Next':'Two'},{'ErrorEquals':['States.ALL'],'Next':'One'}]},
                 'One':{'Type':'Pass','Result':1,'End':true},'Two':{'Type':'Pass','Result':2,'End':true}}}""".formatted(Lab.FUNCTION), 1L);
        assertThat(result).isEqualTo(new ExecutionResult.Succeeded(2L));
        assertThat(lab.reached).containsExactly("/States/T", "/States/T/Catch[1]", "/States/Two");
    }

    @Test
    void aCaughtErrorLeavesTheStateAndIsItsOutput() {
        lab.answers(Lab.FUNCTION, error("E"));
        lab.run(task("'Catch':[{'ErrorEquals':['E'],'Next':'S'}]"), 1L);
        assertThat(lab.linesFrom(5))
                .containsExactly(
                        "5<4 LambdaFunctionFailed {'error':'E','cause':'because'}",
                        "6<5 TaskStateExited {'name':'T','output':'{'Error':'E','Cause':'because'}'}",
                        "7<6 SucceedStateEntered {'name':'S','input':'{'Error':'E','Cause':'because'}'}",
                        "8<7 SucceedStateExited {'name':'S','output':'{'Error':'E','Cause':'because'}'}",
                        "9<8 ExecutionSucceeded {'output':'{'Error':'E','Cause':'because'}'}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "E | C | {'Error':'E','Cause':'C'}",
                "E |   | {'Error':'E','Cause':''}",
                "  | C | {'Error':null,'Cause':'C'}",
                "  |   | {'Error':null,'Cause':null}",
            })
    void whatACatcherSeesOfAnIncompleteError(String error, String cause, String output) {
        lab.answers(Lab.FUNCTION, new TaskException(error, cause));
        ExecutionResult result = lab.run(task("'Catch':[{'ErrorEquals':['States.ALL'],'Next':'S'}]"), 1L);
        assertThat(result).isEqualTo(new ExecutionResult.Succeeded(Json.parse(output.replace('\'', '"'))));
    }

    @Test
    void inJsonPathACatcherPutsTheErrorIntoTheInputAndAssigns() {
        lab.answers(Lab.FUNCTION, error("E"));
        ExecutionResult result = lab.run("""
                {'StartAt':'T','States':{'T':{'Type':'Task','Resource':'%s','End':true,'Catch':[
                  {'ErrorEquals':['E'],'Next':'S','ResultPath':'$.problem','Assign':{'why.$':'$.Cause'}}]},
                 'S':{'Type':'Pass','Parameters':{'in.$':'$','why.$':'$why'},'End':true}}}""".formatted(Lab.FUNCTION), Map.of("a", 1L));
        assertThat(result)
                .isEqualTo(new ExecutionResult.Succeeded(Map.of(
                        "in", Map.of("a", 1L, "problem", Map.of("Error", "E", "Cause", "because")), "why", "because")));
        assertThat(lab.details("TaskStateExited")).containsEntry("assignedVariables", Map.of("why", "\"because\""));
    }

    @Test
    void inJsonataACatcherHasItsOwnOutputAndAssign() {
        lab.answers(Lab.FUNCTION, error("E"));
        ExecutionResult result = lab.run("""
                {'QueryLanguage':'JSONata','StartAt':'T','States':{'T':{'Type':'Task','Resource':'%s','Output':'never','Assign':{'why':'never'},'End':true,'Catch':[
                  {'ErrorEquals':['E'],'Next':'S','Output':'{%% $states.errorOutput.Error & $states.input %%}','Assign':{'why':'{%% $states.errorOutput.Cause %%}'}}]},
                 'S':{'Type':'Succeed','Output':'{%% [$states.input, $why] %%}'}}}""".formatted(Lab.FUNCTION), 1L);
        assertThat(result).isEqualTo(new ExecutionResult.Succeeded(List.of("E1", "because")));
    }

    @Test
    void aCatcherThatCannotBeEvaluatedFailsTheExecution() {
        lab.answers(Lab.FUNCTION, error("E"));
        ExecutionResult result = lab.run("""
                {'QueryLanguage':'JSONata','StartAt':'T','States':{'T':{'Type':'Task','Resource':'%s','End':true,'Catch':[
                  {'ErrorEquals':['E'],'Next':'S','Output':'{%% $nothing %%}'},{'ErrorEquals':['States.ALL'],'Next':'S'}]},
                 'S':{'Type':'Succeed'}}}""".formatted(Lab.FUNCTION), 1L);
        assertThat(((ExecutionResult.Failed) result).error()).isEqualTo("States.QueryEvaluationError");
        assertThat(lab.linesFrom(5).get(0)).startsWith("5<4 LambdaFunctionFailed");
        assertThat(lab.linesFrom(6).get(0)).startsWith("6<5 EvaluationFailed");
        assertThat(lab.linesFrom(7).get(0)).startsWith("7<6 ExecutionFailed");
    }

    @Test
    void aCatchersResultPathWithoutAPlaceFailsTheExecution() {
        lab.answers(Lab.FUNCTION, error("E"));
        ExecutionResult result =
                lab.run(task("'Catch':[{'ErrorEquals':['E'],'Next':'S','ResultPath':'$.a.b'}]"), Map.of("a", 1L));
        assertThat(((ExecutionResult.Failed) result).error()).isEqualTo("States.ResultPathMatchFailure");
        assertThat(lab.types()).endsWith("LambdaFunctionFailed", "ExecutionFailed");
    }

    @Test
    void anOutputThatCannotBeMadeIsRetriedAndCaughtLikeAnyError() {
        lab.answers(Lab.FUNCTION, Map.of("x", 1L));
        ExecutionResult result = lab.run(task("""
                'ResultSelector':{'y.$':'States.MathAdd($.x, 1)','z.$':'States.ArrayGetItem($.x, 0)'},
                'Retry':[{'ErrorEquals':['States.IntrinsicFailure'],'MaxAttempts':1}],
                'Catch':[{'ErrorEquals':['States.IntrinsicFailure'],'Next':'S','ResultPath':null}]"""), 7L);
        assertThat(result).isEqualTo(new ExecutionResult.Succeeded(7L));
        assertThat(lab.calls).hasSize(2);
    }

    @Test
    void anArgumentThatCannotBeEvaluatedIsCaughtBeforeTheTaskIsScheduled() {
        lab.answers(Lab.FUNCTION, 1L);
        ExecutionResult result = lab.run("""
                {'QueryLanguage':'JSONata','StartAt':'T','States':{'T':{'Type':'Task','Resource':'%s','Arguments':'{%% $nothing %%}','End':true,
                 'Catch':[{'ErrorEquals':['States.QueryEvaluationError'],'Next':'S','Output':'caught'}]},'S':{'Type':'Succeed'}}}""".formatted(Lab.FUNCTION), 1L);
        assertThat(result).isEqualTo(new ExecutionResult.Succeeded("caught"));
        assertThat(lab.types())
                .startsWith("ExecutionStarted", "TaskStateEntered", "EvaluationFailed", "TaskStateExited");
        assertThat(lab.linesFrom(3).get(0)).startsWith("3<0 EvaluationFailed");
        assertThat(lab.linesFrom(4).get(0)).startsWith("4<3 TaskStateExited");
    }

    @Test
    void aRetryThatIsWaitingEndsWithTheExecution() {
        lab.answers(Lab.FUNCTION, error("E"));
        Execution execution = lab.start(retried("{'ErrorEquals':['E'],'IntervalSeconds':100}"), 1L);
        execution.stop(null, null);
        assertThat(lab.timer.step()).as("the retry is still planned").isFalse();
        assertThat(lab.calls).hasSize(1);
        assertThat(execution.result()).isCompletedWithValue(new ExecutionResult.Aborted(null, null));
    }
}
