package rooms;

import rooms.Event.Kind;
import rooms.LabelledRoom.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * Makes rooms as they are: walls that keep warmth, a heating with a schedule, weather, sun, people, opened windows, a sensor
 * that rounds and loses rows; 28 days without a fault, then 90 with eight. The same seed makes the same rooms.
 */
public final class RoomGenerator {
    static final int TRAINING_DAYS = 28;
    static final int SCORED_DAYS = 90;
    private static final int DAYS = TRAINING_DAYS + SCORED_DAYS;
    private static final int[] INTERVALS = {1, 5, 10, 15, 30, 60};
    private static final double[] ROUNDINGS = {0.01, 0.05, 0.1, 0.1, 0.25, 0.5};
    private static final double LOST = 0.003;
    private static final int SLOT_DAYS = SCORED_DAYS / Kind.values().length;

    private final long seed;
    private final Severity severity;

    public RoomGenerator(long seed, Severity severity) {
        this.seed = seed;
        this.severity = severity;
    }

    /** @param number of the sensor, from 0: its interval is the number-th of 1, 5, 10, 15, 30 and 60 minutes, in turn */
    public LabelledRoom room(int number) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + number * 7919L + severity.ordinal());
        LocalDate first = LocalDate.of(2025, 12, 15).plusDays(random.nextInt(14));
        Instant start = first.atStartOfDay().toInstant(ZoneOffset.UTC);
        Weather weather = new Weather(start, first.getDayOfYear(), DAYS, random.split());
        Schedule schedule = new Schedule(first, DAYS, random.split());
        Climate climate = new Climate(start, weather, schedule, random.split());
        int interval = INTERVALS[number % INTERVALS.length];
        List<Event> events = events(start.plus(Duration.ofDays(TRAINING_DAYS)), schedule, climate, random.split());
        double[] celsius = climate.simulate(DAYS, events);
        Sensor sensor = new Sensor(ROUNDINGS[random.nextInt(ROUNDINGS.length)], random.split());
        List<Row> rows = new ArrayList<>();
        SplittableRandom lost = random.split();
        for (int minute = 0; minute < celsius.length; minute += interval) {
            Instant at = start.plus(Duration.ofMinutes(minute));
            Double value = sensor.read(at, celsius[minute], events, Duration.ofMinutes(interval));
            if (value != null && lost.nextDouble() >= LOST) {
                rows.add(new Row(at, value));
            }
        }
        return new LabelledRoom(
                "room-%02d".formatted(number),
                Duration.ofMinutes(interval),
                start.plus(Duration.ofDays(TRAINING_DAYS)),
                rows,
                events);
    }

    private List<Event> events(Instant from, Schedule schedule, Climate climate, SplittableRandom random) {
        List<Kind> kinds = new ArrayList<>(List.of(Kind.values()));
        Collections.shuffle(kinds, new Random(random.nextLong()));
        List<Event> events = new ArrayList<>();
        for (int slot = 0; slot < kinds.size(); slot++) {
            Instant begin = from.plus(Duration.ofDays((long) slot * SLOT_DAYS));
            events.add(event(kinds.get(slot), begin, schedule, climate, random));
        }
        return events;
    }

    private Event event(Kind kind, Instant slot, Schedule schedule, Climate climate, SplittableRandom random) {
        double[] size = severity.size(kind);
        double amount = Noise.between(random, size[0], size[1]);
        boolean down = random.nextBoolean();
        Instant start = slot.plus(Duration.ofMinutes(60 + random.nextInt(2 * 1440)));
        return switch (kind) {
            case SPIKE -> new Event(kind, start, start.plus(Duration.ofMinutes(1)), down ? -amount : amount);
            case OFFSET ->
                new Event(kind, start, start.plus(Duration.ofMinutes(1440 + random.nextInt(2 * 1440))), down ? -amount : amount);
            case DRIFT -> new Event(kind, start, start.plus(Duration.ofDays(7)), down ? -amount : amount);
            case STUCK, SILENT -> new Event(kind, start, start.plus(Duration.ofMinutes((long) (amount * 60))), amount);
            case NOISE -> new Event(kind, start, start.plus(Duration.ofMinutes(720 + random.nextInt(1440))), amount);
            case HEATING_OFF -> visible(kind, slot, Duration.ofMinutes((long) (amount * 60)), amount, climate, schedule);
            case WRONG_HOUR -> visible(kind, slot, Duration.ofDays(2), down ? -amount : amount, climate, schedule);
        };
    }

    /** From the first hour of the slot at which the room shows it: a heating that would be off anyway is no fault. */
    private Event visible(
            Kind kind, Instant slot, Duration length, double amount, Climate climate, Schedule schedule) {
        for (int hour = 1; hour < 5 * 24; hour++) {
            Instant start = slot.plus(Duration.ofHours(hour));
            Event event = new Event(kind, start, start.plus(length), amount);
            if (schedule.occupied(start, 0) && climate.shows(event, DAYS)) {
                return event;
            }
        }
        Instant start = slot.plus(Duration.ofHours(30));
        return new Event(kind, start, start.plus(length), amount);
    }
}
