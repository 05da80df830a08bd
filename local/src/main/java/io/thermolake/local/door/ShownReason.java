package io.thermolake.local.door;

import java.nio.file.FileSystemException;

/** Why something failed, for those who are not to see where it lies on this machine. */
public final class ShownReason {
    private ShownReason() {}

    /** The innermost cause's message; of the file system's only the reason, since the message begins with an absolute path. */
    public static String withoutPath(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        if (root instanceof FileSystemException file) {
            return file.getReason() == null ? file.getClass().getSimpleName() : file.getReason();
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }
}
