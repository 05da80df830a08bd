package io.thermolake.local.cli;

import io.thermolake.lake.LakeLayout;
import io.thermolake.lake.Manifest;
import io.thermolake.local.verify.LakeFiles;
import io.thermolake.reading.RawFile;
import io.thermolake.reading.RawRecord;
import io.thermolake.reading.Timestamps;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The newest reading that a bucket holds, in its lake or on the way there. A reading that lies in the future is none.
 *
 * @param bucket the folder of the bucket's files
 * @param latest what is later lies in the future
 * @param enough a reading as late as this ends the search
 */
record NewestReading(Path bucket, Instant latest, Instant enough) {
    /** What was put while a run began was not read by it. */
    private static final Duration BEFORE_COMMIT = Duration.ofHours(1);

    /** Looks through the lake's last day and all that came since its last commit. */
    Optional<Instant> find() {
        Optional<Instant> arrived = arrived(List.of(LakeLayout.LIVE, LakeLayout.HISTORY));
        if (arrived.isPresent() && !arrived.get().isBefore(enough)) {
            return arrived;
        }
        return Stream.concat(arrived.stream(), newest(lastDay()).stream()).max(Instant::compareTo);
    }

    /** Looks through what came to these prefixes since the last commit. */
    Optional<Instant> arrived(List<String> prefixes) {
        Instant since = new LakeFiles(bucket)
                .manifest()
                .map(m -> m.committedAt().minus(BEFORE_COMMIT))
                .orElse(Instant.MIN);
        // The latest first: in a folder whose sensors send now, one file is enough.
        return newest(prefixes.stream()
                .flatMap(prefix -> walk(bucket.resolve(prefix)))
                .filter(f -> modified(f).isAfter(since))
                .sorted(Comparator.comparing(NewestReading::modified).reversed())
                .toList());
    }

    private List<Path> lastDay() {
        return new LakeFiles(bucket)
                .manifest().stream()
                        .flatMap(m -> m.partitions().stream())
                        .max(Comparator.comparing(Manifest.Partition::date))
                        .map(day -> day.rooms().keySet().stream()
                                .flatMap(room -> walk(bucket.resolve(day.location(room))))
                                .toList())
                        .orElse(List.of());
    }

    private Optional<Instant> newest(List<Path> files) {
        long newest = Long.MIN_VALUE;
        for (Path file : files) {
            newest = Math.max(newest, newest(file));
            if (newest >= enough.getEpochSecond()) {
                break;
            }
        }
        return newest == Long.MIN_VALUE ? Optional.empty() : Optional.of(Instant.ofEpochSecond(newest));
    }

    private static Stream<Path> walk(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk
                    .filter(f -> !String.valueOf(f.getFileName()).matches("[._].*"))
                    .filter(Files::isRegularFile)
                    .toList()
                    .stream();
        } catch (IOException | UncheckedIOException e) {
            return Stream.empty();
        }
    }

    private static Instant modified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException e) {
            return Instant.MIN;
        }
    }

    private long newest(Path file) {
        long newest = Long.MIN_VALUE;
        String name = file.toString();
        boolean csv = name.endsWith(".csv") || name.endsWith(".csv.gz");
        try (InputStream in = Files.newInputStream(file);
                RawFile records = new RawFile(in, csv ? "csv" : "json")) {
            while (records.hasNext()) {
                OptionalLong second = second(records.next());
                if (second.isPresent() && second.getAsLong() <= latest.getEpochSecond()) {
                    newest = Math.max(newest, second.getAsLong());
                }
            }
        } catch (IOException | UncheckedIOException e) {
            // What cannot be read is the run's to tell of.
            return newest;
        }
        return newest;
    }

    private static OptionalLong second(RawRecord record) {
        String time = record.value("timestamp");
        return time.isEmpty() || record.value("temperature").isEmpty()
                ? OptionalLong.empty()
                : Timestamps.epochSecond(time);
    }
}
