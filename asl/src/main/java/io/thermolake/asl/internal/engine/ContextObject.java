package io.thermolake.asl.internal.engine;

import static io.thermolake.asl.internal.engine.Details.details;
import static io.thermolake.asl.internal.engine.Details.iso;

import io.thermolake.asl.ExecutionIdentity;
import io.thermolake.asl.internal.base.QuietMember;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The context object, {@code $$} and {@code $states.context}, in the order in which AWS writes it. */
final class ContextObject {
    private static final String REDRIVE_COUNT = "RedriveCount";

    private ContextObject() {}

    /** @param state about the state at hand @param more what the branches around it add, {@code Map} and {@code Task} */
    static Map<String, @Nullable Object> of(
            ExecutionRun.Given given, Map<String, @Nullable Object> state, Map<String, @Nullable Object> more) {
        ExecutionIdentity identity = given.identity();
        // AWS writes an express execution's context without it, and answers who asks for it by name.
        Map<String, @Nullable Object> execution =
                identity.express() ? new QuietMember(REDRIVE_COUNT, 0L) : new LinkedHashMap<>();
        execution.put("Id", identity.arn());
        execution.put("Input", given.input());
        execution.put("StartTime", iso(identity.startTime()));
        execution.put("Name", identity.name());
        execution.put("RoleArn", identity.roleArn());
        if (!identity.express()) {
            execution.put(REDRIVE_COUNT, (long) given.redriveCount());
        }
        Map<String, @Nullable Object> context = details("Execution", execution);
        Map<String, @Nullable Object> machine = details("Id", identity.machineArn());
        machine.put("Name", identity.machineName());
        context.put("StateMachine", machine);
        context.put("State", state);
        context.putAll(more);
        return context;
    }
}
