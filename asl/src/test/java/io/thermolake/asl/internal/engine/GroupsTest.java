package io.thermolake.asl.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.asl.ExecutionResult;
import io.thermolake.asl.HistoryEvent;
import io.thermolake.asl.TaskException;
import io.thermolake.asl.TaskRequest;
import io.thermolake.asl.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parallel and inline Map: order, bounds, failures, scopes, and the events that hang beside the chain. */
class GroupsTest {
    private final Lab lab = new Lab();

    private static final String TASK =
            "{'StartAt':'T','States':{'T':{'Type':'Task','Resource':'" + Lab.FUNCTION + "','End':true}}}";

    private static String map(String more) {
        return "{'StartAt':'M','States':{'M':{'Type':'Map','ItemProcessor':" + TASK + "," + more + ",'End':true}}}";
    }

    private static String branch(String name, String resource) {
        return "{'StartAt':'%s','States':{'%s':{'Type':'Task','Resource':'%s','End':true}}}"
                .formatted(name, name, resource);
    }

    private static String parallel(String more) {
        return "{'StartAt':'P','States':{'P':{'Type':'Parallel','Branches':[" + branch("A", "arn:a") + ","
                + branch("B", "arn:b") + "]," + more + "'End':true},'S':{'Type':'Succeed'}}}";
    }

    private static final String CAUGHT = "'Catch':[{'ErrorEquals':['States.ALL'],'Next':'S'}],";

    /** Answers a task after so many seconds. */
    private void after(String resource, long seconds, Object answer) {
        lab.tasks.put(resource, request -> {
            lab.calls.add(request);
            CompletableFuture<Object> future = new CompletableFuture<>();
            lab.timer.schedule(Duration.ofSeconds(seconds), Timer.Purpose.WAIT, () -> {
                if (answer instanceof Exception e) {
                    future.completeExceptionally(e);
                } else {
                    future.complete(answer);
                }
            });
            return future;
        });
    }

    @Test
    void resultsAreInTheOrderOfTheBranchesNotOfTheirEnds() {
        after("arn:a", 9, "a");
        after("arn:b", 1, "b");
        assertThat(lab.run(parallel(CAUGHT), 1L)).isEqualTo(new ExecutionResult.Succeeded(List.of("a", "b")));
        assertThat(lab.elapsed()).isEqualTo(Duration.ofSeconds(9));
        assertThat(lab.lines())
                .containsExactly(
                        "1<0 ExecutionStarted {'input':'1'}",
                        "2<0 ParallelStateEntered {'name':'P','input':'1'}",
                        "3<2 ParallelStateStarted",
                        "4<3 TaskStateEntered {'name':'A','input':'1'}",
                        "5<3 TaskStateEntered {'name':'B','input':'1'}",
                        "6<4 LambdaFunctionScheduled {'resource':'arn:a','input':'1'}",
                        "7<6 LambdaFunctionStarted",
                        "8<5 LambdaFunctionScheduled {'resource':'arn:b','input':'1'}",
                        "9<8 LambdaFunctionStarted",
                        "10<9 LambdaFunctionSucceeded {'output':''b''}",
                        "11<10 TaskStateExited {'name':'B','output':''b''}",
                        "12<7 LambdaFunctionSucceeded {'output':''a''}",
                        "13<12 TaskStateExited {'name':'A','output':''a''}",
                        "14<13 ParallelStateSucceeded",
                        "15<13 ParallelStateExited {'name':'P','output':'['a','b']'}",
                        "16<15 ExecutionSucceeded {'output':'['a','b']'}");
    }

    @Test
    void theFirstFailureAbortsTheSiblings() {
        after("arn:a", 9, "never");
        after("arn:b", 1, new TaskException("E", "why"));
        assertThat(lab.run(parallel(CAUGHT), 1L))
                .isEqualTo(new ExecutionResult.Succeeded(Map.of("Error", "E", "Cause", "why")));
        assertThat(lab.elapsed()).isEqualTo(Duration.ofSeconds(1));
        assertThat(lab.calls.get(0).cancelled()).isCompleted();
        assertThat(lab.calls.get(1).cancelled()).isNotDone();
        assertThat(lab.linesFrom(10))
                .startsWith(
                        "10<9 LambdaFunctionFailed {'error':'E','cause':'why'}",
                        "11<10 TaskStateAborted",
                        "12<7 TaskStateAborted",
                        "13<10 ParallelStateFailed",
                        "14<13 ParallelStateExited {'name':'P','output':'{'Error':'E','Cause':'why'}'}");
        int events = lab.history.size();
        assertThat(lab.timer.step()).as("the other task's answer").isTrue();
        assertThat(lab.history).hasSize(events);
    }

