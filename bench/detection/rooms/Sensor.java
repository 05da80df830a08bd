package rooms;

import rooms.Event.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

/** What a sensor makes of a temperature: its noise, its rounding, and the faults that are its own. */
final class Sensor {
    private final double rounding;
    private final double noise;
    private final SplittableRandom random;
    private double stuckAt = Double.NaN;
    private Event spiked;

    Sensor(double rounding, SplittableRandom random) {
        this.rounding = rounding;
        this.noise = Noise.between(random, 0.01, 0.12);
        this.random = random;
    }

    /** @return °C, or null when nothing is sent */

    Double read(Instant at, double celsius, List<Event> events, Duration interval) {
        double value = celsius + noise * Noise.gaussian(random);
        boolean stuck = false;
        for (Event event : events) {
            // A spike is one reading: the first after its start.
            boolean spike = event.kind() == Kind.SPIKE && !at.isBefore(event.start()) && !event.equals(spiked)
                    && at.isBefore(event.start().plus(interval));
            if (spike) {
                spiked = event;
                value += event.size();
            }
            if (at.isBefore(event.start()) || !at.isBefore(event.end())) {
                continue;
            }
            switch (event.kind()) {
                case SILENT -> {
                    return null;
                }
                case OFFSET -> value += event.size();
                case DRIFT -> value += event.size() * Duration.between(event.start(), at).toSeconds()
                        / Duration.between(event.start(), event.end()).toSeconds();
                case NOISE -> value += event.size() * Noise.gaussian(random);
                case STUCK -> stuck = true;
                default -> { }
            }
        }
        double rounded = Math.round(value / rounding) * rounding;
        stuckAt = stuck ? (Double.isNaN(stuckAt) ? rounded : stuckAt) : Double.NaN;
        return Math.round((stuck ? stuckAt : rounded) * 100) / 100.0;
    }
}
