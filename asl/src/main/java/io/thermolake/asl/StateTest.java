package io.thermolake.asl;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Runs one state on its own, as AWS's TestState does: with an input, variables and a context object, with a mock in the
 * place of its work, and with a view of the data on each step of its way.
 *
 * <p>Whether a mocked result could be the service's answer is asked of a {@link MockCheck}, as the mock's {@code
 * fieldValidationMode} says: STRICT (as without the member), PRESENT, NONE. Without a MockCheck a mock that has no such member
 * is taken unchecked, and one that names STRICT or PRESENT is refused.
 */
public final class StateTest {
    /** How much {@code inspectionData} is wanted. */
    public enum Level {
        INFO,
        DEBUG,
        TRACE
    }

    /** A request that AWS refuses, with AWS's exception's name: ValidationException or InvalidDefinition. */
    public static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String code;

        Refused(String code, String message) {
            super(message, null, false, false);
            this.code = code;
        }

        public String code() {
            return code;
        }
    }

    private static final String SINGLE = "StateName";
    private static final Set<String> WITHOUT_MOCK = Set.of("Pass", "Succeed", "Fail", "Choice", "Wait");
    private static final List<String> SUPPORTED = List.of("Task", "Wait", "Pass", "Succeed", "Fail", "Choice");
    private static final List<String> MODES = List.of("STRICT", "PRESENT", "NONE");
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private StateTest() {}

    /**
     * @param definition a state, or a whole machine of which {@code stateName} names one
     * @param request TestState's other members as the API has them: {@code input}, {@code variables}, {@code context} and
     *     the mock's {@code result} are texts of JSON
     * @param tasks who does a Task's work when there is no mock
     * @return {@code status}: SUCCEEDED, FAILED, RETRIABLE or CAUGHT_ERROR; {@code output}, {@code error}, {@code cause},
     *     {@code nextState} where there are any; {@code inspectionData} above the level INFO
     * @throws Refused when AWS would refuse the request
     */
    public static Map<String, @Nullable Object> run(
            String definition, Map<String, @Nullable Object> request, Resources tasks) {
        return run(definition, request, tasks, null);
    }

    /**
     * The same with who knows the services' answers.
     *
     * @param mocks asked about the mocked result of a Task, unless the mode is NONE; null for nobody
     * @throws Refused when AWS would refuse the request, and when it names a mode that nobody can check
     */
    public static Map<String, @Nullable Object> run(
            String definition, Map<String, @Nullable Object> request, Resources tasks, @Nullable MockCheck mocks) {
        State state = state(definition, request);
        Map<String, @Nullable Object> configuration = Json.object(request.get("stateConfiguration"));
        Map<String, @Nullable Object> mock = Json.object(request.get("mock"));
        check(state, request, configuration, mock);
        Object input = json(request, "input", Map.of());
        Inspection.Answer answer = answer(state, mock, configuration, input, mocks);
        boolean group = !state.inner().isEmpty();
        Inspection inspection = new Inspection(
                request.get("context") == null ? null : Json.object(json(request, "context", null)),
                group ? answer : null,
                number(configuration.get("retrierRetryCount")));
        VirtualTimer timer = new VirtualTimer(START);
        Resources resources = answer == null || group ? tasks : mocked(answer);
        Engine engine = new Engine(resources, timer, new Random(1), Runnable::run);
        String name = state.common().name();
        Execution execution = new Execution(
                engine,
                new State.Scope(name, Map.of(name, state)),
                Optional.empty(),
                identity(),
                input,
                ExecutionListener.NONE,
                0,
                0,
                inspection);
        execution.begin(Json.object(json(request, "variables", Map.of())));
        while (!execution.result().isDone() && timer.step()) {
            // Virtual time.
        }
        inspection.data().keySet().removeAll(unseen(state));
        return answer(request, input, inspection, execution.result().getNow(null));
    }

    /** The steps that AWS leaves out: before a literal Result, and around what is inside of a Parallel or a Map. */
    private static Set<String> unseen(State state) {
        if (!state.inner().isEmpty()) {
            return Set.of("afterInputPath", "afterParameters", "afterArguments", "result");
        }
        return state instanceof State.Pass pass && pass.result() != null ? Set.of("afterInputPath") : Set.of();
    }

    private static State state(String definition, Map<String, @Nullable Object> request) {
        Map<String, @Nullable Object> json;
        try {
            json = Json.object(Json.parse(definition));
        } catch (IllegalArgumentException e) {
            throw new Refused("InvalidDefinition", "Invalid State Machine Definition: '" + e.getMessage() + "'");
        }
        try {
            if (!json.containsKey("States")) {
                return new DefinitionParser(Definition.Type.STANDARD).state(SINGLE, json);
            }
            State.Scope scope = Definition.parse(definition).scope();
            String name = String.valueOf(request.getOrDefault("stateName", scope.startAt()));
            if (name.isEmpty()) {
                throw new Refused(
                        "ValidationException",
                        "Parameter validation failed:\nInvalid length for parameter stateName, value: 0, valid min length: 1");
            }
            State found = find(scope, name);
            if (found == null) {
                throw new Refused("ValidationException", "The definition has no state '" + name + "'");
            }
            return found;
        } catch (InvalidDefinitionException e) {
            throw new Refused("InvalidDefinition", String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable State find(State.Scope scope, String name) {
        State here = scope.states().get(name);
        if (here != null) {
            return here;
        }
        for (State state : scope.states().values()) {
            for (State.Scope inner : state.inner()) {
                State found = find(inner, name);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private static void check(
            State state,
            Map<String, @Nullable Object> request,
            Map<String, @Nullable Object> configuration,
            Map<String, @Nullable Object> mock) {
        if (mock.containsKey("result") && mock.containsKey("errorOutput")) {
            throw invalid("A mock must have only one of result and errorOutput.");
        }
        if (mock.isEmpty()) {
            if (configuration.containsKey("mapIterationFailureCount")) {
                throw invalid("TestState does not support MapIterationFailureCount when a mock is not specified.");
            }
            if (!state.inner().isEmpty()) {
                throw new Refused(
                        "InvalidDefinition",
                        "TestState API does not support Map or Parallel states. Supported state types include: "
                                + SUPPORTED);
            }
            if (state instanceof State.Task task && waits(TaskResource.of(task.resource()))) {
                throw invalid("TestState supports " + task.resource() + " only when a mock is specified.");
            }
            return;
        }
        if (Boolean.TRUE.equals(request.get("revealSecrets"))) {
            throw invalid("TestState does not support RevealSecrets when a mock is specified.");
        }
        if (WITHOUT_MOCK.contains(state.type())) {
            throw invalid("State type '" + state.type() + "' is not supported when a mock is specified");
        }
    }

    /** "TestState only supports the following when a mock is specified". */
    private static boolean waits(TaskResource resource) {
        return resource.family() == TaskResource.Family.ACTIVITY || resource.isSync() || resource.waitsForToken();
    }

    private static Refused invalid(String message) {
        return new Refused("ValidationException", message);
    }

    private static Inspection.@Nullable Answer answer(
            State state,
            Map<String, @Nullable Object> mock,
            Map<String, @Nullable Object> configuration,
            @Nullable Object input,
            @Nullable MockCheck mocks) {
        if (mock.containsKey("errorOutput")) {
            Map<String, @Nullable Object> error = Json.object(mock.get("errorOutput"));
            return new Inspection.Answer(
                    null, StatesError.given((String) error.get("error"), (String) error.get("cause")));
        }
        if (!mock.containsKey("result")) {
            return null;
        }
        Object result;
        try {
            result = Json.parse(String.valueOf(mock.get("result")));
        } catch (IllegalArgumentException e) {
            throw invalid("Mocked result must be valid JSON");
        }
        fields(state, mock.get("fieldValidationMode"), result, mocks);
        if (state instanceof State.Parallel parallel
                && (!(result instanceof List<?> list)
                        || list.size() != parallel.branches().size())) {
            throw invalid("Mocked result must contain the same number of items as number of Parallel branches.");
        }
        if (state instanceof State.MapState map) {
            boolean written = map.distributed() != null && map.distributed().writer() != null;
            if (!written && !(result instanceof List<?>)) {
                throw invalid("Mocked result must be an array.");
            }
            if (written && !(result instanceof List<?>) && !(result instanceof Map<?, ?>)) {
                throw invalid("Mocked result must be an object.");
            }
            if (tooManyFailed(map, number(configuration.get("mapIterationFailureCount")), result, input)) {
                return new Inspection.Answer(null, StatesError.given(StatesError.TOLERATED, MapRun.TOO_MANY_FAILED));
            }
        }
        return new Inspection.Answer(result, null);
    }

    private static void fields(State state, @Nullable Object mode, @Nullable Object result, @Nullable MockCheck mocks) {
        if (mode != null && !MODES.contains(mode)) {
            throw invalid("fieldValidationMode must be one of " + MODES + ", not " + Json.text(mode));
        }
        if ("NONE".equals(mode)) {
            return;
        }
        if (mocks == null) {
            if (mode != null) {
                throw invalid(
                        "fieldValidationMode " + mode + " needs a model of the service, and this engine has none");
            }
        } else if (state instanceof State.Task task) {
            String problem = mocks.problem(task.resource(), result, "PRESENT".equals(mode));
            if (problem != null) {
                throw invalid("Mock result schema validation error: " + problem);
            }
        }
    }

    /** AWS asks only when the definition has a bound. */
    private static boolean tooManyFailed(
            State.MapState map, long failed, @Nullable Object result, @Nullable Object input) {
        State.Distributed distributed = map.distributed();
        if (distributed == null || failed == 0) {
            return false;
        }
        Frame frame = new Frame(
                input,
                new io.thermolake.asl.path.Roots(input, Map::of, Map.of(), new Random(1)),
                Map.of(),
                Frame.Notes.NONE);
        int total = Json.list(result).size();
        boolean byCount = distributed.toleratedCount().isGiven()
                && failed > distributed.toleratedCount().whole(frame);
        boolean byShare = distributed.toleratedPercentage().isGiven()
                && failed * 100.0 > distributed.toleratedPercentage().number(frame) * total;
        return byCount || byShare;
    }

    private static Resources mocked(Inspection.Answer answer) {
        return resource -> task -> {
            String token = task.token();
            StatesError error = answer.error();
            if (token == null) {
                return error == null
                        ? CompletableFuture.completedFuture(answer.result())
                        : CompletableFuture.failedFuture(new TaskException(error.error, error.cause));
            }
            if (error == null) {
                task.tokens().succeed(token, answer.result());
            } else {
                task.tokens().fail(token, error.error, error.cause);
            }
            return CompletableFuture.completedFuture(Map.of());
        };
    }

    private static Map<String, @Nullable Object> answer(
            Map<String, @Nullable Object> request,
            @Nullable Object input,
            Inspection inspection,
            @Nullable ExecutionResult result) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        if (result instanceof ExecutionResult.Succeeded succeeded) {
            answer.put("output", succeeded.output());
        }
        if (result instanceof ExecutionResult.Failed failed) {
            put(answer, "error", failed.error());
            put(answer, "cause", failed.cause());
        }
        StatesError caught = inspection.error();
        if (caught != null) {
            put(answer, "error", caught.error);
            put(answer, "cause", caught.cause);
        }
        put(answer, "nextState", inspection.next());
        answer.put(
                "status",
                caught != null
                        ? "CAUGHT_ERROR"
                        : inspection.isRetriable() ? "RETRIABLE" : result == null ? "RUNNING" : result.status());
        if (!Level.INFO.name().equals(request.getOrDefault("inspectionLevel", Level.INFO.name()))) {
            answer.put("inspectionData", inspectionData(input, inspection));
        }
        return answer;
    }

    /** As the API has it: the data as texts of JSON, numbers as numbers. */
    private static Map<String, @Nullable Object> inspectionData(@Nullable Object input, Inspection inspection) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("input", Json.text(input));
        inspection
                .data()
                .forEach((step, value) -> data.put(
                        step, step.startsWith("max") || step.startsWith("tolerated") ? value : Json.text(value)));
        if (!inspection.errorDetails().isEmpty()) {
            data.put("errorDetails", inspection.errorDetails());
        }
        return data;
    }

    private static void put(Map<String, @Nullable Object> answer, String name, @Nullable Object value) {
        if (value != null) {
            answer.put(name, value);
        }
    }

    private static @Nullable Object json(
            Map<String, @Nullable Object> request, String field, @Nullable Object otherwise) {
        if (request.get(field) == null) {
            return otherwise;
        }
        try {
            return Json.parse(String.valueOf(request.get(field)));
        } catch (IllegalArgumentException e) {
            throw invalid("Value of '" + field + "' must be valid JSON: " + e.getMessage());
        }
    }

    private static long number(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }

    private static ExecutionIdentity identity() {
        return new ExecutionIdentity(
                "arn:aws:states:us-east-1:111111111111:express:test:run",
                "run",
                "arn:aws:iam::111111111111:role/test",
                START,
                "arn:aws:states:us-east-1:111111111111:stateMachine:test",
                "test");
    }
}
