package io.thermolake.asl.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thermolake.asl.Activities;
import io.thermolake.asl.Execution;
import io.thermolake.asl.ExecutionListener;
import io.thermolake.asl.ExecutionResult;
import io.thermolake.asl.HistoryEvent;
import io.thermolake.asl.RealTimer;
import io.thermolake.asl.TaskException;
import io.thermolake.asl.Timer;
import io.thermolake.asl.VirtualTimer;
import io.thermolake.asl.engine.Definition;
import io.thermolake.asl.engine.Engine;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Many executions at once and one after the other: few threads, no thread while they wait, and nothing left of them. */
class ManyExecutionsTest {
    private final Lab lab = new Lab();

    private static final String LOOP = """
            {'QueryLanguage':'JSONata','StartAt':'I','States':{'I':{'Type':'Pass','Assign':{'n':0},'Next':'P'},
             'P':{'Type':'Parallel','Next':'C','Assign':{'n':'{%% $n + $sum($states.result) %%}'},'Branches':[
              {'StartAt':'A','States':{'A':{'Type':'Task','Resource':'%s','Arguments':1,'End':true}}},
              {'StartAt':'B','States':{'B':{'Type':'Task','Resource':'%s','Arguments':2,'End':true}}}]},
             'C':{'Type':'Choice','Choices':[{'Condition':'{%% $n < 30 %%}','Next':'P'}],'Default':'S'},'S':{'Type':'Succeed','Output':'{%% $n %%}'}}}""".formatted(Lab.FUNCTION, Lab.FUNCTION);

