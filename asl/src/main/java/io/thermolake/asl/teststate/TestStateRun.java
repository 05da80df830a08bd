package io.thermolake.asl.teststate;

import io.thermolake.asl.Execution;
import io.thermolake.asl.ExecutionIdentity;
import io.thermolake.asl.ExecutionListener;
import io.thermolake.asl.HistoryEvent;
import io.thermolake.asl.Json;
import io.thermolake.asl.ObjectStore;
import io.thermolake.asl.Resources;
import io.thermolake.asl.VirtualTimer;
import io.thermolake.asl.internal.engine.Core;
import io.thermolake.asl.internal.engine.Inspection;
import io.thermolake.asl.internal.state.State;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Runs one state on its own, as AWS's TestState does: with an input, variables and a context object, with a mock in the
 * place of its work, and with a view of the data on each step of its way.
 *
 * <p>Whether a mocked result could be the service's answer is asked of a {@link MockCheck}, as the mock's {@code
 * fieldValidationMode} says: STRICT (as without the member), PRESENT, NONE. Without a MockCheck a mock that has no such member
 * is taken unchecked, and one that names STRICT or PRESENT is refused.
 */
public final class TestStateRun {
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

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private TestStateRun() {}

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
        TestStateInput asked = TestStateInput.of(request);
        State state = TestedState.of(definition, asked.stateName());
        Refusals.check(state, asked);
        Inspection.Answer answer = MockedAnswer.of(state, asked, mocks);
        boolean group = !state.inner().isEmpty();
        Inspection inspection = new Inspection(asked.context(), group ? answer : null, asked.retries());
        VirtualTimer timer = new VirtualTimer(START);
        Core engine = new Core(
                answer == null || group ? tasks : MockedAnswer.asResources(answer),
                timer,
                new Random(1),
                Runnable::run,
                ObjectStore.NONE);
        Map<String, @Nullable Object> variables = new LinkedHashMap<>(asked.variables());
        Execution execution =
                inspection.run(engine, state, identity(), asked.input(), asked.variables(), assignments(variables));
        while (!execution.result().isDone() && timer.step()) {
            // Virtual time.
        }
        return new TestStateOutput(state, asked, inspection)
                .of(variables, execution.result().getNow(null));
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
