package io.thermolake.asl.internal.jsonata;

import com.dashjoin.jsonata.Functions;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code [w]} and {@code [x]} in a picture of {@code $fromMillis}: the week of its month, and that month. A week belongs to the
 * month of its Thursday, which the library overlooks where the week is shared by two months.
 */
final class WeekOfMonth {
    private static final Pattern MARKER = Pattern.compile("\\[\\[|\\[\\s*([wx])([^\\]]*)\\]");
    private static final int DAYS = 7;

    private WeekOfMonth() {}

    /** The picture with both written out as the text that they stand for. */
    static String writtenOut(String picture, long millis, @Nullable String zone) {
        Matcher marker = MARKER.matcher(picture);
        if (!marker.find()) {
            return picture;
        }
        LocalDate thursday = LocalDate.parse(Functions.dateTimeFromMillis(millis, "[Y0001]-[M01]-[D01]", zone))
                .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
                .with(TemporalAdjusters.nextOrSame(DayOfWeek.THURSDAY));
        int week = (thursday.getDayOfMonth() - 1) / DAYS + 1;
        return marker.reset()
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group(1) == null
                                ? found.group()
                                : found.group(1).equals("x")
                                        ? written(thursday, "[M" + found.group(2) + "]")
                                        : written(thursday.withDayOfMonth(week), "[D" + found.group(2) + "]")));
    }

    private static String written(LocalDate day, String picture) {
        return Functions.dateTimeFromMillis(
                day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli(), picture, null);
    }
}