    @Test
    void anUncaughtFailureOfABranchFailsTheExecution() {
        lab.answers("arn:a", Lab.HANGS).answers("arn:b", new TaskException("E", "why"));
        assertThat(lab.run(parallel("'Catch':[{'ErrorEquals':['No'],'Next':'S'}],"), 1L))
                .isEqualTo(new ExecutionResult.Failed("E", "why"));
        assertThat(lab.types())
                .endsWith("TaskStateAborted", "TaskStateAborted", "ParallelStateFailed", "ExecutionFailed");
    }

    @Test
    void aRuntimeErrorInABranchEndsTheExecutionWithoutAborts() {
        lab.answers("arn:a", Lab.HANGS);
        ExecutionResult result = lab.run(parallel(CAUGHT), 1L);
        assertThat(((ExecutionResult.Failed) result).error()).isEqualTo("States.Runtime");
        assertThat(lab.types())
                .endsWith("LambdaFunctionScheduled", "ExecutionFailed")
                .doesNotContain("TaskStateAborted", "ParallelStateFailed");
        assertThat(lab.calls.get(0).cancelled()).isCompleted();
    }

    @Test
    void aRetriedParallelStartsAllBranchesAgainInTheSameState() {
        lab.answers("arn:a", "a").answers("arn:b", new TaskException("E", "why"), "b");
        assertThat(lab.run(parallel("'Retry':[{'ErrorEquals':['E'],'IntervalSeconds':5}]," + CAUGHT), 1L))
                .isEqualTo(new ExecutionResult.Succeeded(List.of("a", "b")));
        assertThat(lab.elapsed()).isEqualTo(Duration.ofSeconds(5));
        assertThat(lab.calls).extracting(TaskRequest::stateName).containsExactly("A", "B", "A", "B");
        assertThat(lab.types().stream().filter(t -> t.startsWith("Parallel")))
                .containsExactly(
                        "ParallelStateEntered",
                        "ParallelStateStarted",
                        "ParallelStateStarted",
                        "ParallelStateSucceeded",
                        "ParallelStateExited");
    }

    @Test
    void everyWaitingKindOfStateOfASiblingIsRecordedAsAborted() {
        after("arn:a", 1, new TaskException("E", "why"));
        lab.answers("arn:t", Lab.HANGS);
        ExecutionResult result = lab.run("""
                {'StartAt':'P','States':{'P':{'Type':'Parallel','Catch':[{'ErrorEquals':['E'],'Next':'S'}],'End':true,'Branches':[
                  {'StartAt':'A','States':{'A':{'Type':'Task','Resource':'arn:a','End':true}}},
                  {'StartAt':'W','States':{'W':{'Type':'Wait','Seconds':100,'End':true}}},
                  {'StartAt':'Q','States':{'Q':{'Type':'Parallel','End':true,'Branches':[{'StartAt':'T','States':{'T':{'Type':'Task','Resource':'arn:t','End':true}}}]}}},
                  {'StartAt':'M','States':{'M':{'Type':'Map','ItemsPath':'$','End':true,'ItemProcessor':{'StartAt':'V','States':{'V':{'Type':'Wait','Seconds':100,'End':true}}}}}},
                  {'StartAt':'D','States':{'D':{'Type':'Pass','End':true}}}]},
                 'S':{'Type':'Succeed'}}}""", List.of(1L));
        assertThat(result.status()).isEqualTo("SUCCEEDED");
        List<String> types = lab.types();
        assertThat(types.subList(types.indexOf("LambdaFunctionFailed"), types.size()))
                .containsExactly(
                        "LambdaFunctionFailed",
                        "TaskStateAborted",
                        "WaitStateAborted",
                        "TaskStateAborted",
                        "ParallelStateAborted",
                        "WaitStateAborted",
                        "MapIterationAborted",
                        "MapStateAborted",
                        "ParallelStateFailed",
                        "ParallelStateExited",
                        "SucceedStateEntered",
                        "SucceedStateExited",
                        "ExecutionSucceeded");
        assertThat(lab.timer.step()).as("no timer of a sibling is left").isFalse();
        assertThat(lab.calls)
                .allSatisfy(call -> assertThat(call.cancelled().isDone())
                        .isEqualTo(call.stateName().equals("T")));
    }

