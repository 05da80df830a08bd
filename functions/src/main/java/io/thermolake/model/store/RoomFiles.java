package io.thermolake.model.store;

import static java.util.Objects.requireNonNull;

import io.thermolake.PipelineException;
import io.thermolake.lake.Manifest;
import io.thermolake.lake.RoomReading;
import io.thermolake.lake.store.LakeStore;
import io.thermolake.model.training.LearningDays;
import io.thermolake.model.training.RoomCsv;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/** The readings of one room as one manifest has them, from the room's CSV files. */
public final class RoomFiles {
    private final LakeStore store;
    private final Manifest manifest;
    private final String room;

    public RoomFiles(LakeStore store, Manifest manifest, String room) {
        this.store = requireNonNull(store, "store is null");
        this.manifest = requireNonNull(manifest, "manifest is null");
        this.room = requireNonNull(room, "room is null");
    }

    /** The room's dates, in order. */
    public List<Manifest.Partition> partitions() {
        return manifest.of(room);
    }

    /** All readings of these days, in the order of time. */
    public List<RoomReading> of(LearningDays days) {
        List<RoomReading> readings = new ArrayList<>();
        forEach(partitions().stream().filter(p -> days.hold(p.day())).toList(), (partition, day) -> {
            readings.addAll(day);
            return true;
        });
        return readings;
    }

    /** All readings of the last dates that have any, in the order of time. */
    public List<RoomReading> newest(int dates) {
        List<Manifest.Partition> all = partitions();
        List<RoomReading> readings = new ArrayList<>();
        forEach(all.subList(Math.max(0, all.size() - dates), all.size()), (partition, day) -> readings.addAll(day));
        return readings;
    }

    /**
     * Reads one date after the other, so that one date's readings at a time are in memory.
     *
     * @param partitions of this room, in the order of dates
     * @param action answers whether to go on with the next date
     * @throws PipelineException when a date has fewer or more readings than its manifest says
     */
    public void forEach(
            List<Manifest.Partition> partitions, BiPredicate<Manifest.Partition, List<RoomReading>> action) {
        Map<String, List<String>> keys = keys(partitions);
        for (Manifest.Partition partition : partitions) {
            if (!action.test(partition, read(partition, keys.getOrDefault(partition.location(room), List.of())))) {
                return;
            }
        }
    }

    private List<RoomReading> read(Manifest.Partition partition, List<String> keys) {
        List<RoomReading> readings = new ArrayList<>();
        for (String key : keys) {
            readings.addAll(RoomCsv.parse(
                    key,
                    store.text(key)
                            .orElseThrow(() -> new PipelineException(key + " was deleted while it was being read"))
                            .value()));
        }
        if (keys.size() > 1) {
            readings.sort(Comparator.comparing(RoomReading::timestamp));
        }
        long expected = partition.rooms().getOrDefault(room, 0L);
        if (readings.size() != expected) {
            throw new PipelineException(
                    "%s holds %d readings, but manifest %d says %d; extract the date %s again with --from and --to"
                            .formatted(
                                    store.uri(partition.location(room)),
                                    readings.size(),
                                    manifest.number(),
                                    expected,
                                    partition.date()));
        }
        return readings;
    }

    /**
     * Folder to its CSV files, by one listing from the first date on. A listing a date would cost more time than the
     * reading does.
     */
    private Map<String, List<String>> keys(List<Manifest.Partition> partitions) {
        Map<String, List<String>> keys = new HashMap<>();
        if (partitions.isEmpty()) {
            return keys;
        }
        partitions.forEach(p -> keys.put(p.location(room), new ArrayList<>()));
        String first = dateFolder(partitions.get(0));
        String last = dateFolder(partitions.get(partitions.size() - 1));
        String prefix = first.substring(0, first.indexOf("date="));
        store.listAfter(prefix, first)
                .map(LakeStore.Listed::key)
                .takeWhile(key -> key.compareTo(last) < 0 || key.startsWith(last))
                .filter(key -> key.endsWith(".csv"))
                .forEach(key -> {
                    List<String> files = keys.get(key.substring(0, key.lastIndexOf('/') + 1));
                    if (files != null) {
                        files.add(key);
                    }
                });
        return keys;
    }

    private String dateFolder(Manifest.Partition partition) {
        String folder = partition.location(room);
        return folder.substring(0, folder.indexOf("/run=") + 1);
    }
}
