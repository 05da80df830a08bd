package io.thermolake.local.athena;

import io.thermolake.local.aws.WholeFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder for what queries cannot keep in memory. DuckDB empties it at a query's end, a killed process does not. */
final class Spill {
    private Spill() {}

    /** @return the folder, without what an earlier process left in it */
    static Path emptied(Path folder) {
        try {
            if (Files.exists(folder)) {
                WholeFiles.delete(folder);
            }
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The folder for Athena's memory on the disk, " + folder + ", cannot be emptied", e);
        }
    }
}
