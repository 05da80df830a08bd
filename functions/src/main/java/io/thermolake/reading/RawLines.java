package io.thermolake.reading;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a raw file, one at a time: plain or gzip, UTF-8 or UTF-16, each told by the first bytes. LF, CR LF and a
 * lone CR end a line, as they do for Hadoop's readers, which Glue's are. A line above 1 MiB is not held whole.
 */
final class RawLines implements AutoCloseable {
    private static final int LONGEST_LINE = 1 << 20;
    private static final int BUFFER = 1 << 16;
    private static final int GZIP_FIRST = 0x1f;
    private static final int GZIP_SECOND = 0x8b;
    private static final byte UTF_16_HIGH = (byte) 0xfe;
    private static final byte UTF_16_LOW = (byte) 0xff;

    private final InputStream bytes;
    private final byte[] buffer = new byte[BUFFER];
    private @Nullable InputStream text;
    private int at;
    private int filled;
    private boolean afterCr;
    private long number;

    RawLines(InputStream bytes) {
        this.bytes = bytes;
    }

    /**
     * @param number in the file, from 1
     * @param text the whole line, or its beginning when it is too long
     */
    record Line(long number, String text, boolean tooLong) {}

    /** How many lines were read so far. */
    long number() {
        return number;
    }

    /** @return null at the file's end */
    @Nullable
    Line next() throws IOException {
        ByteArrayOutputStream held = new ByteArrayOutputStream(256);
        long length = 0;
        boolean complete = false;
        while (!complete && fill()) {
            if (afterCr && buffer[at] == '\n') {
                at++;
                afterCr = false;
                continue;
            }
            int end = at;
            while (end < filled && buffer[end] != '\n' && buffer[end] != '\r') {
                end++;
            }
            held.write(buffer, at, Math.min(end - at, LONGEST_LINE - held.size()));
            length += end - at;
            complete = end < filled;
            afterCr = complete && buffer[end] == '\r';
            at = complete ? end + 1 : end;
        }
        if (!complete && length == 0) {
            return null;
        }
        number++;
        String line = held.toString(UTF_8);
        return new Line(
                number, number == 1 && line.startsWith("\uFEFF") ? line.substring(1) : line, length > LONGEST_LINE);
    }

    /** @return whether the buffer holds more bytes */
    private boolean fill() throws IOException {
        if (at < filled) {
            return true;
        }
        InputStream from = text;
        if (from == null) {
            from = decoded(decompressed(bytes));
            text = from;
        }
        at = 0;
        filled = from.read(buffer);
        return filled > 0;
    }

    private static InputStream decoded(InputStream in) throws IOException {
        byte[] head = new byte[Packed.HEAD];
        int length = 0;
        for (int n = 0; n >= 0 && length < head.length; n = in.read(head, length, head.length - length)) {
            length += n;
        }
        String kind = Packed.kind(head, length);
        if (kind != null) {
            throw new ZipException("this is %s and no text; unpack or export it, and bring that".formatted(kind));
        }
        InputStream whole = new SequenceInputStream(new ByteArrayInputStream(head, 0, length), in);
        boolean big = head[0] == UTF_16_HIGH && head[1] == UTF_16_LOW;
        boolean little = head[0] == UTF_16_LOW && head[1] == UTF_16_HIGH;
        return big || little ? new Utf16(whole, big) : whole;
    }

    /** Not a Reader nor another buffer on top: they drop what they hold when the stream beneath them is cut off. */
    private static InputStream decompressed(InputStream bytes) throws IOException {
        InputStream in = new Unending(bytes);
        in.mark(2);
        boolean gzip = in.read() == GZIP_FIRST && in.read() == GZIP_SECOND;
        in.reset();
        return gzip ? new GZIPInputStream(in, BUFFER) : in;
    }

    /** GZIPInputStream takes a file for ended when nothing is available at once, though another member may follow. */
    private static final class Unending extends BufferedInputStream {
        Unending(InputStream in) {
            super(in, BUFFER);
        }

        @Override
        public synchronized int available() throws IOException {
            if (super.available() > 0) {
                return super.available();
            }
            mark(1);
            boolean more = read() >= 0;
            reset();
            return more ? 1 : 0;
        }
    }

    @Override
    public void close() throws IOException {
        if (text != null) {
            text.close();
        }
        bytes.close();
    }
}
