package io.thermolake.asl.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.asl.Execution;
import io.thermolake.asl.ExecutionListener;
import io.thermolake.asl.ExecutionResult;
import io.thermolake.asl.HistoryEvent;
import io.thermolake.asl.Resources;
import io.thermolake.asl.TaskException;
import io.thermolake.asl.VirtualTimer;
import io.thermolake.asl.engine.Engine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How an execution ends that does not come to its own end: stopped, out of time, out of history, or by a defect. */
class StopTest {
    private final Lab lab = new Lab();

    private static final String TASK = "{'Type':'Task','Resource':'" + Lab.WITH_TOKEN
            + "','TimeoutSeconds':1000,'HeartbeatSeconds':500,'End':true}";
    private static final String WAIT = "{'Type':'Wait','Seconds':1000,'End':true}";
    private static final String ACTIVITY =
            "{'Type':'Task','Resource':'" + Lab.ACTIVITY + "','TimeoutSeconds':1000,'End':true}";

    private static int states;

    /** Names are unique in the whole machine. */
    private static String inner(String state) {
        String name = "I" + states++;
        return "{'StartAt':'" + name + "','States':{'" + name + "':" + state + "}}";
    }

    private static String parallel(String... states) {
        List<String> branches = new ArrayList<>();
        for (String state : states) {
            branches.add(inner(state));
        }
        return "{'Type':'Parallel','Branches':[" + String.join(",", branches) + "],'End':true}";
    }

    private static String map(String mode, String state) {
        return "{'Type':'Map','ItemsPath':'$','ItemProcessor':"
                + inner(state).replaceFirst("\\{", "{'ProcessorConfig':{" + mode + "},") + ",'End':true}";
    }

    private static String state(String kind) {
        return switch (kind) {
            case "task" -> TASK;
            case "wait" -> WAIT;
            case "activity" -> ACTIVITY;
            case "retry" ->
                "{'Type':'Task','Resource':'" + Lab.FUNCTION
                        + "','Retry':[{'ErrorEquals':['E'],'IntervalSeconds':1000}],'End':true}";
            case "parallel" -> parallel(TASK, WAIT, ACTIVITY);
            case "map" -> map("'Mode':'INLINE'", TASK);
            case "distributed" -> map("'Mode':'DISTRIBUTED','ExecutionType':'STANDARD'", TASK);
            default -> parallel(map("'Mode':'INLINE'", parallel(TASK, WAIT)), WAIT);
        };
    }

    private static String machine(String more, String kind) {
        return "{" + more + "'StartAt':'X','States':{'X':" + state(kind) + "}}";
    }

    private Execution started(String more, String kind) {
        lab.answers(Lab.WITH_TOKEN, 1L).answers(Lab.FUNCTION, new TaskException("E", null));
        Execution execution = lab.start(machine(more, kind), List.of(1L, 2L));
        assertThat(execution.result()).isNotDone();
        return execution;
    }

