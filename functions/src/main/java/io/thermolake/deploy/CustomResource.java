package io.thermolake.deploy;

import java.util.Arrays;
import java.util.List;

/** The custom resources that the template may have, each with the properties that it reads. */
enum CustomResource {
    JobsJar(true, "Bucket"),
    JobScript(true, "Bucket", "Script"),
    GlueStudioJob(true, "JobName", "Graph", "Bucket", "Role", "WorkerType", "NumberOfWorkers", "TimeoutMinutes"),
    AthenaQueries(true, "Workgroup", "Database"),
    NetworkCheck(false, "NetworkCidr", "PeerCidr"),
    LakeData(false, "Bucket", "OnDelete");

    private static final String PREFIX = "Custom::";

    private final boolean ofCode;
    private final List<String> properties;

    CustomResource(boolean ofCode, String... properties) {
        this.ofCode = ofCode;
        this.properties = List.of(properties);
    }

    /** @throws IllegalArgumentException for a type that is not made here, naming those that are */
    static CustomResource of(String type) {
        return Arrays.stream(values())
                .filter(resource -> resource.type().equals(type))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        type + " is not made here; " + PREFIX + Arrays.toString(values()) + " are"));
    }

    /** As the template names it. */
    String type() {
        return PREFIX + name();
    }

    /** Whether it is made of what lies in the function's code, so that new code has to make it anew. */
    boolean ofCode() {
        return ofCode;
    }

    /** What the template has to give to it. */
    List<String> properties() {
        return properties;
    }
}
