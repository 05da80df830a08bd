package io.thermolake.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.thermolake.local.database.DatabaseService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where the password of a user's own database comes from. */
final class DatabasePassword {
    private final Map<String, String> environment;
    private final Supplier<char @Nullable []> prompt;
    private final Consumer<String> warning;

    /** @param prompt asks on the terminal; null where there is none */
    DatabasePassword(Map<String, String> environment, Supplier<char @Nullable []> prompt, Consumer<String> warning) {
        this.environment = environment;
        this.prompt = prompt;
        this.warning = warning;
    }

    /**
     * The password; an empty one when nobody gives one.
     *
     * @param option its value on the command line, "" for one that is to be asked for, null for none
     * @param file whose first line is the password, or null
     * @throws CommandException when two ways are given, or the one that is given gives none
     */
    String of(@Nullable String option, @Nullable Path file) {
        if (option != null && file != null) {
            throw new CommandException("Give --database-password or --database-password-file, not both");
        }
        if (file != null) {
            return read(file);
        }
        if (option == null) {
            return environment.getOrDefault(DatabaseService.PASSWORD_VARIABLE, "");
        }
        if (!option.isEmpty()) {
            warning.accept("The value of --database-password is seen by every user of this machine (ps) and kept by the"
                    + " shell's history; give it without a value to be asked, or use --database-password-file or the"
                    + " variable " + DatabaseService.PASSWORD_VARIABLE);
            return option;
        }
        char[] typed = prompt.get();
        if (typed == null) {
            throw new CommandException("There is no terminal to ask for the database's password; use"
                    + " --database-password-file FILE or the variable " + DatabaseService.PASSWORD_VARIABLE);
        }
        return new String(typed);
    }

    private String read(Path file) {
        try {
            PosixFileAttributeView rights = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            if (rights != null && rights.readAttributes().permissions().contains(PosixFilePermission.OTHERS_READ)) {
                warning.accept("Every user of this machine can read the password in " + file + "; chmod 600 shuts it");
            }
            String password = Files.readString(file, UTF_8).lines().findFirst().orElse("");
            if (password.isEmpty()) {
                throw new CommandException(
                        "The file of --database-password-file, " + file + ", has no password in its first line");
            }
            return password;
        } catch (IOException e) {
            throw new CommandException("The file of --database-password-file, " + file + ", cannot be read: " + e, e);
        }
    }
}
