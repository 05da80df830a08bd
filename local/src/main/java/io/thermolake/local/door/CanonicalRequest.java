package io.thermolake.local.door;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The text of a request that its signature is made of. The SDK's signer cannot be asked for it: it signs
 * x-amz-content-sha256 always, which boto3 sends to S3 only.
 */
final class CanonicalRequest {
    private CanonicalRequest() {}

    /**
     * The texts that a client may have meant. Clients sign S3's path as they send it, AWS reads it as its normal encoding;
     * both name the same object. All other services' paths are encoded once more.
     *
     * @param payload the body's SHA-256 or what stands for it
     */
    static List<String> of(Call call, Claim claim, String payload) {
        List<String> paths = claim.scope().service().equals("s3")
                ? List.of(call.path(), UriText.normal(call.path()))
                : List.of(UriText.encodePath(call.path()));
        return paths.stream()
                .distinct()
                .map(path -> String.join(
                        "\n",
                        call.method(),
                        path.isEmpty() ? "/" : path,
                        query(call.query()),
                        headers(call, claim.signedHeaders()),
                        String.join(";", claim.signedHeaders()),
                        payload))
                .toList();
    }

    private static String query(String query) {
        record Encoded(String name, String value) {}
        return UriText.parameters(query).stream()
                .filter(p -> !p.name().equals("X-Amz-Signature"))
                .map(p -> new Encoded(UriText.encode(p.name()), UriText.encode(p.value())))
                .sorted(Comparator.comparing(Encoded::name).thenComparing(Encoded::value))
                .map(p -> p.name() + "=" + p.value())
                .collect(Collectors.joining("&"));
    }

    private static String headers(Call call, List<String> signed) {
        return signed.stream()
                .map(name -> name + ":"
                        + call.headers().getOrDefault(name, List.of()).stream()
                                .map(value -> value.strip().replaceAll("\\s+", " "))
                                .collect(Collectors.joining(","))
                        + "\n")
                .collect(Collectors.joining());
    }
}
