package io.thermolake.asl;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.dashjoin.jsonata.Jsonata;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * The functions that Step Functions adds to JSONata, and the one that it takes away (AWS, "Transforming data with
 * JSONata"): partition, range, hash, random, uuid, parse; eval is refused.
 */
final class Functions {
    private static final Set<String> HASHES = Set.of("MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512");

    private Functions() {}

    static void bind(Jsonata.Frame frame, RandomGenerator random) {
        frame.bind("partition", Jsonata.function("partition", Functions::partition, "<an:a>"));
        frame.bind("range", Jsonata.function("range", Functions::range, "<nnn:a>"));
        frame.bind("hash", Jsonata.function("hash", Functions::hash, "<ss:s>"));
        frame.bind("random", Jsonata.function("random", (Jsonata.Fn0<Object>) random::nextDouble, "<:n>"));
        frame.bind("uuid", Jsonata.function("uuid", (Jsonata.Fn0<Object>) () -> uuid(random), "<:s>"));
        frame.bind("parse", Jsonata.function("parse", (Jsonata.Fn1<String, Object>) Functions::parse, "<s-:x>"));
        frame.bind("eval", Jsonata.function("eval", (Jsonata.Fn1<Object, Object>) Functions::eval, "<x:x>"));
    }

    private static Object partition(List<?> list, Number size) {
        if (size.intValue() < 1) {
            throw new IllegalArgumentException("The size of a partition must be at least 1 but is " + size);
        }
        List<Object> parts = new ArrayList<>();
        for (int i = 0; i < list.size(); i += size.intValue()) {
            parts.add(new ArrayList<>(list.subList(i, Math.min(list.size(), i + size.intValue()))));
        }
        return parts;
    }

    private static Object range(Number first, Number last, Number step) {
        double by = step.doubleValue();
        if (by == 0) {
            throw new IllegalArgumentException("The step of a range must not be 0");
        }
        List<Object> values = new ArrayList<>();
        for (double v = first.doubleValue(); by > 0 ? v <= last.doubleValue() : v >= last.doubleValue(); v += by) {
            values.add(v);
        }
        return values;
    }

    private static Object hash(String text, String algorithm) {
        if (!HASHES.contains(algorithm)) {
            throw new IllegalArgumentException("The hash must be one of " + HASHES + " but is " + algorithm);
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object uuid(RandomGenerator random) {
        long version4 = (random.nextLong() & ~0xF000L) | 0x4000L;
        long variant = (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new UUID(version4, variant).toString();
    }

    private static Object parse(String text) {
        Object value = Json.parse(text);
        return value == null ? Jsonata.NULL_VALUE : value;
    }

    private static Object eval(Object expression) {
        throw new IllegalArgumentException("The function $eval is not supported");
    }
}
