package io.thermolake.local.cli;

import io.thermolake.local.aws.CloudFolder;
import io.thermolake.local.cloud.CloudOptions;
import io.thermolake.local.database.DatabaseService;
import io.thermolake.local.database.JdbcUrl;
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
                    "An external database of yours instead of the sample's, with --database-user and its password; never in a folder with the sample.")
    @Nullable
    String databaseUrl;

    @Option(names = "--database-user", paramLabel = "USER", description = "Its user.")
    String databaseUser = "";

    @Option(
            names = "--database-password",
            paramLabel = "PASSWORD",
            arity = "0..1",
            fallbackValue = "",
            description = "Asks for its password. A value given here is seen by every user of the machine.")
    @Nullable
    String databasePassword;

    @Option(
            names = "--database-password-file",
            paramLabel = "FILE",
            description = "Its password is the first line of this file. Else it is in "
                    + DatabaseService.PASSWORD_VARIABLE + ".")
    @Nullable
    Path databasePasswordFile;

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
            CloudFolder.make(data);
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
        } else if (databasePassword != null || databasePasswordFile != null) {
            throw new CommandException("A database's password is given without --database-url, which says whose it is");
        }
        FolderContents contents = FolderContents.of(data);
        CloudOptions.Database database = databaseUrl != null
                ? external(databaseUrl)
                : contents.takesSample() || contents.sample()
                        ? CloudOptions.Database.own()
                        : CloudOptions.Database.none();
        return new CloudOptions(home(), data, port, mqttPort, timeScale, database).with(parameters);
    }

    private CloudOptions.Database external(String url) {
        if (JdbcUrl.hasPassword(url)) {
            throw new CommandException(
                    "The URL " + JdbcUrl.masked(url) + " of --database-url has a password in it, which"
                            + " every user of this machine can see; take it out and use --database-password,"
                            + " --database-password-file or the variable " + DatabaseService.PASSWORD_VARIABLE);
        }
        DatabasePassword password = new DatabasePassword(
                System.getenv(),
                () -> System.console() == null ? null : System.console().readPassword("Password of %s: ", databaseUser),
                System.err::println);
        return new CloudOptions.Database(true, url, databaseUser, password.of(databasePassword, databasePasswordFile));
    }
}
