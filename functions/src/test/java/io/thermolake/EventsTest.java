package io.thermolake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.thermolake.finish.RecordFailureHandler;
import io.thermolake.plan.StartOnHistoryHandler;
import io.thermolake.run.Run;
import io.thermolake.run.RunInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** events/ holds what each function and each state machine is asked, as {@code sam local invoke -e} takes it. */
class EventsTest {
    private static final Path EVENTS = Path.of("../events");
    private static final Path MACHINES = Path.of("../statemachine");
    private static final Pattern INPUT = Pattern.compile("\\$states\\.input\\.(\\w+)");

    private static final Set<Class<?>> FROM_A_SERVICE = Set.of(RecordFailureHandler.class, StartOnHistoryHandler.class);

    @ParameterizedTest
    @MethodSource("handlers")
    void everyFunctionHasASampleEventThatItUnderstands(String name, Class<?> handler) throws IOException {
        String event = Files.readString(EVENTS.resolve(name + ".json"));
        Type request = ((ParameterizedType) handler.getGenericInterfaces()[0]).getActualTypeArguments()[0];

        Object read = new RecordJson().fromJson(event, request);

        assertThat(read).isNotNull();
        if (!FROM_A_SERVICE.contains(handler)) {
            // What EventBridge and SQS send holds more; all other events are the request and nothing more.
            assertThat(withoutNulls(written(read))).isEqualTo(withoutNulls(event));
        }
    }

    private static String written(Object request) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new RecordJson().toJson(request, out, request.getClass());
        return out.toString(UTF_8);
    }

    @Test
    void everyEventBelongsToAFunctionOrAMachine() throws IOException {
        Map<String, Class<?>> handlers = byName();
        try (Stream<Path> events = Files.list(EVENTS)) {
            assertThat(events.map(p -> p.getFileName().toString().replace(".json", "")))
                    .allSatisfy(name -> assertThat(
                                    handlers.containsKey(name) || Files.exists(MACHINES.resolve(name + ".asl.json")))
                            .as(name)
                            .isTrue());
        }
    }

    @Test
    void theEventOfAnEndedExecutionIsReadAsItsFailure() throws IOException {
        ScheduledEvent event =
                new RecordJson().fromJson(Files.readString(EVENTS.resolve("RecordFailure.json")), ScheduledEvent.class);

        assertThat(event.getDetail())
                .containsEntry("name", "nightly-2026-03-31")
                .containsEntry("status", "TIMED_OUT")
                .containsEntry("redriveCount", 0)
                .containsEntry("error", null)
                .containsEntry("cause", null);
        assertThat(event.getTime().toInstant().toString()).isEqualTo("2026-03-31T03:00:00.000Z");
    }

    @Test
    void thePipelinesInputIsAllowed() throws IOException {
        RunInput input = new RecordJson().fromJson(Files.readString(EVENTS.resolve("pipeline.json")), RunInput.class);

        assertThatCode(input::checked).doesNotThrowAnyException();
        assertThat(withoutNulls(RecordJson.gson().toJson(input)))
                .isEqualTo(withoutNulls(Files.readString(EVENTS.resolve("pipeline.json"))));
    }

    @Test
    void theAwaitMachinesInputNamesAPairOfFunctionsAndTheirRequest() throws IOException {
        JsonObject input = machineInput("await");

        Map<String, Class<?>> handlers = byName();
        assertThat(handlers)
                .containsKeys(
                        input.get("start").getAsString(), input.get("check").getAsString());
        assertThat(input.getAsJsonObject("request"))
                .isEqualTo(JsonParser.parseString(Files.readString(EVENTS.resolve("StartCrawler.json"))));
    }

    @Test
    void theRoomMachinesInputHasWhatItsFirstStateReads() throws IOException {
        JsonObject input = machineInput("room");
        String first = JsonParser.parseString(Files.readString(MACHINES.resolve("room.asl.json")))
                .getAsJsonObject()
                .getAsJsonObject("States")
                .get("Begin")
                .toString();

        assertThat(INPUT.matcher(first).results().map(m -> m.group(1)).distinct())
                .containsExactlyInAnyOrderElementsOf(input.keySet());
        assertThat(RecordJson.gson().fromJson(input.get("run"), Run.class).base())
                .isEqualTo(1);
    }

    static Stream<Arguments> handlers() throws IOException {
        return byName().entrySet().stream().map(e -> Arguments.of(e.getKey(), e.getValue()));
    }

    private static JsonObject machineInput(String name) throws IOException {
        return JsonParser.parseString(Files.readString(EVENTS.resolve(name + ".json")))
                .getAsJsonObject();
    }

    private static Map<String, Class<?>> byName() throws IOException {
        Path classes = Path.of("target/classes");
        Map<String, Class<?>> handlers = new TreeMap<>();
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file :
                    files.filter(p -> p.toString().endsWith("Handler.class")).toList()) {
                String name = classes.relativize(file)
                        .toString()
                        .replace(".class", "")
                        .replace('/', '.');
                handlers.put(name.substring(name.lastIndexOf('.') + 1).replace("Handler", ""), Class.forName(name));
            }
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
        assertThat(handlers).hasSizeGreaterThan(20);
        return handlers;
    }

    private static JsonElement withoutNulls(String json) {
        return JsonParser.parseString(RecordJson.gson().toJson(JsonParser.parseString(json)));
    }
}
