package io.thermolake.asl.internal.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.asl.Execution;
import io.thermolake.asl.ExecutionListener;
import io.thermolake.asl.ExecutionResult;
import io.thermolake.asl.Json;
import io.thermolake.asl.MapRunStatus;
import io.thermolake.asl.TaskException;
import io.thermolake.asl.Timer;
import io.thermolake.asl.engine.Engine;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A Map whose children are executions of their own. */
class DistributedMapTest {
    private final Lab lab = new Lab();

    private static String map(String type, String more) {
        return "{'StartAt':'M','States':{'M':{'Type':'Map','ItemProcessor':{'ProcessorConfig':{'Mode':'DISTRIBUTED','ExecutionType':'"
                + type + "'},'StartAt':'T','States':{'T':{'Type':'Task','Resource':'" + Lab.FUNCTION
                + "','End':true}}}" + (more.isEmpty() ? "" : "," + more) + ",'End':true}}}";
    }

    /** Items that are negative fail. */
    private void worker() {
        lab.does(Lab.FUNCTION, in -> {
            if (in instanceof Long n && n < 0) {
                throw new TaskException("Bad", "item " + n);
            }
            return in;
        });
    }

    private static final String TOO_MANY = "The specified tolerated failure threshold was exceeded";

    @Test
    void theParentsHistoryHasTheRunAndNothingOfTheChildren() {
        worker();
        assertThat(lab.run(map("STANDARD", "'Label':'Rooms'"), List.of(1L, 2L)))
                .isEqualTo(new ExecutionResult.Succeeded(List.of(1L, 2L)));
        String run = lab.mapRuns.get(0).arn();
        assertThat(run).matches("arn:aws:states:us-east-1:111111111111:mapRun:machine/Rooms:[0-9a-f-]{36}");
        assertThat(lab.lines())
                .containsExactly(
                        "1<0 ExecutionStarted {'input':'[1,2]'}",
                        "2<0 MapStateEntered {'name':'M','input':'[1,2]'}",
                        "3<2 MapStateStarted {'length':2}",
                        "4<3 MapRunStarted {'mapRunArn':'" + run + "'}",
                        "5<4 MapRunSucceeded",
                        "6<5 MapStateSucceeded",
                        "7<4 MapStateExited {'name':'M','output':'[1,2]'}",
                        "8<7 ExecutionSucceeded {'output':'[1,2]'}");
        assertThat(lab.history.get(3).detailsKey()).isEqualTo("mapRunStartedEventDetails");
    }

    @Test
    void aStandardChildIsAnExecutionWithAHistory() {
        worker();
        lab.run(map("STANDARD", "'Label':'Rooms'"), List.of(5L));
        assertThat(lab.children).hasSize(1);
        String arn = lab.children.keySet().iterator().next();
        assertThat(arn).matches("arn:aws:states:us-east-1:111111111111:execution:machine/Rooms:[0-9a-f-]{36}");
        assertThat(Lab.lines(lab.children.get(arn)))
                .containsExactly(
                        "1<0 ExecutionStarted {'input':'5'}",
                        "2<0 TaskStateEntered {'name':'T','input':'5'}",
                        "3<2 LambdaFunctionScheduled {'resource':'" + Lab.FUNCTION + "','input':'5'}",
                        "4<3 LambdaFunctionStarted",
                        "5<4 LambdaFunctionSucceeded {'output':'5'}",
                        "6<5 TaskStateExited {'name':'T','output':'5'}",
                        "7<6 ExecutionSucceeded {'output':'5'}");
        Map<String, Object> execution = Json.object(lab.calls.get(0).context().get("Execution"));
        assertThat(execution)
                .containsEntry("Id", arn)
                .containsEntry("Name", arn.substring(arn.lastIndexOf(':') + 1))
                .containsEntry("Input", 5L)
                .containsEntry("RoleArn", "arn:aws:iam::111111111111:role/r")
                .containsEntry("RedriveCount", 0L);
        assertThat(lab.calls.get(0).context().get("StateMachine"))
                .isEqualTo(Map.of(
                        "Id",
                        "arn:aws:states:us-east-1:111111111111:stateMachine:machine/Rooms",
                        "Name",
                        "machine/Rooms"));
    }

