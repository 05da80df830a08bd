package io.thermolake.fake;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionRequest;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StartExecutionResponse;

/** A Step Functions that knows the status of some executions, and starts an execution of a name once. */
public final class FakeSfn implements SfnClient {
    private final Map<String, String> statuses = new HashMap<>();
    /** Names to inputs of what was started, in order. */
    public final Map<String, String> started = new LinkedHashMap<>();

    private final Set<String> over = new HashSet<>();
    /** The message with which starts are refused. */
    public @Nullable String refusal;

    /** An execution of this name has come to its end. */
    public FakeSfn ended(String name) {
        over.add(name);
        return this;
    }

    @Override
    public StartExecutionResponse startExecution(StartExecutionRequest request) {
        if (refusal != null) {
            throw SfnException.builder().statusCode(400).message(refusal).build();
        }
        String known = started.get(request.name());
        if (over.contains(request.name()) || known != null && !known.equals(request.input())) {
            throw ExecutionAlreadyExistsException.builder()
                    .message("Execution Already Exists: '" + request.name() + "'")
                    .build();
        }
        started.put(request.name(), request.input());
        return StartExecutionResponse.builder()
                .executionArn(request.stateMachineArn().replace(":stateMachine:", ":execution:") + ":" + request.name())
                .build();
    }

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
