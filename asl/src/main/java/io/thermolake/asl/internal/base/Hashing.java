package io.thermolake.asl.internal.base;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** What both query languages offer: a text's hash, and UUIDs from a source of randomness that a test may seed. */
public final class Hashing {
    private static final List<String> ALGORITHMS = List.of("MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512");

    private Hashing() {}

    /**
     * @return lower-case hexadecimal digits of the hash over the text's UTF-8 bytes
     * @throws IllegalArgumentException when the algorithm is not one of AWS's five
     */
    public static String hex(String text, String algorithm) {
        if (!ALGORITHMS.contains(algorithm)) {
            throw new IllegalArgumentException("The hash must be one of " + ALGORITHMS + " but is " + algorithm);
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A version 4 UUID. */
    public static String uuid(RandomGenerator random) {
        long version4 = (random.nextLong() & ~0xF000L) | 0x4000L;
        long variant = (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new UUID(version4, variant).toString();
    }
}
