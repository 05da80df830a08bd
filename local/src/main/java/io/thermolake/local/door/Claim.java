package io.thermolake.local.door;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a request says of its signature, not yet believed.
 *
 * @param scope date/region/service/aws4_request
 * @param signedHeaders lower-case names, sorted
 * @param sent the time of the signature, as text and as an instant
 * @param lifetime of a presigned URL; empty for a signature in a header
 */
record Claim(
        String keyId,
        SigningScope scope,
        List<String> signedHeaders,
        String signature,
        String sent,
        Instant at,
        Optional<Duration> lifetime) {
    static final String ALGORITHM = "AWS4-HMAC-SHA256";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT);
    /** AWS's own longest. */
    private static final Duration LONGEST = Duration.ofDays(7);

    /** What a signing key is derived for. */
    record SigningScope(String date, String region, String service) {
        static SigningScope of(List<String> parts) {
            if (parts.size() != 4 || !parts.get(3).equals("aws4_request")) {
                throw new Denied(
                        Denial.BROKEN_SIGNATURE,
                        "The signature's scope '" + String.join("/", parts)
                                + "' is not DATE/REGION/SERVICE/aws4_request");
            }
            return new SigningScope(parts.get(0), parts.get(1), parts.get(2));
        }

        @Override
        public String toString() {
            return date + "/" + region + "/" + service + "/aws4_request";
        }
    }

    /** The service that a request is signed for, without a look at the rest; empty when it does not say. */
    static String service(Call call) {
        try {
            return of(call).map(claim -> claim.scope().service()).orElse("");
        } catch (Denied e) {
            return "";
        }
    }

    /**
     * @return empty when the request has no signature at all
     * @throws Denied when what it has cannot be read
     */
    static Optional<Claim> of(Call call) {
        Optional<String> header = call.header("authorization");
        if (header.isPresent()) {
            return Optional.of(ofHeader(call, header.get()));
        }
        if (call.presigned()) {
            return Optional.of(ofQuery(call));
        }
        if (call.parameter("AWSAccessKeyId").isPresent()) {
            throw oldVersion();
        }
        return Optional.empty();
    }

    private static Denied oldVersion() {
        return new Denied(
                Denial.OTHER_VERSION,
                "The authorization mechanism you have provided is not supported. Please use " + ALGORITHM
                        + " (in boto3: Config(signature_version='s3v4'))");
    }

    private static Claim ofHeader(Call call, String header) {
        if (header.startsWith("AWS ")) {
            throw oldVersion();
        }
        if (!header.startsWith(ALGORITHM + " ")) {
            throw new Denied(
                    Denial.BROKEN_SIGNATURE, "The laptop cloud knows the Authorization " + ALGORITHM + " only");
        }
        Map<String, String> fields = new TreeMap<>();
        Arrays.stream(header.substring(ALGORITHM.length()).split(",")).forEach(field -> {
            int equals = field.indexOf('=');
            if (equals > 0) {
                fields.put(
                        field.substring(0, equals).strip(),
                        field.substring(equals + 1).strip());
            }
        });
        String sent = call.header("x-amz-date")
                .orElseThrow(() -> new Denied(Denial.BROKEN_SIGNATURE, "The signature has no X-Amz-Date"));
        return of(field(fields, "Credential"), field(fields, "SignedHeaders"), field(fields, "Signature"), sent, null);
    }

    private static Claim ofQuery(Call call) {
        Map<String, String> fields = new TreeMap<>();
        UriText.parameters(call.query()).forEach(p -> fields.put(p.name(), p.value()));
        if (!ALGORITHM.equals(fields.get("X-Amz-Algorithm"))) {
            throw oldVersion();
        }
        return of(
                field(fields, "X-Amz-Credential"),
                field(fields, "X-Amz-SignedHeaders"),
                field(fields, "X-Amz-Signature"),
                field(fields, "X-Amz-Date"),
                field(fields, "X-Amz-Expires"));
    }

    private static Claim of(
            String credential,
            String headers,
            String signature,
            String sent,
            @org.jspecify.annotations.Nullable String expires) {
        List<String> parts = new ArrayList<>(Arrays.asList(credential.split("/", -1)));
        String keyId = parts.remove(0);
        try {
            return new Claim(
                    keyId,
                    SigningScope.of(parts),
                    Arrays.stream(headers.split(";")).sorted().toList(),
                    signature,
                    sent,
                    LocalDateTime.parse(sent, TIME).toInstant(ZoneOffset.UTC),
                    Optional.ofNullable(expires).map(Claim::lifetime));
        } catch (DateTimeException e) {
            throw new Denied(Denial.BROKEN_SIGNATURE, "'" + sent + "' is no time such as 20261231T235959Z");
        }
    }

    private static Duration lifetime(String seconds) {
        Duration lifetime = seconds.matches("\\d{1,6}") ? Duration.ofSeconds(Integer.parseInt(seconds)) : Duration.ZERO;
        if (lifetime.isZero() || lifetime.compareTo(LONGEST) > 0) {
            throw new Denied(
                    Denial.BROKEN_SIGNATURE, "X-Amz-Expires must be from 1 to 604800 seconds, not '" + seconds + "'");
        }
        return lifetime;
    }

    private static String field(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null || value.isEmpty()) {
            throw new Denied(Denial.BROKEN_SIGNATURE, "The signature has no " + name);
        }
        return value;
    }
}
