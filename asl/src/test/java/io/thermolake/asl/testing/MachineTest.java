package io.thermolake.asl.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thermolake.asl.InvalidDefinitionException;
import io.thermolake.asl.ObjectStore;
import io.thermolake.asl.TaskException;
import io.thermolake.asl.engine.Definition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MachineTest {
    private static final String TWO = """
            {"QueryLanguage":"JSONata","StartAt":"A","States":{
             "A":{"Type":"Task","Resource":"arn:a","Assign":{"a":"{% $states.result %}"},"Next":"B"},
             "B":{"Type":"Task","Resource":"arn:b","Output":"{% [$a, $states.result, $states.context.Execution.RedriveCount] %}","End":true,
              "Retry":[{"ErrorEquals":["Busy"],"IntervalSeconds":10,"MaxAttempts":2,"BackoffRate":1}]}}}""";
    private static final String CALLBACK = """
            {"StartAt":"Ask","States":{"Ask":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken",
             "HeartbeatSeconds":60,"End":true}}}""";

    @Test
    void eachCallTakesTheNextAnswerAndTheLastRepeats() {
        Mocks mocks = new Mocks()
                .returns("A", 1)
                .fails("B", "Busy", "1")
                .fails("arn:b", "Never", "taken")
                .returns("B", 2);
        Machine.Run run = Machine.of(TWO).run(Map.of(), mocks);
        assertThat(run.status()).isEqualTo("SUCCEEDED");
        assertThat(run.output()).isEqualTo(List.of(1L, 2L, 0L));
        assertThat(run.elapsed()).isEqualTo(Duration.ofSeconds(10));
        assertThat(run.states()).containsExactly("A", "B");
        assertThat(mocks.requests()).extracting("stateName").containsExactly("A", "B", "B");
        assertThat(Machine.of(TWO).run(Map.of(), mocks).output()).isEqualTo(List.of(1L, 2L, 0L));
    }

    @Test
    void anAnswerMayTakeItsTime() {
        Mocks mocks = new Mocks()
                .returns("A", 1)
                .after(Duration.ofHours(3))
                .fails("B", "Busy", "1")
                .after(Duration.ofSeconds(5))
                .returns("B", 2);
        Machine.Run run = Machine.of(TWO).run(Map.of(), mocks);
        assertThat(run.output()).isEqualTo(List.of(1L, 2L, 0L));
        assertThat(run.elapsed()).isEqualTo(Duration.ofHours(3).plusSeconds(15));
    }

    @Test
    void anAnswerThatComesAfterTheTimeoutIsTooLate() {
        String machine =
                "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Task\",\"Resource\":\"arn:a\",\"TimeoutSeconds\":60,\"End\":true}}}";
        assertThat(Machine.of(machine)
                        .run(Map.of(), new Mocks().returns("A", 1).after(Duration.ofSeconds(59)))
                        .status())
                .isEqualTo("SUCCEEDED");
        Machine.Run run =
                Machine.of(machine).run(Map.of(), new Mocks().returns("A", 1).after(Duration.ofSeconds(61)));
        assertThat(run.error()).isEqualTo("States.Timeout");
        // Nobody waits for the answer any more.
        assertThat(run.elapsed()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void aDelayNeedsAnAnswerAndAClock() {
        assertThatThrownBy(() -> new Mocks().after(Duration.ZERO)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aTaskWithoutAMockFailsByName() {
        Machine.Run run = Machine.of(TWO).run(Map.of(), new Mocks().returns("B", 1));
        assertThat(run.error()).isEqualTo("States.Runtime");
        assertThat(run.cause()).contains("The task 'A' has no mock, by its name or as arn:a");
        assertThat(run.output()).isNull();
    }

    @Test
    void whatIsNotMockedIsDoneByWhomTheTestNames() {
        Mocks mocks = new Mocks()
                .returns("A", 1)
                .otherwise(resource -> request -> CompletableFuture.completedFuture(resource));
        assertThat(Machine.of(TWO).run(Map.of(), mocks).output()).isEqualTo(List.of(1L, "arn:b", 0L));
    }

    @Test
    void anAnswerCanBeMadeOfTheArguments() {
        Mocks mocks = new Mocks().answers("arn:a", in -> in).answers("arn:b", in -> {
            throw new TaskException("Odd", "input " + in);
        });
        Machine.Run run = Machine.of(TWO).run(7L, mocks);
        assertThat(run.error()).isEqualTo("Odd");
        assertThat(run.cause()).isEqualTo("input 7");
    }

    @Test
    void mocksCanBeReadFromJson() {
        Mocks mocks = Mocks.parse(
                "{\"A\":{\"return\":{\"x\":1},\"after\":1.5},\"arn:b\":[{\"error\":\"Busy\",\"cause\":{\"why\":1}},{\"echo\":true}]}");
        Machine.Run run = Machine.of(TWO).run(3L, mocks);
        assertThat(run.elapsed()).isEqualTo(Duration.ofMillis(11_500));
        assertThat(Machine.of(TWO)
                        .run(3L, Mocks.parse("{\"A\":{\"hang\":true}}"))
                        .status())
                .isEqualTo("RUNNING");
        assertThat(Machine.of(TWO)
                        .run(3L, Mocks.parse("{\"A\":{\"cause\":\"only\"}}"))
                        .cause())
                .isEqualTo("only");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{\"A\":{}}",
                "{\"A\":{\"after\":1}}",
                "{\"A\":{\"retrun\":1}}",
                "{\"A\":{\"return\":1,\"error\":\"E\"}}",
                "{\"A\":{\"return\":1,\"after\":-1}}",
                "{\"A\":{\"return\":1,\"after\":\"1\"}}",
                "{\"A\":[1]}",
            })
    void aMockThatIsNoneIsRefused(String json) {
        assertThatThrownBy(() -> Mocks.parse(json)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFailedRunCanBeRedriven() {
        Mocks mocks = new Mocks().returns("A", 1).fails("B", "Broken", "once").returns("B", 2);
        Machine.Run run = Machine.of(TWO).run(Map.of(), mocks);
        assertThat(run.status()).isEqualTo("FAILED");
        assertThat(run.redrive().output()).isEqualTo(List.of(1L, 2L, 1L));
        assertThat(mocks.requests()).extracting("stateName").containsExactly("A", "B", "B");
        assertThat(run.history())
                .extracting("type")
                .contains("ExecutionFailed", "ExecutionRedriven")
                .endsWith("ExecutionSucceeded");
        assertThatThrownBy(run::redrive)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("SUCCEEDED");
    }

    @Test
    void aStoppedRunCanBeRedrivenAndARunningOneCannot() {
        Machine.Run run = Machine.of(TWO)
                .start(Map.of(), new Mocks().hangs("A").returns("A", 1).returns("B", 2), ObjectStore.NONE);
        assertThatThrownBy(run::redrive)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("RUNNING");
        assertThat(run.stop("Enough", "why").status()).isEqualTo("ABORTED");
        assertThat(run.redrive().status()).isEqualTo("SUCCEEDED");
    }

    @Test
    void anExpressRunIsOneByItsArnAndIsNeverRedriven() {
        String machine = "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"%s\"%s}}}";
        Machine express = Machine.of(
                machine.formatted("Pass", ",\"Parameters\":{\"id.$\":\"$$.Execution.Id\"},\"End\":true"),
                Definition.Type.EXPRESS);
        assertThat(express.run(Map.of(), new Mocks()).output())
                .isEqualTo(Map.of("id", "arn:aws:states:us-east-1:111111111111:express:machine:run:1"));
        Machine.Run failed = Machine.of(machine.formatted("Fail", ""), Definition.Type.EXPRESS)
                .run(Map.of(), new Mocks());
        assertThatThrownBy(failed::redrive).hasMessage("An express execution cannot be redriven");
        assertThatThrownBy(() -> Machine.of(CALLBACK, Definition.Type.EXPRESS))
                .isInstanceOf(InvalidDefinitionException.class);
    }

    /** As AWS recorded it: the whole context of an express execution is written without it. */
    @Test
    void anExpressRunTellsItsRedriveCountOnlyToWhoAsksForIt() {
        Machine paths = Machine.of("""
                {"StartAt":"A","States":{"A":{"Type":"Pass","End":true,
                 "Parameters":{"n.$":"$$.Execution.RedriveCount","all.$":"$$.Execution"}}}}""", Definition.Type.EXPRESS);
        Map<?, ?> output = (Map<?, ?>) paths.run(Map.of(), new Mocks()).output();
        assertThat(output.get("n")).isEqualTo(0L);
        assertThat(((Map<?, ?>) output.get("all")).keySet().stream().map(String::valueOf))
                .doesNotContain("RedriveCount");
        Machine expressions = Machine.of("""
                {"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Pass","End":true,
                 "Output":"{% $states.context.Execution.RedriveCount = 0 %}"}}}""", Definition.Type.EXPRESS);
        assertThat(expressions.run(Map.of(), new Mocks()).output()).isEqualTo(true);
    }

    @Test
    void aTaskTokenIsAnsweredByTheStatesName() {
        Machine.Run run = Machine.of(CALLBACK).start(Map.of(), new Mocks().hangs("Ask"), ObjectStore.NONE);
        run.advance(Duration.ofSeconds(59)).heartbeat("Ask").advance(Duration.ofSeconds(59));
        assertThat(run.status()).isEqualTo("RUNNING");
        assertThat(run.succeed("Ask", Map.of("ok", true)).output()).isEqualTo(Map.of("ok", true));
        assertThat(run.elapsed()).isEqualTo(Duration.ofSeconds(118));
        assertThatThrownBy(() -> run.succeed("Ask", 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("No task of the state 'Ask' waits for its token");
    }

    @Test
    void aTaskTokenCanFailOrBeForgotten() {
        Machine.Run failed = Machine.of(CALLBACK).start(Map.of(), new Mocks().hangs("Ask"), ObjectStore.NONE);
        assertThat(failed.fail("Ask", "No", "thanks").error()).isEqualTo("No");
        Machine.Run forgotten = Machine.of(CALLBACK).run(Map.of(), new Mocks().hangs("Ask"));
        assertThat(forgotten.error()).isEqualTo("States.Timeout");
        assertThatThrownBy(() -> forgotten.heartbeat("Ask")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> forgotten.fail("Nobody", "E", "c")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aMockOfACallbackIsTheTokensAnswer() {
        assertThat(Machine.of(CALLBACK)
                        .run(Map.of(), new Mocks().returns("Ask", 5).after(Duration.ofSeconds(30)))
                        .output())
                .isEqualTo(5L);
        assertThat(Machine.of(CALLBACK)
                        .run(Map.of(), new Mocks().fails("Ask", "No", "c"))
                        .error())
                .isEqualTo("No");
        assertThat(Machine.of(CALLBACK)
                        .run(
                                Map.of(),
                                new Mocks()
                                        .add(
                                                "Ask",
                                                r -> CompletableFuture.failedFuture(new IllegalStateException("x"))))
                        .error())
                .isEqualTo("States.TaskFailed");
    }

    @Test
    void aMachineIsReadFromAFileWithItsSubstitutions(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("orders.asl.json");
        Files.writeString(
                file,
                "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Task\",\"Resource\":\"${FunctionArn}\",\"End\":true}}}");
        Machine machine = Machine.read(file, Map.of("FunctionArn", "arn:f"));
        assertThat(machine.name()).isEqualTo("orders");
        assertThat(machine.run(1L, new Mocks().returns("arn:f", 2)).output()).isEqualTo(2L);
        assertThat(Machine.read(file, Map.of("FunctionArn", "arn:f"), Definition.Type.EXPRESS)
                        .name())
                .isEqualTo("orders");
        assertThat(Machine.read(file).name()).isEqualTo("orders");
        assertThatThrownBy(() -> Machine.read(folder.resolve("none.json"))).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void timeAdvancesEvenIfNothingIsDue() {
        Machine.Run run = Machine.of(TWO).start(Map.of(), new Mocks().hangs("A"), ObjectStore.NONE);
        assertThat(run.advance(Duration.ofDays(2)).elapsed()).isEqualTo(Duration.ofDays(2));
        assertThat(run.step()).isFalse();
    }

    @Test
    void aTraceHasALineForEachEvent() {
        Machine.Run run = Machine.of(TWO)
                .run(
                        Map.of(),
                        new Mocks()
                                .returns("A", 1)
                                .fails("B", "Busy", "no\nroom")
                                .returns("B", 2));
        List<String> lines = run.trace().lines().toList();
        assertThat(lines).hasSize(run.history().size());
        assertThat(lines.get(0)).isEqualTo("    1       +0s  ExecutionStarted          {}");
        assertThat(run.trace())
                .contains("TaskStateEntered A")
                .contains("Busy: no room")
                .contains("+10s  ");
        assertThat(Trace.of(List.of())).isEmpty();
    }

    @Test
    void aLongValueIsCutInATrace() {
        Machine.Run run =
                Machine.of(TWO).run("x".repeat(300), new Mocks().returns("A", 1).returns("B", 2));
        assertThat(run.trace().lines()).allMatch(line -> line.length() < 160).anyMatch(line -> line.endsWith("…"));
    }

    @Test
    void fractionsOfASecondAreShownInATrace() {
        Machine.Run run = Machine.of(TWO)
                .run(
                        1L,
                        new Mocks()
                                .returns("A", 1)
                                .after(Duration.ofMillis(1500))
                                .returns("B", 2));
        assertThat(run.trace()).contains("+1.5s");
    }

    @Test
    void coverageCountsStatesRulesRetriersAndCatchers() {
        Machine machine = Machine.of("""
                {"StartAt":"T","States":{
                 "T":{"Type":"Task","Resource":"arn:t","Next":"C","Retry":[{"ErrorEquals":["Busy"]}],"Catch":[{"ErrorEquals":["Odd"],"Next":"End"}]},
                 "C":{"Type":"Choice","Choices":[{"Variable":"$","NumericEquals":1,"Next":"M"}],"Default":"P"},
                 "M":{"Type":"Map","ItemsPath":"$$.Execution.Input","Next":"End","ItemProcessor":{"StartAt":"I","States":{"I":{"Type":"Pass","End":true}}}},
                 "P":{"Type":"Parallel","Next":"End","Branches":[{"StartAt":"B","States":{"B":{"Type":"Pass","End":true}}}]},
                 "End":{"Type":"Succeed"}}}""");
        Coverage coverage = machine.coverage();
        assertThat(coverage.total()).isEqualTo(11);
        assertThat(coverage.percent()).isZero();
        machine.run(List.of(1L, 2L), new Mocks().fails("T", "Busy", "").returns("T", 1));
        assertThat(coverage.missed())
                .containsExactly(
                        "/States/C/Default", "/States/P", "/States/P/Branches[0]/States/B", "/States/T/Catch[0]");
        machine.run(List.of(), new Mocks().returns("T", 2));
        machine.run(List.of(), new Mocks().fails("T", "Odd", ""));
        assertThat(coverage.percent()).isEqualTo(100);
        assertThat(coverage.report())
                .startsWith("machine: 11 of 11 parts reached (100.0 %)")
                .contains("       2  /States/M/ItemProcessor/States/I")
                .doesNotContain("MISSED");
    }

    @Test
    void aReportMarksWhatIsMissed() {
        Machine machine = Machine.of("{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Succeed\"}}}");
        assertThat(machine.coverage().report().lines())
                .containsExactly("machine: 0 of 1 parts reached (0.0 %)", "MISSED      0  /States/A");
    }

    @ParameterizedTest
    @CsvSource({"b, '', 'x,y/z'", "b, y, y/z", "c, '', ''"})
    void objectsInMemoryAreListedByTheirPrefix(String bucket, String prefix, String keys) throws IOException {
        MemoryObjects objects = new MemoryObjects();
        objects.put("b", "y/z", new byte[] {1, 2});
        objects.put("b", "x", new byte[0]);
        objects.put("bb", "w", new byte[0]);
        assertThat(objects.list(bucket, prefix).stream()
                        .map(ObjectStore.Listed::key)
                        .toList())
                .isEqualTo(keys.isEmpty() ? List.of() : List.of(keys.split(",")));
        assertThat(objects.get("b", "y/z")).containsExactly(1, 2);
        assertThatThrownBy(() -> objects.get("b", "y"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("s3://b/y");
    }
}
