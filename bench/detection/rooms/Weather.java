package rooms;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;

/** The air outside of one building: a season, spells of some days, and day and night. All of it follows from the seed. */
final class Weather {
    private static final double YEAR_DAYS = 365.25;
    private static final double COLDEST_DAY_OF_YEAR = 20;
    private static final double SPELL_PERSISTENCE = 0.8;
    private static final double SPELL_CELSIUS = 3.5;

    private final Instant start;
    private final double firstDayOfYear;
    private final double mean;
    private final double season;
    private final double daily;
    /** °C by which a day's middle differs from the season. */
    private final double[] spells;
    /** 0 for an overcast day, 1 for a clear one. */
    private final double[] clear;

    Weather(Instant start, int firstDayOfYear, int days, SplittableRandom random) {
        this.start = start;
        this.firstDayOfYear = firstDayOfYear;
        this.mean = 8 + random.nextDouble(4);
        this.season = 7 + random.nextDouble(4);
        this.daily = 2 + random.nextDouble(3);
        this.spells = new double[days + 2];
        this.clear = new double[days + 2];
        double innovation = SPELL_CELSIUS * Math.sqrt(1 - SPELL_PERSISTENCE * SPELL_PERSISTENCE);
        for (int day = 0; day < spells.length; day++) {
            double before = day == 0 ? 0 : spells[day - 1];
            spells[day] = SPELL_PERSISTENCE * before + innovation * Noise.gaussian(random);
            clear[day] = random.nextDouble();
        }
    }

    /** °C. */
    double outside(Instant at) {
        double day = days(at);
        int whole = (int) day;
        double part = day - whole;
        double spell = spells[whole] * (1 - part) + spells[whole + 1] * part;
        double yearly = -season * StrictMath.cos(2 * Math.PI * (firstDayOfYear + day - COLDEST_DAY_OF_YEAR) / YEAR_DAYS);
        return mean + yearly + spell - daily * (0.4 + 0.6 * clear[whole]) * StrictMath.cos(2 * Math.PI * (part - 0.08));
    }

    /** 0 at night and on an overcast day, up to 1 at a clear noon. */
    double sun(Instant at) {
        double day = days(at);
        int whole = (int) day;
        double height = StrictMath.sin(Math.PI * ((day - whole) * 24 - 7) / 10);
        return height <= 0 ? 0 : height * clear[whole];
    }

    private double days(Instant at) {
        return Duration.between(start, at).toSeconds() / 86_400.0;
    }
}
