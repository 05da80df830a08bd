package io.thermolake.local.verify;

import io.thermolake.lake.LakeLayout;
import io.thermolake.lake.Manifest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Every manifest: readable, numbered without a gap, none missing at the end, with counts that add up. */
final class ManifestCheck {
    private final LakeFiles lake;
    private final Findings findings;

    ManifestCheck(LakeFiles lake, Findings findings) {
        this.lake = lake;
        this.findings = findings;
    }

    /** @return every readable one, by number */
    List<Manifest> check() {
        List<Manifest> readable = new ArrayList<>();
        long newest = newest();
        for (long number = 1; number <= newest; number++) {
            long expected = number;
            findings.json(LakeLayout.manifest(number), Manifest.class, Mend.MANIFEST)
                    .ifPresent(manifest -> {
                        check(manifest, expected);
                        readable.add(manifest);
                    });
        }
        for (Path file : lake.files(LakeLayout.MANIFESTS, "")) {
            if (number(file).isEmpty()) {
                findings.tell("It is no manifest", "Move it away", file);
            }
        }
        return readable;
    }

    private void check(Manifest manifest, long number) {
        String key = LakeLayout.manifest(number);
        if (manifest.number() != number) {
            findings.tell("It says that it is number " + manifest.number(), Mend.MANIFEST, key);
        }
        if (!manifest.counts().reconciles()) {
            findings.tell(
                    "The counts of run " + manifest.runId() + " do not add up: " + manifest.counts(),
                    Mend.MANIFEST,
                    key);
        }
        quarantine(manifest);
    }

    /** The newest that anything speaks of: a manifest itself, or a mark that was written after it. */
    private long newest() {
        long newest = 0;
        for (String prefix : List.of(LakeLayout.MANIFESTS, LakeLayout.CATALOG_MARKS, LakeLayout.REPORT_POINTERS)) {
            for (Path file : lake.files(prefix, ".json")) {
                newest = Math.max(newest, number(file).orElse(0L));
            }
        }
        return newest;
    }

    private static Optional<Long> number(Path file) {
        String name = file.getFileName().toString();
        return name.matches("\\d{9}\\.json") ? Optional.of(Long.valueOf(name.substring(0, 9))) : Optional.empty();
    }

    private record Bad(String reason) {}

    private void quarantine(Manifest manifest) {
        Map<String, Long> told = manifest.counts().quarantined();
        int attempt = manifest.partitions().stream()
                .filter(p -> p.runId().equals(manifest.runId()))
                .mapToInt(Manifest.Partition::attempt)
                .findFirst()
                .orElseGet(() -> attempts(manifest.runId()));
        String folder = LakeLayout.quarantine(manifest.runId(), attempt);
        Map<String, Long> found = new TreeMap<>();
        List<Path> files = lake.files(folder, ".json");
        for (Path file : files) {
            findings.read(
                            file,
                            "quarantine",
                            Mend.QUARANTINE,
                            bytes -> Findings.text(bytes)
                                    .lines()
                                    .map(line -> io.thermolake.RecordJson.gson().fromJson(line, Bad.class))
                                    .toList())
                    .ifPresent(bad -> bad.forEach(
                            b -> found.merge(String.valueOf(b == null ? null : b.reason()), 1L, Long::sum)));
        }
        if (!found.equals(told)) {
            Path[] named = files.isEmpty() ? new Path[] {lake.bucket().resolve(folder)} : files.toArray(new Path[0]);
            findings.tell(
                    "Manifest %d says %s were quarantined, here are %s".formatted(manifest.number(), told, found),
                    Mend.QUARANTINE,
                    named);
        }
    }

    /** Where all records of a run were bad no partition tells its attempt: the last one. */
    private int attempts(String run) {
        int attempt = 1;
        while (java.nio.file.Files.isDirectory(lake.bucket().resolve(LakeLayout.quarantine(run, attempt + 1)))) {
            attempt++;
        }
        return attempt;
    }
}
