package io.thermolake.local.verify;

import io.thermolake.lake.LakeLayout;
import io.thermolake.lake.Manifest;
import io.thermolake.score.ScoreIndex;
import java.util.List;

/**
 * Holds all that runs published against itself: manifests and quarantine, the readings as Parquet and as CSV, scores,
 * alarms, models, the report and the laptop's catalog. A damaged file is a problem, and never the end of the check.
 *
 * @param manifest the newest readable manifest's number, 0 when nothing is committed
 * @param readings readings of the lake
 * @param found what is wrong; empty when all is well
 */
public record Verification(long manifest, long readings, List<Problem> found) {
    public Verification {
        found = List.copyOf(found);
    }

    /** What is wrong, a sentence each. */
    public List<String> problems() {
        return found.stream().map(Problem::what).toList();
    }

    /** Reads everything that the newest manifest names, and all manifests. */
    public static Verification of(LakeFiles lake) {
        Findings findings = new Findings(lake);
        List<Manifest> manifests = new ManifestCheck(lake, findings).check();
        if (manifests.isEmpty()) {
            return new Verification(0, 0, findings.all());
        }
        Manifest newest = manifests.get(manifests.size() - 1);
        try (ParquetRows parquet = new ParquetRows()) {
            PartitionCheck partitions = new PartitionCheck(lake, findings, parquet);
            newest.partitions()
                    .forEach(p -> findings.guard(p.location(), Mend.lake(p.date()), () -> partitions.check(p)));
            ScoreCheck scores = new ScoreCheck(lake, findings, partitions);
            ModelCheck models = new ModelCheck(lake, findings);
            CatalogCheck catalog = new CatalogCheck(lake, findings);
            catalog.expect(newest);
            for (String room : LakeFiles.rooms(newest)) {
                findings.guard(LakeLayout.scoreIndex(room), Mend.scores(room), () -> {
                    ScoreIndex index = scores.check(room, newest);
                    findings.guard(LakeLayout.currentModel(room), Mend.model(room), () -> models.check(room, index));
                    if (index != null) {
                        catalog.expect(index);
                    }
                });
            }
            new ReportCheck(lake, findings).check(newest);
            catalog.check(newest);
            new ChecksumCheck(lake, findings).check();
            return new Verification(newest.number(), partitions.readings(), findings.all());
        }
    }
}
