package io.thermolake.model.training;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an instance type's storage is. */
final class InstanceVolume {
    private static final Pattern TYPE = Pattern.compile("ml\\.([a-z]+)(\\d+)([a-z-]*)\\.[a-z0-9]+");
    private static final Set<String> GENERAL = Set.of("t", "m", "c", "r", "inf");
    private static final Set<String> OLD_GPU = Set.of("p2", "p3");

    private InstanceVolume() {}

    /**
     * Whether the volume may be encrypted by a key of ours. Types with disks of their own (a d after the generation, the
     * newer GPUs) encrypt them in hardware, and SageMaker refuses a request that names a key for them. A type that is not
     * known here is taken for one of these.
     *
     * @param type such as ml.m5.large
     */
    static boolean takesKey(String type) {
        Matcher parts = TYPE.matcher(type);
        return parts.matches()
                && !parts.group(3).contains("d")
                && (GENERAL.contains(parts.group(1)) || OLD_GPU.contains(parts.group(1) + parts.group(2)));
    }
}
