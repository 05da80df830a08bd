package io.thermolake.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.thermolake.asl.Diagnostic;
import io.thermolake.asl.Json;
import io.thermolake.asl.ObjectStore;
import io.thermolake.asl.engine.Definition;
import io.thermolake.asl.testing.AslRunner;
import io.thermolake.asl.testing.Cases;
import io.thermolake.asl.testing.Diagram;
import io.thermolake.asl.testing.Mocks;
import io.thermolake.asl.testing.Trace;
import io.thermolake.local.states.MockModels;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs, checks or draws any state machine. */
@Command(
        name = "asl",
        mixinStandardHelpOptions = true,
        description = "Run, check or draw a state machine; its tasks are answered by mocks.")
final class AslCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Parameters(
            paramLabel = "DEFINITION.json",
            arity = "0..1",
            description = "In the Amazon States Language, with JSONPath or JSONata.")
    @Nullable
    Path definition;

    @Option(names = "--input", paramLabel = "FILE", description = "The execution's input (default: {}).")
    @Nullable
    Path input;

    @Option(
            names = "--mocks",
            paramLabel = "FILE",
            description =
                    "Answers for tasks: {\"<state or resource>\": [{\"return\": …} | {\"error\": …, \"cause\": …} |"
                            + " {\"echo\": true} | {\"hang\": true}, …]}; the last one repeats.")
    @Nullable
    Path mocks;

    @Option(names = "--json", description = "One machine-readable object on stdout.")
    boolean json;

    @Option(names = "--virtual-time", description = "Let time jump: no Wait, Retry or timeout takes any.")
    boolean virtualTime;

    @Option(names = "--express", description = "Run or check it as an express state machine.")
    boolean express;

    @Option(names = "--validate", description = "Only say what is wrong or doubtful about the definition.")
    boolean validate;

    @Option(names = "--graph", paramLabel = "text|svg", description = "Only draw the definition.")
    @Nullable
    String graph;

    @Option(
            names = "--batch",
            paramLabel = "FILE.jsonl",
            description = "Run every recorded case of a file, a JSON line each, and print a line each.")
    @Nullable
    Path batch;

    @Override
    public Integer call() throws IOException {
        if (batch != null) {
            return batch(batch);
        }
        if (definition == null) {
            throw new ParameterException(
                    java.util.Objects.requireNonNull(spec).commandLine(),
                    "Name a DEFINITION.json, or a --batch of cases.");
        }
        String text = read(definition);
        if (graph != null) {
            return draw(text);
        }
        return validate ? check(text) : run(text);
    }

    private static int batch(Path file) throws IOException {
        OwnData.check(file);
        PrintStream out = System.out;
        silenceLibraries();
        MockModels models = new MockModels();
        try (Stream<String> lines = Files.lines(file, UTF_8)) {
            lines.filter(line -> !line.isBlank())
                    .map(line -> Json.text(Cases.run(Json.object(Json.parse(line)), models)))
                    .forEach(out::println);
        }
        return 0;
    }

    /** The JSONata library says by itself, on stdout, when something is called that is no function: no line of JSON. */
    private static void silenceLibraries() {
        System.setOut(System.err);
    }

    private int draw(String text) {
        if (!List.of("text", "svg").contains(graph)) {
            throw new ParameterException(
                    java.util.Objects.requireNonNull(spec).commandLine(),
                    "--graph must be text or svg but is " + graph);
        }
        System.out.print("svg".equals(graph) ? Diagram.svg(text) : Diagram.text(text));
        return 0;
    }

    private int check(String text) {
        Console console = new Console(json);
        Map<String, @Nullable Object> answer = AslRunner.validate(text, type());
        for (Diagnostic each : Definition.validate(text, type())) {
            console.say("%s %s", each.severity().name(), each.toString());
        }
        console.say("result: %s", String.valueOf(answer.get("result")));
        console.answer(answer);
        return "OK".equals(answer.get("result")) ? 0 : 1;
    }

    private int run(String text) throws IOException {
        Console console = new Console(json);
        if (json) {
            silenceLibraries();
        }
        Object value = input == null ? Map.of() : Json.parse(read(input));
        Mocks answers = mocks == null ? new Mocks() : Mocks.parse(read(mocks));
        Map<String, @Nullable Object> answer = AslRunner.run(
                text,
                type(),
                value,
                answers,
                ObjectStore.NONE,
                virtualTime,
                event -> console.say("  %s", Trace.line(event)));
        for (Object each : Json.list(answer.get("diagnostics"))) {
            Map<?, ?> one = Json.object(each);
            console.say(
                    "%s %s: %s at %s",
                    String.valueOf(one.get("severity")),
                    String.valueOf(one.get("code")),
                    String.valueOf(one.get("message")),
                    String.valueOf(one.get("location")));
        }
        for (String field : List.of("status", "output", "error", "cause")) {
            if (answer.containsKey(field)) {
                console.say(
                        "%s: %s",
                        field,
                        field.equals("output") ? Json.text(answer.get(field)) : String.valueOf(answer.get(field)));
            }
        }
        console.answer(answer);
        return "SUCCEEDED".equals(answer.get("status")) ? 0 : 1;
    }

    private Definition.Type type() {
        return express ? Definition.Type.EXPRESS : Definition.Type.STANDARD;
    }

    private static String read(Path file) throws IOException {
        OwnData.check(file);
        return Files.readString(file, UTF_8);
    }
}
