package io.thermolake.local.sagemaker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thermolake.local.aws.JsonStore;
import io.thermolake.local.s3.Buckets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.waiters.WaiterOverrideConfiguration;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.sagemaker.model.CreateTrainingJobRequest;
import software.amazon.awssdk.services.sagemaker.model.DescribeTrainingJobResponse;
import software.amazon.awssdk.services.sagemaker.model.ModelSummary;
import software.amazon.awssdk.services.sagemaker.model.ResourceInUseException;
import software.amazon.awssdk.services.sagemaker.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sagemaker.model.SageMakerException;
import software.amazon.awssdk.services.sagemaker.model.Tag;
import software.amazon.awssdk.services.sagemaker.waiters.SageMakerWaiter;
import software.amazon.awssdk.services.sagemakerruntime.model.ModelErrorException;
import software.amazon.awssdk.services.sagemakerruntime.model.ValidationErrorException;

class SageMakerServiceTest {
    private static final String IMAGE = "664544806723.dkr.ecr.eu-central-1.amazonaws.com/randomcutforest:1";
    private static final String ROLE = "arn:aws:iam::000000000000:role/sagemaker";
    private static final Map<String, String> USUAL =
            Map.of("feature_dim", "1", "num_trees", "50", "num_samples_per_tree", "64");

    private final Map<String, Double> usage = new ConcurrentHashMap<>();

    @TempDir
    Path folder;

    private Buckets buckets;
    private SageMakerService sagemaker;
    private EndpointService runtime;

    @BeforeEach
    void start() {
        buckets = new Buckets(folder.resolve("s3"));
        buckets.make("lake");
        sagemaker = new SageMakerService(
                folder.resolve("state"),
                buckets,
                (service, unit, quantity) -> usage.merge(service + "/" + unit, quantity, Double::sum),
                Clock.systemUTC());
        runtime = new EndpointService(sagemaker, buckets);
        StringBuilder csv = new StringBuilder();
        Random random = new Random(1);
        for (int i = 0; i < 5000; i++) {
            csv.append(Math.round(2000 + 100 * random.nextGaussian()) / 100.0).append('\n');
        }
        buckets.write("s3://lake/training/lab/features.csv", csv.toString().getBytes(UTF_8));
    }

    @AfterEach
    void stop() {
        sagemaker.close();
    }

    private static CreateTrainingJobRequest request(
            String name, Map<String, String> hyperparameters, String type, String distribution, String uri) {
        return CreateTrainingJobRequest.builder()
                .trainingJobName(name)
                .roleArn(ROLE)
                .algorithmSpecification(a -> a.trainingImage(IMAGE).trainingInputMode("File"))
                .hyperParameters(hyperparameters)
                .inputDataConfig(c -> c.channelName("train")
                        .contentType(type)
                        .dataSource(d -> d.s3DataSource(
                                s -> s.s3DataType("S3Prefix").s3Uri(uri).s3DataDistributionType(distribution))))
                .outputDataConfig(o -> o.s3OutputPath("s3://lake/models/lab/v1/"))
                .resourceConfig(
                        r -> r.instanceType("ml.m5.large").instanceCount(1).volumeSizeInGB(5))
                .stoppingCondition(s -> s.maxRuntimeInSeconds(3600))
                .build();
    }

    private static CreateTrainingJobRequest request(String name) {
        return request(name, USUAL, "text/csv;label_size=0", "ShardedByS3Key", "s3://lake/training/lab/");
    }

    private DescribeTrainingJobResponse ended(String name) {
        return SageMakerWaiter.builder()
                .client(sagemaker)
                .overrideConfiguration(WaiterOverrideConfiguration.builder()
                        .backoffStrategyV2(BackoffStrategy.fixedDelayWithoutJitter(Duration.ofMillis(10)))
                        .maxAttempts(3000)
                        .build())
                .build()
                .waitUntilTrainingJobCompletedOrStopped(b -> b.trainingJobName(name))
                .matched()
                .response()
                .orElseThrow();
    }

    private DescribeTrainingJobResponse failed(CreateTrainingJobRequest request) throws InterruptedException {
        sagemaker.createTrainingJob(request);
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        DescribeTrainingJobResponse job;
        do {
            job = sagemaker.describeTrainingJob(b -> b.trainingJobName(request.trainingJobName()));
            Thread.onSpinWait();
        } while (job.trainingJobStatusAsString().equals("InProgress") && System.nanoTime() < end);
        assertThat(job.trainingJobStatusAsString()).isEqualTo("Failed");
        return job;
    }

