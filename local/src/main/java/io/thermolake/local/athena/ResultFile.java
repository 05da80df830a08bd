package io.thermolake.local.athena;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.thermolake.local.athena.trino.Refused;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a result as Athena does: every value quoted, null as nothing at all. */
final class ResultFile implements AutoCloseable {
    private final OutputStream out;
    private final long mostBytes;
    private long bytes;

    ResultFile(OutputStream out, long megabytes) {
        this.out = new BufferedOutputStream(out);
        this.mostBytes = megabytes << 20;
    }

    /** @throws Refused when the result grows beyond its limit */
    void line(List<? extends @Nullable String> values) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            String value = values.get(i);
            line.append(i == 0 ? "" : ",");
            if (value != null) {
                line.append('"').append(value.replace("\"", "\"\"")).append('"');
            }
        }
        byte[] text = line.append('\n').toString().getBytes(UTF_8);
        bytes += text.length;
        if (bytes > mostBytes) {
            throw new Refused("The laptop's Athena writes results of " + (mostBytes >> 20)
                    + " MB at most; ask for less, or raise thermolake.query.result");
        }
        out.write(text);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
