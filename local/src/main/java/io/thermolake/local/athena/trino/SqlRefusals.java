package io.thermolake.local.athena.trino;

import java.util.concurrent.atomic.AtomicReference;

/**
 * What the functions of one statement refused to do. {@code TRY} makes null of every failure, so a refusal of the laptop's
 * own would come out as a value that AWS does not give.
 */
public final class SqlRefusals {
    private static final String OURS = "The laptop's Athena";

    private final AtomicReference<String> first = new AtomicReference<>();

    private final boolean tries;

    /** @param tries whether the statement has a TRY: without one a failure that matters fails the query by itself */
    SqlRefusals(boolean tries) {
        this.tries = tries;
    }

    /** @param failure what a function failed with; those of Trino's own are none */
    void note(String failure) {
        if (tries && failure.startsWith(OURS)) {
            first.compareAndSet(null, failure);
        }
    }

    /**
     * To be called once the rows are read, before anyone gets them.
     *
     * @throws Refused with the first refusal, whatever became of it
     */
    public void check() {
        String refusal = first.get();
        if (refusal != null) {
            throw new Refused(refusal);
        }
    }
}
