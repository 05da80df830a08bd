package io.thermolake.local.athena;

import io.thermolake.local.s3.Buckets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The files that one statement reads, as they were when it was planned. */
final class StatementFiles {
    private final Buckets buckets;
    private final Map<String, Map<Path, String>> seen = new HashMap<>();

    StatementFiles(Buckets buckets) {
        this.buckets = buckets;
    }

    /** @param location an s3:// URI; @return its files, sorted */
    List<Path> files(String location) {
        Map<Path, String> stamps = stamps(location);
        seen.put(location, stamps);
        return stamps.keySet().stream().sorted().toList();
    }

    /** Whether a file has come, gone or changed since: an error in reading may have come of it. */
    boolean isStale() {
        return seen.entrySet().stream().anyMatch(e -> !e.getValue().equals(stamps(e.getKey())));
    }

    private Map<Path, String> stamps(String location) {
        return buckets.files(location).stream()
                .collect(Collectors.toMap(
                        f -> f, f -> f.toFile().length() + "@" + f.toFile().lastModified()));
    }
}
