package io.thermolake.local.glue;

import io.thermolake.lake.GlueColumn;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The partitions of a table, from the {@code key=value} folders that its files lie in. Pure.
 *
 * @param keys of most files; of two layouts that are equally common, the deeper one
 * @param folders the values of each partition, in the order of the keys, to its folder relative to the table's; empty where
 *     the table has no keys
 * @param inside the files that belong to the table
 * @param outside the files that lie elsewhere: no partition can name them
 */
record PartitionFolders(List<String> keys, Map<List<String>, Path> folders, List<Path> inside, List<Path> outside) {
    /** @param folders the folder of each key, in order */
    private record Place(List<String> keys, List<String> values, List<Path> folders) {
        static Place of(Path file) {
            List<String> keys = new ArrayList<>();
            List<String> values = new ArrayList<>();
            List<Path> folders = new ArrayList<>();
            for (int i = 0; i < file.getNameCount() - 1; i++) {
                String part = file.getName(i).toString();
                int equals = part.indexOf('=');
                if (equals > 0) {
                    keys.add(GlueColumn.name(part.substring(0, equals)).orElse(""));
                    values.add(part.substring(equals + 1));
                    folders.add(file.subpath(0, i + 1));
                }
            }
            return new Place(keys, values, folders);
        }

        boolean isSound() {
            return !keys.contains("") && new HashSet<>(keys).size() == keys.size();
        }

        /** Whether it lies in a partition of these keys; whatever folders are below the last key are the partition's own. */
        boolean isBelow(List<String> table) {
            return keys.size() >= table.size() && keys.subList(0, table.size()).equals(table);
        }
    }

    /** @param files below {@code folder} */
    static PartitionFolders of(Path folder, List<Path> files) {
        Map<Path, Place> places = new LinkedHashMap<>();
        Map<List<String>, Integer> counts = new HashMap<>();
        for (Path file : files) {
            Place place = Place.of(folder.relativize(file));
            places.put(file, place);
            if (place.isSound()) {
                counts.merge(place.keys(), 1, Integer::sum);
            }
        }
        List<String> keys = counts.entrySet().stream()
                .max(Map.Entry.<List<String>, Integer>comparingByValue()
                        .thenComparing(e -> e.getKey().size())
                        .thenComparing(e -> String.join("/", e.getKey()), Comparator.reverseOrder()))
                .map(Map.Entry::getKey)
                .orElse(List.of());
        Map<List<String>, Path> folders = new LinkedHashMap<>();
        List<Path> inside = new ArrayList<>();
        List<Path> outside = new ArrayList<>();
        places.forEach((file, place) -> {
            if (!place.isBelow(keys)) {
                outside.add(file);
                return;
            }
            inside.add(file);
            if (!keys.isEmpty()) {
                int last = keys.size();
                folders.putIfAbsent(
                        List.copyOf(place.values().subList(0, last)),
                        place.folders().get(last - 1));
            }
        });
        return new PartitionFolders(keys, folders, inside, outside);
    }
}