    @Test
    void executionsOnSeveralThreadsDoNotDisturbEachOther() throws Exception {
        ThreadPoolExecutor threads = (ThreadPoolExecutor) Executors.newFixedThreadPool(4);
        try {
            // Each answer comes from another thread.
            Engine engine = new Engine(
                    resource -> request -> CompletableFuture.supplyAsync(request::arguments, threads),
                    lab.timer,
                    new Random(1),
                    threads);
            Definition definition = Lab.definition(LOOP);
            List<Execution> executions = new ArrayList<>();
            List<List<HistoryEvent>> histories = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                List<HistoryEvent> history = new ArrayList<>();
                histories.add(history);
                executions.add(engine.start(definition, lab.identity, (long) i, new ExecutionListener() {
                    @Override
                    public void event(HistoryEvent event) {
                        history.add(event);
                    }
                }));
            }
            for (Execution execution : executions) {
                assertThat(execution.result().get(60, TimeUnit.SECONDS)).isEqualTo(new ExecutionResult.Succeeded(30L));
            }
            assertThat(histories).allSatisfy(history -> {
                for (int i = 0; i < history.size(); i++) {
                    assertThat(history.get(i).id()).isEqualTo(i + 1L);
                    assertThat(history.get(i).previousEventId()).isLessThanOrEqualTo(i);
                }
                assertThat(history.get(history.size() - 1).type()).isEqualTo("ExecutionSucceeded");
            });
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void theChildrenOfADistributedMapRunOnSeveralThreads() throws Exception {
        ThreadPoolExecutor threads = (ThreadPoolExecutor) Executors.newFixedThreadPool(4);
        try {
            Engine engine = new Engine(
                    resource -> request -> CompletableFuture.supplyAsync(request::arguments, threads),
                    lab.timer,
                    new Random(1),
                    threads);
            List<Long> items = java.util.stream.LongStream.range(0, 200).boxed().toList();
            Execution execution = engine.start(
                    Lab.definition("""
                    {'StartAt':'M','States':{'M':{'Type':'Map','End':true,'MaxConcurrency':20,'ItemProcessor':{'ProcessorConfig':{'Mode':'DISTRIBUTED','ExecutionType':'EXPRESS'},
                     'StartAt':'T','States':{'T':{'Type':'Task','Resource':'%s','End':true}}}}}}""".formatted(Lab.FUNCTION)), lab.identity, items, ExecutionListener.NONE);
            assertThat(execution.result().get(60, TimeUnit.SECONDS)).isEqualTo(new ExecutionResult.Succeeded(items));
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void noThreadWaitsForWhatWaits() throws Exception {
        ThreadPoolExecutor threads = (ThreadPoolExecutor) Executors.newFixedThreadPool(1);
        try {
            Engine engine =
                    new Engine(resource -> request -> new CompletableFuture<>(), lab.timer, new Random(1), threads);
            Definition waits =
                    Lab.definition("{'StartAt':'W','States':{'W':{'Type':'Wait','Seconds':100,'End':true}}}");
            Definition hangs = Lab.definition(
                    "{'StartAt':'T','States':{'T':{'Type':'Task','Resource':'" + Lab.WITH_TOKEN + "','End':true}}}");
            List<Execution> executions = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                executions.add(engine.start(i % 2 == 0 ? waits : hangs, lab.identity, 1L, ExecutionListener.NONE));
            }
            CountDownLatch free = new CountDownLatch(1);
            threads.execute(free::countDown);
            assertThat(free.await(60, TimeUnit.SECONDS))
                    .as("the only thread is free")
                    .isTrue();
            assertThat(executions).noneMatch(e -> e.result().isDone());
            executions.forEach(e -> e.stop(null, null));
            for (Execution execution : executions) {
                assertThat(execution.result().get(60, TimeUnit.SECONDS).status())
                        .isEqualTo("ABORTED");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static final String EVERYTHING = """
            {'TimeoutSeconds':90000,'StartAt':'P','States':{'P':{'Type':'Parallel','Next':'M','Branches':[
              {'StartAt':'T','States':{'T':{'Type':'Task','Resource':'%s','TimeoutSeconds':90000,'HeartbeatSeconds':80000,'Retry':[{'ErrorEquals':['E'],'IntervalSeconds':5}],'Next':'W'},'W':{'Type':'Wait','Seconds':3,'End':true}}},
              {'StartAt':'A','States':{'A':{'Type':'Task','Resource':'%s','TimeoutSeconds':90000,'End':true}}}],
              'Catch':[{'ErrorEquals':['States.ALL'],'Next':'M'}]},
             'M':{'Type':'Map','Next':'D','ItemsPath':'$$.Execution.Input','ItemProcessor':{'StartAt':'V','States':{'V':{'Type':'Wait','Seconds':2,'End':true}}}},
             'D':{'Type':'Map','End':true,'ItemProcessor':{'ProcessorConfig':{'Mode':'DISTRIBUTED','ExecutionType':'STANDARD'},'StartAt':'F','States':{'F':{'Type':'Task','Resource':'%s','TimeoutSeconds':90000,'End':true}}}}}}""".formatted(Lab.WITH_TOKEN, Lab.ACTIVITY, Lab.FUNCTION);

    /** Runs everything to an end: how, the row says. */
    private WeakReference<Execution> over(String how) {
        AtomicInteger calls = new AtomicInteger();
        lab.tasks.put(Lab.WITH_TOKEN, request -> {
            if (calls.getAndIncrement() == 0) {
                return CompletableFuture.failedFuture(new TaskException("E", "again"));
            }
            if (!how.equals("stopped")) {
                lab.timer.schedule(
                        Duration.ofSeconds(1),
                        Timer.Purpose.WAIT,
                        () -> request.tokens().succeed(request.token(), 1L));
            }
            return CompletableFuture.completedFuture("sent");
        });
        lab.tasks.put(
                Lab.FUNCTION,
                request -> how.equals("failed")
                        ? CompletableFuture.failedFuture(new TaskException("E", "f"))
                        : CompletableFuture.completedFuture(1L));
        lab.wantsSnapshots = false;
        Execution execution = lab.start(EVERYTHING, List.of(1L, 2L));
        Activities.Task work = lab.engine.activities().poll(Lab.ACTIVITY, "w").orElseThrow();
        if (how.equals("caught")) {
            lab.engine.tokens().fail(work.token(), "Worker", "gone");
        } else if (!how.equals("stopped")) {
            lab.engine.tokens().succeed(work.token(), 1L);
        }
        if (how.equals("stopped")) {
            lab.timer.step();
            execution.stop(null, null);
        }
        assertThat(lab.finish(execution)).isNotNull();
        lab.history.clear();
        lab.children.clear();
        return new WeakReference<>(execution);
    }

    @ParameterizedTest
    @ValueSource(strings = {"succeeded", "caught", "failed", "stopped"})
    void nothingHoldsAnExecutionThatIsOver(String how) throws Exception {
        WeakReference<Execution> execution = over(how);
        assertThat(lab.timer.step()).as("a timer is left").isFalse();
        for (int i = 0; i < 50 && execution.get() != null; i++) {
            System.gc();
            Thread.yield();
        }
        assertThat(execution.get()).as("still referenced").isNull();
        Reference.reachabilityFence(lab);
    }

    @Test
    void aCancelledRealTimerHoldsNothing() throws Exception {
        try (RealTimer timer = new RealTimer(Clock.systemUTC(), 1)) {
            WeakReference<Object> held = schedule(timer);
            for (int i = 0; i < 50 && held.get() != null; i++) {
                System.gc();
                Thread.yield();
            }
            assertThat(held.get()).as("the timer holds what was cancelled").isNull();
        }
    }

    private static WeakReference<Object> schedule(RealTimer timer) {
        byte[] payload = new byte[1000];
        timer.schedule(
                        Duration.ofDays(1),
                        Timer.Purpose.TIMEOUT,
                        () -> assertThat(payload).isNull())
                .run();
        return new WeakReference<>(payload);
    }

    @ParameterizedTest
    @CsvSource({"WAIT, 0.0, true", "RETRY, 0.0, true", "TIMEOUT, 0.0, false", "WAIT, 1.0, false", "TIMEOUT, 1.0, false"
    })
    void aRealTimerScalesWaitsAndRetriesOnly(Timer.Purpose purpose, double scale, boolean atOnce) throws Exception {
        try (RealTimer timer = new RealTimer(Clock.systemUTC(), scale)) {
            CountDownLatch rang = new CountDownLatch(1);
            timer.schedule(Duration.ofDays(1), purpose, rang::countDown);
            assertThat(rang.await(atOnce ? 30_000 : 20, TimeUnit.MILLISECONDS)).isEqualTo(atOnce);
        }
    }

    @Test
    void aRealTimerRingsOnItsOwnDaemonThread() throws Exception {
        CompletableFuture<Thread> rang = new CompletableFuture<>();
        try (RealTimer timer = new RealTimer(Clock.fixed(Lab.START, ZoneOffset.UTC), 1)) {
            assertThat(timer.now()).isEqualTo(Lab.START);
            timer.schedule(Duration.ZERO, Timer.Purpose.TIMEOUT, () -> rang.complete(Thread.currentThread()));
            Thread thread = rang.get(30, TimeUnit.SECONDS);
            assertThat(thread.getName()).isEqualTo("asl-timer");
            assertThat(thread.isDaemon()).isTrue();
            timer.close();
            thread.join(30_000);
            assertThat(thread.isAlive()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, Double.NaN})
    void aScaleIsNotNegative(double scale) {
        assertThatThrownBy(() -> new RealTimer(Clock.systemUTC(), scale))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be >= 0 but is " + scale);
    }

    @Test
    void virtualTimeJumpsFromOneDueActionToTheNextInOrder() {
        List<String> rang = new ArrayList<>();
        VirtualTimer timer = new VirtualTimer(Lab.START);
        timer.schedule(Duration.ofSeconds(2), Timer.Purpose.WAIT, () -> rang.add("late"));
        timer.schedule(Duration.ofSeconds(1), Timer.Purpose.WAIT, () -> rang.add("first"));
        timer.schedule(Duration.ofSeconds(1), Timer.Purpose.WAIT, () -> rang.add("second"));
        Runnable cancel = timer.schedule(Duration.ofSeconds(1), Timer.Purpose.WAIT, () -> rang.add("never"));
        timer.schedule(Duration.ofSeconds(-5), Timer.Purpose.WAIT, () -> rang.add("past"));
        cancel.run();
        List<Long> times = new ArrayList<>();
        while (timer.step()) {
            times.add(Duration.between(Lab.START, timer.now()).toSeconds());
        }
        assertThat(rang).containsExactly("past", "first", "second", "late");
        assertThat(times).as("time does not go back").containsExactly(0L, 1L, 1L, 2L);
    }

    @Test
    void anActivityThatHadWorkOnceTakesNoRoom() {
        ActivityWork activities = new ActivityWork();
        for (int i = 0; i < 3; i++) {
            Runnable cancel = activities.schedule("arn:" + i, new Activities.Task("t", 1L), worker -> {});
            if (i == 0) {
                cancel.run();
                cancel.run();
            } else if (i == 1) {
                assertThat(activities.poll("arn:1", "w")).isPresent();
            }
        }
        assertThat(activities.waiting()).isEqualTo(Map.of("arn:2", 1));
    }
}