    @Test
    void anInlineMapsHistory() {
        lab.does(Lab.FUNCTION, in -> (Long) in * 10);
        assertThat(lab.run(map("'MaxConcurrency':1"), List.of(1L, 2L)))
                .isEqualTo(new ExecutionResult.Succeeded(List.of(10L, 20L)));
        assertThat(lab.lines())
                .containsExactly(
                        "1<0 ExecutionStarted {'input':'[1,2]'}",
                        "2<0 MapStateEntered {'name':'M','input':'[1,2]'}",
                        "3<2 MapStateStarted {'length':2}",
                        "4<3 MapIterationStarted {'name':'M','index':0}",
                        "5<4 TaskStateEntered {'name':'T','input':'1'}",
                        "6<5 LambdaFunctionScheduled {'resource':'" + Lab.FUNCTION + "','input':'1'}",
                        "7<6 LambdaFunctionStarted",
                        "8<7 LambdaFunctionSucceeded {'output':'10'}",
                        "9<8 TaskStateExited {'name':'T','output':'10'}",
                        "10<9 MapIterationSucceeded {'name':'M','index':0}",
                        "11<9 MapIterationStarted {'name':'M','index':1}",
                        "12<11 TaskStateEntered {'name':'T','input':'2'}",
                        "13<12 LambdaFunctionScheduled {'resource':'" + Lab.FUNCTION + "','input':'2'}",
                        "14<13 LambdaFunctionStarted",
                        "15<14 LambdaFunctionSucceeded {'output':'20'}",
                        "16<15 TaskStateExited {'name':'T','output':'20'}",
                        "17<16 MapIterationSucceeded {'name':'M','index':1}",
                        "18<17 MapStateSucceeded",
                        "19<17 MapStateExited {'name':'M','output':'[10,20]'}",
                        "20<19 ExecutionSucceeded {'output':'[10,20]'}");
        assertThat(lab.history.stream().map(HistoryEvent::detailsKey).toList())
                .contains(
                        "mapStateStartedEventDetails",
                        "mapIterationStartedEventDetails",
                        "mapIterationSucceededEventDetails");
    }

    @Test
    void aMapOfNothingGivesNothing() {
        assertThat(lab.run(map("'MaxConcurrency':1"), List.of())).isEqualTo(new ExecutionResult.Succeeded(List.of()));
        assertThat(lab.linesFrom(3))
                .startsWith(
                        "3<2 MapStateStarted {'length':0}",
                        "4<3 MapStateSucceeded",
                        "5<3 MapStateExited {'name':'M','output':'[]'}");
    }

    @Test
    void anItemsFailureAbortsTheOthersAndStartsNoMore() {
        lab.tasks.put(Lab.FUNCTION, request -> {
            lab.calls.add(request);
            CompletableFuture<Object> answer = new CompletableFuture<>();
            if (request.arguments().equals(2L)) {
                lab.timer.schedule(
                        Duration.ofSeconds(1),
                        Timer.Purpose.WAIT,
                        () -> answer.completeExceptionally(new TaskException("E", "why")));
            }
            return answer;
        });
        assertThat(lab.run(map("'MaxConcurrency':2"), List.of(1L, 2L, 3L)))
                .isEqualTo(new ExecutionResult.Failed("E", "why"));
        assertThat(lab.calls).hasSize(2);
        List<String> lines = lab.lines();
        int failure = lab.types().indexOf("LambdaFunctionFailed");
        assertThat(lab.typesFrom(failure + 1))
                .containsExactly(
                        "LambdaFunctionFailed",
                        "TaskStateAborted",
                        "MapIterationFailed",
                        "TaskStateAborted",
                        "MapIterationAborted",
                        "MapStateFailed",
                        "ExecutionFailed");
        assertThat(lines.get(failure + 2)).endsWith("MapIterationFailed {'name':'M','index':1}");
        assertThat(lines.get(failure + 4)).endsWith("MapIterationAborted {'name':'M','index':0}");
        long failed = lab.history.get(failure).id();
        assertThat(lab.history.get(failure + 5).previousEventId()).isEqualTo(failed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'MaxConcurrency':0 | 40",
                "'Comment':'none'   | 40",
                "'MaxConcurrency':1 | 1",
                "'MaxConcurrency':39 | 39",
                "'MaxConcurrency':40 | 40",
                "'MaxConcurrency':41 | 40",
                "'MaxConcurrencyPath':'$[6]' | 7",
            })
    void anInlineMapRunsAtMostFortyIterationsAtOnce(String bound, int most) {
        Map<Object, Boolean> active = new HashMap<>();
        List<Integer> counts = new ArrayList<>();
        lab.tasks.put(Lab.FUNCTION, request -> {
            active.put(request.arguments(), true);
            counts.add(active.size());
            CompletableFuture<Object> answer = new CompletableFuture<>();
            lab.timer.schedule(Duration.ofSeconds(1), Timer.Purpose.WAIT, () -> {
                active.remove(request.arguments());
                answer.complete(request.arguments());
            });
            return answer;
        });
        List<Long> items = LongStream.rangeClosed(1, 100).boxed().toList();
        assertThat(lab.run(map(bound), items)).isEqualTo(new ExecutionResult.Succeeded(items));
        assertThat(Collections.max(counts)).isEqualTo(most);
    }

