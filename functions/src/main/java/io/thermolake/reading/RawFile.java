package io.thermolake.reading;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a raw file record by record, never whole: JSON lines or CSV with a header, plain or gzip (told by its first bytes).
 * Non-empty lines are records; {@code }{} on one line is two; a byte-order mark is passed over. A gzip file that is cut off
 * or damaged gives its good lines and ONE broken record for the rest; an empty file has none. A line above 1 MiB is broken
 * and is not held whole. A read that fails for another reason (the network's) is no property of the data and is thrown as
 * {@link UncheckedIOException}.
 */
public final class RawFile implements Iterator<RawRecord>, AutoCloseable {
    private static final int LONGEST_LINE = 1 << 20;
    private static final int MOST_TEXT = 1000;
    private static final int BUFFER = 1 << 16;
    private static final int GZIP_FIRST = 0x1f;
    private static final int GZIP_SECOND = 0x8b;

    private final boolean csv;
    private final InputStream bytes;
    private final Queue<RawRecord> ready = new ArrayDeque<>();
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int filled;
    private boolean ended;
    private @Nullable InputStream lines;
    private @Nullable List<String> header;
    private long line;

    /** @param format {@code json} or {@code csv} */
    public RawFile(InputStream bytes, String format) {
        this.csv = format.equals("csv");
        this.bytes = bytes;
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
    public boolean hasNext() {
        while (ready.isEmpty() && !ended) {
            try {
                advance();
            } catch (EOFException | ZipException e) {
                ended = true;
                ready.add(
                        new RawRecord(line + 1, "after line " + line + ": " + e.getMessage(), null, Reason.UNREADABLE));
            } catch (IOException e) {
                throw new UncheckedIOException("reading a raw file after its line " + line + " failed", e);
            }
        }
        return !ready.isEmpty();
    }

    @Override
    public RawRecord next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the file has no more records");
        }
        return ready.remove();
    }

    private void advance() throws IOException {
        ByteArrayOutputStream held = new ByteArrayOutputStream(256);
        long length = 0;
        boolean complete = false;
        while (!complete && fill()) {
            int end = at;
            while (end < filled && buffer[end] != '\n') {
                end++;
            }
            held.write(buffer, at, Math.min(end - at, LONGEST_LINE - held.size()));
            length += end - at;
            complete = end < filled;
            at = complete ? end + 1 : end;
        }
        if (complete || length > 0) {
            line++;
            records(held.toString(UTF_8), length > LONGEST_LINE);
        }
    }

    /** @return whether the buffer holds more bytes */
    private boolean fill() throws IOException {
        if (at < filled) {
            return true;
        }
        InputStream from = lines;
        if (from == null) {
            from = decompressed(bytes);
            lines = from;
        }
        at = 0;
        filled = from.read(buffer);
        ended = filled < 0;
        return !ended;
    }

    private void records(String held, boolean tooLong) {
        String text = (line == 1 && held.startsWith("\uFEFF") ? held.substring(1) : held).strip();
        if (tooLong) {
            ready.add(
                    new RawRecord(line, text.substring(0, Math.min(MOST_TEXT, text.length())), null, Reason.MALFORMED));
        } else if (text.isEmpty()) {
            return;
        } else if (csv) {
            row(text);
        } else {
            for (FlatJson.Part part : FlatJson.parts(text)) {
                ready.add(new RawRecord(
                        line, part.text(), part.fields(), part.fields() == null ? Reason.MALFORMED : null));
            }
        }
    }

    private void row(String text) {
        List<String> fields = Csv.fields(text);
        List<String> names = header;
        if (names == null) {
            header = fields == null ? List.of() : fields;
            return;
        }
        if (fields == null || fields.size() != names.size()) {
            ready.add(new RawRecord(line, text, null, Reason.MALFORMED));
            return;
        }
        Map<String, @Nullable String> byName = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            byName.put(names.get(i), fields.get(i).isEmpty() ? null : fields.get(i));
        }
        ready.add(new RawRecord(line, text, byName, null));
    }

    @Override
    public void close() throws IOException {
        if (lines != null) {
            lines.close();
        }
        bytes.close();
    }
}
