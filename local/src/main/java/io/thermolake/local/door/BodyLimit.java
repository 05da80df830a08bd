package io.thermolake.local.door;

import java.util.Map;

/**
 * How long a body may be, in bytes: AWS's own limits where it names one.
 *
 * @param service that the request is signed for
 */
record BodyLimit(String service, long bytes) {
    private static final long MB = 1 << 20;
    /** S3's largest object of one PUT is 5 GiB; beside it, what signed chunks add. */
    private static final long PUT = (5L << 10) * MB + 64 * MB;
    /** Such as Glue, whose tables and scripts AWS does not bound by a number of bytes. */
    private static final long OTHERS = 16 * MB;

    private static final Map<String, Long> OF = Map.of("s3", PUT, "lambda", 6 * MB, "states", MB, "sagemaker", 25 * MB);

    static BodyLimit of(String service) {
        return new BodyLimit(service, OF.getOrDefault(service, OTHERS));
    }

    /** @throws Denied when there are more */
    void check(long size) {
        if (size > bytes) {
            throw new Denied(
                    Denial.TOO_LARGE, "Request must be smaller than " + bytes + " bytes for the service " + service);
        }
    }
}
