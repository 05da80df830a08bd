package io.thermolake.local.s3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * How a text file begins. However long the file or its first line is, packed or not, at most {@value #MOST_BYTES} bytes of it
 * are unpacked and held.
 *
 * @param lines whole lines that are not blank; CR, LF and CRLF end one
 * @param gzip told by the first bytes, not by the name
 * @param charset told by a byte-order mark; else UTF-8, or Latin 1 where the bytes are no UTF-8
 */
public record FileHead(List<String> lines, boolean gzip, Charset charset) {
    public static final int MOST_BYTES = 1 << 20;

    private static final int GZIP_FIRST = 0x1f;
    private static final int GZIP_SECOND = 0x8b;

    public FileHead {
        lines = List.copyOf(lines);
    }

    /**
     * @param mostLines of them are given
     * @throws IOException when the file cannot be read; one whose gzip is damaged gives what can be unpacked
     */
    public static FileHead of(Path file, int mostLines) throws IOException {
        try (InputStream raw = Files.newInputStream(file)) {
            byte[] magic = raw.readNBytes(2);
            boolean gzip = magic.length == 2 && (magic[0] & 0xff) == GZIP_FIRST && (magic[1] & 0xff) == GZIP_SECOND;
            InputStream whole = new SequenceInputStream(new ByteArrayInputStream(magic), raw);
            byte[] bytes = gzip ? unpacked(whole) : whole.readNBytes(MOST_BYTES);
            Charset charset = charset(bytes);
            String text = new String(bytes, charset);
            boolean cut = bytes.length == MOST_BYTES;
            String[] lines = text.split("\\r\\n|\\r|\\n", -1);
            List<String> good = java.util.Arrays.stream(lines, 0, cut ? lines.length - 1 : lines.length)
                    .map(line -> line.startsWith("\uFEFF") ? line.substring(1) : line)
                    .filter(line -> !line.isBlank())
                    .limit(mostLines)
                    .toList();
            return new FileHead(good, gzip, charset);
        }
    }

    private static byte[] unpacked(InputStream packed) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 14];
        try (InputStream in = new GZIPInputStream(packed)) {
            int read = 0;
            while (read >= 0 && out.size() < MOST_BYTES) {
                out.write(buffer, 0, read);
                read = in.read(buffer, 0, Math.min(buffer.length, MOST_BYTES - out.size()));
            }
        } catch (IOException e) {
            // It is cut off or damaged: what came out of it before is good.
            return out.toByteArray();
        }
        return out.toByteArray();
    }

    private static Charset charset(byte[] bytes) {
        if (bytes.length >= 2 && (bytes[0] & 0xff) == 0xff && (bytes[1] & 0xff) == 0xfe) {
            return UTF_16LE;
        }
        if (bytes.length >= 2 && (bytes[0] & 0xff) == 0xfe && (bytes[1] & 0xff) == 0xff) {
            return UTF_16BE;
        }
        int end = bytes.length;
        while (bytes.length == MOST_BYTES && end > 0 && bytes[end - 1] < 0) {
            end--; // The last character may be cut.
        }
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, end));
            return UTF_8;
        } catch (CharacterCodingException e) {
            return ISO_8859_1;
        }
    }
}
