package io.thermolake.local.door;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.thermolake.local.stack.Stack;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** A POST for calls that no client of the SDK knows, signed by the SDK's own signer. */
public final class SignedRequest {
    private static final AwsV4HttpSigner SIGNER = AwsV4HttpSigner.create();
    /** HttpClient sets it itself, to the same. */
    private static final String HOST = "Host";

    private SignedRequest() {}

    /** @param service of the signature's scope */
    public static HttpRequest post(FolderKey key, URI uri, String service, Map<String, String> headers, String body) {
        SdkHttpRequest.Builder plain =
                SdkHttpRequest.builder().method(SdkHttpMethod.POST).uri(uri);
        headers.forEach(plain::putHeader);
        SdkHttpRequest signed = SIGNER.sign(r -> r.identity(AwsCredentialsIdentity.create(FolderKey.ID, key.secret()))
                        .request(plain.build())
                        .payload(ContentStreamProvider.fromUtf8String(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, Stack.REGION))
                .request();
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofString(body, UTF_8));
        signed.forEachHeader((header, values) -> values.stream()
                .filter(value -> !header.equalsIgnoreCase(HOST))
                .forEach(value -> request.header(header, value)));
        return request.build();
    }
}
