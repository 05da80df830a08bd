package io.thermolake.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.CreateJobRequest;
import software.amazon.awssdk.services.glue.model.CreateJobResponse;
import software.amazon.awssdk.services.glue.model.DeleteJobRequest;
import software.amazon.awssdk.services.glue.model.DeleteJobResponse;
import software.amazon.awssdk.services.glue.model.DeleteTableRequest;
import software.amazon.awssdk.services.glue.model.DeleteTableResponse;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.GetJobRequest;
import software.amazon.awssdk.services.glue.model.GetJobResponse;
import software.amazon.awssdk.services.glue.model.JobUpdate;
import software.amazon.awssdk.services.glue.model.UpdateJobRequest;
import software.amazon.awssdk.services.glue.model.UpdateJobResponse;

/** A Glue with jobs in it. */
final class FakeGlueJobs implements GlueClient {
    final Map<String, CreateJobRequest> created = new TreeMap<>();
    final Map<String, JobUpdate> updated = new TreeMap<>();
    final List<String> deleted = new ArrayList<>();
    final Set<String> views = new TreeSet<>();

    @Override
    public GetJobResponse getJob(GetJobRequest request) {
        if (!created.containsKey(request.jobName())) {
            throw EntityNotFoundException.builder()
                    .message("Job " + request.jobName() + " not found")
                    .build();
        }
        return GetJobResponse.builder().job(j -> j.name(request.jobName())).build();
    }

    @Override
    public CreateJobResponse createJob(CreateJobRequest request) {
        created.put(request.name(), request);
        return CreateJobResponse.builder().name(request.name()).build();
    }

    @Override
    public UpdateJobResponse updateJob(UpdateJobRequest request) {
        updated.put(request.jobName(), request.jobUpdate());
        return UpdateJobResponse.builder().jobName(request.jobName()).build();
    }

    @Override
    public DeleteJobResponse deleteJob(DeleteJobRequest request) {
        deleted.add(request.jobName());
        return DeleteJobResponse.builder().jobName(request.jobName()).build();
    }

    @Override
    public DeleteTableResponse deleteTable(DeleteTableRequest request) {
        if (!views.remove(request.name())) {
            throw EntityNotFoundException.builder()
                    .message("Table " + request.name() + " not found")
                    .build();
        }
        return DeleteTableResponse.builder().build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
