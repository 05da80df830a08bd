package io.thermolake.local.cloud;

import java.nio.file.Path;

/** Another process runs a cloud on this data folder. */
public final class FolderBusyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FolderBusyException(Path folder) {
        super("Another process runs a laptop cloud on " + folder);
    }
}
