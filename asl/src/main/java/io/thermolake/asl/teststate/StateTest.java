package io.thermolake.asl.teststate;

import io.thermolake.asl.Execution;
import io.thermolake.asl.ExecutionIdentity;
import io.thermolake.asl.ExecutionListener;
import io.thermolake.asl.ExecutionResult;
import io.thermolake.asl.HistoryEvent;
import io.thermolake.asl.Json;
import io.thermolake.asl.Resources;
import io.thermolake.asl.TaskException;
import io.thermolake.asl.VirtualTimer;
import io.thermolake.asl.definition.Definition;
import io.thermolake.asl.definition.DefinitionParser;
import io.thermolake.asl.definition.InvalidDefinitionException;
import io.thermolake.asl.engine.Engine;
import io.thermolake.asl.engine.Inspection;
import io.thermolake.asl.state.State;
import io.thermolake.asl.state.TaskResource;
import io.thermolake.asl.value.Frame;
import io.thermolake.asl.value.StatesError;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private StateTest() {}

    /**
     * @param definition a state, or a whole machine of which {@code stateName} names one, in whatever scope; without it
     *     the first one is tested
     * @param request TestState's other members as the API has them: {@code input}, {@code variables}, {@code context} and
     *     the mock's {@code result} are texts of JSON. {@code roleArn} says nothing here; {@code mapItemReaderData} and
     *     {@code errorCausedByState} are checked and, as in AWS's recorded answers, change nothing
     * @param tasks who does a Task's work when there is no mock
     * @return {@code status}: SUCCEEDED, FAILED, RETRIABLE or CAUGHT_ERROR; {@code output}, {@code error}, {@code cause},
     *     {@code nextState} where there are any; {@code inspectionData} above the level INFO, with {@code variables} where
     *     there are any. Not made are {@code request}, {@code response} and what a Map's fields make of its items
     * @throws Refused when AWS would refuse the request, and for each member that is unknown or of the wrong type
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
        StateTestRequest asked = StateTestRequest.of(request);
        State state = state(definition, asked.stateName());
        check(state, asked);
        Inspection.Answer answer = answer(state, asked, mocks);
        boolean group = !state.inner().isEmpty();
        Inspection inspection = new Inspection(asked.context(), group ? answer : null, asked.retries());
        VirtualTimer timer = new VirtualTimer(START);
        Engine engine =
                new Engine(answer == null || group ? tasks : mocked(answer), timer, new Random(1), Runnable::run);
        Map<String, @Nullable Object> variables = new LinkedHashMap<>(asked.variables());
        Execution execution =
                inspection.run(engine, state, identity(), asked.input(), asked.variables(), assignments(variables));
        while (!execution.result().isDone() && timer.step()) {
            // Virtual time.
        }
        inspection.data().keySet().removeAll(unseen(state));
        return answer(asked, variables, inspection, execution.result().getNow(null));
    }

    /** Gathers what the state assigns, from the event that tells it. */
    private static ExecutionListener assignments(Map<String, @Nullable Object> variables) {
        return new ExecutionListener() {
            @Override
            public void event(HistoryEvent event) {
                Json.object(event.details().get("assignedVariables"))
                        .forEach((name, text) -> variables.put(name, Json.parse(String.valueOf(text))));
            }
        };
    }

    /** The steps that AWS leaves out: before a literal Result, and around what is inside of a Parallel or a Map. */
    private static Set<String> unseen(State state) {
        if (!state.inner().isEmpty()) {
            return Set.of("afterInputPath", "afterParameters", "afterArguments", "result");
        }
        return state instanceof State.Pass pass && pass.result() != null ? Set.of("afterInputPath") : Set.of();
    }

    private static State state(String definition, @Nullable String name) {
        Map<String, @Nullable Object> json;
        try {
            json = Json.object(Json.parse(definition));
        } catch (IllegalArgumentException e) {
            throw new Refused("InvalidDefinition", "Invalid State Machine Definition: '" + e.getMessage() + "'");
        }
        try {
            if (!json.containsKey("States")) {
                if (name != null) {
                    throw StateTestRequest.invalid(
                            "stateName '" + name + "' needs a whole state machine, but the definition is one state");
                }
                return new DefinitionParser(Definition.Type.STANDARD).state(SINGLE, json);
            }
            State.Scope scope = Definition.parse(definition).scope();
            State found = find(scope, name == null ? scope.startAt() : name);
            if (found == null) {
                throw StateTestRequest.invalid("The definition has no state '" + name + "'");
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

    private static void check(State state, StateTestRequest request) {
        if (request.mock() == null) {
            if (request.failures() != null) {
                throw StateTestRequest.invalid(
                        "TestState does not support MapIterationFailureCount when a mock is not specified.");
            }
            if (!state.inner().isEmpty()) {
                throw new Refused(
                        "InvalidDefinition",
                        "TestState API does not support Map or Parallel states. Supported state types include: "
                                + SUPPORTED);
            }
            if (state instanceof State.Task task && needsMock(TaskResource.of(task.resource()))) {
                throw new Refused(
                        "InvalidDefinition",
                        "TestState does not support the resource " + task.resource() + " without a mock");
            }
        } else if (WITHOUT_MOCK.contains(state.type())) {
            throw StateTestRequest.invalid(
                    "State type '" + state.type() + "' is not supported when a mock is specified");
        }
        configuration(state, request);
    }

    private static boolean needsMock(TaskResource task) {
        return task.family() == TaskResource.Family.ACTIVITY || task.isSync() || task.waitsForToken();
    }

    private static void configuration(State state, StateTestRequest request) {
        String failed = request.failed();
        if (failed != null && state.inner().stream().allMatch(scope -> find(scope, failed) == null)) {
            throw StateTestRequest.invalid("errorCausedByState '" + failed + "' is no state inside of '"
                    + state.common().name() + "'");
        }
        if (request.failures() != null && !(state instanceof State.MapState)) {
            throw StateTestRequest.invalid("mapIterationFailureCount is only supported for a Map");
        }
        boolean reads = state instanceof State.MapState map
                && map.distributed() != null
                && map.distributed().reader() != null;
        if (request.items() != null && !reads) {
            throw StateTestRequest.invalid("mapItemReaderData is only supported for a Map with an ItemReader");
        }
    }

    private static Inspection.@Nullable Answer answer(
            State state, StateTestRequest request, @Nullable MockCheck mocks) {
        StateTestRequest.Mock mock = request.mock();
        if (mock == null) {
            return null;
        }
        if (mock.error() != null) {
            return new Inspection.Answer(null, mock.error());
        }
        Object result;
        try {
            result = Json.parse(String.valueOf(mock.result()));
        } catch (IllegalArgumentException e) {
            throw StateTestRequest.invalid("Mocked result must be valid JSON");
        }
        fields(state, mock.mode(), result, mocks);
        if (state instanceof State.Parallel parallel
                && (!(result instanceof List<?> list)
                        || list.size() != parallel.branches().size())) {
            throw StateTestRequest.invalid(
                    "Mocked result must contain the same number of items as number of Parallel branches.");
        }
        if (state instanceof State.MapState map) {
            boolean written = map.distributed() != null && map.distributed().writer() != null;
            if (!written && !(result instanceof List<?>)) {
                throw StateTestRequest.invalid("Mocked result must be an array.");
            }
            if (written && !(result instanceof List<?>) && !(result instanceof Map<?, ?>)) {
                throw StateTestRequest.invalid("Mocked result must be an object.");
            }
            long failures = request.failures() == null ? 0 : request.failures();
            if (tooManyFailed(map, failures, result, request.input())) {
                return new Inspection.Answer(null, StatesError.tooManyFailed());
            }
        }
        return new Inspection.Answer(result, null);
    }

    private static void fields(State state, @Nullable String mode, @Nullable Object result, @Nullable MockCheck mocks) {
        if ("NONE".equals(mode)) {
            return;
        }
        if (mocks == null) {
            if (mode != null) {
                throw StateTestRequest.invalid(
                        "fieldValidationMode " + mode + " needs a model of the service, and this engine has none");
            }
        } else if (state instanceof State.Task task) {
            String problem = mocks.problem(task.resource(), result, "PRESENT".equals(mode));
            if (problem != null) {
                throw StateTestRequest.invalid("Mock result schema validation error: " + problem);
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
            StateTestRequest request,
            Map<String, @Nullable Object> variables,
            Inspection inspection,
            @Nullable ExecutionResult result) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        if (result instanceof ExecutionResult.Succeeded succeeded) {
            answer.put("output", succeeded.output());
        } else if (result instanceof ExecutionResult.Failed failed) {
            put(answer, "error", failed.error());
            put(answer, "cause", failed.cause());
        } else {
            // Nothing answers any more: AWS waits for five minutes.
            answer.put("error", StatesError.TIMEOUT);
        }
        StatesError caught = inspection.error();
        if (caught != null) {
            put(answer, "error", caught.error);
            put(answer, "cause", caught.cause);
        }
        put(answer, "nextState", inspection.next());
        answer.put("status", status(inspection, result));
        if (request.level() != Level.INFO) {
            answer.put("inspectionData", inspectionData(request.input(), variables, inspection));
        }
        return answer;
    }

    private static String status(Inspection inspection, @Nullable ExecutionResult result) {
        if (inspection.error() != null) {
            return "CAUGHT_ERROR";
        }
        return inspection.isRetriable() ? "RETRIABLE" : result == null ? "FAILED" : result.status();
    }

    /** As the API has it: the data as texts of JSON, numbers as numbers. */
    private static Map<String, @Nullable Object> inspectionData(
            @Nullable Object input, Map<String, @Nullable Object> variables, Inspection inspection) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("input", Json.text(input));
        inspection
                .data()
                .forEach((step, value) -> data.put(
                        step, step.startsWith("max") || step.startsWith("tolerated") ? value : Json.text(value)));
        if (!variables.isEmpty()) {
            data.put("variables", Json.text(variables));
        }
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
