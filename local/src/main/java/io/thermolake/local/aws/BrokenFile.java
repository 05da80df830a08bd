package io.thermolake.local.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of the cloud's own state that cannot be read. It is kept beside its place under a name that says so, and the cloud
 * goes on without it: one file must not keep everything else from starting. Who answers for what the file held says what is
 * lost, and looks at {@link JsonStore#lost} where an answer without it would be wrong.
 */
public final class BrokenFile {
    static final String SUFFIX = ".broken";

    private static final Logger LOG = LoggerFactory.getLogger(BrokenFile.class);

    private BrokenFile() {}

    /**
     * Moves the file aside and warns.
     *
     * @param lost what the file held, as the subject of a sentence
     * @return where it is now
     * @throws UncheckedIOException when it cannot be moved, naming it
     */
    public static Path moveAside(Path file, String lost, Exception why) {
        Path aside = file.resolveSibling(file.getFileName() + SUFFIX);
        for (int i = 2; Files.exists(aside); i++) {
            aside = file.resolveSibling(file.getFileName() + SUFFIX + "-" + i);
        }
        try {
            Files.move(file, aside);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The state file " + file + " is broken and cannot be moved aside; remove it by hand", e);
        }
        Throwable cause = why.getCause() == null ? why : why.getCause();
        LOG.warn(
                "{} is lost: the state file {} cannot be read ({}). It is kept as {}; the cloud goes on without it."
                        + " To have it back, stop the cloud and put a good copy in its place.",
                lost,
                file,
                String.valueOf(cause.getMessage()).lines().findFirst().orElse(""),
                aside.getFileName());
        return aside;
    }
}
