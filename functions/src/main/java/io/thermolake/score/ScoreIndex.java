package io.thermolake.score;

import static java.util.Objects.requireNonNull;

import io.thermolake.alarm.Alarm;
import io.thermolake.alarm.AlarmLine;
import io.thermolake.alarm.Anomaly;
import io.thermolake.alarm.Episodes;
import io.thermolake.detect.Cause;
import io.thermolake.detect.Contexts;
import io.thermolake.detect.RoomModel;
import io.thermolake.lake.Manifest;
import io.thermolake.lake.PastFingerprints;
import io.thermolake.lake.RoomReading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is scored of a room, {@code runs/scores/<room>.json}: writing it on the condition that nobody else did is the
 * commit of the room's scores. A date is scored anew when its partition of the lake was rewritten, when readings came to a
 * day that it is compared with, or when another model or cool-down came into use.
 *
 * @param model the version that all of it was scored by
 * @param coolDown by which its episodes were told apart
 * @param dates {@code YYYY-MM-DD} to what was scored of it
 * @param anomalies in the order of time
 * @param last the room's last reading, null before the first
 * @param alarms made from all anomalies, and from the silence since the last reading
 * @param published whether the room's alarms and the catalog of scores were brought up to this; where not, whoever comes
 *     next does it
 */
