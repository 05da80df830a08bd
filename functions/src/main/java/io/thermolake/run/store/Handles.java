package io.thermolake.run.store;

import io.thermolake.lake.LakeLayout;
import io.thermolake.lake.store.LakeStore;
import io.thermolake.run.Handle;
import io.thermolake.run.Run;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a run has started, so that the janitor can stop it whatever happens to the run. */
public final class Handles {
    private final LakeStore store;

    public Handles(LakeStore store) {
        this.store = store;
    }

    /** Records a handle; recording the same start again changes nothing. */
    public void record(Run run, Handle handle) {
        store.put(
                LakeLayout.handles(run.id()) + handle.kind().name().toLowerCase(Locale.ROOT) + "-" + handle.name() + "-"
                        + handle.id() + ".json",
                handle);
    }

    /** Everything that the run has recorded. */
    public List<Handle> of(String runId) {
        return store.list(LakeLayout.handles(runId))
                .map(o -> store.find(o.key(), Handle.class))
                .flatMap(Optional::stream)
                .toList();
    }
}
