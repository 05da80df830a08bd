package io.thermolake.local.states;

import java.util.List;
import java.util.Map;

/**
 * What the API references call required in the responses of the operations that tasks have integrations for: the SDK's
 * classes do not know. Of the other services' integrations no response has any.
 */
final class RequiredMembers {
    private static final Map<String, List<String>> STEP_FUNCTIONS = Map.ofEntries(
            Map.entry("CreateActivity", List.of("ActivityArn", "CreationDate")),
            Map.entry("CreateStateMachine", List.of("StateMachineArn", "CreationDate")),
            Map.entry("CreateStateMachineAlias", List.of("StateMachineAliasArn", "CreationDate")),
            Map.entry("DescribeActivity", List.of("ActivityArn", "Name", "CreationDate")),
            Map.entry("DescribeExecution", List.of("ExecutionArn", "StateMachineArn", "Status", "StartDate")),
            Map.entry(
                    "DescribeStateMachine",
                    List.of("StateMachineArn", "Name", "Definition", "RoleArn", "Type", "CreationDate")),
            Map.entry("GetExecutionHistory", List.of("Events")),
            Map.entry("ListActivities", List.of("Activities")),
            Map.entry("ListExecutions", List.of("Executions")),
            Map.entry("ListMapRuns", List.of("MapRuns")),
            Map.entry("ListStateMachines", List.of("StateMachines")),
            Map.entry("PublishStateMachineVersion", List.of("CreationDate", "StateMachineVersionArn")),
            Map.entry("RedriveExecution", List.of("RedriveDate")),
            Map.entry("StartExecution", List.of("ExecutionArn", "StartDate")),
            Map.entry("StartSyncExecution", List.of("ExecutionArn", "StartDate", "StopDate", "Status")),
            Map.entry("StopExecution", List.of("StopDate")),
            Map.entry("UpdateStateMachine", List.of("UpdateDate")));
    private static final Map<String, List<String>> SAGEMAKER = Map.of(
            "CreateEndpoint", List.of("EndpointArn"),
            "CreateEndpointConfig", List.of("EndpointConfigArn"),
            "CreateHyperParameterTuningJob", List.of("HyperParameterTuningJobArn"),
            "CreateLabelingJob", List.of("LabelingJobArn"),
            "CreateModel", List.of("ModelArn"),
            "CreateProcessingJob", List.of("ProcessingJobArn"),
            "CreateTrainingJob", List.of("TrainingJobArn"),
            "CreateTransformJob", List.of("TransformJobArn"),
            "UpdateEndpoint", List.of("EndpointArn"));

    private RequiredMembers() {}

    /** @param service the SDK's package; @param operation in PascalCase */
    static List<String> of(String service, String operation) {
        return switch (service) {
            case "sfn" -> STEP_FUNCTIONS.getOrDefault(operation, List.of());
            case "sagemaker" -> SAGEMAKER.getOrDefault(operation, List.of());
            default -> List.of();
        };
    }
}
