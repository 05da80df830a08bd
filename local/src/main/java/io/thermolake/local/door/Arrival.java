package io.thermolake.local.door;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.LongSupplier;
import org.eclipse.jetty.io.Content;

/**
 * The reading of a body as it comes in. No thread waits for it, so half-sent bodies keep nobody waiting but themselves, and
 * one that comes too slowly is given up.
 */
final class Arrival implements Runnable {
    /** What becomes of the bytes. */
    interface Taker {
        void add(ByteBuffer bytes) throws IOException;

        void whole();

        void failed(Denied why);
    }

    /** Slower than any network that people put up with; the first seconds are free. */
    private static final long LEAST_BYTES_A_SECOND = 1024;

    private static final long FREE_NANOS = 10_000_000_000L;

    private final Content.Source source;
    private final Taker taker;
    private final LongSupplier nanos;
    private final long begun;
    private long size;

    Arrival(Content.Source source, Taker taker, LongSupplier nanos) {
        this.source = source;
        this.taker = taker;
        this.nanos = nanos;
        this.begun = nanos.getAsLong();
    }

    @Override
    public void run() {
        try {
            if (readAll()) {
                taker.whole();
            }
        } catch (Denied e) {
            taker.failed(e);
        } catch (IOException e) {
            taker.failed(new Denied(Denial.FAILED, "The body could not be kept: " + ShownReason.withoutPath(e)));
        }
    }

    /** @return false when more is to come, of which this will be told */
    private boolean readAll() throws IOException {
        while (true) {
            Content.Chunk chunk = source.read();
            if (chunk == null) {
                source.demand(this);
                return false;
            }
            if (Content.Chunk.isFailure(chunk)) {
                throw new Denied(
                        Denial.TOO_SLOW, "The body did not arrive whole: after " + size + " bytes nothing more came");
            }
            boolean last = chunk.isLast();
            try {
                size += chunk.remaining();
                taker.add(chunk.getByteBuffer());
            } finally {
                chunk.release();
            }
            if (last) {
                return true;
            }
            checkSpeed();
        }
    }

    private void checkSpeed() {
        long took = nanos.getAsLong() - begun;
        if (took > FREE_NANOS && size < LEAST_BYTES_A_SECOND * (took / 1_000_000_000)) {
            throw new Denied(
                    Denial.TOO_SLOW,
                    "The body comes too slowly: " + size + " bytes in " + took / 1_000_000_000 + " s, where "
                            + LEAST_BYTES_A_SECOND + " bytes a second are the least");
        }
    }
}
