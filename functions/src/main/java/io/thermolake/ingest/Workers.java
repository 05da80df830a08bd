package io.thermolake.ingest;

/**
 * The workers of a job run by the bytes that it reads.
 *
 * @param type Glue's worker type
 * @param number of workers, the driver included; Glue's least is 2
 */
record Workers(String type, int number) {
    private static final long BYTES_A_WORKER = 2L << 30;
    private static final int MOST_SMALL = 10;
    private static final int MOST = 50;

    /**
     * A worker more for each 2 GiB; above ten, half as many of the double size.
     *
     * @param bytes as they lie in S3, compressed or not
     */
    static Workers forBytes(long bytes) {
        int number = (int) Math.min(2L * MOST, 2 + bytes / BYTES_A_WORKER);
        return number <= MOST_SMALL
                ? new Workers("G.1X", number)
                : new Workers("G.2X", Math.min(MOST, (number + 1) / 2));
    }
}