    private void serve(String name) throws InterruptedException {
        sagemaker.createModel(b -> b.modelName(name)
                .executionRoleArn(ROLE)
                .primaryContainer(c -> c.image(IMAGE).mode("MultiModel").modelDataUrl("s3://lake/models/")));
        sagemaker.createEndpointConfig(b -> b.endpointConfigName(name)
                .productionVariants(v -> v.variantName("AllTraffic")
                        .modelName(name)
                        .instanceType("ml.m5.large")
                        .initialInstanceCount(1)));
        sagemaker.createEndpoint(b -> b.endpointName(name).endpointConfigName(name));
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!sagemaker
                        .describeEndpoint(b -> b.endpointName(name))
                        .endpointStatusAsString()
                        .equals("InService")
                && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private String invoke(String endpoint, String model, String type, String body) {
        return runtime.invokeEndpoint(b -> b.endpointName(endpoint)
                        .targetModel(model)
                        .contentType(type)
                        .body(SdkBytes.fromUtf8String(body)))
                .body()
                .asUtf8String();
    }

    @Test
    void aTrainedForestServesScoresBehindAMultiModelEndpoint() throws Exception {
        sagemaker.createTrainingJob(request("tl-1"));
        DescribeTrainingJobResponse job = ended("tl-1");
        assertThat(job.trainingJobStatusAsString()).isEqualTo("Completed");
        assertThat(job.modelArtifacts().s3ModelArtifacts())
                .isEqualTo("s3://lake/models/lab/v1/tl-1/output/model.tar.gz");

        serve("tl-e");
        String json = invoke("tl-e", "lab/v1/tl-1/output/model.tar.gz", "text/csv", "20.0\n60.0\n");

        assertThat(json).matches("\\{\"scores\":\\[\\{\"score\":[0-9.]+},\\{\"score\":[0-9.]+}]}");
        double usual = Double.parseDouble(json.split("[:}]")[2]);
        double far = Double.parseDouble(json.split("[:}]")[4]);
        assertThat(usual).isLessThan(1.2);
        assertThat(far).isGreaterThan(3);

        sagemaker.deleteEndpoint(b -> b.endpointName("tl-e"));
        assertThat(usage).containsKeys("SageMaker training/instance-hour", "SageMaker endpoint/instance-hour");
    }

    @Test
    void theSameDataTrainsTheSameArtifactWhateverTheJobsName() throws Exception {
        sagemaker.createTrainingJob(request("a"));
        sagemaker.createTrainingJob(request("b"));
        ended("a");
        ended("b");

        byte[] a = Files.readAllBytes(buckets.resolve("s3://lake/models/lab/v1/a/output/model.tar.gz"));
        byte[] b = Files.readAllBytes(buckets.resolve("s3://lake/models/lab/v1/b/output/model.tar.gz"));
        assertThat(a).isEqualTo(b);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "num_trees   | 49 | text/csv;label_size=0 | ShardedByS3Key  | training/lab/ | 49 for num_trees is less than the minimum of 50",
                "feature_dim | 2  | text/csv;label_size=0 | ShardedByS3Key  | training/lab/ | has 1 values, but feature_dim is 2",
                "feature_dim | 1  | text/csv              | ShardedByS3Key  | training/lab/ | must be 'text/csv;label_size=0'",
                "feature_dim | 1  | text/csv;label_size=0 | FullyReplicated | training/lab/ | must be 'ShardedByS3Key'",
                "feature_dim | 1  | text/csv;label_size=0 | ShardedByS3Key  | training/no/  | No S3 objects found",
                "feature_dim | 1  | text/csv;label_size=0 | ShardedByS3Key  | header/       | a header row is not allowed",
            })
    void whatTheAlgorithmRefusesFailsTheJobWithAClientError(
            String name, String value, String type, String distribution, String prefix, String reason)
            throws InterruptedException {
        buckets.write("s3://lake/header/features.csv", "temperature\n20.0\n".getBytes(UTF_8));
        Map<String, String> hyperparameters = new HashMap<>(USUAL);
        hyperparameters.put(name, value);

        DescribeTrainingJobResponse job =
                failed(request("tl-bad", hyperparameters, type, distribution, "s3://lake/" + prefix));

        assertThat(job.failureReason()).startsWith("ClientError: ").contains(reason);
    }

