package io.thermolake.lake.store;

import io.thermolake.lake.LakeLayout;
import io.thermolake.lake.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The committed states of the lake. */
public final class Manifests {
    private final LakeStore store;

    public Manifests(LakeStore store) {
        this.store = store;
    }

    /** The newest manifest, or nothing before the first commit. */
    public Optional<Manifest> newest() {
        return store.last(LakeLayout.MANIFESTS, LakeLayout::isManifest).flatMap(this::read);
    }

    public Optional<Manifest> numbered(long number) {
        return read(LakeLayout.manifest(number));
    }

    /** The newest and those before it, newest first, as long as {@code wanted} says so of the one just read. */
    public List<Manifest> backFrom(Manifest newest, java.util.function.Predicate<Manifest> wanted) {
        List<Manifest> back = new ArrayList<>(List.of(newest));
        Manifest last = newest;
        while (wanted.test(last) && last.number() > 1) {
            Optional<Manifest> before = numbered(last.number() - 1);
            if (before.isEmpty()) {
                break;
            }
            last = before.get();
            back.add(last);
        }
        return back;
    }

    /** Commits. @return whether this call wrote it; the number is the fencing token */
    public boolean commit(Manifest manifest) {
        return store.create(LakeLayout.manifest(manifest.number()), manifest);
    }

    private Optional<Manifest> read(String key) {
        return store.find(key, Manifest.class);
    }
}
