package io.thermolake.local.cloud;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thermolake.lake.LakeLayout;
import io.thermolake.lake.store.LakeStore;
import io.thermolake.local.aws.Meter;
import io.thermolake.local.stack.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.athena.model.QueryExecutionState;
import software.amazon.awssdk.services.athena.model.QueryExecutionStatus;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.GlueException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** The laptop cloud on the project's own template, asked by the SDK's real clients over its one port. */
class CloudTest {
    private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
    private static final String BUCKET = "thermolake-lake-bucket";
    private static final String PIPELINE = "arn:aws:states:eu-central-1:000000000000:stateMachine:thermolake-pipeline";

    @TempDir
    static Path folder;

    private static Cloud cloud;

    @BeforeAll
    static void start() {
        cloud = Cloud.start(options());
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    private static CloudOptions options() {
        return new CloudOptions(HOME, folder, 0, 0, 0.01, CloudOptions.Database.none());
    }

    private static <B extends AwsClientBuilder<B, C>, C> C client(B builder) {
        return builder.endpointOverride(cloud.endpoint())
                .region(Region.of(Stack.REGION))
                .credentialsProvider(cloud.key().provider())
                .build();
    }

    @Test
    void aFolderHasOneCloud() {
        assertThatThrownBy(() -> Cloud.start(options())).isInstanceOf(FolderBusyException.class);
    }

    @Test
    void conditionalWritesHaveOneWinner() {
        S3Client s3 = client(S3Client.builder());
        s3.putObject(b -> b.bucket(BUCKET).key("t/one").ifNoneMatch("*"), RequestBody.fromString("first"));
        assertThatThrownBy(() -> s3.putObject(
                        b -> b.bucket(BUCKET).key("t/one").ifNoneMatch("*"), RequestBody.fromString("second")))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(412));
        String etag = s3.headObject(b -> b.bucket(BUCKET).key("t/one")).eTag();
        s3.putObject(b -> b.bucket(BUCKET).key("t/one").ifMatch(etag), RequestBody.fromString("third"));
        assertThatThrownBy(() -> s3.putObject(
                        b -> b.bucket(BUCKET).key("t/one").ifMatch(etag), RequestBody.fromString("fourth")))
                .isInstanceOf(S3Exception.class);
        assertThat(s3.getObjectAsBytes(b -> b.bucket(BUCKET).key("t/one")).asUtf8String())
                .isEqualTo("third");
        assertThat(folder.resolve("s3").resolve(BUCKET).resolve("t/one")).exists();
    }

    @Test
    void onlyWhoKnowsTheNewestDeletes() {
        S3Client s3 = client(S3Client.builder());
        s3.putObject(b -> b.bucket(BUCKET).key("t/mark"), RequestBody.fromString("first"));
        String etag = s3.headObject(b -> b.bucket(BUCKET).key("t/mark")).eTag();
        s3.putObject(b -> b.bucket(BUCKET).key("t/mark"), RequestBody.fromString("second"));

        LakeStore store = new LakeStore(s3, BUCKET);
        assertThat(store.delete("t/mark", etag)).isFalse();
        assertThat(store.text("t/mark").orElseThrow().value()).isEqualTo("second");
        assertThat(store.delete("t/mark", store.text("t/mark").orElseThrow().etag()))
                .isTrue();
        assertThat(store.text("t/mark")).isEmpty();
        assertThat(store.replace("t/mark", "third", etag)).isFalse();
    }

    @Test
    void whatIsNotBuiltSaysSo() {
        GlueClient glue = client(GlueClient.builder());
        assertThatThrownBy(() -> glue.createCrawler(b -> b.name("x").role("r")))
                .isInstanceOfSatisfying(GlueException.class, e -> {
                    assertThat(e.statusCode()).isEqualTo(501);
                    assertThat(e.getMessage()).contains("AWSGlue.CreateCrawler");
                });
        assertThatThrownBy(() -> glue.getCrawler(b -> b.name("none"))).isInstanceOf(EntityNotFoundException.class);
    }

    @Test
    void aQuerySeesThePartitionsOfTheCatalogAndNothingElse() throws Exception {
        GlueClient glue = client(GlueClient.builder());
        Path room = folder.resolve("s3").resolve(BUCKET).resolve("rooms/room_id=lab/date=2026-03-01/run=r/attempt=1");
        Files.createDirectories(room);
        Files.writeString(room.resolve("part.csv"), "timestamp,temperature\n2026-03-01 00:00:00,20.5\n", UTF_8);
        assertThat(query("SELECT count(*) AS n FROM rooms")).containsExactly(List.of("n"), List.of("0"));
        var table =
                glue.getTable(b -> b.databaseName("thermolake").name("rooms")).table();
        glue.batchCreatePartition(b -> b.databaseName("thermolake")
                .tableName("rooms")
                .partitionInputList(p -> p.values("lab", "2026-03-01")
                        .storageDescriptor(table.storageDescriptor().toBuilder()
                                .location("s3://" + BUCKET + "/rooms/room_id=lab/date=2026-03-01/run=r/attempt=1/")
                                .build())));
        assertThat(query("SELECT room_id, \"date\", temperature FROM \"thermolake\".\"rooms\";"))
                .containsExactly(List.of("room_id", "date", "temperature"), List.of("lab", "2026-03-01", "20.5"));
    }

