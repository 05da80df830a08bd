package io.thermolake.plan.store;

import io.thermolake.PipelineException;
import io.thermolake.lake.LakeLayout;
import io.thermolake.lake.store.LakeStore;
import io.thermolake.plan.PendingStart;
import java.util.Optional;

/** The one mark of starts that were skipped: one object, written and removed by conditional calls only. */
public final class PendingStarts {
    private static final int MOST_TRIES = 5;

    private final LakeStore store;

    public PendingStarts(LakeStore store) {
        this.store = store;
    }

    /** The mark as it is, with what {@link #remove} compares. */
    public Optional<LakeStore.Stored<PendingStart>> read() {
        return store.read(LakeLayout.PENDING_START, PendingStart.class);
    }

    /**
     * Leaves a mark, in the place of an earlier one. Not beside it: the earlier one's follow-up may have been started
     * already, and have looked at the lake before what this start is about arrived. Who is about to remove that one finds
     * that it has changed.
     */
    public void mark(PendingStart mine) {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            LakeStore.Stored<PendingStart> there = read().orElse(null);
            if (there == null) {
                if (store.create(LakeLayout.PENDING_START, mine)) {
                    return;
                }
            } else if (there.value().runId().equals(mine.runId())
                    || store.replace(LakeLayout.PENDING_START, mine, there.etag())) {
                return;
            }
        }
        throw new PipelineException("Run %s cannot leave its mark %s: it changes hands all the time; start it again"
                .formatted(mine.runId(), store.uri(LakeLayout.PENDING_START)));
    }

    /** Takes the run's own mark back, if it left one: the run goes on after all. */
    public void withdraw(String runId) {
        read().filter(mark -> mark.value().runId().equals(runId)).ifPresent(this::remove);
    }

    /** Removes the mark if it is still this one. @return whether it was */
    public boolean remove(LakeStore.Stored<PendingStart> mark) {
        return store.delete(LakeLayout.PENDING_START, mark.etag());
    }
}
