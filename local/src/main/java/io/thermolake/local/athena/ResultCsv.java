package io.thermolake.local.athena;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a result as Athena writes it: every value quoted, null as nothing at all. A row at a time, whatever its size. */
final class ResultCsv implements AutoCloseable {
    private final InputStream in;
    private long place;

    /** @param place of the stream's first byte in the result, where a row begins */
    ResultCsv(InputStream in, long place) {
        this.in = in instanceof ByteArrayInputStream ? in : new BufferedInputStream(in);
        this.place = place;
    }

    static List<List<@Nullable String>> parse(String csv) {
        try (ResultCsv reader = new ResultCsv(new ByteArrayInputStream(csv.getBytes(UTF_8)), 0)) {
            return reader.rows(Integer.MAX_VALUE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the next row begins, in bytes. */
    long place() {
        return place;
    }

    /** The next rows; fewer than asked for at the result's end. */
    List<List<@Nullable String>> rows(int most) throws IOException {
        List<List<@Nullable String>> rows = new ArrayList<>();
        while (rows.size() < most) {
            List<@Nullable String> row = row();
            if (row == null) {
                break;
            }
            rows.add(row);
        }
        return rows;
    }

    private int read() throws IOException {
        int b = in.read();
        place += b < 0 ? 0 : 1;
        return b;
    }

    private @Nullable List<@Nullable String> row() throws IOException {
        List<@Nullable String> row = new ArrayList<>();
        int b = read();
        if (b < 0) {
            return null;
        }
        while (true) {
            String value = null;
            if (b == '"') {
                ByteArrayOutputStream text = new ByteArrayOutputStream();
                b = read();
                while (b >= 0) {
                    if (b == '"') {
                        b = read();
                        if (b != '"') {
                            break;
                        }
                    }
                    text.write(b);
                    b = read();
                }
                value = text.toString(UTF_8);
            }
            row.add(value);
            if (b == '\n' || b < 0) {
                return row;
            }
            b = read();
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
