package io.thermolake.fake;

import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionRequest;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;

/** A Step Functions that knows the status of some executions. */
public final class FakeSfn implements SfnClient {
    private final Map<String, String> statuses = new HashMap<>();

    /** @param status as AWS names it, or what it may add */
    public FakeSfn withExecution(String arn, String status) {
        statuses.put(arn, status);
        return this;
    }

    @Override
    public DescribeExecutionResponse describeExecution(DescribeExecutionRequest request) {
        String status = statuses.get(request.executionArn());
        if (status == null) {
            throw ExecutionDoesNotExistException.builder()
                    .message("Execution Does Not Exist: '" + request.executionArn() + "'")
                    .build();
        }
        return DescribeExecutionResponse.builder()
                .executionArn(request.executionArn())
                .status(status)
                .build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
