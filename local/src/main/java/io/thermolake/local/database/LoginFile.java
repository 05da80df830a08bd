package io.thermolake.local.database;

import com.google.gson.JsonParseException;
import io.thermolake.RecordJson;
import io.thermolake.local.aws.WholeFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/** A login of the data folder's own database, made once and kept in a file that only its owner reads. */
final class LoginFile {
    private LoginFile() {}

    /**
     * The login that a file holds; made, with a random password, where there is no file.
     *
     * @throws IllegalStateException when the file is broken, saying what to do
     */
    static DatabaseService.Login of(Path file, String user) {
        try {
            if (Files.exists(file)) {
                DatabaseService.Login known =
                        RecordJson.gson().fromJson(Files.readString(file), DatabaseService.Login.class);
                if (known == null || known.user() == null || known.password() == null) {
                    throw new JsonParseException("it is empty or half");
                }
                return known;
            }
            byte[] random = new byte[16];
            new SecureRandom().nextBytes(random);
            DatabaseService.Login fresh =
                    new DatabaseService.Login(user, HexFormat.of().formatHex(random));
            WholeFiles.write(file, RecordJson.gson().toJson(fresh));
            WholeFiles.onlyOwner(file);
            return fresh;
        } catch (IOException e) {
            throw new UncheckedIOException("The database's login cannot be read from " + file, e);
        } catch (JsonParseException e) {
            throw new IllegalStateException(
                    "The database's login in " + file
                            + " is broken; put a good copy in its place, or remove the folder " + file.getParent()
                            + " to begin with a new database",
                    e);
        }
    }
}
