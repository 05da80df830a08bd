package io.thermolake.local.cloud;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.thermolake.RecordJson;
import io.thermolake.local.door.SignedRequest;
import io.thermolake.local.stack.Stack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** What containers need of the laptop cloud. Only Linux has all of 127/8 as addresses of the machine. */
@EnabledOnOs(OS.LINUX)
class CloudForContainersTest {
    private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
    private static final String BUCKET = "thermolake-lake-bucket";

    @TempDir
    static Path folder;

    private static Cloud cloud;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        cloud = Cloud.start(options("told").listeningOn("127.0.0.2"));
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    private static CloudOptions options(String data) {
        return new CloudOptions(HOME, folder.resolve(data), 0, 0, 0.01, CloudOptions.Database.none());
    }

    private HttpResponse<String> post(String path, String target, String body) throws Exception {
        Map<String, String> headers = target.isEmpty() ? Map.of() : Map.of("X-Amz-Target", target);
        String service = target.isEmpty() ? "lambda" : "thermolake";
        return http.send(
                SignedRequest.post(cloud.key(), cloud.endpoint().resolve(path), service, headers, body),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> planRun() throws Exception {
        return post("/2015-03-31/functions/PlanRun/invocations", "", "{}");
    }

    @Test
    void theOtherAddressServesTheSameBucketAtTheSamePort() {
        URI other = URI.create("http://127.0.0.2:" + cloud.endpoint().getPort());
        try (S3Client s3 = S3Client.builder()
                .endpointOverride(other)
                .region(Region.of(Stack.REGION))
                .credentialsProvider(cloud.key().provider())
                .build()) {
            s3.putObject(b -> b.bucket(BUCKET).key("from/outside"), RequestBody.fromString("x"));
        }

        assertThat(cloud.folder().s3().resolve(BUCKET).resolve("from/outside")).exists();
    }

    @Test
    void aCloudThatIsToldNothingListensOnLoopbackAlone() {
        try (Cloud quiet = Cloud.start(options("quiet"))) {
            assertThatThrownBy(() -> new Socket("127.0.0.2", quiet.endpoint().getPort()).close())
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void anAddressOfAnotherMachineIsRefusedWithTheSentenceThatSaysSo() {
        assertThatThrownBy(() -> Cloud.start(options("far").listeningOn("192.0.2.1")))
                .isInstanceOf(ListenException.class)
                .hasMessageContaining("cannot listen on 192.0.2.1:")
                .hasMessageContaining("must be an address of this machine");
    }

    @Test
    void functionsRunWhereTheCloudIsToldUntilItIsToldOtherwise() throws Exception {
        HttpServer sam = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        sam.createContext("/2015-03-31/functions/PlanRunFunction/invocations", exchange -> {
            byte[] body = "{\"errorMessage\":\"from the container\",\"errorType\":\"a.B\"}".getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        sam.start();
        try {
            post(
                    "/",
                    "Thermolake.RunFunctionsIn",
                    "{\"sam\":\"http://127.0.0.1:" + sam.getAddress().getPort() + "\"}");
            HttpResponse<String> there = planRun();
            post("/", "Thermolake.RunFunctionsIn", "{}");
            HttpResponse<String> here = planRun();

            assertThat(there.body()).contains("from the container");
            assertThat(there.headers().firstValue("X-Amz-Function-Error")).contains("Unhandled");
            assertThat(here.body()).contains("stackTrace").doesNotContain("from the container");
        } finally {
            sam.stop(0);
        }
    }

    /** As the SDKs and the AWS CLI send it: no type, octet-stream or JSON. A browser's forms are sent from any page. */
    @ParameterizedTest
    @CsvSource({
        "'',                                200",
        "application/json,                  200",
        "application/octet-stream,          200",
        "text/plain,                        415",
        "text/plain;charset=UTF-8,          415",
        "multipart/form-data; boundary=x,   415",
        "Application/X-WWW-Form-Urlencoded, 415",
    })
    void invokeTakesNoForms(String type, int status) throws Exception {
        URI uri = cloud.endpoint().resolve("/2015-03-31/functions/PlanRun/invocations");
        Map<String, String> headers = type.isEmpty() ? Map.of() : Map.of("Content-Type", type);
        HttpResponse<String> answer = http.send(
                SignedRequest.post(cloud.key(), uri, "lambda", headers, "{}"), HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("x-amzn-ErrorType").isPresent()).isEqualTo(status == 415);
    }

    /** boto3 with that address in its URLs, as sam local has it. */
    @Test
    void theNameThatContainersCallIsServedAndNoOther() throws Exception {
        try (Cloud called = Cloud.start(options("called").calledBy(null, "192.168.65.254"))) {
            assertThat(status(called, "192.168.65.254")).isEqualTo("403 Forbidden MissingAuthenticationToken");
            assertThat(status(called, "192.168.65.253")).isEqualTo("403 Forbidden AccessDenied");
        }
    }

    private static String status(Cloud cloud, String host) throws IOException {
        int port = cloud.endpoint().getPort();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write(("POST / HTTP/1.1\r\nConnection: close\r\nX-Amz-Target: AWSGlue.GetTables\r\nHost: " + host
                                    + ":" + port + "\r\nContent-Length: 2\r\n\r\n{}")
                            .getBytes(UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
            String code = answer.replaceAll("(?s).*\"__type\":\"(\\w+?)(Exception)?\".*", "$1");
            return answer.lines().findFirst().orElse("").replace("HTTP/1.1 ", "") + " " + code;
        }
    }

    @Test
    void theVariablesAreTheTemplatesOwnAndSayNothingOfAnEndpoint() throws Exception {
        Map<?, ?> functions = RecordJson.gson()
                .fromJson(post("/", "Thermolake.Variables", "{}").body(), Map.class);

        assertThat(functions.keySet().toString()).contains("PlanRunFunction", "DeployAssetsFunction");
        assertThat(functions.get("PlanRunFunction").toString()).contains("BUCKET=" + BUCKET);
        assertThat(functions.toString()).doesNotContain("AWS_ENDPOINT_URL");
    }
}