    @Test
    void aNegativeBoundIsARuntimeError() {
        ExecutionResult result = lab.run(map("'MaxConcurrencyPath':'$[0]'"), List.of(-1L));
        assertThat(((ExecutionResult.Failed) result).error()).isEqualTo("States.Runtime");
        assertThat(((ExecutionResult.Failed) result).cause()).endsWith("MaxConcurrency cannot be negative.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'ItemsPath':'$.list' | ",
                "'ItemsPath':'$.no' | Reference path \"$.no\" must point to array.",
                "'Comment':'none' | Reference path \"$\" must point to array.",
            })
    void whatAMapTakesItsItemsFrom(String items, String error) {
        lab.does(Lab.FUNCTION, in -> in);
        ExecutionResult result = lab.run(map(items), Map.of("list", List.of(1L), "no", 2L));
        if (error == null) {
            assertThat(result).isEqualTo(new ExecutionResult.Succeeded(List.of(1L)));
        } else {
            assertThat(((ExecutionResult.Failed) result).error()).isEqualTo("States.Runtime");
            assertThat(((ExecutionResult.Failed) result).cause()).endsWith(error);
        }
    }

    @Test
    void inJsonataItemsMustBeAnArray() {
        ExecutionResult result = lab.run("""
                {'QueryLanguage':'JSONata','StartAt':'M','States':{'M':{'Type':'Map','ItemProcessor':{'StartAt':'X','States':{'X':{'Type':'Succeed'}}},'End':true}}}""", Map.of("a", 1L));
        assertThat(((ExecutionResult.Failed) result).error()).isEqualTo("States.QueryEvaluationError");
        assertThat(((ExecutionResult.Failed) result).cause())
                .endsWith("Map state input must be an array but was: {\"a\":1}");
    }

    @Test
    void anItemSelectorSeesTheItemAndTheWholeInput() {
        lab.does(Lab.FUNCTION, in -> in);
        ExecutionResult result = lab.run(map("""
                'ItemsPath':'$.list','ItemSelector':{'i.$':'$$.Map.Item.Index','v.$':'$$.Map.Item.Value','all.$':'$.x','state.$':'$$.State.Name'}"""), Map.of("list", List.of("a", "b"), "x", 5L));
        assertThat(result)
                .isEqualTo(new ExecutionResult.Succeeded(List.of(
                        Map.of("i", 0L, "v", "a", "all", 5L, "state", "M"),
                        Map.of("i", 1L, "v", "b", "all", 5L, "state", "M"))));
    }

