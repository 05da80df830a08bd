package io.thermolake.reading;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;

/**
 * UTF-16 as UTF-8. Not a Reader: it drops what it holds when the stream beneath it is cut off, and here that is given out
 * first.
 */
final class Utf16 extends InputStream {
    private static final int CHUNK = 1 << 13;
    private static final byte[] BROKEN = "\uFFFD".getBytes(UTF_8);

    private final InputStream in;
    private final boolean bigEndian;
    private final byte[] pairs = new byte[CHUNK];
    private byte[] out = {};
    private int at;
    /** The first half of a character whose second half is not read yet. */
    private int kept;

    private String high = "";

    Utf16(InputStream in, boolean bigEndian) {
        this.in = in;
        this.bigEndian = bigEndian;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        while (at == out.length) {
            if (!more()) {
                return -1;
            }
        }
        int count = Math.min(length, out.length - at);
        System.arraycopy(out, at, buffer, offset, count);
        at += count;
        return count;
    }

    /** @return whether there is more, or may be */
    private boolean more() throws IOException {
        int count = in.read(pairs, kept, CHUNK - kept);
        at = 0;
        if (count < 0) {
            out = kept > 0 || !high.isEmpty() ? BROKEN : new byte[0];
            kept = 0;
            high = "";
            return out.length > 0;
        }
        int filled = kept + count;
        StringBuilder text = new StringBuilder(filled / 2 + 1).append(high);
        for (int i = 0; i + 1 < filled; i += 2) {
            int first = pairs[i] & 0xff;
            int second = pairs[i + 1] & 0xff;
            text.append((char) (bigEndian ? first << 8 | second : second << 8 | first));
        }
        kept = filled % 2;
        pairs[0] = pairs[filled - 1];
        int last = text.length() - 1;
        boolean split = last >= 0 && Character.isHighSurrogate(text.charAt(last));
        high = split ? text.substring(last) : "";
        text.setLength(split ? last : last + 1);
        out = text.toString().getBytes(UTF_8);
        return true;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
