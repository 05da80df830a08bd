package io.thermolake.asl.internal.definition;

import java.util.Map;
import java.util.Set;

/** The optimized integrations of Step Functions and their APIs, as AWS's guide lists them ("Integrating optimized services"). */
final class Integrations {
    private static final Map<String, Set<String>> APIS = Map.ofEntries(
            Map.entry("apigateway", Set.of("invoke")),
            Map.entry(
                    "athena",
                    Set.of("startQueryExecution", "stopQueryExecution", "getQueryExecution", "getQueryResults")),
            Map.entry("batch", Set.of("submitJob")),
            Map.entry("bedrock", Set.of("invokeModel", "createModelCustomizationJob")),
            Map.entry(
                    "codebuild",
                    Set.of(
                            "startBuild",
                            "stopBuild",
                            "batchDeleteBuilds",
                            "batchGetReports",
                            "startBuildBatch",
                            "stopBuildBatch",
                            "retryBuildBatch",
                            "deleteBuildBatch")),
            Map.entry("databrew", Set.of("startJobRun")),
            Map.entry("dynamodb", Set.of("getItem", "putItem", "updateItem", "deleteItem")),
            Map.entry("ecs", Set.of("runTask")),
            Map.entry(
                    "eks",
                    Set.of(
                            "createCluster",
                            "deleteCluster",
                            "createFargateProfile",
                            "deleteFargateProfile",
                            "createNodegroup",
                            "deleteNodegroup",
                            "runJob",
                            "call")),
            Map.entry(
                    "elasticmapreduce",
                    Set.of(
                            "createCluster",
                            "terminateCluster",
                            "addStep",
                            "cancelStep",
                            "setClusterTerminationProtection",
                            "modifyInstanceFleetByName",
                            "modifyInstanceGroupByName")),
            Map.entry("emr-containers", Set.of("createVirtualCluster", "deleteVirtualCluster", "startJobRun")),
            Map.entry(
                    "emr-serverless",
                    Set.of(
                            "createApplication",
                            "startApplication",
                            "stopApplication",
                            "deleteApplication",
                            "startJobRun",
                            "cancelJobRun")),
            Map.entry("events", Set.of("putEvents")),
            Map.entry("glue", Set.of("startJobRun")),
            Map.entry("http", Set.of("invoke")),
            Map.entry("lambda", Set.of("invoke")),
            Map.entry("mediaconvert", Set.of("createJob")),
            Map.entry(
                    "sagemaker",
                    Set.of(
                            "createEndpoint",
                            "createEndpointConfig",
                            "createHyperParameterTuningJob",
                            "createLabelingJob",
                            "createModel",
                            "createProcessingJob",
                            "createTrainingJob",
                            "createTransformJob",
                            "updateEndpoint")),
            Map.entry("sns", Set.of("publish")),
            Map.entry("sqs", Set.of("sendMessage")),
            Map.entry("states", Set.of("startExecution")));

    private Integrations() {}

    /** Whether a service has the API. Of a service that is not in the list nothing is known: what runs the task says so. */
    static boolean has(String service, String api) {
        Set<String> apis = APIS.get(service);
        return apis == null || apis.contains(api);
    }
}
