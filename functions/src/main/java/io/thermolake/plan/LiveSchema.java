package io.thermolake.plan;

import io.thermolake.lake.GlueColumn;
import io.thermolake.reading.RawFile;
import io.thermolake.reading.RawRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.TreeSet;

/** The columns of live readings, from the first good record of the newest object: a new one asks for a crawl. Pure. */
final class LiveSchema {
    /** Enough for many records, compressed or not. */
    static final int HEAD_BYTES = 1 << 16;

    private LiveSchema() {}

    /**
     * @param head an object's first bytes; gzip that is cut off is fine
     * @return the sorted names as the catalog has them, or {@code unknown} when no record of it can be read
     */
    static String of(byte[] head) {
        try (RawFile file = new RawFile(new ByteArrayInputStream(head), "json")) {
            while (file.hasNext()) {
                RawRecord record = file.next();
                if (record.fields() != null) {
                    TreeSet<String> names = new TreeSet<>();
                    record.fields().keySet().forEach(key -> GlueColumn.name(key).ifPresent(names::add));
                    return String.join(",", names);
                }
            }
            return "unknown";
        } catch (IOException e) {
            throw new UncheckedIOException("closing bytes in memory failed", e);
        }
    }
}
