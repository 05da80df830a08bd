package io.thermolake.local.sample;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How warm a room with a thermostat is: one temperature while people are in, a lower one at night and on the weekend, and
 * between them the time that warming up and cooling down take. StrictMath: the same bits on every machine.
 *
 * @param empty °C when nobody is in
 * @param used °C while people are in
 * @param opens hour of a working day at which heating begins
 * @param closes hour at which it ends
 */
public record RoomClimate(String room, double empty, double used, int opens, int closes) {
    /** The sample's rooms. */
    public static final List<RoomClimate> ROOMS = List.of(
            new RoomClimate("kitchen", 16.8, 21.2, 6, 20),
            new RoomClimate("office", 17.0, 21.5, 6, 18),
            new RoomClimate("lab", 20.0, 20.8, 7, 19),
            new RoomClimate("storage", 14.0, 14.4, 8, 16),
            new RoomClimate("lobby", 14.4, 18.7, 5, 21));

    private static final double HOURS_TO_WARM = 0.8;
    private static final double HOURS_TO_COOL = 2.0;

    /** @return °C, with none of what {@link Noise} adds */
    public double at(Instant time) {
        LocalDateTime t = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
        double hour = t.toLocalTime().toSecondOfDay() / 3600.0;
        if (hour >= opens && hour < closes && works(t.getDayOfWeek())) {
            return used - (used - empty) * StrictMath.exp(-(hour - opens) / HOURS_TO_WARM);
        }
        boolean sinceYesterday = hour < closes;
        DayOfWeek last = sinceYesterday ? t.getDayOfWeek().minus(1) : t.getDayOfWeek();
        double hours = hour - closes + (sinceYesterday ? 24 : 0);
        return works(last) ? empty + (used - empty) * StrictMath.exp(-hours / HOURS_TO_COOL) : empty;
    }

    private static boolean works(DayOfWeek day) {
        return day != DayOfWeek.SATURDAY && day != DayOfWeek.SUNDAY;
    }

    /** What a thermostat adds: the heater goes on and off within a band, never twice in the same time. */
    static final class Noise {
        private static final double BAND_CELSIUS = 0.15;

        private final SplittableRandom random;
        private double in;
        private double direction = 0.03;

        Noise(long seed) {
            random = new SplittableRandom(seed);
        }

        /** @return °C to add to the next reading, within ±0.15 */
        double next() {
            in += direction * random.nextDouble(0.5, 1.5);
            if (Math.abs(in) > BAND_CELSIUS) {
                in = Math.copySign(BAND_CELSIUS, in);
                direction = Math.copySign(direction, -in);
            }
            return in;
        }
    }
}
