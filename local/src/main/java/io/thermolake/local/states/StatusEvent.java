package io.thermolake.local.states;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** "Step Functions Execution Status Change", as EventBridge has it. */
final class StatusEvent {
    private StatusEvent() {}

    static Map<String, Object> of(ExecutionRecord execution) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("executionArn", execution.arn());
        detail.put("stateMachineArn", execution.machineArn());
        detail.put("name", execution.name());
        detail.put("status", execution.status());
        detail.put("startDate", execution.started().toEpochMilli());
        if (execution.stopped() != null) {
            detail.put("stopDate", execution.stopped().toEpochMilli());
        }
        detail.put("redriveCount", execution.redriveCount());
        if (execution.error() != null) {
            detail.put("error", execution.error());
        }
        if (execution.cause() != null) {
            detail.put("cause", execution.cause());
        }
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("version", "0");
        event.put("source", "aws.states");
        event.put("detail-type", "Step Functions Execution Status Change");
        event.put("resources", List.of(execution.arn()));
        event.put("detail", detail);
        return event;
    }
}
