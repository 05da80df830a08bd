package io.thermolake.local.door;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.thermolake.lake.Sha256;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** AWS Signature Version 4, of the one key that a data folder has. */
final class Signatures {
    /** What is known of a request before its body. */
    sealed interface SignatureVerdict {
        /** That the request is signed for. */
        String service();
    }

    /** The signature is right. @param sha256 that the body must have; empty when the client left it open */
    record Proven(String service, Optional<String> sha256) implements SignatureVerdict {}

    /** The signature is of the body, whose hash was not sent. */
    record AwaitsBody(String service, Claim claim) implements SignatureVerdict {}

    private static final Duration SKEW = Duration.ofMinutes(15);
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
    private static final String UNSIGNED = "UNSIGNED-PAYLOAD";
    private static final String STREAMING = "STREAMING-";
    private static final String HASH = "x-amz-content-sha256";

    private final FolderKey key;
    private final Clock clock;
    /** The keys derived for scopes whose signatures held: strangers cannot fill it. */
    private final Map<String, byte[]> derived = new ConcurrentHashMap<>();

    /** @param key the data folder's */
    Signatures(FolderKey key, Clock clock) {
        this.key = key;
        this.clock = clock;
    }

    /**
     * Holds a request's head against its signature. What stands in chunks of their own ({@code STREAMING-…}) is as
     * the head says; the chunks' signatures are not looked at.
     *
     * @throws Denied when there is no signature, or it does not hold
     */
    SignatureVerdict judge(Call call) {
        Claim claim = Claim.of(call)
                .orElseThrow(() ->
                        new Denied(Denial.NO_SIGNATURE, "The request has no signature of AWS's Version 4. " + howTo()));
        String service = claim.scope().service();
        if (!claim.keyId().equals(FolderKey.ID)) {
            throw new Denied(
                    Denial.OTHER_KEY,
                    "The access key '" + claim.keyId() + "' is not this laptop cloud's. " + howTo()
                            + "; AWS_ACCESS_KEY_ID must not be set, which goes before a profile");
        }
        if (claim.lifetime().isPresent() && !service.equals("s3")) {
            throw new Denied(Denial.NOT_SIGNED, "Only requests of S3 may be presigned, not of " + service);
        }
        checkTime(claim);
        checkSignedHeaders(call, claim);
        String payload = payload(call, claim);
        if (payload.isEmpty()) {
            return new AwaitsBody(service, claim);
        }
        checkSignature(call, claim, payload);
        return new Proven(
                service, Optional.of(payload).filter(p -> HEX.matcher(p).matches()));
    }

    /** @throws Denied when the signature is not of this body */
    void judge(Call call, AwaitsBody verdict, String sha256) {
        checkSignature(call, verdict.claim(), sha256);
    }

    /** What to do, for people who were turned away. */
    private String howTo() {
        return "Give the client the data folder's key, as ./thermolake cloud prints it: export AWS_SHARED_CREDENTIALS_FILE="
                + "<data folder>/" + key.file().getFileName() + " AWS_PROFILE=" + FolderKey.ID;
    }

    private void checkTime(Claim claim) {
        Instant now = clock.instant();
        Duration off = Duration.between(now, claim.at());
        if (!claim.sent().startsWith(claim.scope().date())) {
            throw new Denied(
                    Denial.BROKEN_SIGNATURE,
                    "The scope's date " + claim.scope().date() + " is not that of " + claim.sent());
        }
        if (off.compareTo(SKEW) > 0
                || (claim.lifetime().isEmpty() && off.negated().compareTo(SKEW) > 0)) {
            throw new Denied(
                    Denial.OTHER_CLOCK,
                    "The difference between the request time " + claim.at() + " and the current time " + now
                            + " is too large (15 minutes at most)");
        }
        claim.lifetime()
                .filter(lifetime -> now.isAfter(claim.at().plus(lifetime)))
                .ifPresent(lifetime -> {
                    throw new Denied(
                            Denial.EXPIRED,
                            "Request has expired: it was signed at " + claim.at() + " for " + lifetime.toSeconds()
                                    + " s");
                });
    }

    /** Else who got a presigned URL could turn it into another call by a header. */
    private static void checkSignedHeaders(Call call, Claim claim) {
        if (!claim.signedHeaders().contains("host")) {
            throw new Denied(Denial.NOT_SIGNED, "The header host is not signed");
        }
        for (String name : call.headers().keySet()) {
            if (name.startsWith("x-amz-") && !claim.signedHeaders().contains(name)) {
                throw new Denied(
                        Denial.NOT_SIGNED, "There were headers present in the request which were not signed: " + name);
            }
        }
    }

    /** @return empty when it has to be made of the body */
    private static String payload(Call call, Claim claim) {
        boolean s3 = claim.scope().service().equals("s3");
        Optional<String> said = call.header(HASH).or(() -> call.parameter("X-Amz-Content-Sha256"));
        if (said.isEmpty()) {
            if (s3 && claim.lifetime().isEmpty()) {
                throw new Denied(Denial.NOT_SIGNED, "Missing required header for this request: " + HASH);
            }
            return claim.lifetime().isPresent() ? UNSIGNED : "";
        }
        String payload = said.get();
        boolean open = payload.equals(UNSIGNED) || payload.startsWith(STREAMING);
        if (!HEX.matcher(payload).matches() && !(s3 && open)) {
            throw new Denied(Denial.BROKEN_SIGNATURE, HASH + " must be the body's SHA-256, not '" + payload + "'");
        }
        return payload;
    }

    private void checkSignature(Call call, Claim claim, String payload) {
        String scope = claim.scope().toString();
        byte[] known = derived.get(scope);
        byte[] signing = known == null ? derive(scope) : known;
        byte[] sent = claim.signature().getBytes(US_ASCII);
        boolean same = false;
        for (String canonical : CanonicalRequest.of(call, claim, payload)) {
            String text = String.join("\n", Claim.ALGORITHM, claim.sent(), scope, Sha256.of(canonical));
            // Takes the same time wherever they differ.
            same |= MessageDigest.isEqual(
                    sent, HexFormat.of().formatHex(Hmac.of(signing, text)).getBytes(US_ASCII));
        }
        if (!same) {
            throw new Denied(
                    Denial.OTHER_SIGNATURE,
                    "The request signature we calculated does not match the signature you provided. The secret is perhaps of another data folder. "
                            + howTo());
        }
        derived.putIfAbsent(scope, signing);
    }

    private byte[] derive(String scope) {
        byte[] signing = ("AWS4" + key.secret()).getBytes(UTF_8);
        for (String part : scope.split("/", -1)) {
            signing = Hmac.of(signing, part);
        }
        return signing;
    }
}
