package io.thermolake.asl.internal.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thermolake.asl.Execution;
import io.thermolake.asl.ExecutionResult;
import io.thermolake.asl.Json;
import io.thermolake.asl.MapRunStatus;
import io.thermolake.asl.TaskException;
import io.thermolake.asl.TaskRequest;
import io.thermolake.asl.Timer;
import io.thermolake.asl.engine.Engine;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Redrive, in the order of AWS's own table ("Redrive behavior of individual states"), then of its other sentences: what a
 * state does when its execution goes on after a failure, a stop, or a timeout.
 */
class RedriveTest {
    private static final TaskException BROKEN = new TaskException("Broken", "once");
    private final Lab lab = new Lab();

    private static ExecutionResult.Succeeded gave(Object output) {
        return new ExecutionResult.Succeeded(output);
    }

    private static final String PASS_TASK = """
            {'QueryLanguage':'JSONata','StartAt':'P','States':{'P':{'Type':'Pass','Output':{'from':'pass'},'Assign':{'v':1},'Next':'T'},
             'T':{'Type':'Task','Resource':'%s','Output':'{%% [$states.result, $v, $states.context.Execution.RedriveCount] %%}','End':true}}}""".formatted(Lab.FUNCTION);

    @Test
    void aTaskIsScheduledAgainWithItsInputAndTheVariables() {
        lab.answers(Lab.FUNCTION, BROKEN, "ok");
        assertThat(lab.run(PASS_TASK, 7L)).isEqualTo(new ExecutionResult.Failed("Broken", "once"));
        assertThat(lab.redrive(PASS_TASK, 7L, 1)).isEqualTo(gave(List.of("ok", 1L, 1L)));
        assertThat(lab.linesFrom(4))
                .containsExactly(
                        "4<3 TaskStateEntered {'name':'T','input':'{'from':'pass'}'}",
                        "5<4 LambdaFunctionScheduled {'resource':'" + Lab.FUNCTION + "','input':'{'from':'pass'}'}",
                        "6<5 LambdaFunctionStarted",
                        "7<6 LambdaFunctionFailed {'error':'Broken','cause':'once'}",
                        "8<7 ExecutionFailed {'error':'Broken','cause':'once'}",
                        "9<8 ExecutionRedriven {'redriveCount':1}",
                        "10<9 LambdaFunctionScheduled {'resource':'" + Lab.FUNCTION + "','input':'{'from':'pass'}'}",
                        "11<10 LambdaFunctionStarted",
                        "12<11 LambdaFunctionSucceeded {'output':''ok''}",
                        "13<12 TaskStateExited {'name':'T','output':'['ok',1,1]'}",
                        "14<13 ExecutionSucceeded {'output':'['ok',1,1]'}");
        assertThat(lab.history.get(8).detailsKey()).isEqualTo("executionRedrivenEventDetails");
    }

