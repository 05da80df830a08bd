package io.thermolake.local.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thermolake.lake.Sha256;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** The SDK's own signer signs; what it made is held, as it is and changed, against what is verified. */
class SignaturesTest {
    private static final Instant NOW = Instant.parse("2026-12-01T12:00:00Z");
    private static final FolderKey KEY = new FolderKey(Path.of("data/credentials"), "the secret of this folder");
    private static final String EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private final Signatures signatures = at(NOW);

    private static Signatures at(Instant now) {
        return new Signatures(KEY, Clock.fixed(now, ZoneOffset.UTC));
    }

    private static SdkHttpRequest.Builder get(String path) {
        return SdkHttpRequest.builder()
                .method(SdkHttpMethod.GET)
                .protocol("http")
                .host("127.0.0.1")
                .port(4566)
                .encodedPath(path);
    }

    private static Call signed(SdkHttpRequest.Builder request, String service, boolean presigned) {
        return signed(request, service, FolderKey.ID, KEY.secret(), presigned ? Duration.ofHours(1) : null);
    }

    private static Call signed(
            SdkHttpRequest.Builder request,
            String service,
            String id,
            String secret,
            @org.jspecify.annotations.Nullable Duration lifetime) {
        if (lifetime != null) {
            // Over plain HTTP this signer signs a presigned URL's body, as S3 does not.
            request.protocol("https");
        }
        SdkHttpRequest signed = AwsV4HttpSigner.create()
                .sign(r -> {
                    r.identity(AwsCredentialsIdentity.create(id, secret))
                            .request(request.build())
                            .payload(ContentStreamProvider.fromUtf8String(""))
                            .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                            .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-central-1")
                            .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, !service.equals("s3"))
                            .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, !service.equals("s3"))
                            .putProperty(AwsV4HttpSigner.SIGNING_CLOCK, Clock.fixed(NOW, ZoneOffset.UTC));
                    if (lifetime != null) {
                        r.putProperty(AwsV4HttpSigner.AUTH_LOCATION, AwsV4FamilyHttpSigner.AuthLocation.QUERY_STRING)
                                .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, lifetime)
                                .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, false);
                    }
                })
                .request();
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(signed.headers());
        return new Call(
                "GET", signed.encodedPath(), signed.encodedQueryParameters().orElse(""), headers);
    }

    private static Call with(Call call, String header, String value) {
        Map<String, List<String>> headers = new TreeMap<>(call.headers());
        if (value.isEmpty()) {
            headers.remove(header);
        } else {
            headers.put(header, List.of(value));
        }
        return new Call(call.method(), call.path(), call.query(), headers);
    }

    private static Call asked(Call call, UnaryOperator<String> query) {
        return new Call(call.method(), call.path(), query.apply(call.query()), call.headers());
    }

    private static void refuses(Signatures signatures, Call call, String denial) {
        assertThatThrownBy(() -> signatures.judge(call))
                .isInstanceOfSatisfying(
                        Denied.class, e -> assertThat(e.why()).as(e.text()).isEqualTo(Denial.valueOf(denial)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/bucket/key",
                "/bucket/a%20b%2Bc%252F//%C3%A9",
                "/bucket/~_-.",
                "/bucket/../key",
                "/bucket/(1)*'!"
            })
    void whatTheSdkSignsForS3IsTaken(String path) {
        for (boolean presigned : new boolean[] {false, true}) {
            Call call = signed(get(path).putRawQueryParameter("prefix", "a b+/é&="), "s3", presigned);

            assertThat(signatures.judge(call).service()).as(path).isEqualTo("s3");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/2015-03-31/functions/arn%3Aaws%3Alambda%3Af/invocations", "/tags/a%20b"})
    void otherServicesPathsAreEncodedTwice(String path) {
        Call call = signed(get(path).putHeader("X-Amz-Target", "a  b   c"), "lambda", false);

        assertThat(signatures.judge(call)).isEqualTo(new Signatures.Proven("lambda", Optional.of(EMPTY)));
    }

    /** The example of S3's documentation, under our key's id, which is no part of what is signed. */
    @Test
    void theExampleOfAwsIsTaken() {
        FolderKey theirs = new FolderKey(Path.of("x"), "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
        Signatures then = new Signatures(theirs, Clock.fixed(Instant.parse("2013-05-24T00:00:00Z"), ZoneOffset.UTC));
        Call call = new Call(
                "GET",
                "/test.txt",
                "",
                Map.of(
                        "Host", List.of("examplebucket.s3.amazonaws.com"),
                        "Range", List.of("bytes=0-9"),
                        "x-amz-content-sha256", List.of(EMPTY),
                        "x-amz-date", List.of("20130524T000000Z"),
                        "Authorization",
                                List.of(
                                        "AWS4-HMAC-SHA256 Credential=thermolake/20130524/us-east-1/s3/aws4_request,SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41")));

        assertThat(then.judge(call)).isEqualTo(new Signatures.Proven("s3", Optional.of(EMPTY)));
    }

    @Test
    void aRequestWithoutASignatureIsToldWhatToDo() {
        Call call = new Call("GET", "/", "", Map.of("Host", List.of("127.0.0.1:4566")));

        assertThatThrownBy(() -> signatures.judge(call))
                .hasMessageContaining("no signature")
                .hasMessageContaining("AWS_SHARED_CREDENTIALS_FILE=<data folder>/credentials AWS_PROFILE=thermolake");
    }

    @ParameterizedTest
    @CsvSource({
        // header, what it is instead -> denial
        "host,                 127.0.0.1:1,                                OTHER_SIGNATURE",
        "x-amz-target,         AWSGlue.GetTable,                           NOT_SIGNED",
        "x-amz-content-sha256, 0000000000000000000000000000000000000000000000000000000000000000, OTHER_SIGNATURE",
        "x-amz-content-sha256, UNSIGNED-PAYLOAD,                           OTHER_SIGNATURE",
        "x-amz-content-sha256, anything,                                   BROKEN_SIGNATURE",
        "x-amz-content-sha256, '',                                         NOT_SIGNED",
        "x-amz-date,           20261201T120001Z,                           OTHER_SIGNATURE",
        "x-amz-date,           yesterday,                                  BROKEN_SIGNATURE",
        "x-amz-date,           '',                                         BROKEN_SIGNATURE",
        "authorization,        Bearer x,                                   BROKEN_SIGNATURE",
        "authorization,        AWS a:b,                                    OTHER_VERSION",
        "authorization,        AWS4-HMAC-SHA256 Credential=thermolake,     BROKEN_SIGNATURE",
        "authorization,        '',                                         NO_SIGNATURE",
    })
    void aSignedRequestThatWasChangedIsRefused(String header, String value, String denial) {
        refuses(signatures, with(signed(get("/b/k"), "s3", false), header, value), denial);
    }

    @ParameterizedTest
    @CsvSource({
        "X-Amz-Expires=3600,   X-Amz-Expires=7200,     OTHER_SIGNATURE",
        "X-Amz-Expires=3600,   X-Amz-Expires=9999999,  BROKEN_SIGNATURE",
        "X-Amz-Expires=3600,   X-Amz-Expires=0,        BROKEN_SIGNATURE",
        "X-Amz-Expires=3600,   x=y,                    BROKEN_SIGNATURE",
        "versionId=1,          versionId=2,            OTHER_SIGNATURE",
        "SignedHeaders=host,   SignedHeaders=range,    NOT_SIGNED",
        "aws4_request,         aws4_reply,             BROKEN_SIGNATURE",
        "X-Amz-Algorithm=AWS4, X-Amz-Algorithm=AWS3,   OTHER_VERSION",
    })
    void aPresignedUrlThatWasChangedIsRefused(String from, String to, String denial) {
        Call call = signed(get("/b/k").putRawQueryParameter("versionId", "1"), "s3", true);
        assertThat(call.query()).contains(from);

        refuses(signatures, asked(call, query -> query.replace(from, to)), denial);
    }

    /** Who got a URL for one object must not turn it into another call. */
    @Test
    void aPresignedUrlWithAHeaderThatNobodySignedIsRefused() {
        refuses(
                signatures,
                with(signed(get("/b/k"), "s3", true), "X-Amz-Target", "secretsmanager.GetSecretValue"),
                "NOT_SIGNED");
    }

    @Test
    void onlyS3IsPresigned() {
        refuses(signatures, signed(get("/"), "lambda", true), "NOT_SIGNED");
    }

    @ParameterizedTest
    @CsvSource({
        // minutes after the signature, presigned for an hour -> denial
        "  0, false, ''",
        " 15, false, ''",
        "-15, false, ''",
        " 16, false, OTHER_CLOCK",
        "-16, false, OTHER_CLOCK",
        " 16, true,  ''",
        " 60, true,  ''",
        " 61, true,  EXPIRED",
        "-16, true,  OTHER_CLOCK",
    })
    void aSignatureHasItsTime(long minutes, boolean presigned, String denial) {
        Signatures then = at(NOW.plus(Duration.ofMinutes(minutes)));
        Call call = signed(get("/b/k"), "s3", presigned);
        if (denial.isEmpty()) {
            assertThat(then.judge(call).service()).isEqualTo("s3");
        } else {
            refuses(then, call, denial);
        }
    }

    @Test
    void anotherKeyIsRefusedByItsIdOrBySignature() {
        refuses(signatures, signed(get("/b/k"), "s3", "AKIDEXAMPLE", KEY.secret(), null), "OTHER_KEY");
        refuses(signatures, signed(get("/b/k"), "s3", FolderKey.ID, "of another folder", null), "OTHER_SIGNATURE");
    }

    @Test
    void whatOnlyS3LeavesOpenMustBeSignedElsewhere() {
        Call call = signed(get("/").putHeader("x-amz-content-sha256", "UNSIGNED-PAYLOAD"), "lambda", false);

        refuses(signatures, with(call, "x-amz-content-sha256", "UNSIGNED-PAYLOAD"), "BROKEN_SIGNATURE");
    }

    /** As boto3 signs all services but S3. */
    @Test
    void aHashThatWasNotSentIsTheBodys() {
        String scope = "20261201/eu-central-1/glue/aws4_request";
        byte[] key = ("AWS4" + KEY.secret()).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        for (String part : scope.split("/")) {
            key = Hmac.of(key, part);
        }
        String body = Sha256.of("{}");
        String canonical = "POST\n/\n\nhost:127.0.0.1:4566\nx-amz-date:20261201T120000Z\n\nhost;x-amz-date\n" + body;
        String signature = HexFormat.of()
                .formatHex(Hmac.of(key, "AWS4-HMAC-SHA256\n20261201T120000Z\n" + scope + "\n" + Sha256.of(canonical)));
        Call call = new Call(
                "POST",
                "/",
                "",
                Map.of(
                        "Host", List.of("127.0.0.1:4566"),
                        "X-Amz-Date", List.of("20261201T120000Z"),
                        "Authorization",
                                List.of("AWS4-HMAC-SHA256 Credential=thermolake/" + scope
                                        + ", SignedHeaders=host;x-amz-date, Signature=" + signature)));

        Signatures.AwaitsBody waits = (Signatures.AwaitsBody) signatures.judge(call);
        signatures.judge(call, waits, body);

        assertThatThrownBy(() -> signatures.judge(call, waits, Sha256.of("{ }")))
                .isInstanceOf(Denied.class)
                .hasMessageContaining("does not match");
    }
}
