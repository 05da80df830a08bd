package io.thermolake.local.sagemaker;

import io.thermolake.local.aws.Pages;
import io.thermolake.local.aws.Usage;
import io.thermolake.local.s3.Buckets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sagemaker.model.AddTagsRequest;
import software.amazon.awssdk.services.sagemaker.model.AddTagsResponse;
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
import software.amazon.awssdk.services.sagemaker.model.DeleteTagsRequest;
import software.amazon.awssdk.services.sagemaker.model.DeleteTagsResponse;
import software.amazon.awssdk.services.sagemaker.model.DescribeEndpointConfigRequest;
import software.amazon.awssdk.services.sagemaker.model.DescribeEndpointConfigResponse;
import software.amazon.awssdk.services.sagemaker.model.DescribeEndpointRequest;
import software.amazon.awssdk.services.sagemaker.model.DescribeEndpointResponse;
import software.amazon.awssdk.services.sagemaker.model.DescribeModelRequest;
import software.amazon.awssdk.services.sagemaker.model.DescribeModelResponse;
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
import software.amazon.awssdk.services.sagemaker.model.ListTrainingJobsRequest;
import software.amazon.awssdk.services.sagemaker.model.ListTrainingJobsResponse;
import software.amazon.awssdk.services.sagemaker.model.ModelSummary;
import software.amazon.awssdk.services.sagemaker.model.ProductionVariant;
import software.amazon.awssdk.services.sagemaker.model.StopTrainingJobRequest;
import software.amazon.awssdk.services.sagemaker.model.StopTrainingJobResponse;

/**
 * SageMaker for Random Cut Forest: training jobs, models, endpoint configurations and endpoints, with SageMaker's limits,
 * states and error texts. Another algorithm is answered with 501.
 */
public final class SageMakerService implements SageMakerClient {

    private final Clock clock;
    private final TrainingJobs jobs;
    private final Hosting hosting;
    private final ResourceTags tags;

    /** @param state folder of what exists */
    public SageMakerService(Path state, Buckets buckets, Usage usage, Clock clock) {
        this.clock = clock;
        this.jobs = new TrainingJobs(state.resolve("training-jobs"), buckets, usage, clock);
        this.hosting = new Hosting(state, buckets, usage, clock);
        this.tags = new ResourceTags(state.resolve("tags"));
    }

    /** An endpoint in service with its model; the runtime's view. */
    Optional<Hosted.Model> inService(String endpoint) {
        return hosting.endpoints
                .get(endpoint)
                .filter(e -> e.status().equals("InService"))
                .flatMap(hosting::model);
    }

    @Override
    public CreateTrainingJobResponse createTrainingJob(CreateTrainingJobRequest request) {
        TrainingJob job = Requests.trainingJob(request, clock.instant());
        jobs.start(job);
        tags.add(job.arn(), request.tags());
        return CreateTrainingJobResponse.builder().trainingJobArn(job.arn()).build();
    }

    @Override
    public DescribeTrainingJobResponse describeTrainingJob(DescribeTrainingJobRequest request) {
        return TrainingJobViews.describe(jobs.get(request.trainingJobName()), clock.instant());
    }

    @Override
    public StopTrainingJobResponse stopTrainingJob(StopTrainingJobRequest request) {
        jobs.stop(request.trainingJobName());
        return StopTrainingJobResponse.builder().build();
    }

    /** The newest come first. */
    @Override
    public ListTrainingJobsResponse listTrainingJobs(ListTrainingJobsRequest request) {
        Pages.Page<TrainingJob> page = NameListing.PAGES.page(
                "ListTrainingJobs " + request.nameContains() + " " + request.statusEqualsAsString(),
                jobs.list(request.nameContains(), request.statusEqualsAsString()),
                TrainingJob::name,
                request.maxResults(),
                request.nextToken());
        return ListTrainingJobsResponse.builder()
                .trainingJobSummaries(
                        page.items().stream().map(TrainingJobViews::summary).toList())
                .nextToken(page.nextToken())
                .build();
    }

    @Override
    public CreateModelResponse createModel(CreateModelRequest request) {
        Hosted.Model model = Requests.model(request, clock.instant());
        hosting.create(model);
        tags.add(model.arn(), request.tags());
        return CreateModelResponse.builder().modelArn(model.arn()).build();
    }

    @Override
    public DescribeModelResponse describeModel(DescribeModelRequest request) {
        Hosted.Model model = hosting.models
                .get(request.modelName())
                .orElseThrow(() -> SageMakerFaults.missing("model", Arns.of("model", request.modelName())));
        return DescribeModelResponse.builder()
                .modelName(model.name())
                .modelArn(model.arn())
                .executionRoleArn(model.roleArn())
                .primaryContainer(c -> c.image(model.image()).mode(model.mode()).modelDataUrl(model.dataUrl()))
                .creationTime(model.created())
                .build();
    }

    @Override
    public DeleteModelResponse deleteModel(DeleteModelRequest request) {
        hosting.deleteModel(request.modelName());
        tags.forget(Arns.of("model", request.modelName()));
        return DeleteModelResponse.builder().build();
    }

    @Override
    public ListModelsResponse listModels(ListModelsRequest request) {
        Pages.Page<Hosted.Model> page = new NameListing<>(Hosted.Model::name, Hosted.Model::created)
                .page(hosting.models.list(), NameListing.Question.of(request));
        return ListModelsResponse.builder()
                .nextToken(page.nextToken())
                .models(page.items().stream()
                        .map(m -> ModelSummary.builder()
                                .modelName(m.name())
                                .modelArn(m.arn())
                                .creationTime(m.created())
                                .build())
                        .toList())
                .build();
    }

