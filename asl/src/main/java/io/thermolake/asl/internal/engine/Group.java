package io.thermolake.asl.internal.engine;

import org.jspecify.annotations.Nullable;

/** What runs inside a Parallel or a Map. */
interface Group {
    void start();

    /** Goes on from a snapshot: what had succeeded is kept. */
    void restore(@Nullable Object saved);

    /** Null where there is nothing to go on from: then it starts anew. */
    @Nullable
    Object snapshot();

    /** Takes back what is under way; nothing that still answers is heard. */
    void cancel();

    /** Records what is under way as aborted. */
    void recordAborted();
}
