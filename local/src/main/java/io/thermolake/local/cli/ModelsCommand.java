package io.thermolake.local.cli;

import io.thermolake.lake.store.LakeStore;
import io.thermolake.model.CurrentModel;
import io.thermolake.model.ModelCard;
import io.thermolake.model.ModelVersion;
import io.thermolake.model.promotion.PutInUse;
import io.thermolake.model.store.Models;
import io.thermolake.model.store.Promotions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The rooms' models; what can be done with them are the commands below it. */
@Command(
        name = "models",
        mixinStandardHelpOptions = true,
        description =
                "List the rooms' models, show one, put one in use, roll back, or confirm a fault that no model is to"
                        + " learn from.",
        subcommands = {
            ModelsCommand.ListAll.class,
            ModelsCommand.Show.class,
            ModelsCommand.Promote.class,
            ModelsCommand.Rollback.class,
            ConfirmCommand.class
        })
final class ModelsCommand implements Runnable {
    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                java.util.Objects.requireNonNull(spec).commandLine(),
                "Say what to do with them: list, show, promote, rollback or confirm");
    }

    /** Those of a room, or of all. */
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "List the models of a room, or of all, the newest first; * is in use.")
    static final class ListAll extends RoomModels {
        @Parameters(index = "0", paramLabel = "ROOM", arity = "0..1", description = "Its models only.")
        @Nullable
        String room;

        @Override
        void on(LakeStore store, Models models, Console console) {
            List<Map<String, @Nullable Object>> all = new ArrayList<>();
            if (room != null) {
                known(store, room);
            }
            for (String each : room == null ? models.rooms() : List.of(room)) {
                List<ModelVersion> versions = models.versions(each);
                console.say("%s%s", each, versions.isEmpty() ? ": no model; its sensor's rules alone" : "");
                for (ModelVersion version : versions) {
                    ModelRow.lines(version).forEach(line -> console.say("%s", line));
                    all.add(ModelRow.json(each, version));
                }
            }
            console.answer(all);
        }
    }

    /** The whole card. */
    @Command(name = "show", mixinStandardHelpOptions = true, description = "Show all that is known of a version.")
    static final class Show extends RoomModels {
        @Parameters(index = "0", paramLabel = "ROOM")
        String room = "";

        @Parameters(index = "1", paramLabel = "VERSION", arity = "0..1", description = "Without it, the one in use.")
        @Nullable
        String version;

        @Override
        void on(LakeStore store, Models models, Console console) {
            known(store, room);
            String wanted = version == null
                    ? models.current(room)
                            .map(CurrentModel::version)
                            .orElseThrow(() -> new CommandException("Room " + room + " has no model in use"))
                    : version;
            ModelCard card = models.card(room, wanted)
                    .orElseThrow(() -> new CommandException(
                            "Room %s has no version %s; ./thermolake models list %s".formatted(room, wanted, room)));
            console.say("%s", Console.pretty(card));
            console.answer(card);
        }
    }

    /** By hand. */
    @Command(
            name = "promote",
            mixinStandardHelpOptions = true,
            description = "Put a version in use, whatever the rule said of it; the next run scores by it.")
    static final class Promote extends RoomModels {
        @Parameters(index = "0", paramLabel = "ROOM")
        String room = "";

        @Parameters(index = "1", paramLabel = "VERSION")
        String version = "";

        @Override
        void on(LakeStore store, Models models, Console console) {
            known(store, room);
            put(store, room, version, console);
        }
    }

    /** By hand, to the one before. */
    @Command(
            name = "rollback",
            mixinStandardHelpOptions = true,
            description = "Put the version in use again that was in use before; a second time undoes it.")
    static final class Rollback extends RoomModels {
        @Parameters(index = "0", paramLabel = "ROOM")
        String room = "";

        @Override
        void on(LakeStore store, Models models, Console console) {
            known(store, room);
            put(store, room, Promotions.PREVIOUS, console);
        }
    }

    private static void put(LakeStore store, String room, String version, Console console) {
        PutInUse done = new Promotions(store).byHand(room, version, Instant.now());
        console.say("%s: %s, %s", room, done.version(), done.reason());
        if (done.promoted()) {
            console.say("The next run scores all of its readings anew: ./thermolake run");
        }
        console.answer(done);
    }
}
