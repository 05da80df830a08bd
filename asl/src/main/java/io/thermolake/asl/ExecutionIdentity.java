package io.thermolake.asl;

import java.time.Instant;

/**
 * What the context object says of an execution.
 *
 * @param arn the execution's ARN, {@code Execution.Id}
 * @param name the execution's name
 * @param roleArn the machine's role; may be empty
 * @param startTime when it was first started
 * @param machineArn {@code StateMachine.Id}
 * @param machineName {@code StateMachine.Name}
 */
public record ExecutionIdentity(
        String arn, String name, String roleArn, Instant startTime, String machineArn, String machineName) {
    /** Whether the execution is an express one, which its ARN tells. */
    public boolean express() {
        return arn.contains(":express:");
    }
}
