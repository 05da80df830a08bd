package io.thermolake.asl.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thermolake.asl.Execution;
import io.thermolake.asl.ExecutionResult;
import io.thermolake.asl.InvalidDefinitionException;
import io.thermolake.asl.Json;
import io.thermolake.asl.TaskException;
import io.thermolake.asl.Timer;
import io.thermolake.asl.engine.Definition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineTest {
    private final Machines machines = new Machines();

    private static ExecutionResult output(Object value) {
        return new ExecutionResult.Succeeded(value);
    }

    @Test
    void aPassGivesItsInputOn() {
        assertThat(machines.run(
                        "'StartAt':'P','States':{'P':{'Type':'Pass','End':true}}".replace('\'', '"'), Map.of("a", 1L)))
                .isEqualTo(output(Map.of("a", 1L)));
        assertThat(machines.eventTypes())
                .containsExactly("ExecutionStarted", "PassStateEntered", "PassStateExited", "ExecutionSucceeded");
        assertThat(machines.history.get(1).previousEventId()).isZero();
        assertThat(machines.history.get(2).previousEventId()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{% 1 + 1 %} | 2",
                "{% $states.input.n * 1.5 %} | 4.5",
                "{% $states.context.Execution.Name %} | \"run-1\"",
                "{% $exists($states.input.none) ? 1 : null %} | null",
                "{% [$states.input.list[k = 'no']] %} | []",
                "{% [$states.input.list[k = 'a']] %} | [{\"k\":\"a\"}]",
                "{% $partition([1,2,3], 2) %} | [[1,2],[3]]",
                "{% $range(0, 4, 2) %} | [0,2,4]",
                "{% $hash('a', 'MD5') %} | \"0cc175b9c0f1b6a831c399e269772661\"",
                "{% $parse('{\"x\":[1,null]}') %} | {\"x\":[1,null]}",
                "plain | \"plain\"",
            })
    void anOutputIsAnExpressionOrItself(String expression, String expected) {
        String machine = "\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true,\"Output\":"
                + Json.text(expression) + "}}";
        Object input = Json.parse("{\"n\":3,\"list\":[{\"k\":\"a\"}]}");
        assertThat(machines.run(machine, input)).isEqualTo(output(Json.parse(expected)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{% $states.input.none %} | returned nothing (undefined)",
                "{% $eval('1') %} | T1006: Attempted to invoke a non-function",
                "{% 1 + 'a' %} | threw an error during evaluation",
                "{% function($x){$x} %} | unsupported result type",
            })
    void anExpressionThatCannotBeEvaluatedFailsTheState(String expression, String cause) {
        String machine = "\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true,\"Output\":{\"result\":"
                + Json.text(expression) + "}}}";
        ExecutionResult result = machines.run(machine, Map.of());
        assertThat(result).isInstanceOfSatisfying(ExecutionResult.Failed.class, failed -> {
            assertThat(failed.error()).isEqualTo("States.QueryEvaluationError");
            assertThat(failed.cause())
                    .startsWith("An error occurred while executing the state 'P' (entered at the event id #2). ")
                    .contains(cause);
        });
        assertThat(machines.eventTypes()).contains("EvaluationFailed");
    }

    private static final String LOOP = """
            "StartAt":"Init","States":{
             "Init":{"Type":"Pass","Assign":{"n":0},"Next":"Wait"},
             "Wait":{"Type":"Wait","Seconds":"{% 3600 * 24 %}","Next":"Count"},
             "Count":{"Type":"Pass","Assign":{"n":"{% $n + 1 %}"},"Next":"Enough"},
             "Enough":{"Type":"Choice","Choices":[{"Condition":"{% $n < 365 %}","Next":"Wait"}],"Default":"Done"},
             "Done":{"Type":"Succeed","Output":"{% $n %}"}}""";

    @Test
    void aYearOfWaitingTakesNoTime() {
        assertThat(machines.run(LOOP, Map.of())).isEqualTo(output(365L));
        assertThat(machines.elapsed()).isEqualTo(Duration.ofDays(365));
    }

    @Test
    void assignIsSeenByTheNextStateOnly() {
        String machine = """
                "StartAt":"A","States":{
                 "A":{"Type":"Pass","Assign":{"x":1},"Next":"B"},
                 "B":{"Type":"Pass","Assign":{"x":2,"old":"{% $x %}"},"Output":"{% $x %}","Next":"C"},
                 "C":{"Type":"Succeed","Output":{"before":"{% $states.input %}","old":"{% $old %}","x":"{% $x %}"}}}""";
        assertThat(machines.run(machine, Map.of())).isEqualTo(output(Map.of("before", 1L, "old", 1L, "x", 2L)));
    }

    private static final String RETRIED = """
            "StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:t","End":true,
             "Retry":[{"ErrorEquals":["Busy"],"IntervalSeconds":2,"BackoffRate":3,"MaxAttempts":3,"MaxDelaySeconds":10}],
             "Catch":[{"ErrorEquals":["States.ALL"],"Next":"C","Assign":{"why":"{% $states.errorOutput.Cause %}"}}]},
             "C":{"Type":"Succeed","Output":{"error":"{% $states.input.Error %}","why":"{% $why %}"}}}""";

    @ParameterizedTest
    @CsvSource({
        "0, Busy, 0, ok",
        "1, Busy, 2, ok",
        "2, Busy, 8, ok",
        "3, Busy, 18, ok", // 2 + 6 + 10: the third delay is capped
        "4, Busy, 18, Busy",
        "1, Broken, 0, Broken",
    })
    void aRetrierWaitsLongerAndLongerThenTheCatcherHasIt(int failures, String error, long seconds, String end) {
        AtomicInteger calls = new AtomicInteger();
        machines.task("arn:t", in -> {
            if (calls.getAndIncrement() < failures) {
                throw new TaskException(error, "call " + calls.get());
            }
            return "ok";
        });
        ExecutionResult result = machines.run(RETRIED, Map.of());
        assertThat(machines.elapsed()).isEqualTo(Duration.ofSeconds(seconds));
        assertThat(result)
                .isEqualTo(output(
                        end.equals("ok") ? "ok" : Map.of("error", error, "why", "call " + Math.min(failures, 4))));
    }

    @ParameterizedTest
    @CsvSource({
        "Any, States.ALL, true",
        "Any, States.TaskFailed, true",
        "States.Timeout, States.TaskFailed, false",
        "States.Timeout, States.ALL, true",
        "States.Runtime, States.ALL, false",
        "States.DataLimitExceeded, States.ALL, true", // AWS recorded it caught; its guide says that it is not
        "States.DataLimitExceeded, States.DataLimitExceeded, true",
        "Any, Other, false",
    })
    void whatACatcherCatches(String error, String catcher, boolean caught) {
        machines.task("arn:t", in -> {
            throw new TaskException(error, "x");
        });
        String machine = """
                "StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:t","End":true,
                 "Catch":[{"ErrorEquals":["%s"],"Next":"C"}]},"C":{"Type":"Succeed"}}""".formatted(catcher);
        assertThat(machines.run(machine, Map.of()).status()).isEqualTo(caught ? "SUCCEEDED" : "FAILED");
    }

    @Test
    void aTaskThatDoesNotAnswerTimesOutAndIsCancelled() {
        AtomicInteger cancelled = new AtomicInteger();
        machines.tasks.put("arn:t", request -> {
            request.cancelled().thenRun(cancelled::incrementAndGet);
            return new CompletableFuture<>();
        });
        ExecutionResult result = machines.run("""
                "StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:t","TimeoutSeconds":30,"End":true}}""", Map.of());
        assertThat(result).isEqualTo(new ExecutionResult.Failed("States.Timeout", null));
        assertThat(machines.elapsed()).isEqualTo(Duration.ofSeconds(30));
        assertThat(cancelled).hasValue(1);
    }

    @Test
    void aMachinesTimeoutEndsItWithoutErrorOrCause() {
        ExecutionResult result = machines.run("""
                "TimeoutSeconds":60,"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":61,"End":true}}""", Map.of());
        assertThat(result).isEqualTo(new ExecutionResult.TimedOut());
        assertThat(machines.eventTypes()).endsWith("ExecutionTimedOut");
    }

    private static final String PARALLEL = """
            "StartAt":"Init","States":{"Init":{"Type":"Pass","Assign":{"v":5},"Next":"P"},
             "P":{"Type":"Parallel","Branches":[
              {"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:a","Assign":{"inner":1},"End":true}}},
              {"StartAt":"B","States":{"B":{"Type":"Task","Resource":"arn:b","Arguments":{"v":"{% $v %}"},"End":true}}}],
              "Assign":{"both":"{% $states.result %}"},"Next":"D"},
             "D":{"Type":"Succeed","Output":{"both":"{% $both %}","inner":"{% $exists($inner) %}"}}}""";

    @Test
    void branchesSeeTheOuterVariablesAndKeepTheirOwn() {
        machines.task("arn:a", in -> "a").task("arn:b", in -> in);
        assertThat(machines.run(PARALLEL, Map.of()))
                .isEqualTo(output(Map.of("both", List.of("a", Map.of("v", 5L)), "inner", false)));
    }

    @Test
    void aRedriveRunsOnlyTheBranchThatHadFailed() {
        List<String> calls = new ArrayList<>();
        AtomicInteger broken = new AtomicInteger(1);
        machines.task("arn:a", in -> {
                    calls.add("a");
                    return "a";
                })
                .task("arn:b", in -> {
                    calls.add("b");
                    if (broken.getAndDecrement() > 0) {
                        throw new TaskException("Broken", "once");
                    }
                    return "b";
                });
        assertThat(machines.run(PARALLEL, Map.of())).isEqualTo(new ExecutionResult.Failed("Broken", "once"));
        ExecutionResult result = machines.finish(machines.redrive(PARALLEL, Map.of(), 1));
        assertThat(result).isEqualTo(output(Map.of("both", List.of("a", "b"), "inner", false)));
        assertThat(calls).containsExactly("a", "b", "b");
        assertThat(machines.eventTypes()).contains("ExecutionRedriven");
    }

    @Test
    void aTaskThatIsRedrivenSeesTheRedriveCount() {
        machines.task("arn:t", in -> {
            if (((Long) in) == 0) {
                throw new TaskException("First", "try");
            }
            return in;
        });
        String machine = """
                "StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:t","Arguments":"{% $states.context.Execution.RedriveCount %}","End":true}}""";
        assertThat(machines.run(machine, Map.of()).status()).isEqualTo("FAILED");
        assertThat(machines.finish(machines.redrive(machine, Map.of(), 1))).isEqualTo(output(1L));
    }

    @ParameterizedTest
    @CsvSource({"0, 5", "1, 1", "2, 2", "5, 5"})
    void aMapRunsAtMostSoManyIterationsAtOnceAndKeepsTheOrder(int bound, int expectedMost) {
        AtomicInteger active = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        machines.tasks.put("arn:t", request -> {
            most.accumulateAndGet(active.incrementAndGet(), Math::max);
            CompletableFuture<Object> answer = new CompletableFuture<>();
            machines.timer.schedule(Duration.ofSeconds(10 - (Long) request.arguments()), Timer.Purpose.WAIT, () -> {
                active.decrementAndGet();
                answer.complete(request.arguments());
            });
            return answer;
        });
        String machine = """
                "StartAt":"M","States":{"M":{"Type":"Map","Items":"{%% $states.input %%}","MaxConcurrency":"{%% %d %%}",
                 "ItemProcessor":{"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:t","End":true}}},"End":true}}""".formatted(bound);
        List<Long> items = List.of(1L, 2L, 3L, 4L, 5L);
        assertThat(machines.run(machine, items)).isEqualTo(output(items));
        assertThat(most).hasValue(expectedMost);
    }

    @Test
    void aMapsFailedIterationFailsItAndIsCaught() {
        machines.task("arn:t", in -> {
            if (in.equals(2L)) {
                throw new TaskException("Bad", "item " + in);
            }
            return in;
        });
        String machine = """
                "StartAt":"M","States":{"M":{"Type":"Map","Items":[1,2,3],"MaxConcurrency":1,
                 "ItemProcessor":{"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:t","End":true}}},
                 "Catch":[{"ErrorEquals":["Bad"],"Next":"C"}],"End":true},"C":{"Type":"Succeed"}}""";
        assertThat(machines.run(machine, Map.of())).isEqualTo(output(Map.of("Error", "Bad", "Cause", "item 2")));
        assertThat(machines.eventTypes()).containsSubsequence("MapIterationFailed", "MapStateFailed", "MapStateExited");
    }

    @Test
    void stoppingAbortsAndCancelsWhatIsInFlight() {
        AtomicInteger cancelled = new AtomicInteger();
        machines.tasks.put("arn:t", request -> {
            request.cancelled().thenRun(cancelled::incrementAndGet);
            return new CompletableFuture<>();
        });
        Execution execution = machines.start("""
                "StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:t","End":true}}""", Map.of());
        execution.stop("Stopped", "by hand");
        assertThat(machines.finish(execution)).isEqualTo(new ExecutionResult.Aborted("Stopped", "by hand"));
        assertThat(cancelled).hasValue(1);
    }

    @Test
    void aResultAboveThePayloadLimitFailsTheState() {
        machines.task("arn:t", in -> "x".repeat(300_000));
        ExecutionResult result = machines.run("""
                "StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:t","End":true}}""", Map.of());
        assertThat(result)
                .isEqualTo(
                        new ExecutionResult.Failed(
                                "States.DataLimitExceeded",
                                "The state/task 'arn:t' returned a result with a size exceeding the maximum number of bytes service limit."));
    }

    @Test
    void anEndlessLoopEndsAtTheHistoryLimit() {
        ExecutionResult result = machines.run("""
                "StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"},"B":{"Type":"Choice","Choices":[{"Condition":"{% false %}","Next":"E"}],"Default":"A"},"E":{"Type":"Succeed"}}""", Map.of());
        assertThat(result.status()).isEqualTo("FAILED");
        assertThat(machines.history).hasSizeLessThanOrEqualTo(History.LIMIT);
    }

    @Test
    void everythingThatIsWrongWithADefinitionIsToldAtOnce() {
        assertThatThrownBy(() -> Definition.parse("""
                        {"QueryLanguage":"JSONata","StartAt":"A","States":{
                          "A":{"Type":"Pass","Next":"Missing","Surprise":1},
                          "B":{"Type":"Wait","Seconds":"{% 1 + %}","End":true},
                          "C":{"Type":"Rest","End":true}}}"""))
                .isInstanceOf(InvalidDefinitionException.class)
                .hasMessageContaining("Surprise")
                .hasMessageContaining("/States/B/Seconds")
                .hasMessageContaining("The field 'Type' should have one of these values");
    }

    @Test
    void aMissingTargetAndAnUnreachableStateAreTold() {
        assertThatThrownBy(() -> Definition.parse("""
                        {"QueryLanguage":"JSONata","StartAt":"A","States":{
                          "A":{"Type":"Pass","Next":"Missing"},"B":{"Type":"Succeed"}}}"""))
                .hasMessageContaining("Missing 'Next' target: Missing")
                .hasMessageContaining("\"B\" is not reachable");
    }
}
