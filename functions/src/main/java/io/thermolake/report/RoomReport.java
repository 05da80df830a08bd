package io.thermolake.report;

import io.thermolake.alarm.Alarm;
import io.thermolake.lake.RoomReading;
import io.thermolake.model.ModelCard;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the report says of one room.
 *
 * @param totals of all its readings, null where the lake has none
 * @param hours of the last 14 days, in order
 * @param days of all time, in order
 * @param alarms in the order of time
 * @param model in use, or null
 */
record RoomReport(
        String room,
        @Nullable Totals totals,
        List<Hour> hours,
        List<Day> days,
        List<Alarm> alarms,
        @Nullable ModelCard model) {

    /** Temperatures in °C. */
    record Totals(long readings, Instant last, double latest, double lowest, double mean, double highest) {
        static Totals of(Map<String, String> row) {
            return new Totals(
                    QueryValues.count(row, "readings"),
                    QueryValues.instant(row, "last_reading"),
                    QueryValues.number(row, "latest"),
                    QueryValues.number(row, "lowest"),
                    QueryValues.number(row, "mean"),
                    QueryValues.number(row, "highest"));
        }
    }

    /** Temperatures in °C; {@code at} is the hour's start. */
    record Hour(Instant at, double lowest, double mean, double highest) {
        static Hour of(Map<String, String> row) {
            return new Hour(
                    QueryValues.instant(row, "hour"),
                    QueryValues.number(row, "lowest"),
                    QueryValues.number(row, "mean"),
                    QueryValues.number(row, "highest"));
        }
    }

    /** @param date {@code YYYY-MM-DD} */
    record Day(String date, long readings) {
        static Day of(Map<String, String> row) {
            return new Day(QueryValues.text(row, "date"), QueryValues.count(row, "readings"));
        }
    }

    RoomReport {
        hours = List.copyOf(hours);
        days = List.copyOf(days);
        alarms = List.copyOf(alarms);
    }

    /** Whether its readings were held against what is usual; without a model only its silence and repetition are seen. */
    boolean isJudged() {
        return model != null;
    }

    /** Readings a day on the days that have any, today's part of a day included. */
    double readingsADay() {
        return days.stream().mapToLong(Day::readings).average().orElse(0);
    }

    /** How long ago the last reading was taken; nothing for a room that talked within the hour, or never. */
    @Nullable
    Duration silentFor(Instant now) {
        if (totals == null) {
            return null;
        }
        Duration silence = Duration.between(totals.last(), now);
        return silence.compareTo(Duration.ofHours(1)) > 0 ? silence : null;
    }

    /** Whether its last alarm is not over. */
    boolean isAlarmedAt(Instant now) {
        return alarms.stream().anyMatch(a -> !RoomReading.at(a.end()).isBefore(now));
    }

    /** Whether an alarm's last anomaly lies within the time before {@code now}. */
    boolean alarmedWithin(Duration time, Instant now) {
        return alarms.stream().anyMatch(a -> !RoomReading.at(a.end()).isBefore(now.minus(time)));
    }
}
