package io.thermolake.local.child;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Writes the class-data archive of this JVM on demand. {@code -XX:ArchiveClassesAtExit} would do it at every end, the one
 * for which the parent's death is the reason, too: for many seconds, and while other threads run for ever.
 */
final class ClassArchive {
    /** The JVM must be told at its start that its classes may be archived. */
    static final String OPTION = "-XX:+RecordDynamicDumpInfo";

    private ClassArchive() {}

    /**
     * Writes the archive under a name with the process id, and gives it its own when it is whole: nobody ever loads a half
     * one, and of two at once the last one stays. Whatever goes wrong is told and is no more than a slower start next time.
     */
    static void leave(Path archive) {
        long pid = ProcessHandle.current().pid();
        Path fresh = archive.resolveSibling(archive.getFileName() + "." + pid);
        try {
            sweep(archive);
            ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "vmCds",
                            new Object[] {new String[] {"dynamic_dump", "\"" + fresh + "\""}},
                            new String[] {String[].class.getName()});
            Files.move(fresh, archive, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | JMException | RuntimeException e) {
            System.err.println("No class-data archive " + archive + ": " + e);
        }
    }

    /** What others began, who died over it. */
    private static void sweep(Path archive) throws IOException {
        String begin = archive.getFileName() + ".";
        try (DirectoryStream<Path> begun = Files.newDirectoryStream(archive.getParent(), begin + "*")) {
            for (Path file : begun) {
                String pid =
                        file.getFileName().toString().substring(begin.length()).replaceFirst("\\D.*", "");
                if (!pid.isEmpty() && ProcessHandle.of(Long.parseLong(pid)).isEmpty()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