    private void assertNothingIsLeft() {
        assertThat(lab.timer.step()).as("a timer is left").isFalse();
        assertThat(lab.engine.activities().poll(Lab.ACTIVITY, "w")).isEmpty();
        lab.calls.stream().filter(call -> call.token() != null).forEach(call -> {
            assertThat(lab.engine.tokens().succeed(call.token(), 1L)).isFalse();
            assertThat(call.cancelled()).isCompleted();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"task", "wait", "activity", "retry", "parallel", "map", "distributed", "nested"})
    void aStopEndsEveryKindOfStateAndLeavesNothing(String kind) {
        Execution execution = started("'TimeoutSeconds':5000,", kind);
        long events = lab.history.size();
        execution.stop("By", "hand");
        assertThat(execution.result()).isCompletedWithValue(new ExecutionResult.Aborted("By", "hand"));
        assertThat(lab.linesFrom(events + 1))
                .containsExactly((events + 1) + "<0 ExecutionAborted {'error':'By','cause':'hand'}");
        assertThat(lab.history.get((int) events).detailsKey()).isEqualTo("executionAbortedEventDetails");
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"task", "wait", "activity", "retry", "parallel", "map", "distributed", "nested"})
    void theMachinesTimeoutEndsEveryKindOfStateAndLeavesNothing(String kind) {
        Execution execution = started("'TimeoutSeconds':10,", kind);
        long events = lab.history.size();
        assertThat(lab.finish(execution)).isEqualTo(new ExecutionResult.TimedOut());
        assertThat(lab.elapsed()).isEqualTo(Duration.ofSeconds(10));
        assertThat(lab.linesFrom(events + 1))
                .containsExactly((events + 1) + "<0 ExecutionTimedOut {'error':'States.Timeout'}");
        assertThat(lab.history.get((int) events).detailsKey()).isEqualTo("executionTimedOutEventDetails");
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @CsvSource({", , ''", "E, , 'error=E'", ", C, 'cause=C'"})
    void aStopNeedNotSayWhy(String error, String cause, String details) {
        Execution execution = started("", "wait");
        execution.stop(error, cause);
        assertThat(execution.result()).isCompletedWithValue(new ExecutionResult.Aborted(error, cause));
        assertThat(lab.details("ExecutionAborted")).hasToString("{" + (details == null ? "" : details) + "}");
    }

    @Test
    void whatIsOverCannotBeStopped() {
        Execution execution = lab.start("{'StartAt':'S','States':{'S':{'Type':'Succeed'}}}", 1L);
        execution.stop("Too", "late");
        assertThat(execution.result()).isCompletedWithValue(new ExecutionResult.Succeeded(1L));
        assertThat(lab.types()).endsWith("ExecutionSucceeded");
        Execution second = started("", "wait");
        second.stop("One", null);
        second.stop("Two", null);
        assertThat(second.result()).isCompletedWithValue(new ExecutionResult.Aborted("One", null));
    }

    @Test
    void aMachineThatEndsInTimeLeavesNoTimeoutBehind() {
        lab.run("{'TimeoutSeconds':10,'StartAt':'S','States':{'S':{'Type':'Wait','Seconds':9,'End':true}}}", 1L);
        assertThat(lab.types()).endsWith("ExecutionSucceeded");
        assertThat(lab.timer.step()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"S, SUCCEEDED", "F, FAILED", "T, TIMED_OUT", "A, ABORTED"})
    void eachEndHasAwsName(String end, String status) {
        ExecutionResult result = switch (end) {
            case "S" -> new ExecutionResult.Succeeded(null);
            case "F" -> new ExecutionResult.Failed(null, null);
            case "T" -> new ExecutionResult.TimedOut();
            default -> new ExecutionResult.Aborted(null, null);
        };
        assertThat(result.status()).isEqualTo(status);
    }

    @Test
    void theHistoryEndsWithItsTwentyFiveThousandthEvent() {
        lab.wantsSnapshots = false;
        ExecutionResult result = lab.run("""
                {'StartAt':'A','States':{'A':{'Type':'Pass','Next':'B'},'B':{'Type':'Choice','Choices':[{'Variable':'$','IsNull':true,'Next':'E'}],'Default':'A'},'E':{'Type':'Succeed'}}}""", 1L);
        String cause = "The execution reached the maximum number of history events (25000).";
        assertThat(result).isEqualTo(new ExecutionResult.Failed("States.Runtime", cause));
        assertThat(lab.history).hasSize(25_000);
        assertThat(lab.linesFrom(25_000))
                .containsExactly("25000<24999 ExecutionFailed {'error':'States.Runtime','cause':'" + cause + "'}");
    }

    @Test
    void aFullHistoryLeavesNothingRunning() {
        lab.wantsSnapshots = false;
        ExecutionResult result = lab.run("""
                {'StartAt':'P','States':{'P':{'Type':'Parallel','End':true,'Branches':[
                 {'StartAt':'W','States':{'W':{'Type':'Wait','Seconds':1000,'End':true}}},
                 {'StartAt':'A','States':{'A':{'Type':'Pass','Next':'B'},'B':{'Type':'Choice','Choices':[{'Variable':'$','IsNull':true,'Next':'E'}],'Default':'A'},'E':{'Type':'Succeed'}}}]}}}""", 1L);
        assertThat(result.status()).isEqualTo("FAILED");
        assertThat(lab.history).hasSize(25_000);
        assertThat(lab.timer.step()).as("a timer is left").isFalse();
    }

    /** A listener that fails when it hears of a type, and of nothing else. */
    private static ExecutionListener failsAt(String type, Throwable with, List<String> heard) {
        return new ExecutionListener() {
            @Override
            public void event(HistoryEvent event) {
                heard.add(event.type());
                if (event.type().equals(type)) {
                    if (with instanceof Error e) {
                        throw e;
                    }
                    throw (RuntimeException) with;
                }
            }
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ExecutionStarted",
                "TaskScheduled",
                "TaskSubmitted",
                "TaskSucceeded",
                "TaskStateExited",
                "ExecutionSucceeded"
            })
    void aListenerThatFailsEndsTheExecution(String type) {
        lab.answers(Lab.WITH_TOKEN, 1L);
        List<String> heard = new ArrayList<>();
        Execution execution = lab.engine.start(
                Lab.definition(machine("'TimeoutSeconds':77,", "task")),
                lab.identity,
                1L,
                failsAt(type, new IllegalStateException("disk full"), heard));
        lab.calls.forEach(call -> lab.engine.tokens().succeed(call.token(), 1L));
        assertThat(execution.result())
                .isCompletedWithValue(new ExecutionResult.Failed(
                        "States.Runtime", "The engine failed: java.lang.IllegalStateException: disk full"));
        assertThat(heard).endsWith(type);
        assertNothingIsLeftOfTimers();
    }

    private void assertNothingIsLeftOfTimers() {
        assertThat(lab.timer.step()).as("a timer is left").isFalse();
        lab.calls.forEach(
                call -> assertThat(lab.engine.tokens().heartbeat(call.token())).isFalse());
    }

    @Test
    void anErrorOfTheJvmEndsTheExecutionToo() {
        List<String> heard = new ArrayList<>();
        Execution execution = lab.engine.start(
                Lab.definition(machine("", "wait")),
                lab.identity,
                1L,
                failsAt("WaitStateEntered", new StackOverflowError("deep"), heard));
        assertThat(execution.result())
                .isCompletedWithValue(new ExecutionResult.Failed(
                        "States.Runtime", "The engine failed: java.lang.StackOverflowError: deep"));
    }

    @Test
    void aFailureAfterTheEndChangesNothing() {
        AtomicInteger told = new AtomicInteger();
        Execution execution = lab.engine.start(
                Lab.definition("{'StartAt':'S','States':{'S':{'Type':'Succeed'}}}"),
                lab.identity,
                1L,
                ExecutionListener.NONE);
        execution.result().thenRun(() -> {
            told.incrementAndGet();
            throw new IllegalStateException("who asked");
        });
        ((ExecutionRun) execution).step(() -> {
            throw new IllegalStateException("late");
        });
        assertThat(told).hasValue(1);
        assertThat(execution.result()).isCompletedWithValue(new ExecutionResult.Succeeded(1L));
    }

    @Test
    void anEngineNeedsAllItsParts() {
        VirtualTimer timer = new VirtualTimer(Lab.START);
        Resources none = resource -> null;
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> new Engine(null, timer, new Random(), Runnable::run))
                .hasMessage("resources is null");
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> new Engine(none, null, new Random(), Runnable::run))
                .hasMessage("timer is null");
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> new Engine(none, timer, null, Runnable::run))
                .hasMessage("random is null");
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> new Engine(none, timer, new Random(), null))
                .hasMessage("executor is null");
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> new Engine(none, timer, new Random(), Runnable::run, null))
                .hasMessage("objects is null");
    }

    @Test
    void withoutObjectsADistributedMapHasNothingToRead() {
        Engine engine = new Engine(resource -> null, new VirtualTimer(Lab.START), new Random(1), Runnable::run);
        CompletableFuture<ExecutionResult> result = engine.start(
                        Lab.definition("""
                {'StartAt':'M','States':{'M':{'Type':'Map','End':true,'ItemReader':{'Resource':'arn:aws:states:::s3:getObject','ReaderConfig':{'InputType':'JSON'},'Parameters':{'Bucket':'b','Key':'k'}},
                 'ItemProcessor':{'ProcessorConfig':{'Mode':'DISTRIBUTED','ExecutionType':'EXPRESS'},'StartAt':'S','States':{'S':{'Type':'Succeed'}}}}}}"""), lab.identity, Map.of(), ExecutionListener.NONE)
                .result();
        assertThat(((ExecutionResult.Failed) result.join()).error()).isEqualTo("States.ItemReaderFailed");
    }
}
