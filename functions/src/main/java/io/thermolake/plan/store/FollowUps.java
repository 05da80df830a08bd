package io.thermolake.plan.store;

import io.thermolake.lake.store.LakeStore;
import io.thermolake.plan.PendingStart;
import io.thermolake.run.store.RunLock;
import java.time.Clock;
import java.util.Optional;
import software.amazon.awssdk.services.sfn.SfnClient;

/**
 * Makes good what was skipped. Called at a run's end, after it has released its lock: a start that is skipped writes its
 * mark and then looks at the lock once more, so it either finds it free and goes on itself, or its mark was there before the
 * lock was released, and is seen here.
 */
public final class FollowUps {
    private final PendingStarts pending;
    private final RunLock lock;
    private final PipelineStarts starts;

    public FollowUps(LakeStore store, SfnClient sfn, String pipelineArn, Clock clock) {
        this.pending = new PendingStarts(store);
        this.lock = new RunLock(store, clock);
        this.starts = new PipelineStarts(sfn, pipelineArn);
    }

    /**
     * Starts the marked follow-up and then removes the mark. Killed between the two, whoever calls this next starts the same
     * name, which Step Functions knows already, and removes the mark.
     *
     * @return the follow-up's execution, or nothing when there is no mark or another run is on, which looks at its own end
     */
    public Optional<String> start() {
        LakeStore.Stored<PendingStart> mark = pending.read().orElse(null);
        if (mark == null || lock.isHeld()) {
            return Optional.empty();
        }
        String name = mark.value().followUp();
        starts.start(name, mark.value().input());
        pending.remove(mark);
        return Optional.of(name);
    }
}
