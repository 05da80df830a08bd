package io.thermolake.fake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
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
import software.amazon.awssdk.services.sagemaker.model.EndpointConfigSummary;
import software.amazon.awssdk.services.sagemaker.model.EndpointSummary;
import software.amazon.awssdk.services.sagemaker.model.ListEndpointConfigsRequest;
import software.amazon.awssdk.services.sagemaker.model.ListEndpointConfigsResponse;
import software.amazon.awssdk.services.sagemaker.model.ListEndpointsRequest;
import software.amazon.awssdk.services.sagemaker.model.ListEndpointsResponse;
import software.amazon.awssdk.services.sagemaker.model.ListModelsRequest;
import software.amazon.awssdk.services.sagemaker.model.ListModelsResponse;
import software.amazon.awssdk.services.sagemaker.model.ListTagsRequest;
import software.amazon.awssdk.services.sagemaker.model.ListTagsResponse;
import software.amazon.awssdk.services.sagemaker.model.ModelSummary;
import software.amazon.awssdk.services.sagemaker.model.ResourceInUseException;
import software.amazon.awssdk.services.sagemaker.model.ResourceLimitExceededException;
import software.amazon.awssdk.services.sagemaker.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sagemaker.model.SageMakerException;
import software.amazon.awssdk.services.sagemaker.model.StopTrainingJobRequest;
import software.amazon.awssdk.services.sagemaker.model.StopTrainingJobResponse;
import software.amazon.awssdk.services.sagemaker.model.Tag;

/** A SageMaker whose jobs and endpoints have the status that the test gives them, and its ways of saying no. */
public class FakeSageMaker implements SageMakerClient {
    public final Map<String, CreateTrainingJobRequest> trainingJobs = new LinkedHashMap<>();
    public final Map<String, CreateModelRequest> models = new LinkedHashMap<>();
    public final Map<String, CreateEndpointConfigRequest> configs = new LinkedHashMap<>();
    public final Map<String, CreateEndpointRequest> endpoints = new LinkedHashMap<>();
    public final List<String> stopped = new ArrayList<>();
    private final Map<String, String> statuses = new HashMap<>();
    private String status = "InProgress";
    private String failureReason;
    private String refusal;

    private static final int PAGE = 2;

    /** Every job and endpoint has this status. */
    public FakeSageMaker withStatus(String status, String failureReason) {
        this.status = status;
        this.failureReason = failureReason;
        return this;
    }

    /** One endpoint has this status. */
    public FakeSageMaker withStatusOf(String endpoint, String status) {
        statuses.put(endpoint, status);
        return this;
    }

    private String statusOf(String endpoint) {
        return statuses.getOrDefault(endpoint, status);
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
                .endpointStatus(statusOf(request.endpointName()))
                .failureReason(failureReason)
                .build();
    }

    @Override
    public DeleteEndpointResponse deleteEndpoint(DeleteEndpointRequest request) {
        found(endpoints, request.endpointName(), "endpoint");
        if (statuses.getOrDefault(request.endpointName(), "").equals("Creating")) {
            throw validation("Cannot update in-progress endpoint \"" + request.endpointName() + "\".");
        }
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

    @Override
    public ListEndpointsResponse listEndpoints(ListEndpointsRequest request) {
        Page page = page(endpoints, request.nameContains(), request.nextToken());
        return ListEndpointsResponse.builder()
                .endpoints(page.names.stream()
                        .map(name -> EndpointSummary.builder()
                                .endpointName(name)
                                .endpointArn("arn:endpoint/" + name)
                                .endpointStatus(statusOf(name))
                                .build())
                        .toList())
                .nextToken(page.next)
                .build();
    }

    @Override
    public ListEndpointConfigsResponse listEndpointConfigs(ListEndpointConfigsRequest request) {
        Page page = page(configs, request.nameContains(), request.nextToken());
        return ListEndpointConfigsResponse.builder()
                .endpointConfigs(page.names.stream()
                        .map(name -> EndpointConfigSummary.builder()
                                .endpointConfigName(name)
                                .endpointConfigArn("arn:endpoint-config/" + name)
                                .build())
                        .toList())
                .nextToken(page.next)
                .build();
    }

    @Override
    public ListModelsResponse listModels(ListModelsRequest request) {
        Page page = page(models, request.nameContains(), request.nextToken());
        return ListModelsResponse.builder()
                .models(page.names.stream()
                        .map(name -> ModelSummary.builder()
                                .modelName(name)
                                .modelArn("arn:model/" + name)
                                .build())
                        .toList())
                .nextToken(page.next)
                .build();
    }

    @Override
    public ListTagsResponse listTags(ListTagsRequest request) {
        String[] kindAndName = request.resourceArn().substring("arn:".length()).split("/");
        String name = kindAndName[1];
        List<Tag> tags = switch (kindAndName[0]) {
            case "endpoint" -> tags(endpoints.get(name), CreateEndpointRequest::tags);
            case "endpoint-config" -> tags(configs.get(name), CreateEndpointConfigRequest::tags);
            default -> tags(models.get(name), CreateModelRequest::tags);
        };
        int from = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
        return ListTagsResponse.builder()
                .tags(tags.subList(from, Math.min(tags.size(), from + PAGE)))
                .nextToken(from + PAGE < tags.size() ? String.valueOf(from + PAGE) : null)
                .build();
    }

    private static <T> List<Tag> tags(T thing, Function<T, List<Tag>> of) {
        if (thing == null) {
            throw validation("Could not find it.");
        }
        return of.apply(thing);
    }

    private record Page(List<String> names, String next) {}

    /** Pages that hold no more than two. */
    private static Page page(Map<String, ?> things, String contains, String token) {
        List<String> names = things.keySet().stream()
                .filter(name -> contains == null || name.contains(contains))
                .toList();
        int from = token == null ? 0 : Integer.parseInt(token);
        int to = Math.min(names.size(), from + PAGE);
        return new Page(names.subList(from, to), to < names.size() ? String.valueOf(to) : null);
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
