package io.thermolake.lake;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The committed state of the lake: writing {@code manifests/<number>.json} with If-None-Match IS the commit. Everything
 * but {@code consumed} and {@code counts}, which are the run's own, is the state of the whole lake after it.
 *
 * @param number counts from 1; the one before it is number - 1
 * @param runId the run that committed it
 * @param now that run's idea of the present
 * @param committedAt wall clock
 * @param partitions every date of the lake, in the order of dates
 * @param consumed the live objects' keys that this run read, for good
 * @param counts what became of this run's records
 * @param historyFingerprint of the history objects when they were last imported, or null
 * @param databaseImportedAt the {@code now} of the last database import, or null
 * @param databaseHighWaterMark the latest timestamp imported from the database, or null
 * @param crawledSchemas source (live, history, external_db) to the fingerprint of the columns that were crawled
 * @param listedAllAt wall clock of the last listing of all live objects, or null
 */
public record Manifest(
        long number,
        String runId,
        Instant now,
        Instant committedAt,
        List<Partition> partitions,
        List<String> consumed,
        Counts counts,
        @Nullable String historyFingerprint,
        @Nullable Instant databaseImportedAt,
        @Nullable Instant databaseHighWaterMark,
        Map<String, String> crawledSchemas,
        @Nullable Instant listedAllAt) {
    public Manifest {
        if (number < 1) {
            throw new IllegalArgumentException("manifest.number must be >= 1 but is " + number);
        }
        partitions = List.copyOf(partitions);
        consumed = List.copyOf(consumed);
        crawledSchemas = Collections.unmodifiableMap(new TreeMap<>(crawledSchemas));
    }

    /**
     * One date of the lake: the folder that holds it and how many readings each room has in it.
     *
     * @param date the UTC date, {@code YYYY-MM-DD}
     * @param runId the run that wrote it
     * @param attempt that run's attempt that won
     * @param rooms room id to readings of that date
     */
    public record Partition(String date, String runId, int attempt, Map<String, Long> rooms) {
        public Partition {
            LocalDate.parse(date);
            rooms = Collections.unmodifiableMap(new TreeMap<>(rooms));
        }

        public LocalDate day() {
            return LocalDate.parse(date);
        }

        /** The Parquet folder. */
        public String location() {
            return LakeLayout.temperatures(day(), runId, attempt);
        }

        /** The CSV folder of one room. */
        public String location(String roomId) {
            return LakeLayout.room(roomId, day(), runId, attempt);
        }
    }

    /** A room's dates, in order. */
    public List<Partition> of(String room) {
        return partitions.stream()
                .filter(p -> p.rooms().getOrDefault(room, 0L) > 0)
                .sorted(Comparator.comparing(Partition::date))
                .toList();
    }

    /** The partition of a date, if the lake has one. */
    public Optional<Partition> partition(LocalDate date) {
        return partitions.stream().filter(p -> p.date().equals(date.toString())).findFirst();
    }
}