    @Test
    void anExpressChildHasNoHistoryAndAnExpressArn() {
        worker();
        lab.run(map("EXPRESS", "'Label':'Rooms'"), List.of(5L));
        assertThat(lab.children).isEmpty();
        Map<String, Object> execution = Json.object(lab.calls.get(0).context().get("Execution"));
        assertThat((String) execution.get("Id"))
                .matches("arn:aws:states:us-east-1:111111111111:express:machine/Rooms:[0-9a-f-]{36}:[0-9a-f-]{36}");
        assertThat(execution.keySet()).doesNotContain("RedriveCount");
    }

    @Test
    void withoutALabelTheRunHasOneOfItsOwn() {
        worker();
        lab.run(map("STANDARD", ""), List.of(5L));
        assertThat(lab.mapRuns.get(0).arn()).matches(".*:mapRun:machine/[0-9a-f-]{36}:[0-9a-f-]{36}");
    }

    @Test
    void whoListensToNothingGetsTheResultAllTheSame() {
        worker();
        Execution execution = lab.engine.start(
                Lab.definition(map("STANDARD", "")), lab.identity, List.of(5L), ExecutionListener.NONE);
        assertThat(execution.result()).isCompletedWithValue(new ExecutionResult.Succeeded(List.of(5L)));
        assertThat(ExecutionListener.NONE.wantsSnapshots()).isFalse();
        assertThat(ExecutionListener.NONE.child(lab.identity, "run")).isSameAs(ExecutionListener.NONE);
    }

