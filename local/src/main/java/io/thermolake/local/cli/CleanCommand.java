package io.thermolake.local.cli;

import io.thermolake.local.aws.CloudFolder;
import io.thermolake.local.aws.WholeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Deletes the data folder. */
@Command(name = "clean", mixinStandardHelpOptions = true, description = "Delete the data folder: lake, models, state.")
final class CleanCommand implements Callable<Integer> {
    @Mixin
    CloudFlags flags = new CloudFlags();

    @Override
    public Integer call() throws IOException {
        Console console = new Console(flags.json);
        Path folder = flags.data;
        if (!Files.exists(folder)) {
            console.say("There is no data folder %s", folder);
            console.answer(Map.of("deleted", false));
            return 0;
        }
        // A folder that is no data folder is not ours to delete.
        if (!Files.isDirectory(folder.resolve("s3")) && !Files.exists(folder.resolve(OwnData.MARKER))) {
            throw new CommandException(folder + " is no data folder of thermolake; nothing was deleted");
        }
        CloudFolder taken = new CloudFolder(folder);
        if (!taken.lock()) {
            throw new CommandException("A laptop cloud runs on " + folder + "; end it first");
        }
        WholeFiles.delete(folder);
        taken.close();
        console.say("Deleted %s", folder);
        console.answer(Map.of("deleted", true));
        return 0;
    }
}
