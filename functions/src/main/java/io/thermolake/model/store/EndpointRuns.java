package io.thermolake.model.store;

import io.thermolake.model.endpoint.RunState;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;

/** Whether the execution that made something still runs. */
public final class EndpointRuns {
    private final SfnClient sfn;

    public EndpointRuns(SfnClient sfn) {
        this.sfn = sfn;
    }

    /** One that does not exist is over: Step Functions forgets executions 90 days after their end, and never before. */
    public RunState state(String executionArn) {
        try {
            return RunState.of(
                    sfn.describeExecution(b -> b.executionArn(executionArn)).statusAsString());
        } catch (ExecutionDoesNotExistException e) {
            return RunState.OVER;
        } catch (SdkException e) {
            return RunState.UNKNOWN;
        }
    }
}
