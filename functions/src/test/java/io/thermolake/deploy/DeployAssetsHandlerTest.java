package io.thermolake.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verifyNoInteractions;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpServer;
import io.thermolake.fake.FakeContext;
import io.thermolake.fake.FakeS3;
import io.thermolake.lake.Sha256;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.CodeGenConfigurationNode;
import software.amazon.awssdk.services.s3.S3Client;

class DeployAssetsHandlerTest {
    private static final String GRAPH = """
            {"CodeGenConfigurationNodes": {
              "node-1": {"S3CsvSource": {"Name": "History", "Paths": ["s3://${Bucket}/raw/history/"], "Separator": "comma",
                "QuoteChar": "quote", "Recurse": true, "WithHeader": true}},
              "node-2": {"ApplyMapping": {"Name": "Rename", "Inputs": ["node-1"],
                "Mapping": [{"ToKey": "timestamp", "FromPath": ["time"], "FromType": "string", "ToType": "string", "Dropped": false}]}},
              "node-3": {"S3DirectTarget": {"Name": "Imported", "Inputs": ["node-2"], "Format": "json", "Compression": "gzip",
                "Path": "s3://${Bucket}/raw/imported/history/"}}}}
            """;

    private final FakeS3 s3 = new FakeS3();
    private final FakeGlueJobs glue = new FakeGlueJobs();
    private final Map<String, String> answers = new TreeMap<>();
    private final Map<String, String> assets = new TreeMap<>(
            Map.of("glue-jobs.jar", "a jar", "glue/history_job.json", GRAPH, "glue/GlueApp.scala", "a script"));
    private final DeployAssetsHandler handler = new DeployAssetsHandler(
            s3,
            glue,
            new FakeAthenaCatalog(),
            () -> {},
            path -> assets.get(path).getBytes(UTF_8),
            answers::put);

    @Test
    void theJarLiesUnderItsHash() {
        CustomResourceAnswer answer = handle("Create", "Custom::JobsJar", null, Map.of("Bucket", "lake"));

        String key = "assets/" + Sha256.of("a jar") + ".jar";
        assertThat(answer.status()).isEqualTo("SUCCESS");
        assertThat(answer.data()).containsEntry("Uri", "s3://lake/" + key);
        assertThat(s3.objects).containsOnlyKeys(key);
    }

    @Test
    void anotherJarIsTheSameResourceWithAnotherUri() {
        CustomResourceAnswer first = handle("Create", "Custom::JobsJar", null, Map.of("Bucket", "lake"));
        assets.put("glue-jobs.jar", "another jar");

        CustomResourceAnswer second =
                handle("Update", "Custom::JobsJar", first.physicalResourceId(), Map.of("Bucket", "lake"));

        assertThat(second.physicalResourceId()).isEqualTo(first.physicalResourceId());
        assertThat(second.data().get("Uri")).isNotEqualTo(first.data().get("Uri"));
        assertThat(s3.objects).as("a roll-back needs the old one").hasSize(2);
    }

    @Test
    void theScriptLiesUnderItsHashAndKeepsItsExtension() {
        Map<String, String> properties = Map.of("Bucket", "lake", "Script", "GlueApp.scala");

        CustomResourceAnswer first = handle("Create", "Custom::JobScript", null, properties);
        assets.put("glue/GlueApp.scala", "another script");
        CustomResourceAnswer second = handle("Update", "Custom::JobScript", first.physicalResourceId(), properties);
        CustomResourceAnswer deleted = handle("Delete", "Custom::JobScript", first.physicalResourceId(), properties);

        String key = "assets/" + Sha256.of("a script") + ".scala";
        assertThat(first.data()).containsEntry("Uri", "s3://lake/" + key);
        assertThat(second.data()).containsEntry("Uri", "s3://lake/assets/" + Sha256.of("another script") + ".scala");
        assertThat(second.physicalResourceId())
                .as("another id would have the old one deleted")
                .isEqualTo(first.physicalResourceId());
        assertThat(deleted.status()).isEqualTo("SUCCESS");
        assertThat(s3.objects)
                .as("a roll-back and a run that is on need the old one")
                .hasSize(2)
                .containsKey(key);
    }

