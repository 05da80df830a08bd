package io.thermolake.extract;

import io.thermolake.reading.Reading;

/**
 * A checksum over readings that does not depend on their order: equal sums mean the same readings, each as often, but for a
 * chance of one in 2^128.
 */
final class ReadingSum {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    /** Records of any kind, good ones and others. */
    long records;

    private long readings;
    private long first;
    private long second;

    void add(Reading reading) {
        long hash = reading.epochSecond();
        for (int i = 0; i < reading.roomId().length(); i++) {
            hash = mixed(hash + reading.roomId().charAt(i));
        }
        hash = mixed(hash ^ Double.doubleToLongBits(reading.celsius()));
        readings++;
        first += hash;
        second += mixed(hash + GOLDEN);
    }

    void add(ReadingSum other) {
        records += other.records;
        readings += other.readings;
        first += other.first;
        second += other.second;
    }

    boolean sameReadings(ReadingSum other) {
        return readings == other.readings && first == other.first && second == other.second;
    }

    boolean isEmpty() {
        return readings == 0;
    }

    String text() {
        return records + " " + readings + " " + first + " " + second;
    }

    static ReadingSum parse(String text) {
        String[] parts = text.split(" ");
        ReadingSum sum = new ReadingSum();
        sum.records = Long.parseLong(parts[0]);
        sum.readings = Long.parseLong(parts[1]);
        sum.first = Long.parseLong(parts[2]);
        sum.second = Long.parseLong(parts[3]);
        return sum;
    }

    /** SplitMix64's finisher: each bit of the input moves half of the output's. */
    private static long mixed(long value) {
        long z = value + GOLDEN;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
