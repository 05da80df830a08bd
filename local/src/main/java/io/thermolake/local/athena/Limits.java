package io.thermolake.local.athena;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Properties;

/**
 * What one query may take of this machine.
 *
 * @param memoryMegabytes of DuckDB, ≥ 64; what needs more goes to the disk
 * @param diskMegabytes of the data folder for that, ≥ 0
 * @param resultMegabytes of its result, ≥ 1
 * @param time from its start to its end, > 0
 */
record Limits(long memoryMegabytes, long diskMegabytes, long resultMegabytes, Duration time) {
    /** The longest text of a query, in bytes of UTF-8: Athena's quota. */
    static final int QUERY_BYTES = 262_144;

    private static final String PREFIX = "thermolake.query.";
    private static final Duration DEFAULT_TIME = Duration.ofMinutes(10);
    private static final long LEAST_MEMORY = 512;
    private static final long MOST_MEMORY = 4096;

    Limits {
        if (memoryMegabytes < 64 || diskMegabytes < 0 || resultMegabytes < 1 || time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("a query's limits are too small: memory " + memoryMegabytes
                    + " MB, disk " + diskMegabytes + " MB, result " + resultMegabytes + " MB, time " + time);
        }
    }

    /**
     * Those that {@code thermolake.query.memory}, {@code .disk}, {@code .result} (megabytes) and {@code .time} (ISO 8601, as
     * PT10M) set; else an eighth of this machine's memory, 16 GB of disk, 1 GB of result and ten minutes.
     *
     * @throws IllegalArgumentException when one of them cannot be read, naming it
     */
    static Limits of(Properties properties) {
        long memory = Math.max(LEAST_MEMORY, Math.min(MOST_MEMORY, machineMegabytes() / 8));
        return new Limits(
                megabytes(properties, "memory", memory),
                megabytes(properties, "disk", 16_384),
                megabytes(properties, "result", 1024),
                time(properties));
    }

    private static long machineMegabytes() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean machine
                ? machine.getTotalMemorySize() >> 20
                : 0;
    }

    private static long megabytes(Properties properties, String name, long otherwise) {
        String text = properties.getProperty(PREFIX + name);
        try {
            return text == null ? otherwise : Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(PREFIX + name + " is '" + text + "', and no number of megabytes", e);
        }
    }

    private static Duration time(Properties properties) {
        String text = properties.getProperty(PREFIX + "time");
        try {
            return text == null ? DEFAULT_TIME : Duration.parse(text);
        } catch (java.time.format.DateTimeParseException e) {
            throw new IllegalArgumentException(PREFIX + "time is '" + text + "', and no duration such as PT10M", e);
        }
    }
}
