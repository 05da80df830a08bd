package io.thermolake.reading;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a raw file record by record, never whole: JSON lines or CSV with a header, plain or gzip (told by its first bytes).
 * Non-empty lines are records; {@code }{} on one line is two; a byte-order mark is passed over. A file that cannot be read
 * to its end gives its good lines and ONE broken record for the rest; an empty file has none. A line above 1 MiB is broken
 * and is not held whole.
 */
public final class RawFile implements Iterator<RawRecord>, AutoCloseable {
    private static final int LONGEST_LINE = 1 << 20;
    private static final int GZIP_FIRST = 0x1f;
    private static final int GZIP_SECOND = 0x8b;

    private final boolean csv;
    private final Queue<RawRecord> ready = new ArrayDeque<>();
    private @Nullable BufferedReader reader;
    private @Nullable List<String> header;
    private long line;

    /** @param format {@code json} or {@code csv} */
    public RawFile(InputStream bytes, String format) {
        this.csv = format.equals("csv");
        try {
            reader = new BufferedReader(new InputStreamReader(decompressed(bytes), UTF_8), 1 << 16);
        } catch (IOException e) {
            broken(e);
        }
    }

    private static InputStream decompressed(InputStream bytes) throws IOException {
        BufferedInputStream in = new BufferedInputStream(bytes, 1 << 16);
        in.mark(2);
        boolean gzip = in.read() == GZIP_FIRST && in.read() == GZIP_SECOND;
        in.reset();
        return gzip ? new GZIPInputStream(in, 1 << 16) : in;
    }

    @Override
    public boolean hasNext() {
        while (ready.isEmpty() && reader != null) {
            try {
                advance(reader);
            } catch (IOException e) {
                broken(e);
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

    private void broken(IOException why) {
        reader = null;
        ready.add(new RawRecord(line + 1, "after line " + line + ": " + why.getMessage(), null, Reason.UNREADABLE));
    }

    private void advance(BufferedReader from) throws IOException {
        StringBuilder text = new StringBuilder();
        boolean tooLong = false;
        int c;
        while ((c = from.read()) >= 0 && c != '\n') {
            if (text.length() < LONGEST_LINE) {
                text.append((char) c);
            } else {
                tooLong = true;
            }
        }
        if (c < 0) {
            reader = null;
        }
        if (c < 0 && text.length() == 0) {
            return;
        }
        line++;
        if (line == 1 && text.length() > 0 && text.charAt(0) == '\uFEFF') {
            text.deleteCharAt(0);
        }
        String whole = text.toString().strip();
        if (whole.isEmpty()) {
            return;
        }
        if (tooLong) {
            ready.add(new RawRecord(line, whole.substring(0, 1000), null, Reason.MALFORMED));
        } else if (csv) {
            row(whole);
        } else {
            for (FlatJson.Part part : FlatJson.parts(whole)) {
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
        if (reader != null) {
            reader.close();
        }
    }
}
