package io.thermolake.local.verify;

import io.thermolake.alarm.Anomaly;
import io.thermolake.detect.Verdict;
import io.thermolake.lake.LakeLayout;
import io.thermolake.lake.Manifest;
import io.thermolake.score.ScoreIndex;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** A room's scores against its score index, its alarms against both: one score a reading, all by one model. */
final class ScoreCheck {
    static final String HEADER = "timestamp,temperature,score,threshold,is_anomaly,alarm,episode,kind,model";
    private static final int FIELDS = 9;

    private final LakeFiles lake;
    private final Findings findings;
    private final PartitionCheck readings;

    ScoreCheck(LakeFiles lake, Findings findings, PartitionCheck readings) {
        this.lake = lake;
        this.findings = findings;
        this.readings = readings;
    }

    /** @return the room's index, null where it has none that can be read */
    @Nullable
    ScoreIndex check(String room, Manifest manifest) {
        String key = LakeLayout.scoreIndex(room);
        if (!Files.exists(lake.bucket().resolve(key))) {
            if (!lake.files(LakeLayout.SCORE_INDEXES, ".json").isEmpty()
                    || !lake.files(LakeLayout.SCORES, ".csv").isEmpty()
                    || Files.exists(lake.bucket().resolve(LakeLayout.alarms(room)))) {
                findings.tell("It is missing, so room " + room + " has no scores", Mend.scores(room), key);
            }
            return null;
        }
        ScoreIndex index =
                findings.json(key, ScoreIndex.class, Mend.scores(room)).orElse(null);
        if (index == null) {
            return null;
        }
        if (!index.room().equals(room)) {
            findings.tell("It is of room " + index.room(), Mend.scores(room), key);
        }
        covers(index, manifest, key);
        SortedMap<String, ScoreIndex.Told> told = index.told();
        index.dates().forEach((date, scored) -> date(index, date, scored, told, manifest));
        alarms(index, key);
        return index;
    }

    private void covers(ScoreIndex index, Manifest manifest, String key) {
        List<String> due = index.due(manifest.of(index.room())).stream()
                .map(Manifest.Partition::date)
                .toList();
        if (!due.isEmpty()) {
            findings.tell(
                    "The readings of room %s on %d dates, such as %s, have no score of the newest manifest"
                            .formatted(index.room(), due.size(), due.get(0)),
                    Mend.AGAIN,
                    key);
        }
        index.dates().keySet().stream()
                .filter(date -> manifest.of(index.room()).stream()
                        .noneMatch(p -> p.date().equals(date)))
                .findFirst()
                .ifPresent(date -> findings.tell(
                        "It has scores of %s, of which the lake has no reading".formatted(date),
                        Mend.scores(index.room()),
                        key));
        long outside = index.anomalies().stream()
                .filter(a -> a.timestamp().length() < 10
                        || !index.dates().containsKey(a.timestamp().substring(0, 10)))
                .count();
        if (outside > 0) {
            findings.tell(
                    "It has %d anomalies of dates that it did not score".formatted(outside),
                    Mend.scores(index.room()),
                    key);
        }
    }