    @Test
    void childrenDoNotSeeTheVariablesOfTheMachine() {
        ExecutionResult result = lab.run("""
                {'QueryLanguage':'JSONata','StartAt':'I','States':{'I':{'Type':'Pass','Assign':{'v':1},'Next':'M'},'M':{'Type':'Map','Items':[1],'End':true,
                 'ItemProcessor':{'ProcessorConfig':{'Mode':'DISTRIBUTED','ExecutionType':'STANDARD'},'StartAt':'X','States':{'X':{'Type':'Succeed','Output':'{% $exists($v) %}'}}}}}}""", 0L);
        assertThat(result).isEqualTo(new ExecutionResult.Succeeded(List.of(false)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'MaxConcurrency':0 | 50 | 10000",
                "'MaxConcurrency':3 | 3 | 3",
                "'MaxConcurrency':20000 | 50 | 10000",
            })
    void soManyChildrenRunAtOnce(String bound, int most, int told) {
        List<Long> active = new ArrayList<>();
        List<Integer> counts = new ArrayList<>();
        lab.tasks.put(Lab.FUNCTION, request -> {
            active.add((Long) request.arguments());
            counts.add(active.size());
            CompletableFuture<Object> answer = new CompletableFuture<>();
            lab.timer.schedule(Duration.ofSeconds(1), Timer.Purpose.WAIT, () -> {
                active.remove(request.arguments());
                answer.complete(request.arguments());
            });
            return answer;
        });
        List<Long> items = LongStream.rangeClosed(1, 50).boxed().toList();
        assertThat(lab.run(map("EXPRESS", bound), items)).isEqualTo(new ExecutionResult.Succeeded(items));
        assertThat(Collections.max(counts)).isEqualTo(most);
        assertThat(lab.mapRuns.get(0).maxConcurrency()).isEqualTo(told);
    }

    @Test
    void theListenerHearsHowTheRunStands() {
        lab.answers(Lab.FUNCTION, 1L, new TaskException("E", "why"), 3L);
        lab.run(map("STANDARD", "'MaxConcurrency':1,'ToleratedFailureCount':1,'Label':'L'"), List.of(1L, 2L, 3L));
        assertThat(lab.mapRuns)
                .extracting(run -> "%s %d/%d/%d/%d of %d"
                        .formatted(
                                run.status(), run.pending(), run.running(), run.succeeded(), run.failed(), run.total()))
                .containsExactly(
                        "RUNNING 3/0/0/0 of 3",
                        "RUNNING 2/1/0/0 of 3",
                        "RUNNING 1/1/1/0 of 3",
                        "RUNNING 0/1/1/1 of 3",
                        "RUNNING 0/0/2/1 of 3",
                        "SUCCEEDED 0/0/2/1 of 3");
        MapRunStatus last = lab.mapRuns.get(5);
        assertThat(last.executionArn()).isEqualTo(lab.identity.arn());
        assertThat(last.toleratedFailureCount()).isEqualTo(1);
        assertThat(last.toleratedFailurePercentage()).isZero();
    }

    @Test
    void childrenThatRunAreCounted() {
        lab.answers(Lab.FUNCTION, Lab.HANGS, 2L, Lab.HANGS);
        lab.start(map("STANDARD", ""), List.of(1L, 2L, 3L));
        MapRunStatus last = lab.mapRuns.get(lab.mapRuns.size() - 1);
        assertThat(last.running()).isEqualTo(2);
        assertThat(last.succeeded()).isEqualTo(1);
        assertThat(last.pending()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // Ten items, the first ones fail.
                "'Comment':'none'                                              | 0 | true",
                "'Comment':'none'                                              | 1 | false",
                "'ToleratedFailureCount':2                                     | 2 | true",
                "'ToleratedFailureCount':2                                     | 3 | false",
                "'ToleratedFailurePercentage':30                               | 3 | true",
                "'ToleratedFailurePercentage':30                               | 4 | false",
                "'ToleratedFailurePercentage':25                               | 2 | true",
                "'ToleratedFailurePercentage':25                               | 3 | false",
                "'ToleratedFailurePercentage':100                              | 10 | true",
                "'ToleratedFailureCount':3,'ToleratedFailurePercentage':50     | 3 | true",
                "'ToleratedFailureCount':3,'ToleratedFailurePercentage':50     | 4 | false",
                "'ToleratedFailureCount':8,'ToleratedFailurePercentage':50     | 6 | false",
                "'ToleratedFailureCountPath':'$.count','ToleratedFailurePercentagePath':'$.percentage' | 2 | true",
                "'ToleratedFailureCountPath':'$.count'                         | 3 | false",
            })
    void howManyFailuresAreTolerated(String tolerance, int failures, boolean tolerated) {
        worker();
        List<Long> items = LongStream.range(0, 10)
                .map(i -> i < failures ? -1 - i : i)
                .boxed()
                .toList();
        ExecutionResult result = lab.run(
                map("EXPRESS", tolerance + ",'ItemsPath':'$.items'"),
                Map.of("items", items, "count", 2L, "percentage", 90L));
        assertThat(result)
                .isEqualTo(
                        tolerated
                                ? new ExecutionResult.Succeeded(
                                        items.stream().filter(i -> i >= 0).toList())
                                : new ExecutionResult.Failed("States.ExceedToleratedFailureThreshold", TOO_MANY));
    }

    @Test
    void aRunThatFailsStopsItsChildrenAndSaysWhy() {
        lab.answers(Lab.FUNCTION, Lab.HANGS, new TaskException("E", "why"), Lab.HANGS);
        ExecutionResult result = lab.run("""
                {'StartAt':'M','States':{'M':{'Type':'Map','End':true,'MaxConcurrency':2,'Label':'L','ItemProcessor':{'ProcessorConfig':{'Mode':'DISTRIBUTED','ExecutionType':'STANDARD'},
                  'StartAt':'T','States':{'T':{'Type':'Task','Resource':'%s','End':true}}},'Catch':[{'ErrorEquals':['States.ExceedToleratedFailureThreshold'],'Next':'S'}]},
                 'S':{'Type':'Succeed'}}}""".formatted(Lab.FUNCTION), List.of(1L, 2L, 3L));
        assertThat(result)
                .isEqualTo(new ExecutionResult.Succeeded(
                        Map.of("Error", "States.ExceedToleratedFailureThreshold", "Cause", TOO_MANY)));
        assertThat(lab.linesFrom(5).subList(0, 3))
                .containsExactly(
                        "5<4 MapRunFailed {'error':'States.ExceedToleratedFailureThreshold','cause':'" + TOO_MANY
                                + "'}",
                        "6<5 MapStateFailed",
                        "7<6 MapStateExited {'name':'M','output':'{'Error':'States.ExceedToleratedFailureThreshold','Cause':'"
                                + TOO_MANY + "'}'}");
        assertThat(lab.history.get(4).detailsKey()).isEqualTo("mapRunFailedEventDetails");
        assertThat(lab.calls).as("the third never starts").hasSize(2);
        assertThat(lab.children.values().stream()
                        .map(events -> Lab.types(events).get(events.size() - 1)))
                .containsExactly("ExecutionAborted", "ExecutionFailed");
        MapRunStatus last = lab.mapRuns.get(lab.mapRuns.size() - 1);
        assertThat(last.status()).isEqualTo("FAILED");
        assertThat(last.failed()).isEqualTo(1);
        assertThat(last.running()).isZero();
        assertThat(last.pending()).isEqualTo(2);
    }

    @Test
    void aRetriedMapIsANewRun() {
        lab.answers(Lab.FUNCTION, 1L, new TaskException("E", "why"), 1L, 2L);
        ExecutionResult result =
                lab.run(map("EXPRESS", "'MaxConcurrency':1,'Retry':[{'ErrorEquals':['States.ALL']}]"), List.of(1L, 2L));
        assertThat(result).isEqualTo(new ExecutionResult.Succeeded(List.of(1L, 2L)));
        assertThat(lab.mapRuns.stream().map(MapRunStatus::arn).distinct()).hasSize(2);
        assertThat(lab.types())
                .containsSubsequence(
                        "MapRunStarted", "MapRunFailed", "MapStateStarted", "MapRunStarted", "MapRunSucceeded");
    }

    @Test
    void aChildThatEndsAfterItsRunIsNotHeard() {
        // Steps wait in a queue, so the stopped child ends after its parent has gone on.
        Deque<Runnable> steps = new ArrayDeque<>();
        Engine engine = new Engine(lab.tasks::get, lab.timer, new Random(1), steps::add);
        lab.answers(Lab.FUNCTION, Lab.HANGS, new TaskException("E", "why"));
        Execution execution = engine.start(
                Lab.definition("""
                {'StartAt':'M','States':{'M':{'Type':'Map','End':true,'ItemProcessor':{'ProcessorConfig':{'Mode':'DISTRIBUTED','ExecutionType':'STANDARD'},
                  'StartAt':'T','States':{'T':{'Type':'Task','Resource':'%s','End':true}}},'Catch':[{'ErrorEquals':['States.ALL'],'Next':'W'}]},
                 'W':{'Type':'Wait','Seconds':1,'End':true}}}""".formatted(Lab.FUNCTION)), lab.identity, List.of(1L, 2L), lab.listener());
        while (!steps.isEmpty()) {
            steps.poll().run();
        }
        assertThat(lab.types()).endsWith("MapStateExited", "WaitStateEntered");
        assertThat(lab.children.values().stream()
                        .map(events -> Lab.types(events).get(events.size() - 1)))
                .containsExactly("ExecutionAborted", "ExecutionFailed");
        assertThat(lab.mapRuns.get(lab.mapRuns.size() - 1).status()).isEqualTo("FAILED");
        assertThat(execution.result()).isNotDone();
    }

    @Test
    void eachChildsEndIsInTheSnapshot() {
        lab.answers(Lab.FUNCTION, Lab.HANGS, "two", Lab.HANGS);
        lab.start(map("STANDARD", ""), List.of(1L, 2L, 3L));
        List<?> children = Json.list(Json.object(lab.snapshot().get("children")).get("children"));
        assertThat(children).hasSize(3);
        assertThat(Json.object(Json.object(children.get(1)).get("json"))).containsEntry("Output", "\"two\"");
        assertThat(Json.object(children.get(0))).containsEntry("json", null);
    }

    @Test
    void stoppingTheParentStopsTheRun() {
        lab.answers(Lab.FUNCTION, Lab.HANGS);
        Execution execution = lab.start(map("STANDARD", ""), List.of(1L, 2L));
        execution.stop("By", "hand");
        assertThat(execution.result()).isCompletedWithValue(new ExecutionResult.Aborted("By", "hand"));
        assertThat(lab.mapRuns.get(lab.mapRuns.size() - 1).status()).isEqualTo("ABORTED");
        assertThat(lab.children.values())
                .allSatisfy(events -> assertThat(Lab.types(events)).endsWith("ExecutionAborted"));
        assertThat(lab.calls).allSatisfy(call -> assertThat(call.cancelled()).isCompleted());
        assertThat(lab.types()).endsWith("MapRunStarted", "ExecutionAborted");
    }

    @Test
    void aSiblingsFailureAbortsTheRun() {
        lab.answers(Lab.FUNCTION, Lab.HANGS);
        CompletableFuture<Object> late = new CompletableFuture<>();
        lab.tasks.put("arn:a", request -> late);
        Execution execution = lab.start("""
                {'StartAt':'P','States':{'P':{'Type':'Parallel','End':true,'Branches':[
                  {'StartAt':'A','States':{'A':{'Type':'Task','Resource':'arn:a','End':true}}},
                  {'StartAt':'M','States':{'M':{'Type':'Map','End':true,'ItemProcessor':{'ProcessorConfig':{'Mode':'DISTRIBUTED','ExecutionType':'EXPRESS'},
                   'StartAt':'T','States':{'T':{'Type':'Task','Resource':'%s','End':true}}}}}}]}}}""".formatted(Lab.FUNCTION), List.of(1L));
        late.completeExceptionally(new TaskException("E", null));
        assertThat(execution.result()).isCompletedWithValue(new ExecutionResult.Failed("E", null));
        assertThat(lab.types())
                .endsWith(
                        "LambdaFunctionFailed",
                        "TaskStateAborted",
                        "MapRunAborted",
                        "MapStateAborted",
                        "ParallelStateFailed",
                        "ExecutionFailed");
    }

    @Test
    void batchesAreItemsOfTheChildren() {
        worker();
        ExecutionResult result = lab.run(
                map(
                        "EXPRESS",
                        "'ItemsPath':'$.list','ItemSelector':{'v.$':'$$.Map.Item.Value','x.$':'$.x'},'ItemBatcher':{'MaxItemsPerBatch':2,'BatchInput':{'b.$':'$.x'}}"),
                Map.of("list", List.of(1L, 2L, 3L), "x", 7L));
        assertThat(Json.text(((ExecutionResult.Succeeded) result).output()))
                .isEqualTo(
                        "[{\"BatchInput\":{\"b\":7},\"Items\":[{\"v\":1,\"x\":7},{\"v\":2,\"x\":7}]},{\"BatchInput\":{\"b\":7},\"Items\":[{\"v\":3,\"x\":7}]}]");
        assertThat(lab.mapRuns.get(0).total()).isEqualTo(2);
        assertThat(lab.details("MapStateStarted")).containsEntry("length", 3L);
    }

    @Test
    void aReadersItemsAreNotCountedAtTheStart() {
        worker();
        lab.objects.put("b", "k.json", "[4,5]".getBytes(UTF_8));
        ExecutionResult result = lab.run(
                map(
                        "EXPRESS",
                        "'ItemReader':{'Resource':'arn:aws:states:::s3:getObject','ReaderConfig':{'InputType':'JSON'},'Parameters':{'Bucket':'b','Key':'k.json'}}"),
                Map.of());
        assertThat(result).isEqualTo(new ExecutionResult.Succeeded(List.of(4L, 5L)));
        assertThat(lab.details("MapStateStarted")).containsEntry("length", 0L);
    }

    @Test
    void aReaderThatFailsFailsTheRun() {
        ExecutionResult result = lab.run(
                map(
                        "EXPRESS",
                        "'ItemReader':{'Resource':'arn:aws:states:::s3:getObject','ReaderConfig':{'InputType':'JSON'},'Parameters':{'Bucket':'b','Key':'k.json'}}"),
                Map.of());
        assertThat(((ExecutionResult.Failed) result).error()).isEqualTo("States.ItemReaderFailed");
        assertThat(lab.types()).endsWith("MapRunStarted", "MapRunFailed", "MapStateFailed", "ExecutionFailed");
    }

    @Test
    void noItemsAreASuccess() {
        assertThat(lab.run(map("EXPRESS", ""), List.of())).isEqualTo(new ExecutionResult.Succeeded(List.of()));
        assertThat(lab.mapRuns).extracting(MapRunStatus::status).containsExactly("RUNNING", "SUCCEEDED");
    }

    private static final String WRITER =
            "'ResultWriter':{'Resource':'arn:aws:states:::s3:putObject','Parameters':{'Bucket':'out','Prefix':'p'}}";

    @Test
    void theResultWriterGetsEachChildAsAwsHasIt() throws Exception {
        lab.tasks.put(Lab.FUNCTION, request -> {
            CompletableFuture<Object> answer = new CompletableFuture<>();
            lab.timer.schedule(Duration.ofSeconds(3), Timer.Purpose.WAIT, () -> {
                if (request.arguments().equals(1L)) {
                    answer.complete("one");
                } else {
                    answer.completeExceptionally(new TaskException("E", "why"));
                }
            });
            return answer;
        });
        ExecutionResult result =
                lab.run(map("STANDARD", "'Label':'L','ToleratedFailureCount':1," + WRITER), List.of(1L, 2L));
        assertThat(result.status()).isEqualTo("SUCCEEDED");
        String run = lab.mapRuns.get(0).arn();
        String folder = "p/" + run.substring(run.lastIndexOf(':') + 1) + "/";
        Map<String, Object> good = one(folder + "SUCCEEDED_0.json");
        List<String> arns = List.copyOf(lab.children.keySet());
        assertThat(good)
                .containsEntry("ExecutionArn", arns.get(0))
                .containsEntry("Name", arns.get(0).substring(arns.get(0).lastIndexOf(':') + 1))
                .containsEntry("Input", "1")
                .containsEntry("InputDetails", Map.of("Included", true))
                .containsEntry("Output", "\"one\"")
                .containsEntry("OutputDetails", Map.of("Included", true))
                .containsEntry("RedriveCount", 0L)
                .containsEntry("StartDate", "2026-01-01T00:00:00.000Z")
                .containsEntry("StopDate", "2026-01-01T00:00:03.000Z")
                .containsEntry("StateMachineArn", "arn:aws:states:us-east-1:111111111111:stateMachine:machine/L")
                .containsEntry("Status", "SUCCEEDED");
        assertThat(one(folder + "FAILED_0.json"))
                .containsEntry("Error", "E")
                .containsEntry("Cause", "why")
                .containsEntry("Status", "FAILED")
                .doesNotContainKeys("Output", "OutputDetails");
    }

    private Map<String, Object> one(String key) throws Exception {
        return Json.object(Json.list(Json.parse(new String(lab.objects.get("out", key), UTF_8)))
                .get(0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'ToleratedFailureCountPath':'$.n' | ToleratedFailureCount cannot be negative.",
                "'ToleratedFailurePercentagePath':'$.n' | ToleratedFailurePercentage must be between 0 and 100.",
                "'ToleratedFailurePercentagePath':'$.big' | ToleratedFailurePercentage must be between 0 and 100.",
            })
    void aToleranceThatIsNoneIsARuntimeError(String tolerance, String cause) {
        ExecutionResult result = lab.run(
                map("EXPRESS", tolerance + ",'ItemsPath':'$.items'"),
                Map.of("items", List.of(), "n", -1L, "big", 100.5));
        assertThat(((ExecutionResult.Failed) result).error()).isEqualTo("States.Runtime");
        assertThat(((ExecutionResult.Failed) result).cause()).endsWith(cause);
    }

    @ParameterizedTest
    @CsvSource({"0", "100"})
    void theBoundsOfThePercentageAreAllowed(double percentage) {
        worker();
        ExecutionResult result = lab.run(
                map("EXPRESS", "'ToleratedFailurePercentagePath':'$.p','ItemsPath':'$.items'"),
                Map.of("items", List.of(1L), "p", percentage));
        assertThat(result).isEqualTo(new ExecutionResult.Succeeded(List.of(1L)));
    }
}
