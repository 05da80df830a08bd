package io.thermolake.local.cli;

import io.thermolake.local.cloud.CloudOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every command with a cloud has. */
final class CloudFlags {
    @Option(names = "--data", paramLabel = "FOLDER", description = "The data folder (default: ${DEFAULT-VALUE}).")
    Path data = Path.of(".thermolake");

    @Option(names = "--json", description = "One machine-readable object on stdout; lines for people go to stderr.")
    boolean json;

    @Option(
            names = "--database-url",
            paramLabel = "JDBC",
            description =
                    "An external database of yours instead of the sample's, with --database-user and --database-password; never in a folder with the sample.")
    @Nullable
    String databaseUrl;

    @Option(names = "--database-user", paramLabel = "USER", description = "Its user.")
    String databaseUser = "";

    @Option(
            names = "--database-password",
            paramLabel = "PASSWORD",
            interactive = true,
            arity = "0..1",
            description = "Its password; asked for when no value is given.")
    char[] databasePassword = new char[0];

    @Option(
            names = "--parameter",
            paramLabel = "NAME=VALUE",
            description = "Of the template, such as Detector=embedded; may be repeated.")
    Map<String, String> parameters = new LinkedHashMap<>();

    /** Where the launcher says that the template lies. */
    static Path home() {
        Path home = Path.of(System.getProperty("thermolake.home", "."))
                .toAbsolutePath()
                .normalize();
        if (!Files.exists(home.resolve("template.yaml"))) {
            throw new CommandException("There is no template.yaml in " + home + "; start ./thermolake of a clone");
        }
        return home;
    }

    /**
     * Marks the data folder as the user's own, before anything of theirs is in it.
     *
     * @throws CommandException when it holds the sample
     */
    void claim(String what) {
        FolderContents.of(data).refuseBesideSample(data, what);
        try {
            Files.createDirectories(data);
            Path marker = data.resolve(OwnData.MARKER);
            if (!Files.exists(marker)) {
                Files.createFile(marker);
            }
        } catch (IOException e) {
            throw new CommandException("The data folder " + data + " cannot be made: " + e, e);
        }
    }

    /**
     * For commands that ask and bring nothing.
     *
     * @throws CommandException when there is no such data folder: a mistyped one would answer that nothing is there
     */
    CloudOptions existing(double timeScale) {
        if (!Files.isDirectory(data)) {
            throw new CommandException("There is no data folder " + data + "; ./thermolake run makes one");
        }
        return options(timeScale, 0, 0);
    }

    CloudOptions options(double timeScale, int port, int mqttPort) {
        if (databaseUrl != null) {
            claim("a database of yours");
        }
        FolderContents contents = FolderContents.of(data);
        CloudOptions.Database database = databaseUrl != null
                ? new CloudOptions.Database(true, databaseUrl, databaseUser, new String(databasePassword))
                : contents.takesSample() || contents.sample()
                        ? CloudOptions.Database.own()
                        : CloudOptions.Database.none();
        return new CloudOptions(home(), data, port, mqttPort, timeScale, database).with(parameters);
    }
}
