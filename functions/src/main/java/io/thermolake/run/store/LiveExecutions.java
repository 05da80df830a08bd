package io.thermolake.run.store;

import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** Whether an execution still lives: a dead one's lock may be taken over. */
public final class LiveExecutions {
    private final SfnClient sfn;

    public LiveExecutions(SfnClient sfn) {
        this.sfn = sfn;
    }

    /** Whether it runs or is about to be redriven; an execution that does not exist does not. */
    public boolean isAlive(String executionArn) {
        try {
            ExecutionStatus status =
                    sfn.describeExecution(b -> b.executionArn(executionArn)).status();
            return status == ExecutionStatus.RUNNING || status == ExecutionStatus.PENDING_REDRIVE;
        } catch (ExecutionDoesNotExistException e) {
            return false;
        }
    }
}