    private void date(
            ScoreIndex index,
            String date,
            ScoreIndex.ScoredDate scored,
            SortedMap<String, ScoreIndex.Told> told,
            Manifest manifest) {
        String mend = Mend.scores(index.room());
        String folder = LakeLayout.scores(index.room(), LocalDate.parse(date), scored.run());
        Path file = lake.bucket().resolve(folder).resolve("scores.csv");
        lake.files(folder, ".csv").stream()
                .filter(f -> !f.equals(file))
                .forEach(f -> findings.tell("It is one file too many: each reading has one score", mend, f));
        List<String> lines = findings.lines(file, mend).orElse(null);
        if (lines == null) {
            return;
        }
        if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
            findings.tell("It does not begin with the header '" + HEADER + "'", mend, file);
            return;
        }
        List<String> rows = lines.subList(1, lines.size());
        boolean asItIsNow = manifest.of(index.room()).stream()
                .anyMatch(p -> p.date().equals(date)
                        && p.runId().equals(scored.partition().runId())
                        && p.attempt() == scored.partition().attempt());
        List<String> lakeRows = asItIsNow ? readings.rows(index.room(), date) : null;
        String wrong = rows.size() == scored.readings()
                ? wrong(rows, lakeRows, index, told)
                : "It has %d scores, its index says %d".formatted(rows.size(), scored.readings());
        if (wrong != null) {
            findings.tell(wrong, mend, file);
            return;
        }
        List<String> anomalies = index.anomalies().stream()
                .filter(a -> a.timestamp().startsWith(date))
                .map(ScoreCheck::line)
                .toList();
        List<String> found = new ArrayList<>();
        for (String row : rows) {
            String[] f = row.split(",", -1);
            if (f[4].equals("true")) {
                found.add(String.join(",", f[0], f[1], f[2], f[7]));
            }
        }
        if (!found.equals(anomalies)) {
            findings.tell(
                    "The scores of %s have %d anomalies, the index %d, or others"
                            .formatted(date, found.size(), anomalies.size()),
                    mend,
                    file,
                    lake.bucket().resolve(LakeLayout.scoreIndex(index.room())));
        }
    }

    private static String line(Anomaly a) {
        return String.join(",", a.timestamp(), Double.toString(a.temperature()), Double.toString(a.score()), a.kind());
    }

    /** What is wrong with the first row that is wrong. */
    private static @Nullable String wrong(
            List<String> rows, @Nullable List<String> lakeRows, ScoreIndex index, Map<String, ScoreIndex.Told> told) {
        if (lakeRows != null && lakeRows.size() != rows.size()) {
            return "It has %d scores of %d readings".formatted(rows.size(), lakeRows.size());
        }
        for (int i = 0; i < rows.size(); i++) {
            String row = rows.get(i);
            if (lakeRows != null && !row.startsWith(lakeRows.get(i) + ',')) {
                return "Its row %d is of another reading than the lake's '%s': %s"
                        .formatted(i + 2, lakeRows.get(i), PartitionCheck.cut(row));
            }
            String[] f = row.split(",", -1);
            if (f.length != FIELDS || !isScore(f, index.model(), told.get(f[0]))) {
                return "Its row %d is no score of model %s with threshold %s: %s"
                        .formatted(i + 2, index.model(), Verdict.THRESHOLD, PartitionCheck.cut(row));
            }
        }
        return null;
    }

    private static boolean isScore(String[] f, String model, ScoreIndex.@Nullable Told told) {
        try {
            double score = Double.parseDouble(f[2]);
            boolean anomaly = f[4].equals("true");
            return score >= 0
                    && score <= 1
                    && f[3].equals(Double.toString(Verdict.THRESHOLD))
                    && f[4].equals(Boolean.toString(score > Verdict.THRESHOLD))
                    && f[8].equals(model)
                    && (anomaly
                            ? told == null || f[5].equals(Boolean.toString(told.alarm())) && f[6].equals(told.episode())
                            : f[5].equals("false") && f[6].isEmpty() && f[7].isEmpty());
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private void alarms(ScoreIndex index, String key) {
        if (!index.alarmsFollow()) {
            findings.tell("Its alarms are not those of its anomalies", Mend.scores(index.room()), key);
        }
        if (!index.published()) {
            findings.tell("Its scores are committed, but alarms and catalog do not know of it", Mend.AGAIN, key);
            return;
        }
        Path file = lake.bucket().resolve(LakeLayout.alarms(index.room()));
        findings.read(file, "list of alarms", Mend.scores(index.room()), Findings::text)
                .filter(text -> !text.equals(index.alarmLines()))
                .ifPresent(text -> findings.tell(
                        "It has %d alarms, the scores %d, or others"
                                .formatted(text.lines().count(), index.alarms().size()),
                        Mend.scores(index.room()),
                        file));
    }
}
