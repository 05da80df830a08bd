package io.thermolake.run.store;

import static java.util.Objects.requireNonNull;

import io.thermolake.lake.LakeLayout;
import io.thermolake.lake.store.LakeStore;
import java.time.Instant;
import java.util.Optional;

/** A scheduled time belongs to the first run that claims it: a second delivery is a no-op success. */
public final class SlotClaim {
    private record Claim(String runId) {
        Claim {
            requireNonNull(runId, "slot.runId is null");
        }
    }

    private final LakeStore store;

    public SlotClaim(LakeStore store) {
        this.store = store;
    }

    /** @return the other run that has the slot, or nothing when it is ours */
    public Optional<String> claim(Instant slot, String runId) {
        String key = LakeLayout.slot(slot);
        if (store.create(key, new Claim(runId))) {
            return Optional.empty();
        }
        return store.read(key, Claim.class).map(c -> c.value().runId()).filter(owner -> !owner.equals(runId));
    }
}
