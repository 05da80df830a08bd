package io.thermolake.local.door;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.thermolake.local.aws.Meter;
import io.thermolake.local.cloud.Gateway;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** The port as a neighbour, a web page and an honest client meet it, over sockets. */
class DoorTest {
    private static final String SECRET = "what the database's password is";

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private FolderKey key;
    private Gateway gateway;
    private S3Client s3;

    @BeforeEach
    void open() throws Exception {
        key = new FolderKey(folder.resolve("credentials"), "the secret of this folder");
        Files.createDirectories(folder.resolve("s3/lake"));
        gateway = new Gateway(
                Gateway.Place.ANY, key, folder.resolve("s3"), folder.resolve("bodies"), new Meter(folder.resolve("m")));
        gateway.control(
                "Secret", in -> Map.of("is", SECRET, "length", in.toString().length()));
        s3 = S3Client.builder()
                .endpointOverride(gateway.endpoint())
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(key.provider())
                .build();
    }

    @AfterEach
    void close() {
        s3.close();
        gateway.close();
    }

    private HttpResponse<String> secret(FolderKey with, String body) throws Exception {
        return http.send(
                SignedRequest.post(
                        with, gateway.endpoint(), "thermolake", Map.of("X-Amz-Target", "Thermolake.Secret"), body),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Bytes as they are, over a connection of their own. @return the whole answer */
    private String raw(String request) throws IOException {
        try (Socket socket = half(request)) {
            socket.setSoTimeout(20_000);
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    private Socket half(String request) throws IOException {
        Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), gateway.endpoint().getPort());
        socket.getOutputStream()
                .write(request.replace("\n", "\r\n")
                        .replace("HOST", gateway.endpoint().getAuthority())
                        .getBytes(UTF_8));
        return socket;
    }

    private static String post(String path, String headers, String body) {
        return "POST " + path + " HTTP/1.1\nConnection: close\n" + headers + "Content-Length: " + body.length() + "\n\n"
                + body;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // path, headers -> in the answer
                "/ | Host: HOST;X-Amz-Target: Thermolake.Secret | 403 Forbidden;MissingAuthenticationTokenException;AWS_PROFILE=thermolake",
                "/ | Host: HOST;X-Amz-Target: secretsmanager.GetSecretValue | MissingAuthenticationTokenException",
                "/2015-03-31/functions/F/invocations | Host: HOST;Content-Type: text/plain | MissingAuthenticationTokenException",
                "/lake/key | Host: HOST | 403 Forbidden;<Code>AccessDenied</Code>",
                "/lake/key | Host: evil.example;X-Amz-Target: Thermolake.Secret | 403 Forbidden;does not serve the host 'evil.example'",
                "/lake/key | Host: HOST;Origin: http://evil.example | 403 Forbidden;pages of other origins",
                "/lake/key | Host: HOST;Sec-Fetch-Site: cross-site | 403 Forbidden;pages of other origins",
                "/lake/key?AWSAccessKeyId=thermolake&Signature=x | Host: HOST | InvalidRequest;Please use AWS4-HMAC-SHA256",
                "/ | Host: HOST;Authorization: AWS4-HMAC-SHA256 Credential=AKID/20261201/eu-central-1/sts/aws4_request, SignedHeaders=host, Signature=0;X-Amz-Date: 20261201T120000Z | <Code>InvalidClientTokenId</Code>",
                "/ | Host: HOST;Authorization: AWS4-HMAC-SHA256 Credential=AKID/20261201/eu-central-1/lambda/aws4_request, SignedHeaders=host, Signature=0;X-Amz-Date: 20261201T120000Z | x-amzn-ErrorType: UnrecognizedClientException",
            })
    void strangersAndWebPagesAreTurnedAwayWithAwssErrors(String path, String headers, String answer) throws Exception {
        String got = raw(post(path.strip(), headers.strip().replace(";", "\n") + "\n", "{}"));

        assertThat(got).contains(answer.strip().split(";")).doesNotContain(SECRET);
    }

    @Test
    void whoHasTheKeyIsServedAndWhoHasAnotherIsNot() throws Exception {
        assertThat(secret(key, "{}").body()).contains(SECRET);

        HttpResponse<String> other = secret(new FolderKey(key.file(), "of another data folder"), "{}");

        assertThat(other.statusCode()).isEqualTo(403);
        assertThat(other.headers().firstValue("x-amzn-ErrorType")).contains("InvalidSignatureException");
        assertThat(other.body()).contains("of another data folder").doesNotContain(SECRET);
    }

    @Test
    void anotherKeyIsRefusedForWhatHasNoBodyToo() {
        FolderKey guess = new FolderKey(key.file(), "a guess of the neighbour");
        try (S3Client other = S3Client.builder()
                .endpointOverride(gateway.endpoint())
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(guess.provider())
                .build()) {
            assertThatThrownBy(() -> other.headObject(b -> b.bucket("lake").key("k")))
                    .isInstanceOfSatisfying(
                            S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
            assertThatThrownBy(() ->
                            other.putObject(b -> b.bucket("lake").key("k"), RequestBody.fromBytes(new byte[1 << 20])))
                    .hasMessageContaining("AWS_PROFILE=thermolake");
        }
        assertThat(folder.resolve("s3/lake")).isEmptyDirectory();
    }

    @Test
    void whatTheStoreDoesNotKnowIsSaidWithoutAPage() {
        assertThatThrownBy(() -> s3.getBucketTagging(b -> b.bucket("lake")))
                .isInstanceOf(S3Exception.class)
                .extracting(e -> ((S3Exception) e).awsErrorDetails().errorCode())
                .isEqualTo("NotImplemented");
    }

    @Test
    void aBodyThatIsNotTheSignedOneChangesNothing() throws Exception {
        HttpRequest signed = SignedRequest.post(
                key, gateway.endpoint(), "thermolake", Map.of("X-Amz-Target", "Thermolake.Secret"), "{\"a\":1}");
        HttpRequest.Builder forged =
                HttpRequest.newBuilder(gateway.endpoint()).POST(HttpRequest.BodyPublishers.ofString("{\"a\":2}"));
        signed.headers().map().forEach((name, values) -> forged.header(name, values.get(0)));

        HttpResponse<String> answer = http.send(forged.build(), HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b+c%2F/é",
                "plain",
                "~.-_/(1)*'!;:@&=$,?#",
                "a%2Fb",
                "日本/x",
                " leading",
            })
    void unusualKeysAreSignedAndServed(String name) throws Exception {
        s3.putObject(b -> b.bucket("lake").key(name), RequestBody.fromString("x"));

        assertThat(s3.getObjectAsBytes(b -> b.bucket("lake").key(name)).asUtf8String())
                .isEqualTo("x");
        assertThat(http.send(HttpRequest.newBuilder(presigned(name)).build(), HttpResponse.BodyHandlers.ofString())
                        .body())
                .isEqualTo("x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: evil.example",
                "Host: HOST\nOrigin: http://evil.example",
                "Host: HOST\nSec-Fetch-Site: cross-site"
            })
    void aStrangerIsAnsweredBeforeABodyThatNeverComes(String headers) throws Exception {
        try (Socket socket = half("POST / HTTP/1.1\n" + headers + "\nContent-Length: 1000000\n\nabc")) {
            socket.setSoTimeout(5_000);
            byte[] first = socket.getInputStream().readNBytes(12);

            assertThat(new String(first, UTF_8)).isEqualTo("HTTP/1.1 403");
        }
    }

    /** The door lets it in; S3, which keeps files, says that it cannot tell it from "a/é". */
    @Test
    void aKeyWithAnEmptyPartIsSignedAndThenRefusedByName() {
        assertThatThrownBy(() -> s3.putObject(b -> b.bucket("lake").key("a//é"), RequestBody.fromString("x")))
                .isInstanceOf(S3Exception.class)
                .hasMessageContaining("none can have the key 'a//é'");
    }

    private URI presigned(String name) {
        try (S3Presigner presigner = S3Presigner.builder()
                .endpointOverride(gateway.endpoint())
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(key.provider())
                .serviceConfiguration(
                        S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .build()) {
            return URI.create(presigner
                    .presignGetObject(p -> p.signatureDuration(Duration.ofMinutes(5))
                            .getObjectRequest(g -> g.bucket("lake").key(name)))
                    .url()
                    .toString());
        }
    }

    @Test
    void aPresignedUrlWorksFromAnotherOriginForItsOneRequestOnly() throws Exception {
        s3.putObject(b -> b.bucket("lake").key("report.html"), RequestBody.fromString("chart"));
        URI url = presigned("report.html");
        String path = url.getRawPath() + "?" + url.getRawQuery();
        String origin = "Host: HOST\nOrigin: http://evil.example\nSec-Fetch-Site: cross-site\n";

        assertThat(raw("GET " + path + " HTTP/1.1\nConnection: close\n" + origin + "\n"))
                .contains("chart");
        assertThat(raw(post(path, origin + "X-Amz-Target: Thermolake.Secret\n", "{}")))
                .contains("403 Forbidden")
                .doesNotContain(SECRET);
        assertThat(raw("GET " + path + " HTTP/1.1\nConnection: close\n" + origin
                        + "X-Amz-Target: Thermolake.Secret\n\n"))
                .contains("403 Forbidden")
                .doesNotContain(SECRET);
        assertThat(raw("DELETE " + path + " HTTP/1.1\nConnection: close\n" + origin + "\n"))
                .contains("SignatureDoesNotMatch");
    }

    /** 300 of them kept the next caller waiting for 58 s. The large ones are more than is held of what nobody signed. */
    @ParameterizedTest
    @CsvSource({"PUT /lake/k, 4", "POST /, 4", "POST /, 300000"})
    void halfSentBodiesKeepNobodyWaiting(String line, int sent) throws Exception {
        String head = line + " HTTP/1.1\nHost: HOST\nX-Amz-Date: " + now() + "\nContent-Length: 1000000\n"
                + "Authorization: AWS4-HMAC-SHA256 Credential=thermolake/" + now().substring(0, 8)
                + "/eu-central-1/glue/aws4_request, SignedHeaders=host;x-amz-date, Signature=0\n\n"
                + "x".repeat(sent);
        List<Socket> open = new ArrayList<>();
        try {
            for (int i = 0; i < 300; i++) {
                open.add(half(head));
            }
            long begun = System.nanoTime();
            assertThat(secret(key, "{}").body()).contains(SECRET);
            s3.putObject(b -> b.bucket("lake").key("k"), RequestBody.fromString("x"));

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    private static String now() {
        return java.time.format.DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
                .withZone(java.time.ZoneOffset.UTC)
                .format(java.time.Instant.now());
    }

    @Test
    void aJsonBodyHasAnEnd() throws Exception {
        HttpResponse<String> answer = secret(key, "{\"a\":\"" + "x".repeat(17 << 20) + "\"}");

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("RequestTooLargeException", "16777216 bytes");
        assertThat(folder.resolve("bodies")).isEmptyDirectory();
    }

    @Test
    void aLargePutGoesThroughAFileAndLeavesNone() throws Exception {
        long size = 70L << 20;
        s3.putObject(
                b -> b.bucket("lake").key("large"),
                RequestBody.fromContentProvider(() -> zeros(size), size, "application/octet-stream"));

        assertThat(folder.resolve("s3/lake/large")).hasSize(size);
        assertThat(folder.resolve("bodies")).isEmptyDirectory();
    }

    private static InputStream zeros(long size) {
        return new InputStream() {
            private long left = size;

            @Override
            public int read() {
                return left-- > 0 ? 0 : -1;
            }

            @Override
            public int read(byte[] into, int from, int most) {
                if (left <= 0) {
                    return -1;
                }
                int count = (int) Math.min(most, left);
                java.util.Arrays.fill(into, from, from + count, (byte) 0);
                left -= count;
                return count;
            }
        };
    }

    @Test
    void aKeyThatIsTooLongForAFileIsRefusedByName() {
        S3Exception refused = catchThrowableOfType(
                S3Exception.class,
                () -> s3.putObject(b -> b.bucket("lake").key("a/" + "k".repeat(256)), RequestBody.fromString("x")));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("KeyTooLongError");
        assertThat(refused.getMessage())
                .contains("files, whose names have 255 at most")
                .doesNotContain(folder.toString());
        assertThatThrownBy(() -> s3.getObject(b -> b.bucket("lake").key("k".repeat(256))))
                .isInstanceOf(software.amazon.awssdk.services.s3.model.NoSuchKeyException.class);
    }

    @Test
    void theLongestKeysWork() {
        String name = "k".repeat(255);
        s3.putObject(b -> b.bucket("lake").key("a/" + name), RequestBody.fromString("x"));
        s3.copyObject(b -> b.sourceBucket("lake")
                .sourceKey("a/" + name)
                .destinationBucket("lake")
                .destinationKey("b/" + name));
        String parts = "k".repeat(212);
        String id = s3.createMultipartUpload(b -> b.bucket("lake").key(parts)).uploadId();
        String etag = s3.uploadPart(
                        b -> b.bucket("lake").key(parts).uploadId(id).partNumber(10_000), RequestBody.fromString("y"))
                .eTag();
        s3.completeMultipartUpload(b -> b.bucket("lake")
                .key(parts)
                .uploadId(id)
                .multipartUpload(m -> m.parts(
                        CompletedPart.builder().partNumber(10_000).eTag(etag).build())));

        assertThat(s3.listObjectsV2(b -> b.bucket("lake")).contents())
                .extracting(o -> o.key())
                .containsExactly("a/" + name, "b/" + name, parts);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /%zz HTTP/1.1", "GET / HTTP/9.9", "GARBAGE"})
    void theWebServersOwnErrorsShowNothingOfIt(String line) throws Exception {
        assertThat(raw(line + "\nHost: HOST\nConnection: close\n\n"))
                .contains("<Error><Code>")
                .doesNotContain("io.thermolake.", "org.eclipse", "<html>", folder.toString(), "CAUSED BY");
    }
}
