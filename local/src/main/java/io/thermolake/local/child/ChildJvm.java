package io.thermolake.local.child;

import java.io.File;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How a child JVM is started, so that it ends with this one whatever happens to either.
 *
 * @param archive of its classes: used if it is there, else left at the child's orderly end
 * @param temporary the child's folder for temporary files, or null for the system's
 * @param options of its own, such as {@code -Xmx1g}
 * @param classPath the jars and folders of its main class; the one of {@link Child} is added
 * @param mainClass whose {@code main} reads standard input and returns at its end
 */
public record ChildJvm(
        Path archive,
        @Nullable Path temporary,
        List<String> options,
        List<String> classPath,
        String mainClass,
        List<String> arguments) {
    public ChildJvm {
        options = List.copyOf(options);
        classPath = List.copyOf(classPath);
        arguments = List.copyOf(arguments);
    }

    /** For a process whose parent is this one. */
    public List<String> command() {
        List<String> paths = new ArrayList<>(classPath);
        String own = codeOf(Child.class);
        if (!paths.contains(own)) {
            paths.add(own);
        }
        boolean archived = Files.exists(archive);
        // The JVM archives no classes of folders, and ends at once when it is told to.
        boolean archives = !archived && paths.stream().allMatch(path -> path.endsWith(".jar"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Dfile.encoding=UTF-8",
                "-Dsun.jnu.encoding=UTF-8"));
        if (archived) {
            command.add("-XX:SharedArchiveFile=" + archive);
        } else if (archives) {
            command.add(ClassArchive.OPTION);
        }
        if (temporary != null) {
            command.add("-Djava.io.tmpdir=" + temporary);
        }
        command.addAll(options);
        command.addAll(List.of(
                "-cp",
                String.join(File.pathSeparator, paths),
                Child.class.getName(),
                Long.toString(ProcessHandle.current().pid()),
                archives ? archive.toString() : "-",
                mainClass));
        command.addAll(arguments);
        return command;
    }

    /** The jar or folder that a class comes from. */
    public static String codeOf(Class<?> type) {
        // By its URI: a blank in the path is %20 in the URL.
        return new File(URI.create(
                        type.getProtectionDomain().getCodeSource().getLocation().toString()))
                .getPath();
    }

    /**
     * Ends a child in order: its input ends, its main class returns, and a first one leaves its class-data archive, which
     * takes seconds. A child that is not through then is killed.
     *
     * @param input its standard input
     */
    public static void end(Process child, @Nullable OutputStream input, long seconds) {
        if (!child.isAlive()) {
            return;
        }
        try {
            if (input != null) {
                input.write(OrderlyInput.LAST);
                input.close();
            }
            if (!child.waitFor(seconds, TimeUnit.SECONDS)) {
                child.destroyForcibly();
            }
        } catch (java.io.IOException e) {
            child.destroyForcibly();
        } catch (InterruptedException e) {
            child.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
