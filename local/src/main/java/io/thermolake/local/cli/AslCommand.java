package io.thermolake.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.thermolake.asl.AslRunner;
import io.thermolake.asl.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs any state machine without tasks, in virtual time. */
@Command(
        name = "asl",
        mixinStandardHelpOptions = true,
        description = "Run a state machine that needs no service, in virtual time.")
final class AslCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DEFINITION.json", description = "In the Amazon States Language, with JSONata.")
    Path definition = Path.of("");

    @Option(names = "--input", paramLabel = "FILE", description = "The execution's input (default: {}).")
    @Nullable
    Path input;

    @Option(names = "--json", description = "One machine-readable object on stdout.")
    boolean json;

    @Override
    public Integer call() throws IOException {
        OwnData.check(definition);
        if (input != null) {
            OwnData.check(input);
        }
        Console console = new Console(json);
        Object value = input == null ? Map.of() : Json.parse(Files.readString(input, UTF_8));
        Map<String, @Nullable Object> answer = AslRunner.run(Files.readString(definition, UTF_8), value);
        for (Object event : (List<?>) java.util.Objects.requireNonNull(answer.get("events"))) {
            Map<?, ?> one = (Map<?, ?>) event;
            console.say(
                    "  %-28s %s",
                    String.valueOf(one.get("type")), one.get("name") == null ? "" : String.valueOf(one.get("name")));
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
}