public record ScoreIndex(
        String room,
        String model,
        String coolDown,
        SortedMap<String, ScoredDate> dates,
        List<Anomaly> anomalies,
        @Nullable Last last,
        List<Alarm> alarms,
        boolean published) {

    /**
     * @param run the run in whose folder the scores lie
     * @param partition the partition of the lake that was scored
     * @param past stands for the days before it
     * @param readings scored
     * @param above of them have a greater score than nine in ten had in the model's training
     */
    public record ScoredDate(String run, WrittenBy partition, String past, long readings, long above) {
        public ScoredDate {
            requireNonNull(run, "date.run is null");
            requireNonNull(partition, "date.partition is null");
            requireNonNull(past, "date.past is null");
        }
    }

    /** Who wrote a partition of the lake. */
    public record WrittenBy(String runId, int attempt) {
        public WrittenBy {
            requireNonNull(runId, "partition.runId is null");
        }

        static WrittenBy of(Manifest.Partition partition) {
            return new WrittenBy(partition.runId(), partition.attempt());
        }
    }

    /** The last reading; @param silentFrom when silence after it becomes too long, {@code YYYY-MM-DD HH:MM:SS} */
    public record Last(String timestamp, double temperature, String silentFrom) {
        public Last {
            requireNonNull(timestamp, "last.timestamp is null");
            requireNonNull(silentFrom, "last.silentFrom is null");
        }

        static Last of(RoomReading reading, RoomModel model) {
            return new Last(
                    reading.timestamp(), reading.temperature(), RoomReading.timestamp(Instant.ofEpochSecond((long)
                            Math.ceil(reading.second() + model.rules().allowedGap()))));
        }
    }

    public ScoreIndex {
        requireNonNull(room, "index.room is null");
        requireNonNull(model, "index.model is null");
        requireNonNull(coolDown, "index.coolDown is null");
        dates = Collections.unmodifiableSortedMap(new TreeMap<>(dates));
        anomalies = List.copyOf(anomalies);
        alarms = List.copyOf(alarms);
    }

    /** Nothing scored yet by this model. */
    public static ScoreIndex empty(String room, String model, Duration coolDown) {
        return new ScoreIndex(room, model, coolDown.toString(), new TreeMap<>(), List.of(), null, List.of(), false);
    }

    /** Whether it was scored by this version, with this cool-down. */
    public boolean isOf(String model, Duration coolDown) {
        return this.model.equals(model) && this.coolDown.equals(coolDown.toString());
    }

    /**
     * Which of a room's dates the model has not scored as they are now.
     *
     * @param partitions of the newest manifest that hold readings of this room, in order
     */
    public List<Manifest.Partition> due(List<Manifest.Partition> partitions) {
        SortedMap<String, String> past = PastFingerprints.of(room, partitions, Contexts.WARM_UP_DAYS);
        return partitions.stream()
                .filter(p -> {
                    ScoredDate scored = dates.get(p.date());
                    return scored == null
                            || !scored.partition().equals(WrittenBy.of(p))
                            || !scored.past().equals(past.get(p.date()));
                })
                .toList();
    }

    /** This index with one date scored (anew) by the same model; alarms are made at the end, by {@link #complete}. */
    ScoreIndex with(String date, ScoredDate scored, List<Anomaly> found, Last lastOfDate) {
        SortedMap<String, ScoredDate> more = new TreeMap<>(dates);
        more.put(date, scored);
        List<Anomaly> all = new ArrayList<>(anomalies);
        all.removeIf(a -> a.timestamp().startsWith(date));
        all.addAll(found);
        all.sort(Comparator.comparing(Anomaly::timestamp));
        Last newest = date.equals(more.lastKey()) || last == null ? lastOfDate : last;
        return new ScoreIndex(room, model, coolDown, more, all, newest, alarms, false);
    }

    /** Those before a date, in the order of time. */
    List<Anomaly> anomaliesBefore(String date) {
        return anomalies.stream().filter(a -> a.timestamp().compareTo(date) < 0).toList();
    }

    /** Whether the sensor is silent at this present, and the alarms do not say so up to it. */
    public boolean isSilent(Instant now) {
        String present = RoomReading.timestamp(now);
        return last != null
                && last.silentFrom().compareTo(present) < 0
                && alarms.stream().noneMatch(a -> a.end().compareTo(present) >= 0);
    }

    /** With the alarms of all its anomalies, and of a silence that lasts at the run's present. */
    ScoreIndex complete(Instant now) {
        Episodes episodes = new Episodes(Duration.parse(coolDown));
        anomalies.forEach(episodes::add);
        String present = RoomReading.timestamp(now);
        if (last != null && last.silentFrom().compareTo(present) < 0) {
            double seconds =
                    Duration.between(RoomReading.at(last.timestamp()), now).toSeconds();
            double allowed = Duration.between(RoomReading.at(last.timestamp()), RoomReading.at(last.silentFrom()))
                    .toSeconds();
            episodes.lasting(new Anomaly(
                    present,
                    last.silentFrom(),
                    last.temperature(),
                    seconds / (seconds + allowed),
                    Kinds.id(Cause.SILENT)));
        }
        return new ScoreIndex(room, model, coolDown, dates, anomalies, last, episodes.alarms(), false);
    }

    /**
     * What a table's columns {@code alarm} and {@code episode} say of an anomaly.
     *
     * @param alarm whether it opened its episode
     * @param episode when that began
     */
    public record Told(boolean alarm, String episode) {}

    /** Timestamp of each anomaly to what is told of it. */
    public SortedMap<String, Told> told() {
        Episodes episodes = new Episodes(Duration.parse(coolDown));
        SortedMap<String, Told> told = new TreeMap<>();
        for (Anomaly anomaly : anomalies) {
            boolean alarm = episodes.add(anomaly);
            told.put(
                    anomaly.timestamp(),
                    new Told(alarm, requireNonNull(episodes.last()).start()));
        }
        return told;
    }

    /** Whether the alarms are those of the anomalies, but for a silence that lasted when they were made. */
    public boolean alarmsFollow() {
        List<Alarm> made = Episodes.of(anomalies, Duration.parse(coolDown));
        if (alarms.equals(made)) {
            return true;
        }
        int last = alarms.size() - 1;
        return last >= 0
                && alarms.subList(0, last).equals(made.subList(0, Math.min(last, made.size())))
                && (made.size() == last || made.size() == last + 1 && goesOn(made.get(last), alarms.get(last)));
    }

    private static boolean goesOn(Alarm made, Alarm told) {
        return made.start().equals(told.start())
                && made.readings() == told.readings()
                && made.end().compareTo(told.end()) <= 0;
    }

    /** The room's whole file of alarms. */
    public String alarmLines() {
        return AlarmLine.file(room, alarms, model);
    }

    /** With its alarms and catalog brought up to it. */
    ScoreIndex asPublished() {
        return new ScoreIndex(room, model, coolDown, dates, anomalies, last, alarms, true);
    }

    /** Readings that a run scored, however many calls it took. */
    long scoredBy(String runId) {
        return dates.values().stream()
                .filter(d -> d.run().equals(runId))
                .mapToLong(ScoredDate::readings)
                .sum();
    }
}
