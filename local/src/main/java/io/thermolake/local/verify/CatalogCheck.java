package io.thermolake.local.verify;

import io.thermolake.lake.LakeLayout;
import io.thermolake.lake.Manifest;
import io.thermolake.score.ScoreIndex;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The laptop's catalog: its partitions lead to what is committed, or queries answer from something else. */
final class CatalogCheck {
    private record Entry(@Nullable Map<String, Object> value) {}

    private final LakeFiles lake;
    private final Findings findings;
    private final Map<String, String> expected = new TreeMap<>();

    CatalogCheck(LakeFiles lake, Findings findings) {
        this.lake = lake;
        this.findings = findings;
    }

    void expect(Manifest manifest) {
        for (Manifest.Partition p : manifest.partitions()) {
            expect(LakeLayout.TEMPERATURES_TABLE, List.of(p.date()), p.location());
            p.rooms().keySet().forEach(r -> expect(LakeLayout.ROOMS_TABLE, List.of(r, p.date()), p.location(r)));
        }
    }

    void expect(ScoreIndex index) {
        if (index.published()) {
            index.dates()
                    .forEach((date, scored) -> expect(
                            LakeLayout.SCORES_TABLE,
                            List.of(index.room(), date),
                            LakeLayout.scores(index.room(), LocalDate.parse(date), scored.run())));
        }
    }

    private void expect(String table, List<String> values, String folder) {
        expected.put(table + values, "s3://" + lake.bucket().getFileName() + "/" + folder);
    }

    /** Only where the bucket lies in a data folder, with a catalog beside it. */
    void check(Manifest newest) {
        Path partitions = lake.data().resolve("state/glue/partitions");
        String mend = Mend.catalog(newest.number());
        String mark = LakeLayout.catalogMark(newest.number());
        if (!Files.isDirectory(partitions)) {
            return;
        }
        record Mark(long manifest) {}
        if (!Files.exists(lake.bucket().resolve(mark))) {
            findings.tell("The catalog was not brought up to the newest manifest", Mend.AGAIN, mark);
            return;
        }
        findings.json(mark, Mark.class, mend)
                .filter(m -> m.manifest() != newest.number())
                .ifPresent(m -> findings.tell("It is the mark of manifest " + m.manifest(), mend, mark));
        for (Path file : LakeFiles.under(partitions, ".json")) {
            findings.read(
                            file,
                            "partition",
                            mend,
                            bytes -> io.thermolake.RecordJson.gson().fromJson(Findings.text(bytes), Entry.class))
                    .ifPresent(entry -> compare(entry, file, mend));
        }
        expected.forEach((what, folder) -> findings.tell(
                "The catalog has no partition %s that leads to %s".formatted(what, folder), mend, partitions));
    }

    private void compare(Entry entry, Path file, String mend) {
        Map<String, Object> value = entry.value() == null ? Map.of() : entry.value();
        String what = String.valueOf(value.get("TableName")) + value.get("Values");
        String folder = expected.remove(what);
        Object location = value.get("StorageDescriptor") instanceof Map<?, ?> storage ? storage.get("Location") : null;
        if (folder != null && !folder.equals(location)) {
            findings.tell("It leads to %s, what is committed is %s".formatted(location, folder), mend, file);
        }
    }
}
