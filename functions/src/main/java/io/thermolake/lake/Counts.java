package io.thermolake.lake;

import java.util.Map;
import java.util.TreeMap;

/**
 * What became of a run's records: read = clean + quarantined + duplicates + outOfScope.
 *
 * @param read records of the input list
 * @param clean readings that are new in the lake
 * @param quarantined bad records by reason
 * @param duplicates records whose room and timestamp were kept already
 * @param conflicts those duplicates whose temperature differs from the kept one
 * @param outOfScope good records that the run's {@code from}, {@code to} or {@code rooms} leave out
 * @param conflictRooms the conflicts by room, those without any left out; empty in counts of an earlier version
 * @param unreadFiles objects of which no record could be read, with how many they have; empty in counts of an earlier version
 */
public record Counts(
        long read,
        long clean,
        Map<String, Long> quarantined,
        long duplicates,
        long conflicts,
        long outOfScope,
        Map<String, Long> conflictRooms,
        Map<String, Long> unreadFiles) {
    public Counts {
        quarantined = quarantined == null ? Map.of() : new TreeMap<>(quarantined);
        conflictRooms = conflictRooms == null ? Map.of() : new TreeMap<>(conflictRooms);
        unreadFiles = unreadFiles == null ? Map.of() : new TreeMap<>(unreadFiles);
    }

    /** Without a word on whose the conflicts are, and on files. */
    public Counts(
            long read, long clean, Map<String, Long> quarantined, long duplicates, long conflicts, long outOfScope) {
        this(read, clean, quarantined, duplicates, conflicts, outOfScope, Map.of(), Map.of());
    }

    /** Nothing read. */
    public static Counts none() {
        return new Counts(0, 0, Map.of(), 0, 0, 0);
    }

    /** All quarantined records. */
    public long quarantinedTotal() {
        return quarantined.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Whether every record read has exactly one fate. */
    public boolean reconciles() {
        return read == clean + quarantinedTotal() + duplicates + outOfScope;
    }
}
