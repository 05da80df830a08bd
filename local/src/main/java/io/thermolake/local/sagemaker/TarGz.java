package io.thermolake.local.sagemaker;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** A gzipped tar with one file in it: the same bytes for the same content, as no time or owner is written. */
final class TarGz {
    private static final int BLOCK = 512;

    private TarGz() {}

    static byte[] of(String name, byte[] content) throws IOException {
        byte[] header = new byte[BLOCK];
        text(header, 0, name);
        text(header, 100, "0000644");
        text(header, 108, "0000000");
        text(header, 116, "0000000");
        text(header, 124, "%011o".formatted(content.length));
        text(header, 136, "00000000000");
        header[156] = '0';
        text(header, 257, "ustar");
        text(header, 263, "00");
        // The sum is taken with blanks in its own place.
        Arrays.fill(header, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        text(header, 148, "%06o".formatted(sum));
        header[154] = 0;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(header);
            out.write(content);
            int rest = content.length % BLOCK;
            out.write(new byte[(rest == 0 ? 0 : BLOCK - rest) + 2 * BLOCK]);
        }
        return bytes.toByteArray();
    }

    /** @throws IOException when it is no gzip, or holds no file of that name in the first place */
    static byte[] read(byte[] archive, String name) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(archive))) {
            byte[] header = in.readNBytes(BLOCK);
            if (header.length < BLOCK || !name.equals(text(header, 0, 100))) {
                throw new IOException("there is no " + name + " in it");
            }
            int length = Integer.parseInt(text(header, 124, 11), 8);
            byte[] content = in.readNBytes(length);
            if (content.length < length) {
                throw new IOException("it ends in the middle of " + name);
            }
            return content;
        }
    }

    private static void text(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    private static String text(byte[] header, int at, int length) {
        String text = new String(header, at, length, US_ASCII);
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }
}