    @Test
    void namesAreUniqueAndWhatIsMissingIsSaidInSageMakersWords() {
        sagemaker.createTrainingJob(request("tl-1"));
        assertThatThrownBy(() -> sagemaker.createTrainingJob(request("tl-1")))
                .isInstanceOf(ResourceInUseException.class);
        assertThatThrownBy(() -> sagemaker.describeTrainingJob(b -> b.trainingJobName("none")))
                .isInstanceOf(ResourceNotFoundException.class);
        assertThatThrownBy(() -> sagemaker.describeEndpoint(b -> b.endpointName("none")))
                .isInstanceOfSatisfying(SageMakerException.class, e -> {
                    assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ValidationException");
                    assertThat(e.awsErrorDetails().errorMessage()).startsWith("Could not find endpoint \"arn:aws:");
                });
        assertThatThrownBy(() -> sagemaker.createTrainingJob(request("under_score")))
                .isInstanceOf(SageMakerException.class)
                .hasMessageContaining("under_score");
        ended("tl-1");
        assertThat(sagemaker.listTrainingJobs(b -> b.nameContains("tl")).trainingJobSummaries())
                .hasSize(1);
    }

    private void model(String name, Tag... tags) {
        sagemaker.createModel(b -> b.modelName(name)
                .executionRoleArn(ROLE)
                .primaryContainer(c -> c.image(IMAGE).modelDataUrl("s3://lake/models/"))
                .tags(tags));
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    @Test
    void tagsOfACreationAreKeptChangedAndForgotten() {
        model("tl-1", tag("run", "r1"), tag("stack", "s"));
        String arn = sagemaker.describeModel(b -> b.modelName("tl-1")).modelArn();

        sagemaker.addTags(b -> b.resourceArn(arn).tags(tag("run", "r2"), tag("who", "me")));
        sagemaker.deleteTags(b -> b.resourceArn(arn).tagKeys("stack"));

        assertThat(sagemaker.listTags(b -> b.resourceArn(arn)).tags())
                .containsExactly(tag("run", "r2"), tag("who", "me"));
        sagemaker.deleteModel(b -> b.modelName("tl-1"));
        assertThatThrownBy(() -> sagemaker.listTags(b -> b.resourceArn(arn)))
                .isInstanceOf(SageMakerException.class)
                .hasMessageStartingWith("Could not find");
        model("tl-1");
        assertThat(sagemaker.listTags(b -> b.resourceArn(arn)).tags()).isEmpty();
    }

    @Test
    void listsHavePagesThatNeitherRepeatNorHideWhatIsDeletedMeanwhile() {
        for (int i = 0; i < 23; i++) {
            model("tl-" + (char) ('a' + i));
        }
        model("other");
        List<String> seen = new ArrayList<>();
        sagemaker
                .listModelsPaginator(b -> b.nameContains("tl-").sortBy("Name").sortOrder("Ascending"))
                .models()
                .forEach(m -> {
                    seen.add(m.modelName());
                    sagemaker.deleteModel(b -> b.modelName(m.modelName()));
                });

        assertThat(seen).hasSize(23).isSorted().startsWith("tl-a");
        assertThat(sagemaker.listModels(b -> b.maxResults(1)).models())
                .extracting(ModelSummary::modelName)
                .containsExactly("other");
        Instant now = Instant.now();
        assertThat(sagemaker.listModels(b -> b.creationTimeAfter(now)).models()).isEmpty();
        assertThat(sagemaker.listModels(b -> b.creationTimeBefore(now)).models())
                .hasSize(1);
        assertThatThrownBy(() -> sagemaker.listModels(b -> b.nextToken("x"))).hasMessageContaining("pagination token");
        assertThatThrownBy(() -> sagemaker.listModels(b -> b.maxResults(0))).hasMessageContaining("maxResults");
    }

    @Test
    void aTrainingJobsKeysAreOnRecord() {
        sagemaker.createTrainingJob(request("keyed").toBuilder()
                .outputDataConfig(
                        o -> o.s3OutputPath("s3://lake/models/lab/v1/").kmsKeyId("arn:key"))
                .resourceConfig(r -> r.instanceType("ml.m5.large")
                        .instanceCount(1)
                        .volumeSizeInGB(5)
                        .volumeKmsKeyId("arn:other"))
                .build());

        DescribeTrainingJobResponse job = ended("keyed");

        assertThat(job.outputDataConfig().kmsKeyId()).isEqualTo("arn:key");
        assertThat(job.resourceConfig().volumeKmsKeyId()).isEqualTo("arn:other");
    }

    @Test
    void anEndpointRefusesWhatItCannotScore() throws Exception {
        sagemaker.createTrainingJob(request("tl-1"));
        ended("tl-1");
        serve("tl-e");
        String model = "lab/v1/tl-1/output/model.tar.gz";

        assertThatThrownBy(() -> invoke("none", model, "text/csv", "1"))
                .isInstanceOf(ValidationErrorException.class)
                .hasMessageContaining("Endpoint none");
        assertThatThrownBy(() -> invoke("tl-e", "lab/none.tar.gz", "text/csv", "1"))
                .isInstanceOf(ValidationErrorException.class)
                .hasMessageContaining("Failed to download model data");
        assertThatThrownBy(() -> invoke("tl-e", "../../etc/passwd", "text/csv", "1"))
                .isInstanceOf(ValidationErrorException.class);
        assertThatThrownBy(() -> invoke("tl-e", model, "application/json", "[1]"))
                .isInstanceOfSatisfying(
                        ModelErrorException.class,
                        e -> assertThat(e.originalStatusCode()).isEqualTo(415));
        assertThatThrownBy(() -> invoke("tl-e", model, "text/csv", "1,2"))
                .isInstanceOfSatisfying(
                        ModelErrorException.class,
                        e -> assertThat(e.originalStatusCode()).isEqualTo(400));
        assertThatThrownBy(() -> invoke("tl-e", model, "text/csv", "1\n".repeat(4 << 20)))
                .isInstanceOf(ValidationErrorException.class)
                .hasMessageContaining("exceeds limit");
    }

    @Test
    void aJobThatAKillCutOffHasFailedAfterTheRestart() {
        TrainingJob job =
                Requests.trainingJob(request("tl-cut"), Clock.systemUTC().instant());
        new JsonStore<>(folder.resolve("state/training-jobs"), TrainingJob.class).put(job.name(), job.at("Training"));

        try (SageMakerService restarted =
                new SageMakerService(folder.resolve("state"), buckets, (s, u, q) -> {}, Clock.systemUTC())) {
            DescribeTrainingJobResponse after = restarted.describeTrainingJob(b -> b.trainingJobName("tl-cut"));
            assertThat(after.trainingJobStatusAsString()).isEqualTo("Failed");
            assertThat(after.failureReason()).contains("stopped while the job ran");
        }
    }

    @Test
    void closingWaitsForTheThreadsSoThatNobodyWritesIntoTheFolderAfterwards() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        AtomicBoolean left = new AtomicBoolean();
        SageMakerService busy = new SageMakerService(
                folder.resolve("busy"),
                buckets,
                (service, unit, quantity) -> {
                    if (!service.equals("SageMaker training")) {
                        return;
                    }
                    entered.countDown();
                    while (!Thread.currentThread().isInterrupted()) {
                        Thread.onSpinWait();
                    }
                    long end = System.nanoTime() + Duration.ofMillis(100).toNanos();
                    while (System.nanoTime() < end) {
                        Thread.onSpinWait();
                    }
                    left.set(true);
                },
                Clock.systemUTC());
        busy.createTrainingJob(request("tl-1"));
        assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();

        busy.close();

        assertThat(left).isTrue();
    }

    @Test
    void whatExistsSurvivesARestart() throws Exception {
        sagemaker.createTrainingJob(request("tl-1"));
        ended("tl-1");
        serve("tl-e");

        try (SageMakerService restarted =
                new SageMakerService(folder.resolve("state"), buckets, (s, u, q) -> {}, Clock.systemUTC())) {
            assertThat(restarted
                            .describeTrainingJob(b -> b.trainingJobName("tl-1"))
                            .trainingJobStatusAsString())
                    .isEqualTo("Completed");
            assertThat(new EndpointService(restarted, buckets)
                            .invokeEndpoint(b -> b.endpointName("tl-e")
                                    .targetModel("lab/v1/tl-1/output/model.tar.gz")
                                    .contentType("text/csv")
                                    .accept("application/jsonlines")
                                    .body(SdkBytes.fromUtf8String("20.0")))
                            .body()
                            .asUtf8String())
                    .matches("\\{\"score\":[0-9.]+}\n");
        }
    }
}
