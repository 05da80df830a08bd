package io.thermolake.run.store;

import static java.util.Objects.requireNonNull;

import io.thermolake.PipelineException;
import io.thermolake.lake.LakeLayout;
import io.thermolake.lake.store.LakeStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/** Single flight: one run at a time, by conditional writes of one object. A dead owner's lock is taken over. */
public final class RunLock {
    /** Younger locks are left alone: their execution may not be listed yet. */
    static final Duration GRACE = Duration.ofSeconds(60);

    private static final int MOST_TRIES = 5;

    /** @param takenAt wall clock */
    public record Owner(String runId, String executionArn, Instant takenAt) {
        public Owner {
            requireNonNull(runId, "lock.runId is null");
            requireNonNull(executionArn, "lock.executionArn is null");
            requireNonNull(takenAt, "lock.takenAt is null");
        }
    }

    private final LakeStore store;
    private final Clock clock;

    public RunLock(LakeStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Takes the lock for a run; a run that holds it already keeps it.
     *
     * @param alive whether an execution ARN belongs to an execution that still runs
     * @return the live run that holds it, or nothing when it is ours now
     */
    public Optional<Owner> take(String runId, String executionArn, Predicate<String> alive) {
        Owner mine = new Owner(runId, executionArn, clock.instant());
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            if (store.create(LakeLayout.LOCK, mine)) {
                return Optional.empty();
            }
            LakeStore.Stored<Owner> held =
                    store.read(LakeLayout.LOCK, Owner.class).orElse(null);
            if (held == null) {
                // Released between the two calls: whoever creates it now has it.
                continue;
            }
            Owner owner = held.value();
            if (owner.runId().equals(runId)) {
                return Optional.empty();
            }
            boolean old = owner.takenAt().plus(GRACE).isBefore(clock.instant());
            if (!old || alive.test(owner.executionArn())) {
                return Optional.of(owner);
            }
            if (store.replace(LakeLayout.LOCK, mine, held.etag())) {
                return Optional.empty();
            }
            // Another was faster, or it was ours and only the answer was lost: the next look tells.
        }
        throw new PipelineException("Run %s cannot take the lock %s: it changes hands all the time; start it again"
                .formatted(runId, store.uri(LakeLayout.LOCK)));
    }

    /** Releases the lock if that run holds it. @return whether it did */
    public boolean release(String runId) {
        Optional<Owner> owner = owner();
        if (owner.isPresent() && owner.get().runId().equals(runId)) {
            store.delete(LakeLayout.LOCK);
            return true;
        }
        return false;
    }

    /** Whether that run holds it. */
    public boolean isHeldBy(String runId) {
        return owner().map(Owner::runId).filter(runId::equals).isPresent();
    }

    /** Whether any run holds it, a dead one included. */
    public boolean isHeld() {
        return owner().isPresent();
    }

    private Optional<Owner> owner() {
        return store.find(LakeLayout.LOCK, Owner.class);
    }
}
