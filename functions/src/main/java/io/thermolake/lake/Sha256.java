package io.thermolake.lake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, over texts as UTF-8 and over bytes, in the order in which they are added. */
public final class Sha256 {
    private final MessageDigest digest;

    public Sha256() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** 64 hexadecimal digits over a text. */
    public static String of(String text) {
        return new Sha256().add(text).hex();
    }

    /** 64 hexadecimal digits over bytes. */
    public static String of(byte[] bytes) {
        return new Sha256().add(ByteBuffer.wrap(bytes)).hex();
    }

    public Sha256 add(String text) {
        digest.update(text.getBytes(UTF_8));
        return this;
    }

    /** @param bytes what remains of it, which is read */
    public Sha256 add(ByteBuffer bytes) {
        digest.update(bytes);
        return this;
    }

    /** 64 hexadecimal digits over all that was added; nothing can be added to it afterwards. */
    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The same as 32 bytes. */
    public byte[] bytes() {
        return digest.digest();
    }
}