    @Test
    void aCrawlFindsTheSchemaAndThePartitionsOfTheRealFiles() throws Exception {
        GlueClient glue = client(GlueClient.builder());
        Path imported = folder.resolve("s3").resolve(BUCKET).resolve("raw/imported/external_db/run=r9");
        Files.createDirectories(imported);
        Files.writeString(
                imported.resolve("a"), "{\"room_id\":\"lab\",\"temperature\":20.5,\"received\":7}\nno json\n", UTF_8);
        glue.startCrawler(b -> b.name("thermolake-raw"));
        for (int i = 0;
                i < 200
                        && glue.getCrawler(b -> b.name("thermolake-raw"))
                                        .crawler()
                                        .lastCrawl()
                                == null;
                i++) {
            Thread.sleep(20);
        }
        assertThat(glue.getCrawler(b -> b.name("thermolake-raw"))
                        .crawler()
                        .lastCrawl()
                        .statusAsString())
                .isEqualTo("SUCCEEDED");
        assertThat(glue.getTable(b -> b.databaseName("thermolake").name("raw_external_db"))
                        .table()
                        .storageDescriptor()
                        .columns())
                .extracting(c -> c.name() + " " + c.type())
                .containsExactly("room_id string", "temperature double", "received bigint");
        assertThat(query("SELECT room_id, temperature, run FROM raw_external_db WHERE room_id IS NOT NULL"))
                .containsExactly(List.of("room_id", "temperature", "run"), List.of("lab", "20.5", "r9"));
    }

    @Test
    void whatAthenaWouldRefuseIsRefused() throws InterruptedException {
        for (String sql : List.of(
                "SELECT TOP 5 * FROM rooms",
                "SELECT 1::int",
                "DROP TABLE rooms",
                "SELECT * FROM read_text('/etc/hostname')")) {
            assertThat(ended(start(sql)).state()).as(sql).isEqualTo(QueryExecutionState.FAILED);
        }
    }

    private static String start(String sql) {
        return client(AthenaClient.builder())
                .startQueryExecution(b ->
                        b.queryString(sql).workGroup("thermolake").queryExecutionContext(c -> c.database("thermolake")))
                .queryExecutionId();
    }

    private static QueryExecutionStatus ended(String id) throws InterruptedException {
        AthenaClient athena = client(AthenaClient.builder());
        for (int i = 0; i < 600; i++) {
            QueryExecutionStatus status = athena.getQueryExecution(b -> b.queryExecutionId(id))
                    .queryExecution()
                    .status();
            if (status.completionDateTime() != null) {
                return status;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("the query " + id + " did not end");
    }

    private static List<List<String>> query(String sql) throws InterruptedException {
        String id = start(sql);
        QueryExecutionStatus status = ended(id);
        assertThat(status.stateAsString()).as(status.stateChangeReason()).isEqualTo("SUCCEEDED");
        return client(AthenaClient.builder()).getQueryResults(b -> b.queryExecutionId(id)).resultSet().rows().stream()
                .map(row -> row.data().stream().map(d -> d.varCharValue()).toList())
                .toList();
    }

    private static DescribeExecutionResponse run(String name, String input) throws InterruptedException {
        SfnClient sfn = client(SfnClient.builder());
        String arn = sfn.startExecution(
                        b -> b.stateMachineArn(PIPELINE).name(name).input(input))
                .executionArn();
        for (int i = 0; i < 1200; i++) {
            DescribeExecutionResponse execution = sfn.describeExecution(b -> b.executionArn(arn));
            if (execution.status() != ExecutionStatus.RUNNING) {
                return execution;
            }
            Thread.sleep(50);
        }
        throw new AssertionError(name + " did not end");
    }

    @Test
    void theRealFunctionsPlanAndFinishARunOnAnEmptyLake() throws InterruptedException {
        DescribeExecutionResponse execution = run("empty", "{\"now\":\"2026-03-31T00:00:00Z\"}");
        assertThat(execution.status()).as(execution.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(execution.output()).contains(LakeLayout.summary("empty"));
        SfnClient sfn = client(SfnClient.builder());
        assertThat(sfn.getExecutionHistory(b -> b.executionArn(execution.executionArn()))
                        .events())
                .first()
                .satisfies(e -> assertThat(e.typeAsString()).isEqualTo("ExecutionStarted"));
        assertThatThrownBy(() -> sfn.startExecution(
                        b -> b.stateMachineArn(PIPELINE).name("empty").input("{}")))
                .isInstanceOf(ExecutionAlreadyExistsException.class);
    }

    @Test
    void aFailedRunIsToldOnceAndReleasesTheLock() throws InterruptedException, IOException {
        DescribeExecutionResponse execution = run("bad", "{\"startFrom\":\"Nowhere\"}");
        assertThat(execution.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(execution.error()).isEqualTo("io.thermolake.finish.RunFailedException");
        assertThat(execution.cause()).contains("There is no step 'Nowhere' to start from");
        assertThat(folder.resolve("s3").resolve(BUCKET).resolve(LakeLayout.LOCK))
                .doesNotExist();
        assertThat(Files.readString(folder.resolve("notifications.jsonl"))
                        .lines()
                        .filter(l -> l.contains("run bad failed")))
                .hasSize(1);
    }

    @Test
    void theMeterCountsWhatWouldBeBilled() {
        client(S3Client.builder()).listObjectsV2(b -> b.bucket(BUCKET));
        Meter meter = new Meter(folder.resolve("other-meter"));
        meter.add("S3", "PUT request", 2);
        meter.save();
        assertThat(new Meter(folder.resolve("other-meter")).snapshot()).isEqualTo(Map.of("S3|PUT request", 2.0));
    }
}
