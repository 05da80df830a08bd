package io.thermolake.asl.teststate;

import org.jspecify.annotations.Nullable;

/**
 * Whether a mocked result could be a service's answer: what TestState's {@code fieldValidationMode} asks. It needs a model of
 * the service, which this engine does not have; who has one passes it to {@link TestStateRun#run(String, java.util.Map,
 * Resources, MockCheck)}.
 */
@FunctionalInterface
public interface MockCheck {
    /**
     * Looks at the mocked result of a Task.
     *
     * @param resource the Task's Resource, whatever kind it is of
     * @param result the mock as plain JSON
     * @param onlyPresent PRESENT: a required field may be missing; otherwise STRICT
     * @return what is wrong in AWS's words, without its prefix: {@code Field 'StatusCode' must be a number}; null where
     *     nothing is wrong, or where there is no model of the resource
     */
    @Nullable
    String problem(String resource, @Nullable Object result, boolean onlyPresent);
}
