package io.thermolake.finish;

import io.thermolake.lake.Counts;
import io.thermolake.lake.LakeLayout;
import io.thermolake.lake.Manifest;
import io.thermolake.lake.Unread;
import io.thermolake.run.RunPlan;
import io.thermolake.run.StepName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Decides whether what a run extracted may be committed, and what the next manifest says. Pure. */
final class Commitment {
    /** What the room job says of an attempt, as far as the commit needs it. */
    record Extracted(Counts counts, List<Manifest.Partition> partitions) {}

    /** What the database import says of itself. */
    record Imported(long rows, @Nullable Instant highWaterMark) {}

    private Commitment() {}

    /**
     * @throws CountsException when a record is lost or counted twice
     * @throws TooManyQuarantinedException when the share of bad records is above {@code maxRatio}
     */
    static void check(Counts counts, double maxRatio, String runId, int attempt) {
        if (!counts.reconciles()) {
            throw new CountsException(
                    ("Run %s read %d records, but %d clean + %d quarantined + %d duplicates + %d out of scope are %d."
                                    + " Nothing was committed; this is a defect of the room job, please report it")
                            .formatted(
                                    runId,
                                    counts.read(),
                                    counts.clean(),
                                    counts.quarantinedTotal(),
                                    counts.duplicates(),
                                    counts.outOfScope(),
                                    counts.clean()
                                            + counts.quarantinedTotal()
                                            + counts.duplicates()
                                            + counts.outOfScope()));
        }
        long bad = counts.quarantinedTotal();
        if (counts.read() > 0 && bad > maxRatio * counts.read()) {
            String reasons = counts.quarantined().entrySet().stream()
                    .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                    .limit(3)
                    .map(e -> e.getKey() + " " + e.getValue())
                    .collect(Collectors.joining(", "));
            throw new TooManyQuarantinedException(String.format(
                    Locale.ROOT,
                    "%d of %d records are bad (%.0f %%; the most that is allowed is %.0f %%): %s. Nothing was committed;"
                            + " look at %s, then mend the source or raise MaxQuarantineRatio%s",
                    bad,
                    counts.read(),
                    100.0 * bad / counts.read(),
                    100.0 * maxRatio,
                    reasons,
                    LakeLayout.quarantine(runId, attempt),
                    Unread.told(counts).map(told -> ". " + told).orElse("")));
        }
    }

    /**
     * The manifest after the run. A run that leaves good records out (by its {@code from}, {@code to} or {@code rooms})
     * takes its sources for unread, so that a later run brings what it left out; what it has brought are duplicates then.
     */
    static Manifest next(
            @Nullable Manifest base, RunPlan plan, Extracted extracted, @Nullable Imported imported, Instant wall) {
        Map<String, Manifest.Partition> partitions = new TreeMap<>();
        if (base != null) {
            base.partitions().forEach(p -> partitions.put(p.date(), p));
        }
        extracted.partitions().forEach(p -> partitions.put(p.date(), p));
        boolean readAll = extracted.counts().outOfScope() == 0;
        boolean fromHistory = readAll && plan.runs(StepName.ImportS3);
        boolean fromDatabase = readAll && plan.runs(StepName.ImportDatabase);
        Instant mark = base == null ? null : base.databaseHighWaterMark();
        if (fromDatabase
                && imported != null
                && imported.highWaterMark() != null
                && (mark == null || imported.highWaterMark().isAfter(mark))) {
            mark = imported.highWaterMark();
        }
        return new Manifest(
                plan.run().base() + 1,
                plan.run().id(),
                plan.run().now(),
                wall,
                new ArrayList<>(partitions.values()),
                readAll ? plan.live().stream().map(RunPlan.Live::key).toList() : List.of(),
                extracted.counts(),
                fromHistory ? plan.historyFingerprint() : base == null ? null : base.historyFingerprint(),
                fromDatabase ? plan.run().now() : base == null ? null : base.databaseImportedAt(),
                mark,
                plan.schemas(),
                readAll && plan.listedAll() ? wall : base == null ? null : base.listedAllAt());
    }
}
