package io.thermolake.asl.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.thermolake.asl.Activities;
import io.thermolake.asl.Json;
import io.thermolake.asl.ObjectStore;
import io.thermolake.asl.Resources;
import io.thermolake.asl.engine.Definition;
import io.thermolake.asl.teststate.TestStateRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The examples of docs/testing-machines.md, word for word: the last tests hold the page against this file. */
class ExamplesTest {
    private static final Path PAGE = Path.of("..", "docs", "testing-machines.md");

    private final Machine machine = Machine.read(
            Path.of("src/test/resources/order.asl.json"),
            Map.of("ReserveFunctionArn", "arn:aws:lambda:us-east-1:111111111111:function:reserve"));

    @Test
    void aFreeItemIsShippedAtOnce() {
        Mocks mocks = new Mocks().returns("Reserve", Map.of("price", 0)).returns("Ship", "sent");

        Machine.Run run = machine.run(Map.of("item", "book"), mocks);

        assertThat(run.status()).isEqualTo("SUCCEEDED");
        assertThat(run.output()).isEqualTo("sent");
        assertThat(run.states()).containsExactly("Reserve", "IsFree", "Ship");
        assertThat(mocks.requests().get(0).arguments()).isEqualTo(Map.of("item", "book"));
    }

    @Test
    void aBusyStoreIsAskedAgain() {
        Mocks mocks = new Mocks()
                .fails("Reserve", "Busy", "first")
                .fails("Reserve", "Busy", "second")
                .returns("Reserve", Map.of("price", 0))
                .returns("Ship", "sent")
                .after(Duration.ofHours(2));

        Machine.Run run = machine.run(Map.of("item", "book"), mocks);

        assertThat(run.elapsed()).isEqualTo(Duration.ofHours(2).plusSeconds(60 + 120));
    }

    @Test
    void whoeverPaysGetsTheItem() {
        Mocks mocks = new Mocks()
                .returns("Reserve", Map.of("price", 12))
                .hangs("AwaitPayment")
                .returns("Ship", "sent");
        Machine.Run run = machine.start(Map.of("item", "book"), mocks, ObjectStore.NONE);

        run.advance(Duration.ofMinutes(50)).heartbeat("AwaitPayment");
        run.advance(Duration.ofMinutes(50)).succeed("AwaitPayment", Map.of("paid", 12));

        assertThat(run.finish().output()).isEqualTo("sent");
    }

    @Test
    void aWorkerShips() {
        Mocks mocks = new Mocks().returns("Reserve", Map.of("price", 0));
        // An activity for which there is no handler waits for a worker.
        Resources tasks = resource -> resource.contains(":activity:") ? null : mocks.find(resource);
        Machine.Run run = machine.start(Map.of("item", "book"), tasks, ObjectStore.NONE);

        Activities.Task work = run.engine()
                .activities()
                .poll("arn:aws:states:us-east-1:111111111111:activity:ship", "worker 1")
                .orElseThrow();
        run.engine().tokens().succeed(work.token(), "sent");

        assertThat(run.output()).isEqualTo("sent");
    }

    @Test
    void aFailedRunGoesOnWhereItFailed() {
        Mocks mocks = new Mocks()
                .returns("Reserve", Map.of("price", 0))
                .fails("Ship", "NoTruck", "all of them are out")
                .returns("Ship", "sent");

        Machine.Run run = machine.run(Map.of("item", "book"), mocks);
        assertThat(run.error()).isEqualTo("NoTruck");

        assertThat(run.redrive().output()).isEqualTo("sent");
        assertThat(mocks.requests()).extracting("stateName").containsExactly("Reserve", "Ship", "Ship");
    }

    @Test
    void eachLineOfAnObjectIsAnItem() throws IOException {
        Machine map = Machine.of("""
                {"StartAt": "Each", "States": {"Each": {"Type": "Map", "End": true,
                  "ItemReader": {
                    "Resource": "arn:aws:states:::s3:getObject",
                    "Parameters": {"Bucket": "orders", "Key": "today.csv"},
                    "ReaderConfig": {"InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW"}},
                  "ItemProcessor": {
                    "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                    "StartAt": "Book", "States": {"Book": {"Type": "Task", "Resource": "arn:aws:lambda:::function:book", "End": true}}},
                  "ResultWriter": {
                    "Resource": "arn:aws:states:::s3:putObject",
                    "Parameters": {"Bucket": "orders", "Prefix": "done"}}}}}""");
        MemoryObjects objects =
                new MemoryObjects(Map.of("orders/today.csv", "item,count\nbook,2\npen,5\n".getBytes(UTF_8)));
        Mocks mocks = new Mocks().answers("Book", item -> item);

        Machine.Run run = map.run(Map.of(), mocks, objects);

        assertThat(run.status()).isEqualTo("SUCCEEDED");
        assertThat(mocks.requests().get(1).arguments()).isEqualTo(Map.of("item", "pen", "count", "5"));
        assertThat(objects.list("orders", "done/"))
                .anyMatch(object -> object.key().endsWith("/SUCCEEDED_0.json"));
    }