    @Override
    public CreateEndpointConfigResponse createEndpointConfig(CreateEndpointConfigRequest request) {
        Hosted.Config config = Requests.config(request, clock.instant());
        hosting.create(config);
        tags.add(config.arn(), request.tags());
        return CreateEndpointConfigResponse.builder()
                .endpointConfigArn(config.arn())
                .build();
    }

    @Override
    public DescribeEndpointConfigResponse describeEndpointConfig(DescribeEndpointConfigRequest request) {
        Hosted.Config config = hosting.configs
                .get(request.endpointConfigName())
                .orElseThrow(() -> SageMakerFaults.missing(
                        "endpoint configuration", Arns.of("endpoint-config", request.endpointConfigName())));
        return DescribeEndpointConfigResponse.builder()
                .endpointConfigName(config.name())
                .endpointConfigArn(config.arn())
                .creationTime(config.created())
                .productionVariants(config.variants().stream()
                        .map(v -> ProductionVariant.builder()
                                .variantName(v.name())
                                .modelName(v.model())
                                .instanceType(v.instanceType())
                                .initialInstanceCount(v.instances())
                                .build())
                        .toList())
                .build();
    }

    @Override
    public DeleteEndpointConfigResponse deleteEndpointConfig(DeleteEndpointConfigRequest request) {
        hosting.deleteConfig(request.endpointConfigName());
        tags.forget(Arns.of("endpoint-config", request.endpointConfigName()));
        return DeleteEndpointConfigResponse.builder().build();
    }

    @Override
    public ListEndpointConfigsResponse listEndpointConfigs(ListEndpointConfigsRequest request) {
        Pages.Page<Hosted.Config> page = new NameListing<>(Hosted.Config::name, Hosted.Config::created)
                .page(hosting.configs.list(), NameListing.Question.of(request));
        return ListEndpointConfigsResponse.builder()
                .nextToken(page.nextToken())
                .endpointConfigs(page.items().stream()
                        .map(c -> EndpointConfigSummary.builder()
                                .endpointConfigName(c.name())
                                .endpointConfigArn(c.arn())
                                .creationTime(c.created())
                                .build())
                        .toList())
                .build();
    }

    @Override
    public CreateEndpointResponse createEndpoint(CreateEndpointRequest request) {
        String name = Requests.name("endpointName", request.endpointName());
        Hosted.Endpoint endpoint = new Hosted.Endpoint(
                name,
                Arns.of("endpoint", name),
                Requests.name("endpointConfigName", request.endpointConfigName()),
                "Creating",
                null,
                clock.instant(),
                null);
        hosting.create(endpoint);
        tags.add(endpoint.arn(), request.tags());
        return CreateEndpointResponse.builder().endpointArn(endpoint.arn()).build();
    }

    @Override
    public DescribeEndpointResponse describeEndpoint(DescribeEndpointRequest request) {
        Hosted.Endpoint endpoint = hosting.endpoints
                .get(request.endpointName())
                .orElseThrow(() -> SageMakerFaults.missing("endpoint", Arns.of("endpoint", request.endpointName())));
        return DescribeEndpointResponse.builder()
                .endpointName(endpoint.name())
                .endpointArn(endpoint.arn())
                .endpointConfigName(endpoint.config())
                .endpointStatus(endpoint.status())
                .failureReason(endpoint.failureReason())
                .creationTime(endpoint.created())
                .lastModifiedTime(endpoint.serving() == null ? endpoint.created() : endpoint.serving())
                .build();
    }

    @Override
    public DeleteEndpointResponse deleteEndpoint(DeleteEndpointRequest request) {
        hosting.deleteEndpoint(request.endpointName());
        tags.forget(Arns.of("endpoint", request.endpointName()));
        return DeleteEndpointResponse.builder().build();
    }

    @Override
    public ListEndpointsResponse listEndpoints(ListEndpointsRequest request) {
        Pages.Page<Hosted.Endpoint> page = new NameListing<>(Hosted.Endpoint::name, Hosted.Endpoint::created)
                .page(
                        hosting.list().stream()
                                .filter(e -> request.statusEquals() == null
                                        || e.status().equals(request.statusEqualsAsString()))
                                .toList(),
                        NameListing.Question.of(request));
        return ListEndpointsResponse.builder()
                .nextToken(page.nextToken())
                .endpoints(page.items().stream()
                        .map(e -> EndpointSummary.builder()
                                .endpointName(e.name())
                                .endpointArn(e.arn())
                                .endpointStatus(e.status())
                                .creationTime(e.created())
                                .lastModifiedTime(e.serving() == null ? e.created() : e.serving())
                                .build())
                        .toList())
                .build();
    }

    @Override
    public ListTagsResponse listTags(ListTagsRequest request) {
        return ListTagsResponse.builder()
                .tags(tags.list(existing(request.resourceArn())))
                .build();
    }

    @Override
    public AddTagsResponse addTags(AddTagsRequest request) {
        return AddTagsResponse.builder()
                .tags(tags.add(existing(request.resourceArn()), request.tags()))
                .build();
    }

    @Override
    public DeleteTagsResponse deleteTags(DeleteTagsRequest request) {
        tags.remove(existing(request.resourceArn()), request.tagKeys());
        return DeleteTagsResponse.builder().build();
    }

    private String existing(String arn) {
        String name = arn.substring(arn.lastIndexOf('/') + 1);
        if (arn.equals(Arns.of("training-job", name))) {
            jobs.get(name);
        } else if (!hosting.holds(arn, name)) {
            throw SageMakerFaults.missing("resource", arn);
        }
        return arn;
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {
        jobs.close();
        hosting.close();
    }
}
