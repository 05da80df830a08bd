package io.thermolake.local.aws;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** File systems that hold no programs: a native library cannot be loaded from one that is mounted noexec. */
public final class Mounts {
    private static final Path TABLE = Path.of("/proc/self/mounts");

    private Mounts() {}

    /** @param folder may be still to be made; false where the system has no table of mounts that says so */
    public static boolean isNoexec(Path folder) {
        Path real = folder.toAbsolutePath().normalize();
        try {
            Path there = real;
            while (!Files.exists(there) && there.getParent() != null) {
                there = there.getParent();
            }
            return Files.isReadable(TABLE) && isNoexec(there.toRealPath(), Files.readAllLines(TABLE));
        } catch (IOException e) {
            return false;
        }
    }

    /** @param table lines of device, mount point, type and options; a later one lies above an earlier one */
    static boolean isNoexec(Path folder, List<String> table) {
        int longest = -1;
        boolean noexec = false;
        for (String line : table) {
            String[] fields = line.split(" ", 5);
            if (fields.length < 4) {
                continue;
            }
            Path point = Path.of(unescaped(fields[1]));
            if (folder.startsWith(point) && point.getNameCount() >= longest) {
                longest = point.getNameCount();
                noexec = List.of(fields[3].split(",")).contains("noexec");
            }
        }
        return noexec;
    }

    private static String unescaped(String point) {
        return point.replace("\\040", " ")
                .replace("\\011", "\t")
                .replace("\\012", "\n")
                .replace("\\134", "\\");
    }
}
