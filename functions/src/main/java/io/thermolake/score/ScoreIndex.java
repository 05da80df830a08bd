package io.thermolake.score;

import static java.util.Objects.requireNonNull;

import io.thermolake.lake.Manifest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is scored of a room, {@code runs/scores/<room>.json}: writing it on the condition that nobody else did is the
 * commit of the room's scores. A date is scored anew when its partition of the lake was rewritten or another model came
 * into use.
 *
 * @param model the version that all of it was scored by
 * @param dates {@code YYYY-MM-DD} to what was scored of it
 * @param anomalies in the order of time
 * @param alarms made from all anomalies
 * @param published whether the room's alarms and the catalog of scores were brought up to this; where not, whoever comes
 *     next does it
 */
public record ScoreIndex(
        String room,
        String model,
        SortedMap<String, ScoredDate> dates,
        List<Anomaly> anomalies,
        List<Alarm> alarms,
        boolean published) {

    /**
     * @param run the run in whose folder the scores lie
     * @param partition the partition of the lake that was scored
     * @param readings scored
     */
    public record ScoredDate(String run, Source partition, long readings) {
        public ScoredDate {
            requireNonNull(run, "date.run is null");
            requireNonNull(partition, "date.partition is null");
        }
    }

    /** Who wrote a partition of the lake. */
    public record Source(String runId, int attempt) {
        public Source {
            requireNonNull(runId, "partition.runId is null");
        }

        static Source of(Manifest.Partition partition) {
            return new Source(partition.runId(), partition.attempt());
        }
    }

    public ScoreIndex {
        requireNonNull(room, "index.room is null");
        requireNonNull(model, "index.model is null");
        dates = Collections.unmodifiableSortedMap(new TreeMap<>(dates));
        anomalies = List.copyOf(anomalies);
        alarms = List.copyOf(alarms);
    }

    /** Nothing scored yet by this model. */
    public static ScoreIndex empty(String room, String model) {
        return new ScoreIndex(room, model, new TreeMap<>(), List.of(), List.of(), false);
    }

    /**
     * Which of a room's partitions the model has not scored.
     *
     * @param partitions of the newest manifest that hold readings of this room
     * @param model the version in use
     */
    public List<Manifest.Partition> due(List<Manifest.Partition> partitions, String model) {
        return partitions.stream()
                .filter(p -> {
                    ScoredDate scored = this.model.equals(model) ? dates.get(p.date()) : null;
                    return scored == null || !scored.partition().equals(Source.of(p));
                })
                .toList();
    }

    /** This index with one date scored (anew) by the same model; alarms are made at the end, by {@link #complete}. */
    ScoreIndex with(Manifest.Partition partition, String runId, long readings, List<Anomaly> found) {
        SortedMap<String, ScoredDate> more = new TreeMap<>(dates);
        more.put(partition.date(), new ScoredDate(runId, Source.of(partition), readings));
        List<Anomaly> all = new ArrayList<>(anomalies);
        all.removeIf(a -> a.timestamp().startsWith(partition.date()));
        all.addAll(found);
        all.sort(Comparator.comparing(Anomaly::timestamp));
        return new ScoreIndex(room, model, more, all, alarms, false);
    }

    /** With the alarms of all its anomalies. */
    ScoreIndex complete(Duration coolDown) {
        return new ScoreIndex(room, model, dates, anomalies, Episodes.of(anomalies, coolDown), false);
    }

    /** With its alarms and catalog brought up to it. */
    ScoreIndex asPublished() {
        return new ScoreIndex(room, model, dates, anomalies, alarms, true);
    }

    /** Readings that a run scored, however many calls it took. */
    long scoredBy(String runId) {
        return dates.values().stream()
                .filter(d -> d.run().equals(runId))
                .mapToLong(ScoredDate::readings)
                .sum();
    }
}
