package io.thermolake.deploy;

import io.thermolake.lake.LakeLayout;
import java.util.Map;
import software.amazon.awssdk.services.glue.model.CodeGenConfigurationNode;
import software.amazon.awssdk.services.glue.model.CreateJobRequest;
import software.amazon.awssdk.services.glue.model.JobMode;
import software.amazon.awssdk.services.glue.model.JobUpdate;

/**
 * A Glue Studio job as the template describes it.
 *
 * @param name of the job
 * @param script where Glue puts the script that it generates from the graph
 */
record StudioJob(
        String name,
        String role,
        String script,
        String workerType,
        int numberOfWorkers,
        int timeoutMinutes,
        Map<String, CodeGenConfigurationNode> nodes) {
    /** Spark 3.5.6, as the other jobs. */
    private static final String GLUE_VERSION = "5.1";

    /** A Spark job; Glue generates Python. */
    private static final String COMMAND = "glueetl";

    private static final String PYTHON = "3";

    static StudioJob of(ResourceRequest request, String graph) {
        String name = request.property("JobName");
        return new StudioJob(
                name,
                request.property("Role"),
                "s3://%s/%s".formatted(request.property("Bucket"), LakeLayout.asset(name, ".py")),
                request.property("WorkerType"),
                Integer.parseInt(request.property("NumberOfWorkers")),
                Integer.parseInt(request.property("TimeoutMinutes")),
                StudioGraph.nodes(graph, request.properties()));
    }

    CreateJobRequest create() {
        return CreateJobRequest.builder()
                .name(name)
                .role(role)
                // Studio's editor opens only such a job; without it Glue takes SCRIPT.
                .jobMode(JobMode.VISUAL)
                .glueVersion(GLUE_VERSION)
                .workerType(workerType)
                .numberOfWorkers(numberOfWorkers)
                .timeout(timeoutMinutes)
                .maxRetries(0)
                .executionProperty(e -> e.maxConcurrentRuns(1))
                .command(c -> c.name(COMMAND).pythonVersion(PYTHON).scriptLocation(script))
                .codeGenConfigurationNodes(nodes)
                .build();
    }

    JobUpdate update() {
        return JobUpdate.builder()
                .role(role)
                .jobMode(JobMode.VISUAL)
                .glueVersion(GLUE_VERSION)
                .workerType(workerType)
                .numberOfWorkers(numberOfWorkers)
                .timeout(timeoutMinutes)
                .maxRetries(0)
                .executionProperty(e -> e.maxConcurrentRuns(1))
                .command(c -> c.name(COMMAND).pythonVersion(PYTHON).scriptLocation(script))
                .codeGenConfigurationNodes(nodes)
                .build();
    }
}
