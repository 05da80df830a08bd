package rooms;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;

/** When a room is heated for people, by the clock on its wall: working days but holidays, with a clock change in spring. */
final class Schedule {
    static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    private final double fromHour;
    private final double toHour;
    private final boolean saturdays;
    final double comfort;
    final double setback;
    private final Set<LocalDate> holidays = new HashSet<>();

    Schedule(LocalDate first, int days, SplittableRandom random) {
        fromHour = Noise.between(random, 5, 8);
        toHour = Noise.between(random, 16, 20);
        saturdays = random.nextInt(4) == 0;
        comfort = Noise.between(random, 20, 22.5);
        setback = comfort - Noise.between(random, 2, 4.5);
        // One in some five weeks, as public holidays are.
        for (int day = 0; day < days; day++) {
            if (random.nextInt(40) == 0) {
                holidays.add(first.plusDays(day));
            }
        }
    }

    /** @param hoursOff how much later than it should the clock of the heating goes */
    boolean occupied(Instant at, double hoursOff) {
        ZonedDateTime local = at.minusSeconds((long) (hoursOff * 3600)).atZone(ZONE);
        LocalDate date = local.toLocalDate();
        boolean working = date.getDayOfWeek() != DayOfWeek.SUNDAY
                && (saturdays || date.getDayOfWeek() != DayOfWeek.SATURDAY)
                && !holidays.contains(date);
        double hour = local.toLocalTime().toSecondOfDay() / 3600.0;
        return working && hour >= fromHour && hour < toHour;
    }
}