    @Test
    void insideOfNestedMapsTheItemIsTheInnerOne() {
        ExecutionResult result = lab.run("""
                {'QueryLanguage':'JSONata','StartAt':'M','States':{'M':{'Type':'Map','Items':[[1,2],[3]],'End':true,
                 'ItemProcessor':{'StartAt':'A','States':{'A':{'Type':'Pass','Assign':{'outer':'{% $states.context.Map.Item.Index %}'},'Next':'N'},
                  'N':{'Type':'Map','End':true,'ItemProcessor':{'StartAt':'X','States':{'X':{'Type':'Succeed',
                   'Output':'{% [$outer, $states.context.Map.Item.Index, $states.context.Map.Item.Value] %}'}}}}}}}}}""", 0L);
        assertThat(result)
                .isEqualTo(new ExecutionResult.Succeeded(
                        List.of(List.of(List.of(0L, 0L, 1L), List.of(0L, 1L, 2L)), List.of(List.of(1L, 0L, 3L)))));
    }

    @Test
    void afterAMapThereIsNoItem() {
        ExecutionResult result = lab.run("""
                {'QueryLanguage':'JSONata','StartAt':'M','States':{'M':{'Type':'Map','Items':[1],'Output':'{% $exists($states.context.Map) %}','End':true,
                 'ItemProcessor':{'StartAt':'X','States':{'X':{'Type':'Succeed'}}}}}}""", 0L);
        assertThat(result).isEqualTo(new ExecutionResult.Succeeded(false));
    }

    @Test
    void siblingsDoNotSeeEachOthersVariables() {
        ExecutionResult result = lab.run("""
                {'QueryLanguage':'JSONata','StartAt':'I','States':{'I':{'Type':'Pass','Assign':{'top':'t'},'Next':'P'},
                 'P':{'Type':'Parallel','End':true,'Branches':[
                  {'StartAt':'A','States':{'A':{'Type':'Pass','Assign':{'mine':'a'},'Next':'B'},'B':{'Type':'Succeed','Output':'{% $top & $mine %}'}}},
                  {'StartAt':'C','States':{'C':{'Type':'Pass','Assign':{'yours':1},'Next':'D'},'D':{'Type':'Succeed','Output':'{% $exists($mine) %}'}}}],
                  'Output':'{% $append($states.result, $exists($mine)) %}'}}}""", 0L);
        assertThat(result).isEqualTo(new ExecutionResult.Succeeded(List.of("ta", false, false)));
    }

    @Test
    void aBranchGetsTheParametersOfItsParallel() {
        lab.does("arn:a", in -> in).does("arn:b", in -> in);
        Map<String, Object> got = Map.of("x", 5L);
        assertThat(lab.run(parallel("'Parameters':{'x.$':'$.in'}," + CAUGHT), Map.of("in", 5L)))
                .isEqualTo(new ExecutionResult.Succeeded(List.of(got, got)));
    }

    @Test
    void nullIsAResultToo() {
        lab.does(Lab.FUNCTION, in -> null);
        List<Object> nulls = new ArrayList<>();
        nulls.add(null);
        assertThat(lab.run(map("'MaxConcurrency':1"), List.of(1L))).isEqualTo(new ExecutionResult.Succeeded(nulls));
    }

    @Test
    void theInnerGroupsCatchKeepsTheOuterGroupGoing() {
        lab.answers("arn:a", new TaskException("E", "why"));
        ExecutionResult result = lab.run("""
                {'StartAt':'P','States':{'P':{'Type':'Parallel','End':true,'Branches':[{'StartAt':'Q','States':{
                  'Q':{'Type':'Parallel','End':true,'Branches':[{'StartAt':'A','States':{'A':{'Type':'Task','Resource':'arn:a','End':true}}}],
                   'Catch':[{'ErrorEquals':['E'],'Next':'R','ResultPath':'$.e'}]},'R':{'Type':'Pass','OutputPath':'$.e.Cause','End':true}}}]}}}""", new LinkedHashMap<>());
        assertThat(result).isEqualTo(new ExecutionResult.Succeeded(List.of("why")));
    }

    @Test
    void anOutputOfAGroupThatIsTooLargeFailsTheState() {
        lab.does(Lab.FUNCTION, in -> "x".repeat(200_000));
        ExecutionResult result = lab.run(map("'MaxConcurrency':1"), List.of(1L, 2L));
        assertThat(result)
                .isEqualTo(
                        new ExecutionResult.Failed(
                                "States.DataLimitExceeded",
                                "The state/task 'M' returned a result with a size exceeding the maximum number of bytes service limit."));
        assertThat(lab.types()).endsWith("MapStateSucceeded", "MapStateFailed", "ExecutionFailed");
    }
}
