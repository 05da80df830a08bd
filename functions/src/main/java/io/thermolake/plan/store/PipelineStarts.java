package io.thermolake.plan.store;

import static java.util.Objects.requireNonNull;

import io.thermolake.RecordJson;
import io.thermolake.run.RunInput;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;

/** Starts the pipeline under a name: a name is used once, so the same start twice is one execution. */
public final class PipelineStarts {
    private final SfnClient sfn;
    private final String pipelineArn;

    public PipelineStarts(SfnClient sfn, String pipelineArn) {
        this.sfn = requireNonNull(sfn, "sfn is null");
        this.pipelineArn = requireNonNull(pipelineArn, "pipelineArn is null");
    }

    /**
     * Starts the execution, or finds that it was started before. While that one runs, Step Functions answers as if it had
     * been started now; when it is over, its name is refused for 90 days.
     *
     * @return false when it was over already
     */
    public boolean start(String name, RunInput input) {
        try {
            sfn.startExecution(b -> b.stateMachineArn(pipelineArn)
                    .name(name)
                    .input(RecordJson.gson().toJson(input)));
            return true;
        } catch (ExecutionAlreadyExistsException e) {
            return false;
        }
    }
}
