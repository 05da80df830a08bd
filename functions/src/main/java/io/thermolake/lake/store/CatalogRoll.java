package io.thermolake.lake.store;

import io.thermolake.lake.LakeLayout;
import io.thermolake.lake.Manifest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The catalog follows the manifest: after a commit, and at the next run's start where a roll-forward was cut off. */
public final class CatalogRoll {
    private record Mark(long manifest) {}

    private final LakeStore store;
    private final CatalogSync sync;

    public CatalogRoll(LakeStore store, CatalogSync sync) {
        this.store = store;
        this.sync = sync;
    }

    /** Brings the tables of readings up to the manifest and marks it. */
    public void forward(Manifest manifest) {
        Map<List<String>, String> dates = new LinkedHashMap<>();
        Map<List<String>, String> rooms = new LinkedHashMap<>();
        for (Manifest.Partition partition : manifest.partitions()) {
            dates.put(List.of(partition.date()), partition.location());
            partition
                    .rooms()
                    .keySet()
                    .forEach(room -> rooms.put(List.of(room, partition.date()), partition.location(room)));
        }
        sync.sync(LakeLayout.TEMPERATURES_TABLE, dates);
        sync.sync(LakeLayout.ROOMS_TABLE, rooms);
        store.put(LakeLayout.catalogMark(manifest.number()), new Mark(manifest.number()));
    }

    /** Finishes what a crash cut off. @return whether there was anything to do */
    public boolean repair(Manifest newest) {
        if (store.text(LakeLayout.catalogMark(newest.number())).isPresent()) {
            return false;
        }
        forward(newest);
        return true;
    }
}