    @Test
    void aTasksTimeoutStartsAnew() {
        String machine = "{'StartAt':'T','States':{'T':{'Type':'Task','Resource':'" + Lab.FUNCTION
                + "','TimeoutSeconds':10,'End':true}}}";
        lab.answers(Lab.FUNCTION, Lab.HANGS);
        lab.run(machine, 1L);
        assertThat(lab.redrive(machine, 1L, 1)).isEqualTo(new ExecutionResult.Failed("States.Timeout", null));
        assertThat(lab.elapsed()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void aPassThatWasCutOffIsExited() {
        String machine =
                "{'QueryLanguage':'JSONata','StartAt':'P','States':{'P':{'Type':'Pass','Output':'{% $states.context.Execution.RedriveCount = 1 ? 5 : $nothing %}','End':true}}}";
        lab.run(machine, 1L);
        assertThat(lab.redrive(machine, 1L, 1)).isEqualTo(gave(5L));
        assertThat(lab.types()).endsWith("ExecutionRedriven", "PassStateExited", "ExecutionSucceeded");
    }

    @Test
    void aChoiceEvaluatesItsRulesAgain() {
        String machine = """
                {'QueryLanguage':'JSONata','StartAt':'C','States':{'C':{'Type':'Choice','Choices':[{'Condition':'{% $states.context.Execution.RedriveCount = 2 %}','Next':'S'}]},'S':{'Type':'Succeed'}}}""";
        assertThat(lab.run(machine, 1L).status()).isEqualTo("FAILED");
        assertThat(lab.redrive(machine, 1L, 1).status()).isEqualTo("FAILED");
        assertThat(lab.redrive(machine, 1L, 2)).isEqualTo(gave(1L));
        assertThat(lab.types())
                .containsExactly(
                        "ExecutionStarted",
                        "ChoiceStateEntered",
                        "ExecutionFailed",
                        "ExecutionRedriven",
                        "ExecutionFailed",
                        "ExecutionRedriven",
                        "ChoiceStateExited",
                        "SucceedStateEntered",
                        "SucceedStateExited",
                        "ExecutionSucceeded");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'Timestamp':'2026-01-01T00:00:20Z' | 30",
                "'TimestampPath':'$.t'              | 60",
                "'Seconds':20                       | 50",
            })
    void aWaitForATimeThatIsPastIsExitedAndAnyOtherWaitsAgain(String field, long end) {
        String machine = "{'StartAt':'W','States':{'W':{'Type':'Wait'," + field + ",'End':true}}}";
        Map<String, Object> input = Map.of("t", "2026-01-01T00:01:00Z");
        lab.start(machine, input).stop(null, null);
        lab.timer.schedule(Duration.ofSeconds(30), Timer.Purpose.WAIT, () -> {});
        lab.timer.step();
        assertThat(lab.redrive(machine, input, 1)).isEqualTo(gave(input));
        assertThat(lab.elapsed()).isEqualTo(Duration.ofSeconds(end));
        assertThat(lab.types())
                .endsWith("ExecutionAborted", "ExecutionRedriven", "WaitStateExited", "ExecutionSucceeded");
    }

    @Test
    void aFailIsEnteredAgainAndFailsAgain() {
        String machine = "{'StartAt':'P','States':{'P':{'Type':'Pass','Next':'F'},'F':{'Type':'Fail','Error':'E'}}}";
        lab.run(machine, 1L);
        assertThat(lab.redrive(machine, 1L, 1)).isEqualTo(new ExecutionResult.Failed("E", null));
        assertThat(lab.linesFrom(4))
                .containsExactly(
                        "4<3 FailStateEntered {'name':'F','input':'1'}",
                        "5<4 ExecutionFailed {'error':'E'}",
                        "6<5 ExecutionRedriven {'redriveCount':1}",
                        "7<6 FailStateEntered {'name':'F','input':'1'}",
                        "8<7 ExecutionFailed {'error':'E'}");
    }

    private static String parallel(String more) {
        return """
                {'StartAt':'P','States':{'P':{'Type':'Parallel',%s'End':true,'Branches':[
                 {'StartAt':'A','States':{'A':{'Type':'Task','Resource':'arn:a','Next':'A2'},'A2':{'Type':'Pass','End':true}}},
                 {'StartAt':'B','States':{'B':{'Type':'Task','Resource':'arn:b','Next':'B2'},'B2':{'Type':'Task','Resource':'arn:b2','End':true}}},
                 {'StartAt':'C','States':{'C':{'Type':'Task','Resource':'arn:c','End':true}}}]}}}""".formatted(more);
    }

    private List<String> called() {
        return lab.calls.stream().map(TaskRequest::resource).toList();
    }

    @Test
    void ofAParallelOnlyTheBranchesThatFailedOrWereAbortedGoOn() {
        lab.answers("arn:a", "a")
                .answers("arn:b", "b")
                .answers("arn:b2", BROKEN, "b2")
                .answers("arn:c", Lab.HANGS, "c");
        assertThat(lab.run(parallel(""), 1L).status()).isEqualTo("FAILED");
        lab.calls.clear();
        long before = lab.history.size();
        assertThat(lab.redrive(parallel(""), 1L, 1)).isEqualTo(gave(List.of("a", "b2", "c")));
        assertThat(called()).containsExactly("arn:b2", "arn:c");
        assertThat(lab.typesFrom(before + 1))
                .containsExactly(
                        "ExecutionRedriven",
                        "ParallelStateStarted",
                        "LambdaFunctionScheduled",
                        "LambdaFunctionStarted",
                        "LambdaFunctionScheduled",
                        "LambdaFunctionStarted",
                        "LambdaFunctionSucceeded",
                        "TaskStateExited",
                        "LambdaFunctionSucceeded",
                        "TaskStateExited",
                        "ParallelStateSucceeded",
                        "ParallelStateExited",
                        "ExecutionSucceeded");
    }

    @Test
    void aParallelWhoseOutputFailedKeepsItsBranchesResults() {
        String machine = """
                {'QueryLanguage':'JSONata','StartAt':'P','States':{'P':{'Type':'Parallel','End':true,'Output':'{% $states.context.Execution.RedriveCount = 1 ? $states.result : $nothing %}',
                 'Branches':[{'StartAt':'A','States':{'A':{'Type':'Task','Resource':'arn:a','End':true}}},{'StartAt':'B','States':{'B':{'Type':'Task','Resource':'arn:b','End':true}}}]}}}""";
        lab.answers("arn:a", "a").answers("arn:b", "b");
        assertThat(lab.run(machine, 1L).status()).isEqualTo("FAILED");
        assertThat(lab.redrive(machine, 1L, 1)).isEqualTo(gave(List.of("a", "b")));
        assertThat(called()).containsExactly("arn:a", "arn:b");
        assertThat(lab.types())
                .endsWith(
                        "ParallelStateStarted", "ParallelStateSucceeded", "ParallelStateExited", "ExecutionSucceeded");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Parallel", "Map", "Distributed"})
    void aGroupWhoseResultWasTooLargeRunsAsAWhole(String kind) {
        String body = "'StartAt':'T','States':{'T':{'Type':'Task','Resource':'" + Lab.FUNCTION + "','End':true}}";
        String machine = "{'StartAt':'G','States':{'G':{'End':true,"
                + switch (kind) {
                    case "Parallel" ->
                        "'Type':'Parallel','Branches':[{" + body + "},{" + body.replace("'T'", "'U'") + "}]";
                    case "Map" -> "'Type':'Map','ItemsPath':'$','ItemProcessor':{" + body + "}";
                    default ->
                        "'Type':'Map','ItemProcessor':{'ProcessorConfig':{'Mode':'DISTRIBUTED','ExecutionType':'STANDARD'},"
                                + body + "}";
                }
                + "}}}";
        String large = "x".repeat(200_000);
        lab.answers(Lab.FUNCTION, large, large, "x", "y");
        ExecutionResult result = lab.run(machine, List.of(1L, 2L));
        assertThat(((ExecutionResult.Failed) result).error()).isEqualTo("States.DataLimitExceeded");
        assertThat(lab.redrive(machine, List.of(1L, 2L), 1)).isEqualTo(gave(List.of("x", "y")));
        assertThat(lab.calls).hasSize(4);
        assertThat(lab.mapRuns.stream().map(MapRunStatus::arn).distinct()).hasSize(kind.equals("Distributed") ? 2 : 0);
    }

    private static String map(String config, String more) {
        return "{'StartAt':'M','States':{'M':{'Type':'Map','ItemProcessor':{" + config
                + "'StartAt':'Q','States':{'Q':{'Type':'Task','Resource':'arn:q','Next':'T'},'T':{'Type':'Task','Resource':'"
                + Lab.FUNCTION + "','End':true}}}" + more + ",'End':true}}}";
    }

    @Test
    void ofAnInlineMapOnlyTheIterationsThatFailedWereAbortedOrNeverBeganGoOn() {
        lab.does("arn:q", in -> in);
        lab.answers(Lab.FUNCTION, 10L, Lab.HANGS, BROKEN, 20L, 30L, 40L);
        String machine = map("", ",'MaxConcurrency':2");
        assertThat(lab.run(machine, List.of(1L, 2L, 3L, 4L)).status()).isEqualTo("FAILED");
        assertThat(called()).hasSize(6);
        lab.calls.clear();
        assertThat(lab.redrive(machine, List.of(1L, 2L, 3L, 4L), 1)).isEqualTo(gave(List.of(10L, 20L, 30L, 40L)));
        assertThat(lab.calls)
                .extracting(call -> call.stateName() + call.arguments())
                .containsExactly("T2", "T3", "Q4", "T4");
    }

    @Test
    void whatHadNotBegunBeginsAtOnceWhereThereIsRoom() {
        lab.does("arn:q", in -> in);
        lab.answers(Lab.FUNCTION, 10L, BROKEN, Lab.HANGS);
        String machine = map("", ",'MaxConcurrencyPath':'$[0]'");
        assertThat(lab.run(machine, List.of(1L, 2L, 3L)).status()).isEqualTo("FAILED");
        lab.calls.clear();
        lab.startRedrive(map("", ",'MaxConcurrency':2"), List.of(1L, 2L, 3L), 1);
        assertThat(lab.calls)
                .extracting(call -> call.stateName() + call.arguments())
                .containsExactly("T2", "Q3", "T3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"[1] | [10]", "[1,2] | [10,20]", "[1,2,3] | [10,20,30]"})
    void itemsThatDependOnTheRedriveMayBeMoreOrFewer(String items, String output) {
        lab.answers(Lab.FUNCTION, 10L, BROKEN, 20L, 30L);
        String machine = """
                {'QueryLanguage':'JSONata','StartAt':'M','States':{'M':{'Type':'Map','Items':'{%% $states.context.Execution.RedriveCount = 0 ? [1,2] : %s %%}','MaxConcurrency':1,'End':true,
                 'ItemProcessor':{'StartAt':'T','States':{'T':{'Type':'Task','Resource':'%s','End':true}}}}}}""".formatted(items, Lab.FUNCTION);
        assertThat(lab.run(machine, 1L).status()).isEqualTo("FAILED");
        assertThat(lab.redrive(machine, 1L, 1)).isEqualTo(gave(Json.parse(output)));
    }

    @Test
    void itemsThatCannotBeEvaluatedAnyMoreAreAnErrorOfTheState() {
        lab.answers(Lab.FUNCTION, BROKEN);
        String machine = """
                {'QueryLanguage':'JSONata','StartAt':'M','States':{'M':{'Type':'Map','Items':'{%% $states.context.Execution.RedriveCount = 0 ? [1,2] : $nothing %%}','End':true,
                 'ItemProcessor':{'StartAt':'T','States':{'T':{'Type':'Task','Resource':'%s','End':true}}},'Catch':[{'ErrorEquals':['States.QueryEvaluationError'],'Next':'S','Output':'caught'}]},'S':{'Type':'Succeed'}}}""".formatted(Lab.FUNCTION);
        assertThat(lab.run(machine, 1L).status()).isEqualTo("FAILED");
        assertThat(lab.redrive(machine, 1L, 1)).isEqualTo(gave("caught"));
    }

    @Test
    void whatIsRestoredHangsOnTheGroupsStart() {
        lab.answers("arn:a", Lab.HANGS).answers("arn:b", BROKEN).answers("arn:c", Lab.HANGS);
        lab.run(parallel(""), 1L);
        long redriven = lab.history.size() + 1;
        lab.startRedrive(parallel(""), 1L, 1);
        assertThat(lab.linesFrom(redriven).subList(0, 3))
                .containsExactly(
                        redriven + "<" + (redriven - 1) + " ExecutionRedriven {'redriveCount':1}",
                        (redriven + 1) + "<" + redriven + " ParallelStateStarted",
                        (redriven + 2) + "<" + (redriven + 1)
                                + " LambdaFunctionScheduled {'resource':'arn:a','input':'1'}");
    }

    @Test
    void nestedGroupsGoOnAtTheirInnermostStates() {
        String machine = """
                {'StartAt':'P','States':{'P':{'Type':'Parallel','End':true,'Branches':[
                 {'StartAt':'M','States':{'M':{'Type':'Map','ItemsPath':'$','MaxConcurrency':1,'End':true,'ItemProcessor':{'StartAt':'I','States':{'I':{'Type':'Parallel','End':true,'Branches':[
                   {'StartAt':'A','States':{'A':{'Type':'Task','Resource':'arn:a','End':true}}},
                   {'StartAt':'B','States':{'B':{'Type':'Task','Resource':'arn:b','End':true}}}]}}}}}},
                 {'StartAt':'W','States':{'W':{'Type':'Wait','Seconds':60,'End':true}}}]}}}""";
        lab.answers("arn:a", "a1", "a2").answers("arn:b", "b1", BROKEN, "b2");
        List<Long> input = List.of(1L, 2L);
        assertThat(lab.run(machine, input).status()).isEqualTo("FAILED");
        lab.calls.clear();
        assertThat(lab.redrive(machine, input, 1))
                .isEqualTo(gave(List.of(List.of(List.of("a1", "b1"), List.of("a2", "b2")), input)));
        assertThat(called()).containsExactly("arn:b");
        assertThat(lab.elapsed()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void aBranchThatFailsAtOnceStopsItsSiblingsBeforeTheyGoOn() {
        String machine = """
                {'StartAt':'P','States':{'P':{'Type':'Parallel','End':true,'Branches':[
                 {'StartAt':'F','States':{'F':{'Type':'Fail','Error':'E'}}},
                 {'StartAt':'T','States':{'T':{'Type':'Task','Resource':'arn:a','End':true}}}]}}}""";
        lab.answers("arn:a", Lab.HANGS);
        lab.run(machine, 1L);
        int calls = lab.calls.size();
        assertThat(lab.redrive(machine, 1L, 1)).isEqualTo(new ExecutionResult.Failed("E", null));
        assertThat(lab.calls.subList(calls, lab.calls.size()))
                .allSatisfy(call -> assertThat(call.cancelled()).isCompleted());
        assertThat(lab.redrive(machine, 1L, 2)).isEqualTo(new ExecutionResult.Failed("E", null));
    }

    @Test
    void whileAGroupIsBeingRestoredNoSnapshotForgetsItsOtherBranches() {
        String machine = """
                {'StartAt':'P','States':{'P':{'Type':'Parallel','End':true,'Branches':[
                 {'StartAt':'F','States':{'F':{'Type':'Fail','Error':'E'}}},
                 {'StartAt':'T','States':{'T':{'Type':'Task','Resource':'arn:a','Next':'U'},'U':{'Type':'Task','Resource':'arn:b','End':true}}}]}}}""";
        lab.answers("arn:a", "a").answers("arn:b", Lab.HANGS);
        lab.run("{'StartAt':'P','States':{'P':{'Type':'Pass','End':true}}}", 1L);
        lab.snapshots.add(Json.object(Json.parse("""
                {"state":"P","input":1,"variables":{},"children":[{"frame":{"state":"F","input":1,"variables":{}}},{"frame":{"state":"U","input":"a","variables":{"v":1}}}]}""")));
        int before = lab.snapshots.size();
        lab.redrive(machine, 1L, 1);
        assertThat(lab.snapshots.subList(before, lab.snapshots.size()))
                .isNotEmpty()
                .allSatisfy(snapshot -> assertThat(Json.object(
                                Json.object(Json.list(snapshot.get("children")).get(1))
                                        .get("frame")))
                        .containsEntry("state", "U")
                        .containsEntry("variables", Map.of("v", 1L)));
    }

    private static final String STANDARD = "'ProcessorConfig':{'Mode':'DISTRIBUTED','ExecutionType':'STANDARD'},";
    private static final String EXPRESS = "'ProcessorConfig':{'Mode':'DISTRIBUTED','ExecutionType':'EXPRESS'},";

    @Test
    void standardChildrenThatFailedOrWereAbortedAreRedrivenFromTheirLastState() {
        lab.does("arn:q", in -> in);
        lab.answers(Lab.FUNCTION, 10L, Lab.HANGS, BROKEN, 20L, 30L, 40L);
        String machine = map(STANDARD, ",'MaxConcurrency':2,'Label':'L'");
        List<Long> input = List.of(1L, 2L, 3L, 4L);
        assertThat(lab.run(machine, input).status()).isEqualTo("FAILED");
        List<String> arns = List.copyOf(lab.children.keySet());
        assertThat(arns).hasSize(3);
        lab.calls.clear();
        assertThat(lab.redrive(machine, input, 1)).isEqualTo(gave(List.of(10L, 20L, 30L, 40L)));
        assertThat(lab.calls)
                .extracting(call -> call.stateName() + call.arguments())
                .containsExactly("T2", "T3", "Q4", "T4");
        assertThat(lab.calls.get(0).context().get("Execution"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsEntry("RedriveCount", 1L)
                .containsEntry("Id", arns.get(1));
        assertThat(lab.children).as("the same executions go on").hasSize(4);
        assertThat(Lab.types(lab.children.get(arns.get(1))))
                .containsExactly(
                        "ExecutionStarted",
                        "TaskStateEntered",
                        "LambdaFunctionScheduled",
                        "LambdaFunctionStarted",
                        "LambdaFunctionSucceeded",
                        "TaskStateExited",
                        "TaskStateEntered",
                        "LambdaFunctionScheduled",
                        "LambdaFunctionStarted",
                        "ExecutionAborted",
                        "ExecutionRedriven",
                        "LambdaFunctionScheduled",
                        "LambdaFunctionStarted",
                        "LambdaFunctionSucceeded",
                        "TaskStateExited",
                        "ExecutionSucceeded");
        assertThat(lab.children.values())
                .allSatisfy(
                        events -> assertThat(events.get(events.size() - 1).id()).isEqualTo(events.size()));
        assertThat(Lab.lines(lab.children.get(arns.get(2)))).contains("12<11 ExecutionRedriven {'redriveCount':1}");
    }

    @Test
    void aChildThatWaitsToBeRedrivenKeepsItsPlace() {
        lab.does("arn:q", in -> in);
        lab.answers(Lab.FUNCTION, Lab.HANGS, Lab.HANGS, Lab.HANGS, 10L, 20L);
        String both = map(STANDARD, ",'MaxConcurrencyPath':'$[2]'");
        lab.start(both, List.of(1L, 2L, 2L)).stop(null, null);
        // Now one at a time: the second child does not start before the execution is stopped again.
        lab.startRedrive(map(STANDARD, ",'MaxConcurrency':1"), List.of(1L, 2L, 2L), 1)
                .stop(null, null);
        lab.calls.clear();
        Execution last = lab.startRedrive(map(STANDARD, ",'MaxConcurrency':2"), List.of(1L, 2L, 2L), 2);
        assertThat(lab.calls)
                .extracting(call -> call.stateName() + call.arguments())
                .startsWith("T1", "T2");
        assertThat(last.result()).isDone();
    }

    @Test
    void theRunThatIsRedrivenIsTheSame() {
        lab.does("arn:q", in -> in);
        lab.answers(Lab.FUNCTION, 10L, BROKEN, BROKEN, 20L);
        String machine = map(STANDARD, ",'MaxConcurrency':1");
        lab.run(machine, List.of(1L, 2L));
        lab.redrive(machine, List.of(1L, 2L), 1);
        assertThat(lab.redrive(machine, List.of(1L, 2L), 2)).isEqualTo(gave(List.of(10L, 20L)));
        String run = lab.mapRuns.get(0).arn();
        assertThat(lab.mapRuns).allSatisfy(status -> assertThat(status.arn()).isEqualTo(run));
        assertThat(lab.lines().stream()
                        .filter(line -> line.contains("MapRun"))
                        .map(line -> line.replaceFirst("^\\S+ ", "")))
                .containsExactly(
                        "MapRunStarted {'mapRunArn':'" + run + "'}",
                        "MapRunFailed {'error':'States.ExceedToleratedFailureThreshold','cause':'The specified tolerated failure threshold was exceeded'}",
                        "MapRunRedriven {'mapRunArn':'" + run + "','redriveCount':1}",
                        "MapRunFailed {'error':'States.ExceedToleratedFailureThreshold','cause':'The specified tolerated failure threshold was exceeded'}",
                        "MapRunRedriven {'mapRunArn':'" + run + "','redriveCount':2}",
                        "MapRunSucceeded");
        assertThat(lab.mapRuns)
                .extracting(s ->
                        "%s %d/%d/%d/%d".formatted(s.status(), s.pending(), s.running(), s.succeeded(), s.failed()))
                .containsExactly(
                        "RUNNING 2/0/0/0",
                        "RUNNING 1/1/0/0",
                        "RUNNING 0/1/1/0",
                        "FAILED 0/0/1/1",
                        "RUNNING 1/0/1/0",
                        "RUNNING 0/1/1/0",
                        "FAILED 0/0/1/1",
                        "RUNNING 1/0/1/0",
                        "RUNNING 0/1/1/0",
                        "RUNNING 0/0/2/0",
                        "SUCCEEDED 0/0/2/0");
        assertThat(Json.object(lab.calls.get(lab.calls.size() - 1).context().get("Execution")))
                .containsEntry("RedriveCount", 2L);
    }

    @Test
    void expressChildrenStartAgainUnderTheSameArn() {
        lab.does("arn:q", in -> in);
        lab.answers(Lab.FUNCTION, BROKEN, 10L);
        String machine = map(EXPRESS, "");
        lab.run(machine, List.of(1L));
        assertThat(lab.redrive(machine, List.of(1L), 1)).isEqualTo(gave(List.of(10L)));
        assertThat(lab.calls).extracting(TaskRequest::stateName).containsExactly("Q", "T", "Q", "T");
        assertThat(lab.calls.stream()
                        .map(call ->
                                Json.object(call.context().get("Execution")).get("Id"))
                        .distinct())
                .hasSize(1);
    }

    @Test
    void aRunWhoseParentWasStoppedGoesOn() {
        lab.does("arn:q", in -> in);
        lab.answers(Lab.FUNCTION, Lab.HANGS, Lab.HANGS, 10L, 20L);
        String machine = map(STANDARD, "");
        lab.start(machine, List.of(1L, 2L)).stop("By", "hand");
        lab.calls.clear();
        assertThat(lab.redrive(machine, List.of(1L, 2L), 1)).isEqualTo(gave(List.of(10L, 20L)));
        assertThat(lab.calls).extracting(TaskRequest::stateName).containsExactly("T", "T");
        assertThat(lab.types())
                .containsSubsequence("ExecutionAborted", "ExecutionRedriven", "MapRunRedriven", "MapRunSucceeded");
    }

    private static final String READER =
            ",'ItemReader':{'Resource':'arn:aws:states:::s3:getObject','ReaderConfig':{'InputType':'JSON'},'Parameters':{'Bucket':'b','Key':'k'}}";

    @Test
    void aRunThatCouldNotReadItsItemsIsANewOne() {
        lab.does("arn:q", in -> in).does(Lab.FUNCTION, in -> in);
        String machine = map(STANDARD, READER);
        assertThat(((ExecutionResult.Failed) lab.run(machine, 1L)).error()).isEqualTo("States.ItemReaderFailed");
        lab.objects.put("b", "k", "[8]".getBytes(UTF_8));
        assertThat(lab.redrive(machine, 1L, 1)).isEqualTo(gave(List.of(8L)));
        assertThat(lab.types()).contains("MapRunStarted").doesNotContain("MapRunRedriven");
    }

    @Test
    void aRunThatHadReadItsItemsKeepsThem() {
        lab.does("arn:q", in -> in).answers(Lab.FUNCTION, BROKEN, 5L);
        lab.objects.put("b", "k", "[8]".getBytes(UTF_8));
        String machine = map(STANDARD, READER);
        lab.run(machine, 1L);
        lab.objects.put("b", "k", "[9,10]".getBytes(UTF_8));
        assertThat(lab.redrive(machine, 1L, 1)).isEqualTo(gave(List.of(5L)));
        assertThat(lab.calls.get(lab.calls.size() - 1).arguments()).isEqualTo(8L);
    }

    @Test
    void aRunWhoseResultCouldNotBeWrittenOnlyWritesAgain() {
        lab.does("arn:q", in -> in).does(Lab.FUNCTION, in -> in);
        String machine = map(
                STANDARD, ",'ResultWriter':{'Resource':'arn:aws:states:::s3:putObject','Parameters':{'Bucket':'out'}}");
        lab.writing = new IOException("no such bucket");
        assertThat(lab.run(machine, List.of(1L)))
                .isEqualTo(new ExecutionResult.Failed("States.ResultWriterFailed", "no such bucket"));
        int calls = lab.calls.size();
        lab.writing = null;
        assertThat(lab.redrive(machine, List.of(1L), 1).status()).isEqualTo("SUCCEEDED");
        assertThat(lab.calls).hasSize(calls);
        assertThat(lab.objects.list("out", ""))
                .as("the results and their manifest")
                .hasSize(2);
    }

    @Test
    void aRunWhoseOutputFailedBeginsAnew() {
        lab.does("arn:q", in -> in).does(Lab.FUNCTION, in -> in);
        String broken = map(STANDARD, ",'OutputPath':'$.none'");
        assertThat(((ExecutionResult.Failed) lab.run(broken, List.of(5L))).error())
                .isEqualTo("States.Runtime");
        lab.mapRuns.clear();
        lab.calls.clear();
        lab.redrive(broken, List.of(5L), 1);
        assertThat(lab.calls).hasSize(2);
        assertThat(lab.types()).doesNotContain("MapRunRedriven");
    }

    @Test
    void aChildWhoseHistoryIsFullIsNotTriedAgain() {
        lab.wantsSnapshots = true;
        String machine = """
                {'StartAt':'M','States':{'M':{'Type':'Map','End':true,'MaxConcurrency':1,'ItemProcessor':{'ProcessorConfig':{'Mode':'DISTRIBUTED','ExecutionType':'STANDARD'},
                 'StartAt':'A','States':{'A':{'Type':'Pass','Next':'B'},'B':{'Type':'Choice','Choices':[{'Variable':'$','NumericEquals':0,'Next':'T'}],'Default':'A'},'T':{'Type':'Task','Resource':'%s','End':true}}}}}}""".formatted(Lab.FUNCTION);
        lab.answers(Lab.FUNCTION, 1L);
        assertThat(lab.run(machine, List.of(0L, 1L)).status()).isEqualTo("FAILED");
        String full = List.copyOf(lab.children.keySet()).get(1);
        assertThat(lab.children.get(full)).hasSize(25_000);
        assertThat(lab.redrive(machine, List.of(0L, 1L), 1))
                .isEqualTo(new ExecutionResult.Failed(
                        "States.ExceedToleratedFailureThreshold",
                        "The specified tolerated failure threshold was exceeded"));
        assertThat(lab.children.get(full)).hasSize(25_000);
    }

    @Test
    void theRetriersCountFromNoughtAgain() {
        String machine = "{'StartAt':'T','States':{'T':{'Type':'Task','Resource':'" + Lab.FUNCTION
                + "','Retry':[{'ErrorEquals':['Broken'],'MaxAttempts':2}],'End':true}}}";
        lab.answers(Lab.FUNCTION, BROKEN);
        lab.run(machine, 1L);
        assertThat(lab.calls).hasSize(3);
        lab.redrive(machine, 1L, 1);
        assertThat(lab.calls).extracting(TaskRequest::retryCount).containsExactly(0, 1, 2, 0, 1, 2);
    }

    @Test
    void aGroupThatWaitedForItsRetryRunsAsAWhole() {
        lab.answers("arn:a", "a")
                .answers("arn:b", "b")
                .answers("arn:b2", BROKEN, "b2")
                .answers("arn:c", "c");
        String machine = parallel("'Retry':[{'ErrorEquals':['Broken'],'IntervalSeconds':100}],");
        lab.start(machine, 1L).stop(null, null);
        lab.calls.clear();
        assertThat(lab.redrive(machine, 1L, 1)).isEqualTo(gave(List.of("a", "b2", "c")));
        assertThat(called()).containsExactly("arn:a", "arn:b", "arn:c", "arn:b2");
    }

    @Test
    void theMachinesTimeoutStartsAnew() {
        String machine = "{'TimeoutSeconds':10,'StartAt':'W','States':{'W':{'Type':'Wait','Seconds':20,'End':true}}}";
        assertThat(lab.run(machine, 1L)).isEqualTo(new ExecutionResult.TimedOut());
        assertThat(lab.redrive(machine, 1L, 1)).isEqualTo(new ExecutionResult.TimedOut());
        assertThat(lab.elapsed()).isEqualTo(Duration.ofSeconds(20));
        assertThat(lab.types())
                .endsWith("WaitStateEntered", "ExecutionTimedOut", "ExecutionRedriven", "ExecutionTimedOut");
    }

    @Test
    void aRuntimeErrorCanBeRedriven() {
        String machine = "{'StartAt':'T','States':{'T':{'Type':'Task','Resource':'" + Lab.FUNCTION + "','End':true}}}";
        assertThat(((ExecutionResult.Failed) lab.run(machine, 1L)).error()).isEqualTo("States.Runtime");
        lab.answers(Lab.FUNCTION, "now it is there");
        assertThat(lab.redrive(machine, 1L, 1)).isEqualTo(gave("now it is there"));
    }

    @Test
    void aCaughtErrorsWayIsKept() {
        lab.answers(Lab.FUNCTION, BROKEN).answers("arn:late", BROKEN, "ok");
        String machine = """
                {'StartAt':'T','States':{'T':{'Type':'Task','Resource':'%s','Catch':[{'ErrorEquals':['Broken'],'Next':'L','Assign':{'why.$':'$.Cause'}}],'End':true},
                 'L':{'Type':'Task','Resource':'arn:late','Parameters':{'why.$':'$why','in.$':'$'},'End':true}}}""".formatted(Lab.FUNCTION);
        lab.run(machine, 1L);
        assertThat(lab.redrive(machine, 1L, 1)).isEqualTo(gave("ok"));
        assertThat(lab.calls.get(2).arguments())
                .isEqualTo(Map.of("why", "once", "in", Map.of("Error", "Broken", "Cause", "once")));
    }

    @Test
    void aCallbackGetsAnotherTokenAndTheOldOneIsWorthNothing() {
        lab.answers(Lab.WITH_TOKEN, 1L);
        String machine =
                "{'StartAt':'T','States':{'T':{'Type':'Task','Resource':'" + Lab.WITH_TOKEN + "','End':true}}}";
        lab.start(machine, 1L).stop(null, null);
        Execution again = lab.startRedrive(machine, 1L, 1);
        String before = lab.calls.get(0).token();
        String now = lab.calls.get(1).token();
        assertThat(now).isNotEqualTo(before);
        assertThat(lab.engine.tokens().succeed(before, "old")).isFalse();
        assertThat(lab.engine.tokens().succeed(now, "new")).isTrue();
        assertThat(again.result()).isCompletedWithValue(gave("new"));
    }

    @Test
    void aHistoryIsContinuedUpToItsLimit() {
        String machine = "{'StartAt':'T','States':{'T':{'Type':'Task','Resource':'" + Lab.FUNCTION + "','End':true}}}";
        lab.answers(Lab.FUNCTION, BROKEN, "ok");
        lab.run(machine, 1L);
        assertThat(Engine.isRedrivable(24_998)).isTrue();
        assertThat(Engine.isRedrivable(24_999)).isFalse();
        CompletableFuture<ExecutionResult> full = redriveAt(24_998, machine);
        assertThat(((ExecutionResult.Failed) full.join()).cause()).contains("25000");
        assertThat(lab.lines())
                .endsWith(
                        "24999<24998 ExecutionRedriven {'redriveCount':1}",
                        "25000<24999 ExecutionFailed {'error':'States.Runtime','cause':'The execution reached the maximum number of history events (25000).'}");
        assertThatThrownBy(() -> redriveAt(24_999, machine))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A history of 24999 events has no room for a redrive");
    }

    private CompletableFuture<ExecutionResult> redriveAt(long lastEventId, String machine) {
        return lab.engine
                .redrive(Lab.definition(machine), lab.identity, 1L, lab.listener(), lab.snapshot(), 1, lastEventId)
                .result();
    }

    @Test
    void aStateThatIsGoneEndsTheExecution() {
        lab.run("{'StartAt':'A','States':{'A':{'Type':'Fail'}}}", 1L);
        ExecutionResult result = lab.redrive("{'StartAt':'B','States':{'B':{'Type':'Fail'}}}", 1L, 1);
        assertThat(((ExecutionResult.Failed) result).cause()).contains("The definition has no state A to go on from");
    }

    @Test
    void everySnapshotIsOneToGoOnFrom() {
        lab.answers("arn:a", "a").answers("arn:b", "b").answers("arn:b2", "b2").answers("arn:c", "c");
        ExecutionResult whole = lab.run(parallel(""), 1L);
        List<Map<String, Object>> snapshots = List.copyOf(lab.snapshots);
        assertThat(snapshots).hasSizeGreaterThan(6);
        for (Map<String, Object> snapshot : snapshots) {
            lab.snapshots.add(snapshot);
            assertThat(lab.redrive(parallel(""), 1L, 1)).as(Json.text(snapshot)).isEqualTo(whole);
        }
    }
}
