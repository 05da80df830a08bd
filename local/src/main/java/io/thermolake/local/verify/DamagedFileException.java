package io.thermolake.local.verify;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file of the lake cannot be read as what it should be. */
public final class DamagedFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String why;

    DamagedFileException(Path file, String why, @Nullable Throwable cause) {
        super(file + ": " + why, cause);
        this.why = why;
    }

    String why() {
        return why;
    }
}
