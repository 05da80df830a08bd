package io.thermolake.score;

import io.thermolake.detect.Contexts;
import io.thermolake.lake.LakeLayout;
import io.thermolake.lake.Manifest;
import io.thermolake.lake.PastFingerprints;
import io.thermolake.lake.RoomReading;
import io.thermolake.lake.store.LakeStore;
import io.thermolake.lake.store.LakeStore.Stored;
import io.thermolake.model.store.RoomFiles;
import io.thermolake.run.Run;
import io.thermolake.score.ScoreIndex.Last;
import io.thermolake.score.ScoreIndex.ScoredDate;
import io.thermolake.score.ScoreIndex.WrittenBy;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Scores a room's due dates, one after the other. What is scored becomes the room's only by {@link #commit}; until then a
 * draft carries it from one call to the next.
 */
final class RoomScoring {
    private final LakeStore store;
    private final Run run;
    private final Scorer scorer;
    private final Duration coolDown;
    private final List<Manifest.Partition> partitions;
    private final RoomFiles files;
    private final String draft;
    private final Optional<Stored<ScoreIndex>> before;
    private ScoreIndex index;

    RoomScoring(LakeStore store, Run run, RoomFiles files, String room, Scorer scorer, Duration coolDown) {
        this.store = store;
        this.run = run;
        this.scorer = scorer;
        this.coolDown = coolDown;
        this.files = files;
        this.partitions = files.partitions();
        this.draft = LakeLayout.scoreDraft(run.id(), room);
        this.before = store.read(LakeLayout.scoreIndex(room), ScoreIndex.class);
        this.index = start(room);
    }

    /** Only what the model in use has scored counts: the draft of this run, else what was committed, else nothing. */
    private ScoreIndex start(String room) {
        return store.read(draft, ScoreIndex.class)
                .or(() -> before)
                .map(Stored::value)
                .filter(i -> i.isOf(scorer.version(), coolDown))
                .orElse(ScoreIndex.empty(room, scorer.version(), coolDown));
    }

    /** What is scored of the room as far as this has come. */
    ScoreIndex index() {
        return index;
    }

    /** Whether the room's scores and all that follows from them are as they must be already. */
    boolean nothingToDo() {
        return due().isEmpty()
                && before.map(b -> b.value().equals(index.complete(run.now()).asPublished()))
                        .orElse(false);
    }

    /**
     * Scores what is due, at least one date.
     *
     * @param timeLeft asked after each date
     * @return the date to go on with, or nothing when all is scored
     */
    Optional<String> score(BooleanSupplier timeLeft) {
        List<Manifest.Partition> due = due();
        if (!due.isEmpty()) {
            SortedMap<String, String> past = PastFingerprints.of(index.room(), partitions, Contexts.WARM_UP_DAYS);
            RoomJudge judge = scorer.judge();
            files.forEach(lookedAt(due), (partition, readings) -> {
                if (!due.contains(partition)) {
                    judge.pass(partition.day(), readings);
                    return true;
                }
                score(partition, readings, judge, past.get(partition.date()));
                return timeLeft.getAsBoolean();
            });
        }
        Optional<String> next = due().stream().map(Manifest.Partition::date).findFirst();
        next.ifPresent(date -> store.put(draft, index));
        return next;
    }

    private void score(
            Manifest.Partition partition, List<RoomReading> readings, RoomJudge judge, @Nullable String past) {
        String date = partition.date();
        List<JudgedReading> judged = judge.judge(partition.day(), readings);
        ScoredPartition scored = ScoredPartition.of(judged, index.anomaliesBefore(date), coolDown, scorer.version());
        store.put(LakeLayout.scoresFile(index.room(), partition.day(), run.id()), scored.csv());
        index = index.with(
                date,
                new ScoredDate(
                        run.id(),
                        WrittenBy.of(partition),
                        String.valueOf(past),
                        readings.size(),
                        scorer.unusual(judged)),
                scored.anomalies(),
                Last.of(readings.get(readings.size() - 1), scorer.model()));
    }

    private List<Manifest.Partition> due() {
        return index.due(partitions);
    }

    /** The due dates, and those that they look back at, in order. */
    private List<Manifest.Partition> lookedAt(List<Manifest.Partition> due) {
        return partitions.stream()
                .filter(p -> due.stream()
                        .anyMatch(d -> !d.day().isBefore(p.day())
                                && !d.day().minusDays(Contexts.WARM_UP_DAYS).isAfter(p.day())))
                .toList();
    }

    /**
     * Makes what was scored the room's scores.
     *
     * @throws ScoresConflictException when somebody else did so since this began
     */
    ScoreIndex commit() {
        index = index.complete(run.now());
        write(before, index);
        return index;
    }

    /** The dates whose scores the catalog may not know yet, with the folder that holds them. */
    SortedMap<String, String> unpublished() {
        boolean trusted = before.map(b -> b.value().published()).orElse(false);
        SortedMap<String, String> folders = new TreeMap<>();
        index.dates().forEach((date, scored) -> {
            if (!trusted || !scored.equals(before.get().value().dates().get(date))) {
                folders.put(date, LakeLayout.scores(index.room(), LocalDate.parse(date), scored.run()));
            }
        });
        return folders;
    }

    /** Says that alarms and catalog were brought up to what is committed. */
    void published() {
        Optional<Stored<ScoreIndex>> committed = store.read(LakeLayout.scoreIndex(index.room()), ScoreIndex.class);
        if (committed.isEmpty() || !committed.get().value().equals(index)) {
            throw conflict();
        }
        write(committed, index.asPublished());
        store.delete(draft);
    }

    private void write(Optional<Stored<ScoreIndex>> expected, ScoreIndex value) {
        String key = LakeLayout.scoreIndex(value.room());
        boolean won = expected.map(stored -> store.replace(key, value, stored.etag()))
                .orElseGet(() -> store.create(key, value));
        if (!won) {
            throw conflict();
        }
    }

    private ScoresConflictException conflict() {
        return new ScoresConflictException(
                "The scores of room %s were committed by somebody else while run %s scored them; score again"
                        .formatted(index.room(), run.id()));
    }
}
