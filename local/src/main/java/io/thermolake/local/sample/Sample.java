package io.thermolake.local.sample;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The sample: 30 days of five rooms, a reading a minute, 216,000 different good readings, spread over three sources that
 * overlap, with what really happens on the way: readings sent twice or late, sources that disagree, broken records, and
 * two faults that a run must find. Nothing in it depends on the machine or the day.
 */
public final class Sample {
    public static final Instant FROM = Instant.parse("2026-03-01T00:00:00Z");
    /** The end of the sample, and the run's idea of the present. */
    public static final Instant NOW = Instant.parse("2026-03-31T00:00:00Z");

    static final Instant HISTORY_END = Instant.parse("2026-03-21T00:00:00Z");
    static final Instant DATABASE_START = Instant.parse("2026-03-15T00:00:00Z");
    static final Instant DATABASE_END = Instant.parse("2026-03-29T06:00:00Z");
    static final Instant LIVE_START = Instant.parse("2026-03-29T00:00:00Z");

    private static final Duration STEP = Duration.ofMinutes(1);
    private static final long SEED = 20260331;

    /** What goes wrong. */
    public static final List<SampleFault> FAULTS = List.of(
            new SampleFault(
                    "lab",
                    "heater",
                    Instant.parse("2026-03-30T08:00:00Z"),
                    Instant.parse("2026-03-30T14:00:00Z"),
                    "the heater is stuck on; the room needs some hours to cool down after it"),
            new SampleFault(
                    "storage",
                    "drift",
                    Instant.parse("2026-03-29T12:00:00Z"),
                    NOW,
                    "the sensor drifts, 0.4 degrees an hour"));

    private final Map<String, List<SampleReading>> rooms = new TreeMap<>();

    public Sample() {
        for (RoomClimate climate : RoomClimate.ROOMS) {
            rooms.put(climate.room(), month(climate));
        }
    }

    private static List<SampleReading> month(RoomClimate climate) {
        RoomClimate.Noise noise =
                new RoomClimate.Noise(SEED * 31 + climate.room().hashCode());
        List<SampleFault> faults =
                FAULTS.stream().filter(f -> f.room().equals(climate.room())).toList();
        List<SampleReading> month = new ArrayList<>();
        for (Instant t = FROM; t.isBefore(NOW); t = t.plus(STEP)) {
            double celsius = climate.at(t) + noise.next();
            for (SampleFault fault : faults) {
                celsius += fault.adds(t);
            }
            month.add(new SampleReading(t, climate.room(), (int) StrictMath.rint(celsius * 100)));
        }
        return month;
    }

    /** Whether the sample has a history file of this name. */
    public static boolean isHistoryFile(String name) {
        return LocalDate.ofInstant(FROM, ZoneOffset.UTC)
                .datesUntil(LocalDate.ofInstant(HISTORY_END, ZoneOffset.UTC))
                .anyMatch(day -> name.equals(day + ".csv"));
    }

    /** Whether the sample has readings of this UTC date. */
    public static boolean hasDay(LocalDate day) {
        Instant start = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        return !start.isBefore(FROM) && start.isBefore(NOW);
    }

    /** Whether the sample has this room. */
    public static boolean hasRoom(String room) {
        return RoomClimate.ROOMS.stream().anyMatch(r -> r.room().equals(room));
    }

    /** The rooms' ids, sorted. */
    List<String> rooms() {
        return List.copyOf(rooms.keySet());
    }

    /** Good readings of a room from {@code from} (in) to {@code to} (out), in the order of time. */
    List<SampleReading> readings(String room, Instant from, Instant to) {
        int first = (int) Duration.between(FROM, from).toMinutes();
        int last = (int) Duration.between(FROM, to).toMinutes();
        return rooms.getOrDefault(room, List.of()).subList(first, last);
    }

    long size() {
        return rooms.values().stream().mapToLong(List::size).sum();
    }
}
