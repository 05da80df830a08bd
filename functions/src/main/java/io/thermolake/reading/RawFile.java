package io.thermolake.reading;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a raw file record by record, never whole: JSON lines or CSV with a header, plain or gzip, UTF-8 or UTF-16 with a
 * byte-order mark (told by the first bytes). Non-empty lines are records; {@code }{} on one line is two; a row of CSV may
 * have line breaks inside of quotes. A gzip file that is cut off or damaged gives its good lines and ONE broken record for
 * the rest, a file that is no text ONE in all; an empty file has none. A line above 1 MiB is broken and is not held whole.
 * A read that fails for another reason (the network's) is no property of the data and is thrown as {@link
 * UncheckedIOException}.
 */
public final class RawFile implements Iterator<RawRecord>, AutoCloseable {
    private static final int MOST_TEXT = 1000;

    private final RawLines lines;
    private final @Nullable CsvRows rows;
    private @Nullable FlatJson objects;
    private @Nullable RawRecord ready;
    private boolean ended;

    /** @param format {@code json} or {@code csv} */
    public RawFile(InputStream bytes, String format) {
        this.lines = new RawLines(bytes);
        this.rows = format.equals("csv") ? new CsvRows(lines) : null;
    }

    static RawRecord tooLong(RawLines.Line line) {
        String text = Blanks.strip(line.text());
        return new RawRecord(
                line.number(), text.substring(0, Math.min(MOST_TEXT, text.length())), null, Reason.MALFORMED);
    }

    @Override
    public boolean hasNext() {
        advance();
        return ready != null;
    }

    private void advance() {
        if (ready != null || ended) {
            return;
        }
        try {
            ready = rows == null ? object() : rows.next();
            ended = ready == null;
        } catch (EOFException | ZipException e) {
            long line = lines.number();
            ended = true;
            ready = new RawRecord(line + 1, "after line " + line + ": " + e.getMessage(), null, Reason.UNREADABLE);
        } catch (IOException e) {
            throw new UncheckedIOException("reading a raw file after its line " + lines.number() + " failed", e);
        }
    }

    @Override
    public RawRecord next() {
        RawRecord next = hasNext() ? ready : null;
        if (next == null) {
            throw new NoSuchElementException("the file has no more records");
        }
        ready = null;
        return next;
    }

    /** The names of a CSV file's own header; none where it has none, or cannot be read. JSON has no header. */
    public List<String> columns() {
        // The header lies before the first row.
        advance();
        return rows == null ? List.of() : rows.names();
    }

    /** The next JSON object. Each by itself: a line of a mebibyte may have hundreds of thousands of them. */
    private @Nullable RawRecord object() throws IOException {
        while (true) {
            FlatJson.Part part = objects == null ? null : objects.next();
            if (part != null) {
                return new RawRecord(
                        lines.number(), part.text(), part.fields(), part.fields() == null ? Reason.MALFORMED : null);
            }
            RawLines.Line line = lines.next();
            if (line == null) {
                return null;
            }
            if (line.tooLong()) {
                objects = null;
                return tooLong(line);
            }
            objects = new FlatJson(Blanks.strip(line.text()));
        }
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
