package io.thermolake.model.promotion;

import java.time.Duration;

/**
 * A fault that is injected into readings that are right. Its size is from the middle of what one has to look for to the least that
 * everybody sees, so that a model that only sees what is great is told from one that sees more. A fault need not last longer than
 * to its deadline: an offset of three days is one of a day, and a drift goes on beyond the days that are held back.
 */
public enum FaultKind {
    /** One reading, °C. */
    SPIKE(3, 4, 0, 0, 0),
    /** °C. */
    OFFSET(1.2, 2, 24, 24, 12),
    /** °C at the end of its seven days. */
    DRIFT(1.85, 2.5, 168, 168, 120),
    /** One value. */
    STUCK(0, 0, 9, 12, 0),
    /** No reading. */
    SILENT(0, 0, 6, 8, 0),
    /** °C that the room would lose in the end; two thirds of it in fifteen hours. */
    HEATING_OFF(5, 7, 10.5, 18, 12),
    /** Hours that the room's day is too early or too late. */
    WRONG_HOUR(5, 10, 48, 48, 24),
    /** The deviation of what is added to each reading, °C. */
    NOISE(0.45, 0.8, 12, 24, 0);

    /** A reading that never came, or came only once, may be told of after it is over. */
    private static final long AFTERWARDS = Duration.ofHours(2).toSeconds();

    private static final int ROWS_AFTERWARDS = 3;

    final double leastSize;
    final double mostSize;
    final double leastHours;
    final double mostHours;
    private final double hoursToFind;

    FaultKind(double leastSize, double mostSize, double leastHours, double mostHours, double hoursToFind) {
        this.leastSize = leastSize;
        this.mostSize = mostSize;
        this.leastHours = leastHours;
        this.mostHours = mostHours;
        this.hoursToFind = hoursToFind;
    }

    /**
     * Seconds after its start until which it has to be found.
     *
     * @param length of the fault in seconds
     * @param interval between two readings in seconds
     */
    long deadline(long length, double interval) {
        if (this == SPIKE || this == SILENT) {
            return length + (long) Math.max(AFTERWARDS, ROWS_AFTERWARDS * interval);
        }
        return hoursToFind == 0 ? length : Math.min(length, (long) (hoursToFind * 3600));
    }
}
