package io.thermolake.model;

import io.thermolake.lake.Sha256;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Names of things outside the lake. They follow from the run, so a step that is repeated meets what it started before
 * instead of starting it twice. SageMaker allows 63 letters, digits and '-'; a run's id may be longer, so it is hashed.
 */
public final class SageMakerNames {
    /** Every name begins with it: it is how the sweeper finds ours. */
    public static final String PREFIX = "tl-";

    private static final int HASH_LENGTH = 32;
    private static final DateTimeFormatter VERSION_TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private SageMakerNames() {}

    /**
     * The training job of one version of one room in one run.
     *
     * @param attempt counts from 0; a job's name is never free again, so after a failed or stopped job the next is needed
     */
    public static String trainingJob(String runId, String roomId, String version, int attempt) {
        String name = runId + "/" + roomId + "/" + version + (attempt == 0 ? "" : "/" + attempt);
        return PREFIX + Sha256.of(name).substring(0, HASH_LENGTH);
    }

    /** The run's endpoint, and its configuration and model too: they are one another's only users. */
    public static String endpoint(String runId) {
        return PREFIX + Sha256.of(runId + "/").substring(0, HASH_LENGTH);
    }

    /** The endpoint that outlives its run, where the stack keeps one. */
    public static String keptEndpoint(String bucket) {
        return PREFIX + Sha256.of("kept/" + bucket).substring(0, HASH_LENGTH);
    }

    /**
     * A model's version: when by the run's idea of the present, and what it learned. The same rows at the same present
     * give the same version, however often the run is killed and repeated; versions sort by time.
     *
     * @param features the training rows as CSV
     */
    public static String version(Instant now, String features) {
        return VERSION_TIME.format(now) + "-" + Sha256.of(features).substring(0, 8);
    }
}
