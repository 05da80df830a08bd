package io.thermolake.local.cli;

import io.thermolake.lake.LakeLayout;
import io.thermolake.lake.Manifest;
import io.thermolake.local.sample.Sample;
import io.thermolake.local.sample.SampleSender;
import io.thermolake.local.verify.LakeFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whose data a data folder holds, by what is in it: the one rule that keeps the made-up sample and a user's own data
 * apart, since in one folder they are one lake. The sample is there when it was sent, or when its sending has begun. Own
 * data is there when a command marked the folder (files, a database, sensors), and when the bucket or Firehose holds
 * anything that the sample has not sent: whoever put it there. The sample is sent only into a folder with neither, and
 * commands that bring own data refuse a folder with the sample.
 *
 * @param sample whether the sample is there, whole or in part
 * @param own what of it is the user's own, or null when nothing is
 */
record FolderContents(boolean sample, @Nullable String own) {
    private static final String SENSORS = "readings of ./thermolake sensor";
    private static final List<String> RAW = List.of(LakeLayout.HISTORY, LakeLayout.LIVE, "raw/imported/");

    static FolderContents of(Path data) {
        boolean sample = SampleSender.hasBegun(data);
        return new FolderContents(sample, own(data, sample));
    }

    private static @Nullable String own(Path data, boolean sample) {
        if (Files.exists(data.resolve(OwnData.MARKER))) {
            return "files or a database of yours";
        }
        if (Files.exists(data.resolve(SensorCommand.MARKER))) {
            return SENSORS;
        }
        for (Path bucket : folders(data.resolve("s3"))) {
            String found = sample ? beside(bucket) : anything(bucket);
            if (found != null) {
                return found;
            }
        }
        return sample
                ? null
                : any(data.resolve("state/firehose"), f -> f.toString().endsWith(".spool") && hasBytes(f))
                        .map(f -> "readings that Firehose has not delivered yet")
                        .orElse(null);
    }

    private static @Nullable String anything(Path bucket) {
        for (String prefix : RAW) {
            Optional<Path> found = any(bucket.resolve(prefix), f -> true);
            if (found.isPresent()) {
                return bucket.relativize(found.get()).toString();
            }
        }
        return any(bucket.resolve(LakeLayout.MANIFESTS), f -> true)
                .map(f -> "a lake")
                .orElse(null);
    }

    /** What lies beside the sample: files that it has not, rooms and days of the lake that it has not. */
    private static @Nullable String beside(Path bucket) {
        Optional<Path> file =
                any(bucket.resolve(LakeLayout.HISTORY), f -> !Sample.isHistoryFile(String.valueOf(f.getFileName())));
        if (file.isPresent()) {
            return bucket.relativize(file.get()).toString();
        }
        for (Manifest.Partition day :
                new LakeFiles(bucket).manifest().map(Manifest::partitions).orElse(List.of())) {
            if (!Sample.hasDay(day.day())) {
                return "readings of " + day.date();
            }
            for (String room : day.rooms().keySet()) {
                if (!Sample.hasRoom(room)) {
                    return "readings of the room " + room;
                }
            }
        }
        return null;
    }

    /** The same with what clients have sent beside the sample and no run has read: it is later than all of the sample. */
    FolderContents withArrived(Path bucket, Instant clock) {
        if (!sample || own != null) {
            return this;
        }
        return new NewestReading(bucket, clock, Sample.NOW)
                .arrived(List.of(LakeLayout.LIVE))
                .filter(newest -> !newest.isBefore(Sample.NOW))
                .map(newest -> new FolderContents(
                        true, "readings of " + newest.toString().substring(0, 10)))
                .orElse(this);
    }

    /** Whether there is nothing but what {@code ./thermolake sensor} has made up, so that it may make up more. */
    boolean takesMadeUpReadings() {
        return own == null || own.equals(SENSORS);
    }

    /** Whether the sample may be sent, or its sending may go on. */
    boolean takesSample() {
        return own == null;
    }

    boolean isMixed() {
        return sample && own != null;
    }

    /** @throws CommandException when the folder holds the sample, beside which own data must not come */
    void refuseBesideSample(Path data, String what) {
        if (sample) {
            throw new CommandException(
                    "The data folder %s holds the sample; give %s another one with --data FOLDER, or ./thermolake clean first"
                            .formatted(data, what));
        }
    }

    /** What is told of a folder that holds both, at each run. */
    Optional<String> mixedWarning(Path data) {
        return isMixed()
                ? Optional.of(
                        "%s holds the made-up sample and data that is not the sample's (%s), and they are one lake. Bring your own data into a new folder with --data FOLDER; ./thermolake clean --data %s deletes this one"
                                .formatted(data, own, data))
                : Optional.empty();
    }

    private static boolean hasBytes(Path file) {
        try {
            return Files.size(file) > 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static List<Path> folders(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> list = Files.list(folder)) {
            return list.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("listing " + folder + " failed", e);
        }
    }

    /** Some file; what begins with '.' is none of the bucket's objects. */
    private static Optional<Path> any(Path folder, Predicate<Path> wanted) {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(f -> !String.valueOf(f.getFileName()).startsWith("."))
                    .filter(Files::isRegularFile)
                    .filter(wanted)
                    .findFirst();
        } catch (IOException | UncheckedIOException e) {
            // A file that a running cloud takes away meanwhile.
            return Optional.empty();
        }
    }
}
