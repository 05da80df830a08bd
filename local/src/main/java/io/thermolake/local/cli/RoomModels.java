package io.thermolake.local.cli;

import io.thermolake.PipelineException;
import io.thermolake.lake.Manifest;
import io.thermolake.lake.store.LakeStore;
import io.thermolake.lake.store.Manifests;
import io.thermolake.model.store.Models;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import software.amazon.awssdk.services.s3.S3Client;

/** What the commands on models have in common: a cloud, and a lake in it. */
abstract class RoomModels implements Callable<Integer> {
    @Mixin
    CloudFlags flags = new CloudFlags();

    @Override
    public Integer call() {
        try (CloudSession session = CloudSession.open(flags.existing(1))) {
            LakeStore store = new LakeStore(session.client(S3Client.builder()), session.fact("bucket"));
            on(store, new Models(store), new Console(flags.json));
            return 0;
        } catch (PipelineException e) {
            // Its message is a sentence for the one who asked, and nothing was changed.
            throw new CommandException(String.valueOf(e.getMessage()), e);
        }
    }

    abstract void on(LakeStore store, Models models, Console console);

    /** @throws CommandException when the lake has no reading of the room */
    static void known(LakeStore store, String room) {
        Set<String> rooms = new TreeSet<>();
        new Manifests(store)
                .newest()
                .map(Manifest::partitions)
                .orElse(List.of())
                .forEach(p -> rooms.addAll(p.rooms().keySet()));
        if (!rooms.contains(room)) {
            throw new CommandException("The lake has no room %s; it has %s"
                    .formatted(room, rooms.isEmpty() ? "none" : String.join(", ", rooms)));
        }
    }
}
