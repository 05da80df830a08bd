package io.thermolake.local.cli;

import io.thermolake.local.aws.CloudFolder;
import io.thermolake.local.aws.Scratch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.s3.S3Client;

/** The files that a run brings: read whole before its cloud starts, so that bad ones are refused, and put when it is there. */
final class OwnFiles implements AutoCloseable {
    private final List<Scratch> scratch = new ArrayList<>();
    private @Nullable HistoryFile history;
    private @Nullable LiveFile live;

    private OwnFiles() {}

    /** @throws CommandException when a file cannot be brought, with why; then nothing of any is left */
    static OwnFiles read(Path data, @Nullable Path history, @Nullable Path live, OwnData own) {
        if (history != null) {
            UserFile.check(history);
        }
        if (live != null) {
            UserFile.check(live);
        }
        OwnFiles files = new OwnFiles();
        boolean fresh = !Files.exists(data);
        boolean read = false;
        try {
            if (history != null) {
                files.history = HistoryFile.of(history, own, files.copy(data));
            }
            if (live != null) {
                files.live = LiveFile.of(live, files.copy(data));
            }
            read = true;
            return files;
        } finally {
            if (!read) {
                files.close();
                if (fresh) {
                    Path all = Scratch.all(data);
                    List.of(all.resolve("lock"), all, data).forEach(OwnFiles::delete);
                }
            }
        }
    }

    /** Beside the lake, not in the system's folder for such files: that is often small. */
    private Path copy(Path data) {
        try {
            CloudFolder.make(data);
            if (scratch.isEmpty()) {
                scratch.add(Scratch.open(data));
            }
            return Files.createTempFile(scratch.get(0).part("incoming"), "", ".tmp");
        } catch (IOException | UncheckedIOException e) {
            throw new CommandException("The data folder " + data + " cannot be written to: " + e, e);
        }
    }

    void put(CloudSession session, Console console) {
        if (history != null) {
            HistoryPut.Put put =
                    new HistoryPut(session.client(S3Client.builder()), session.fact("bucket")).put(history);
            console.say(
                    put.isNew() ? "%s: %s lines into %s" : "%s: its %s lines are there already, in %s",
                    UserFile.shown(history.file()),
                    Console.count(history.rows()),
                    put.key());
            history.notes().forEach(note -> console.say("  %s", note));
        }
        if (live != null) {
            live.send(session.client(FirehoseClient.builder()), session.fact("Ingest.LiveStream"));
            session.control().call("Flush", Map.of());
            console.say("%s: %s lines through Firehose", UserFile.shown(live.file()), Console.count(live.rows()));
            live.notes().forEach(note -> console.say("  %s", note));
        }
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            // A copy that stays costs its place only, and a folder with something in it is to stay.
        }
    }

    @Override
    public void close() {
        scratch.forEach(CloudSession::close);
    }
}
