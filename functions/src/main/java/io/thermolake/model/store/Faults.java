package io.thermolake.model.store;

import static java.util.Objects.requireNonNull;

import io.thermolake.PipelineException;
import io.thermolake.lake.LakeLayout;
import io.thermolake.lake.store.LakeStore;
import io.thermolake.lake.store.LakeStore.Stored;
import io.thermolake.model.promotion.ConfirmedFault;
import io.thermolake.model.promotion.ConfirmedFaults;
import java.util.Optional;

/** What people have confirmed of the rooms. */
public final class Faults {
    private static final int TRIES = 3;

    private final LakeStore store;

    public Faults(LakeStore store) {
        this.store = requireNonNull(store, "store is null");
    }

    public ConfirmedFaults of(String room) {
        return store.find(LakeLayout.confirmedFaults(room), ConfirmedFaults.class)
                .orElse(ConfirmedFaults.none());
    }

    /** Keeps one more. @return all of the room */
    public ConfirmedFaults confirm(String room, ConfirmedFault fault) {
        String key = LakeLayout.confirmedFaults(room);
        for (int i = 0; i < TRIES; i++) {
            Optional<Stored<ConfirmedFaults>> before = stored(room);
            ConfirmedFaults all =
                    before.map(Stored::value).orElse(ConfirmedFaults.none()).and(fault);
            if (before.map(b -> store.replace(key, all, b.etag())).orElseGet(() -> store.create(key, all))) {
                return all;
            }
        }
        throw new PipelineException(
                "The confirmed faults of room %s changed %d times meanwhile; confirm again".formatted(room, TRIES));
    }

    private Optional<Stored<ConfirmedFaults>> stored(String room) {
        return store.read(LakeLayout.confirmedFaults(room), ConfirmedFaults.class);
    }
}
