package rooms;

import rooms.Event.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

/** A room's temperature, minute by minute: what its walls lose, its heating, the sun and people bring, its windows let out. */
final class Climate {
    private static final double SHOWN_CELSIUS = 0.8;
    private static final Duration SHOWN_WITHIN = Duration.ofHours(10);

    private final Instant start;
    private final Weather weather;
    private final Schedule schedule;
    private final long seed;
    /** Minutes until all but a third of a difference to outside is lost. */
    private final double wallMinutes;
    private final double heatingPerMinute;
    private final double sun;
    private final double people;
    private final double windowsADay;
    private double[] undisturbed;

    Climate(Instant start, Weather weather, Schedule schedule, SplittableRandom random) {
        this.start = start;
        this.weather = weather;
        this.schedule = schedule;
        this.seed = random.nextLong();
        this.wallMinutes = 60 * Noise.between(random, 18, 50);
        this.heatingPerMinute = Noise.between(random, 1.5, 4) / 60;
        this.sun = Noise.oneOf(random, 0, 0, 0.1, 0.2, 0.4) / 60;
        this.people = Noise.between(random, 0, 0.25) / 60;
        this.windowsADay = Noise.oneOf(random, 0, 0.3, 1, 2);
    }

    /** °C for each minute; the same but for what the events change. */
    double[] simulate(int days, List<Event> events) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] celsius = new double[days * 1440];
        double inside = schedule.setback;
        double crowd = 0;
        double windowLeft = 0;
        for (int minute = 0; minute < celsius.length; minute++) {
            Instant at = start.plus(Duration.ofMinutes(minute));
            if (minute % 1440 == 0) {
                crowd = Noise.between(random, 0.3, 1.3);
            }
            boolean occupied = schedule.occupied(at, 0);
            double chance = random.nextDouble();
            if (occupied && windowLeft <= 0 && chance < windowsADay / 600) {
                windowLeft = 5 + random.nextInt(25);
            }
            boolean heated = schedule.occupied(at, during(events, Kind.WRONG_HOUR, at));
            double target = heated ? schedule.comfort : schedule.setback;
            double outside = weather.outside(at);
            double flow = (outside - inside) / wallMinutes + sun * weather.sun(at) + (occupied ? people * crowd : 0);
            if (windowLeft > 0) {
                flow += (outside - inside) / 240;
                windowLeft--;
            }
            boolean heats = during(events, Kind.HEATING_OFF, at) == 0;
            // A valve that closes as it gets near: no more than what is missing in ten minutes.
            double heat = heats ? Math.max(0, Math.min(heatingPerMinute, (target - inside) / 10 - flow)) : 0;
            inside += flow + heat;
            celsius[minute] = inside;
        }
        return celsius;
    }

    private static double during(List<Event> events, Kind kind, Instant at) {
        for (Event event : events) {
            if (event.kind() == kind && !at.isBefore(event.start()) && at.isBefore(event.end())) {
                return event.size();
            }
        }
        return 0;
    }

    /** Whether a fault of the heating is to be seen in the room in good time. */
    boolean shows(Event event, int days) {
        if (undisturbed == null) {
            undisturbed = simulate(days, List.of());
        }
        double[] disturbed = simulate(days, List.of(event));
        int from = (int) Duration.between(start, event.start()).toMinutes();
        int to = Math.min(disturbed.length, from + (int) SHOWN_WITHIN.toMinutes());
        for (int i = from; i < to; i++) {
            if (Math.abs(disturbed[i] - undisturbed[i]) >= SHOWN_CELSIUS) {
                return true;
            }
        }
        return false;
    }
}
