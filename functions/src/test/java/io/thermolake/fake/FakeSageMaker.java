package io.thermolake.fake;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sagemaker.model.CreateEndpointConfigRequest;
import software.amazon.awssdk.services.sagemaker.model.CreateEndpointConfigResponse;
import software.amazon.awssdk.services.sagemaker.model.CreateEndpointRequest;
import software.amazon.awssdk.services.sagemaker.model.CreateEndpointResponse;
import software.amazon.awssdk.services.sagemaker.model.CreateModelRequest;
import software.amazon.awssdk.services.sagemaker.model.CreateModelResponse;
import software.amazon.awssdk.services.sagemaker.model.CreateTrainingJobRequest;
import software.amazon.awssdk.services.sagemaker.model.CreateTrainingJobResponse;
import software.amazon.awssdk.services.sagemaker.model.DeleteEndpointConfigRequest;
import software.amazon.awssdk.services.sagemaker.model.DeleteEndpointConfigResponse;
import software.amazon.awssdk.services.sagemaker.model.DeleteEndpointRequest;
import software.amazon.awssdk.services.sagemaker.model.DeleteEndpointResponse;
import software.amazon.awssdk.services.sagemaker.model.DeleteModelRequest;
import software.amazon.awssdk.services.sagemaker.model.DeleteModelResponse;
import software.amazon.awssdk.services.sagemaker.model.DescribeEndpointRequest;
import software.amazon.awssdk.services.sagemaker.model.DescribeEndpointResponse;
import software.amazon.awssdk.services.sagemaker.model.DescribeTrainingJobRequest;
import software.amazon.awssdk.services.sagemaker.model.DescribeTrainingJobResponse;
import software.amazon.awssdk.services.sagemaker.model.ResourceInUseException;
import software.amazon.awssdk.services.sagemaker.model.ResourceLimitExceededException;
import software.amazon.awssdk.services.sagemaker.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sagemaker.model.SageMakerException;
import software.amazon.awssdk.services.sagemaker.model.StopTrainingJobRequest;
import software.amazon.awssdk.services.sagemaker.model.StopTrainingJobResponse;

/** A SageMaker whose jobs and endpoints have the status that the test gives them, and its ways of saying no. */
public class FakeSageMaker implements SageMakerClient {
    public final Map<String, CreateTrainingJobRequest> trainingJobs = new LinkedHashMap<>();
    public final Map<String, CreateModelRequest> models = new LinkedHashMap<>();
    public final Map<String, CreateEndpointConfigRequest> configs = new LinkedHashMap<>();
    public final Map<String, CreateEndpointRequest> endpoints = new LinkedHashMap<>();
    public final List<String> stopped = new ArrayList<>();
    private String status = "InProgress";
    private String failureReason;
    private String refusal;

    /** Of every job and endpoint. */
    public FakeSageMaker withStatus(String status, String failureReason) {
        this.status = status;
        this.failureReason = failureReason;
        return this;
    }

    /** No job and no endpoint starts any more. */
    public FakeSageMaker refusing(String why) {
        this.refusal = why;
        return this;
    }

    private void refuse() {
        if (refusal != null) {
            throw ResourceLimitExceededException.builder().message(refusal).build();
        }
    }

    @Override
    public CreateTrainingJobResponse createTrainingJob(CreateTrainingJobRequest request) {
        refuse();
        if (trainingJobs.putIfAbsent(request.trainingJobName(), request) != null) {
            throw ResourceInUseException.builder()
                    .message("Training job names must be unique within an AWS account and region")
                    .build();
        }
        return CreateTrainingJobResponse.builder().build();
    }

    @Override
    public DescribeTrainingJobResponse describeTrainingJob(DescribeTrainingJobRequest request) {
        CreateTrainingJobRequest job = trainingJobs.get(request.trainingJobName());
        if (job == null) {
            throw ResourceNotFoundException.builder()
                    .message("Requested resource not found.")
                    .build();
        }
        return DescribeTrainingJobResponse.builder()
                .trainingJobName(job.trainingJobName())
                .trainingJobStatus(status)
                .failureReason(failureReason)
                .modelArtifacts(a -> a.s3ModelArtifacts(
                        job.outputDataConfig().s3OutputPath() + job.trainingJobName() + "/output/model.tar.gz"))
                .build();
    }

    @Override
    public StopTrainingJobResponse stopTrainingJob(StopTrainingJobRequest request) {
        stopped.add(request.trainingJobName());
        return StopTrainingJobResponse.builder().build();
    }

    @Override
    public CreateModelResponse createModel(CreateModelRequest request) {
        create(models, request.modelName(), request, "model");
        return CreateModelResponse.builder().build();
    }

    @Override
    public CreateEndpointConfigResponse createEndpointConfig(CreateEndpointConfigRequest request) {
        create(configs, request.endpointConfigName(), request, "endpoint configuration");
        return CreateEndpointConfigResponse.builder().build();
    }

    @Override
    public CreateEndpointResponse createEndpoint(CreateEndpointRequest request) {
        refuse();
        create(endpoints, request.endpointName(), request, "endpoint");
        return CreateEndpointResponse.builder().build();
    }

    @Override
    public DescribeEndpointResponse describeEndpoint(DescribeEndpointRequest request) {
        found(endpoints, request.endpointName(), "endpoint");
        return DescribeEndpointResponse.builder()
                .endpointName(request.endpointName())
                .endpointStatus(status)
                .failureReason(failureReason)
                .build();
    }

    @Override
    public DeleteEndpointResponse deleteEndpoint(DeleteEndpointRequest request) {
        found(endpoints, request.endpointName(), "endpoint");
        endpoints.remove(request.endpointName());
        return DeleteEndpointResponse.builder().build();
    }

    @Override
    public DeleteEndpointConfigResponse deleteEndpointConfig(DeleteEndpointConfigRequest request) {
        found(configs, request.endpointConfigName(), "endpoint configuration");
        configs.remove(request.endpointConfigName());
        return DeleteEndpointConfigResponse.builder().build();
    }

    @Override
    public DeleteModelResponse deleteModel(DeleteModelRequest request) {
        found(models, request.modelName(), "model");
        models.remove(request.modelName());
        return DeleteModelResponse.builder().build();
    }

    private static <T> void create(Map<String, T> things, String name, T thing, String kind) {
        if (things.putIfAbsent(name, thing) != null) {
            throw validation("Cannot create already existing %s \"%s\".".formatted(kind, name));
        }
    }

    private static void found(Map<String, ?> things, String name, String kind) {
        if (!things.containsKey(name)) {
            throw validation("Could not find %s \"%s\".".formatted(kind, name));
        }
    }

    /** A refusal as SageMaker words it where it has no exception of its own. */
    public static SageMakerException validation(String message) {
        return (SageMakerException) SageMakerException.builder()
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode("ValidationException")
                        .errorMessage(message)
                        .build())
                .statusCode(400)
                .message(message)
                .build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