    @Test
    void oneStateOnItsOwn() throws IOException {
        String definition = machine.definition().text();
        Map<String, Object> request = Map.of(
                "stateName", "Reserve",
                "input", "{\"item\": \"book\"}",
                "inspectionLevel", "DEBUG",
                "stateConfiguration", Map.of("retrierRetryCount", 1),
                "mock", Map.of("errorOutput", Map.of("error", "Busy", "cause", "still")));

        Map<String, Object> answer = TestStateRun.run(definition, request, resource -> null);

        assertThat(answer).containsEntry("status", "RETRIABLE").containsEntry("error", "Busy");
        assertThat(Json.object(answer.get("inspectionData")))
                .containsEntry("afterArguments", "{\"item\":\"book\"}")
                .containsEntry("errorDetails", Map.of("retryIndex", 0L, "retryBackoffIntervalSeconds", 120L));
    }

    @Test
    void whatTheRunsHaveReached() {
        machine.run(Map.of("item", "book"), new Mocks().fails("Reserve", "SoldOut", "none left"));

        Coverage coverage = machine.coverage();
        assertThat(coverage.missed()).contains("/States/IsFree/Default", "/States/Reserve/Retry[0]");
        System.out.println(coverage.report());
    }

    @Test
    void theDefinitionHasNoFaultAndNoDoubt() {
        assertThat(Definition.validate(machine.definition().text(), Definition.Type.STANDARD))
                .isEmpty();
    }

    @Test
    void theRunAsAPersonReadsIt() {
        Machine.Run run = machine.run(Map.of("item", "book"), new Mocks().fails("Reserve", "SoldOut", "none left"));
        System.out.println(run.trace());
        System.out.println(Diagram.text(machine.definition().text()));
        assertThat(Diagram.svg(machine.definition().text(), machine.coverage())).startsWith("<svg");
    }

    private static List<String> blocks(String language) throws IOException {
        assumeTrue(Files.exists(PAGE), "the page is not there");
        Matcher block = Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(PAGE));
        return block.results().map(found -> found.group(1)).toList();
    }

    private static String withoutBlanks(String text) {
        return text.replaceAll("\\s+", "");
    }

    @Test
    void everyExampleOfThePageStandsInThisFile() throws IOException {
        Path folder = Path.of("src/test/java/io/thermolake/asl/testing");
        String here = withoutBlanks(Files.readString(folder.resolve("ExamplesTest.java"))
                + Files.readString(folder.resolve("OrderTest.java")));
        assertThat(blocks("java"))
                .hasSizeGreaterThan(9)
                .allMatch(example -> here.contains(withoutBlanks(example)), "stands in the tests");
    }

    @Test
    void theMocksOfThePageCanBeRead() throws IOException {
        assertThat(blocks("json"))
                .isNotEmpty()
                .allSatisfy(example -> assertThat(machine.run(Map.of("item", "book"), Mocks.parse(example))
                                .status())
                        .isEqualTo("SUCCEEDED"));
    }

    @Test
    void everyCodeOfADiagnosticIsInThePagesTable() throws IOException {
        assumeTrue(Files.exists(PAGE), "the page is not there");
        String page = Files.readString(PAGE);
        TreeSet<String> codes = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                Pattern.compile("\\.(?:error|warning)\\(\\s*\"([A-Z_]+)\"|String \\w+ = \"([A-Z]+_[A-Z_]+)\";")
                        .matcher(Files.readString(file))
                        .results()
                        .forEach(code -> codes.add(code.group(1) == null ? code.group(2) : code.group(1)));
            }
        }
        assertThat(codes)
                .hasSizeGreaterThan(20)
                .allSatisfy(code -> assertThat(page).contains("| `" + code + "` |"));
    }
}