    @Test
    void anEventThatNamesAStrangersAddressDoesNothing() {
        S3Client bucket = mock();
        GlueClient jobs = mock();
        AthenaClient queries = mock();
        DeployAssetsHandler guarded = new DeployAssetsHandler(
                bucket,
                jobs,
                queries,
                () -> {},
                path -> assets.get(path).getBytes(UTF_8),
                AnswerBox.checked(AnswerUrls.of(null), answers::put));

        for (String type : List.of("Custom::JobsJar", "Custom::LakeData", "Custom::GlueStudioJob")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> guarded.handleRequest(
                            ResourceRequests.event(
                                    "Delete",
                                    type,
                                    "thermolake-history",
                                    Map.of("Bucket", "lake", "OnDelete", "Delete")),
                            new FakeContext()))
                    .withMessageContaining("The event's ResponseURL is https://answer");
        }
        assertThat(answers).isEmpty();
        verifyNoInteractions(bucket, jobs, queries);
    }

    @Test
    void theJobIsMadeFromItsGraph() {
        CustomResourceAnswer answer = handle("Create", "Custom::GlueStudioJob", null, job());

        assertThat(answer.status()).as(answer.reason()).isEqualTo("SUCCESS");
        assertThat(answer.physicalResourceId()).isEqualTo("thermolake-history");
        Map<String, CodeGenConfigurationNode> nodes =
                glue.created.get("thermolake-history").codeGenConfigurationNodes();
        assertThat(nodes).containsOnlyKeys("node-1", "node-2", "node-3");
        assertThat(nodes.get("node-1").s3CsvSource().paths()).containsExactly("s3://lake/raw/history/");
        assertThat(nodes.get("node-1").s3CsvSource().withHeader()).isTrue();
        assertThat(nodes.get("node-2").applyMapping().mapping().get(0).fromPath())
                .containsExactly("time");
        assertThat(nodes.get("node-3").s3DirectTarget().path()).isEqualTo("s3://lake/raw/imported/history/");
        assertThat(glue.created.get("thermolake-history").command().scriptLocation())
                .isEqualTo("s3://lake/assets/thermolake-history.py");
    }

    @Test
    void aJobThatExistsIsUpdated() {
        handle("Create", "Custom::GlueStudioJob", null, job());

        handle("Update", "Custom::GlueStudioJob", "thermolake-history", job());

        assertThat(glue.updated).containsOnlyKeys("thermolake-history");
        assertThat(glue.updated.get("thermolake-history").codeGenConfigurationNodes())
                .hasSize(3);
    }

    @Test
    void deletedIsTheJobThatWasMade() {
        handle("Delete", "Custom::GlueStudioJob", "thermolake-history", job());
        handle("Delete", "Custom::GlueStudioJob", "nothing-was-made", job());

        assertThat(glue.deleted).containsExactly("thermolake-history");
    }

    @Test
    void whateverGoesWrongCloudFormationGetsItsAnswer() {
        assets.put("glue/history_job.json", "{\"CodeGenConfigurationNodes\":{\"n\":{\"Teleport\":{}}}}");

        CustomResourceAnswer answer = handle("Create", "Custom::GlueStudioJob", null, job());

        assertThat(answer.status()).isEqualTo("FAILED");
        assertThat(answer.reason()).contains("CodeGenConfigurationNodes.n has no member Teleport");
        JsonObject sent = JsonParser.parseString(answers.get("https://answer/")).getAsJsonObject();
        assertThat(sent.get("Status").getAsString()).isEqualTo("FAILED");
        assertThat(sent.get("PhysicalResourceId").getAsString()).isEqualTo("nothing-was-made");
        assertThat(sent.get("StackId").getAsString()).isEqualTo("stack");
        assertThat(sent.get("RequestId").getAsString()).isEqualTo("request");
        assertThat(sent.get("LogicalResourceId").getAsString()).isEqualTo("It");
    }

    @Test
    void anUnknownResourceIsRefusedByName() {
        assertThat(handle("Create", "Custom::Teleporter", null, Map.of()).reason())
                .contains("Custom::Teleporter is not made here");
        assertThat(handle("Create", "Custom::JobsJar", null, Map.of()).reason())
                .contains("The resource It needs the property Bucket");
    }

    @Test
    void networksThatOverlapAreRefused() {
        Map<String, String> apart = Map.of("NetworkCidr", "10.97.16.0/24", "PeerCidr", "10.20.0.0/16");
        Map<String, String> overlapping = Map.of("NetworkCidr", "10.20.7.0/24", "PeerCidr", "10.20.0.0/16");

        assertThat(handle("Create", "Custom::NetworkCheck", null, apart).status())
                .isEqualTo("SUCCESS");
        CustomResourceAnswer refused = handle("Update", "Custom::NetworkCheck", "network-check", overlapping);
        assertThat(refused.status()).isEqualTo("FAILED");
        assertThat(refused.reason())
                .contains("NetworkCidr 10.20.7.0/24 and the database's network 10.20.0.0/16 overlap");
        assertThat(handle("Delete", "Custom::NetworkCheck", "network-check", overlapping)
                        .status())
                .as("what was refused can still be taken away")
                .isEqualTo("SUCCESS");
    }

    @Test
    void theLakeIsEmptiedOnlyOnDeletionAndOnlyWhenTheStackSaysSo() {
        Map<String, String> kept = Map.of("Bucket", "lake", "OnDelete", "Retain");
        Map<String, String> emptied = Map.of("Bucket", "lake", "OnDelete", "Delete");

        assertThat(handle("Create", "Custom::LakeData", null, emptied).physicalResourceId())
                .isEqualTo(
                        handle("Update", "Custom::LakeData", "lake-data", kept).physicalResourceId());
        assertThat(handle("Delete", "Custom::LakeData", "lake-data", kept).status())
                .isEqualTo("SUCCESS");
        // This fake lists no versions: so it was asked.
        assertThat(handle("Delete", "Custom::LakeData", "lake-data", emptied).reason())
                .contains("UnsupportedOperationException");
    }

    @Test
    void aGraphMayNameOnlyWhatTheResourceGives() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> StudioGraph.nodes("{\"CodeGenConfigurationNodes\":{\"n\":\"${Elsewhere}\"}}", Map.of()))
                .withMessage("The graph names ${Elsewhere}, which is no property of the resource");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StudioGraph.nodes("{}", Map.of()))
                .withMessage("The graph has no CodeGenConfigurationNodes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StudioGraph.nodes(
                        "{\"CodeGenConfigurationNodes\":{\"n\":{\"S3CsvSource\":{\"Paths\":\"no list\"}}}}", Map.of()))
                .withMessageStartingWith("CodeGenConfigurationNodes.n.S3CsvSource.Paths must be a List but is no list");
    }

    @Test
    void theAnswerIsPutWithoutAContentType() throws IOException {
        List<String> received = new ArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            received.add(exchange.getRequestMethod() + " "
                    + exchange.getRequestHeaders().getFirst("Content-Type") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            // The first try fails.
            exchange.sendResponseHeaders(received.size() == 1 ? 503 : 200, -1);
            exchange.close();
        });
        server.start();
        try {
            AnswerBox.http().put("http://127.0.0.1:" + server.getAddress().getPort() + "/", "{}");
        } finally {
            server.stop(0);
        }

        assertThat(received).hasSize(2).last().isEqualTo("PUT  {}");
    }

    private CustomResourceAnswer handle(
            String request, String type, String physicalId, Map<String, String> properties) {
        return handler.handleRequest(ResourceRequests.event(request, type, physicalId, properties), new FakeContext());
    }

    private static Map<String, String> job() {
        return Map.of(
                "JobName", "thermolake-history",
                "Graph", "history_job.json",
                "Bucket", "lake",
                "Database", "thermolake",
                "Role", "arn:aws:iam::000000000000:role/glue",
                "WorkerType", "G.1X",
                "NumberOfWorkers", "2",
                "TimeoutMinutes", "240");
    }
}
