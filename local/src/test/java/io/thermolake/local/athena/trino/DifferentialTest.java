package io.thermolake.local.athena.trino;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Answers against a second computation of the same value by Java's own classes, over values of a seed. */
class DifferentialTest {
    private static final int COUNT = 160;
    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS");
    private static final List<String> ZONES =
            List.of("Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe");

    private final Random random = new Random(12);
    private final List<String> items = new ArrayList<>();
    private final List<String> expected = new ArrayList<>();

    private void expect(String sql, Object value) {
        items.add(sql);
        expected.add(String.valueOf(value));
    }

    private void check() throws SQLException {
        try (Asked asked = new Asked()) {
            for (int i = 0; i < items.size(); i++) {
                List<String> row = asked.rows("SELECT " + items.get(i)).get(0);
                assertThat(row.get(0)).as(items.get(i)).isEqualTo(expected.get(i));
            }
        }
    }

    private LocalDateTime time() {
        return LocalDateTime.of(1971, 1, 1, 0, 0).plus((long) (random.nextDouble() * 2.5e12), ChronoUnit.MILLIS);
    }

    @Test
    void timesAreThoseOfJavasCalendar() throws SQLException {
        for (int i = 0; i < COUNT; i++) {
            LocalDateTime time = time();
            LocalDate date = time.toLocalDate();
            String literal = "TIMESTAMP '" + time.format(MILLIS) + "'";
            ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
            int count = random.nextInt(2000) - 1000;
            switch (i % 8) {
                case 0 -> expect("week(" + literal + ")", date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
                case 1 -> expect("year_of_week(" + literal + ")", date.get(IsoFields.WEEK_BASED_YEAR));
                case 2 ->
                    expect(
                            "date_trunc('week', DATE '" + date + "')",
                            date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
                case 3 -> expect("date_add('month', " + count + ", DATE '" + date + "')", date.plusMonths(count));
                case 4 ->
                    expect(
                            literal + " AT TIME ZONE '" + zone + "'",
                            time.atOffset(ZoneOffset.UTC)
                                            .atZoneSameInstant(zone)
                                            .format(MILLIS) + " " + zone);
                case 5 ->
                    expect(
                            "date_diff('hour', " + literal + ", TIMESTAMP '2001-02-03 04:05:06')",
                            ChronoUnit.HOURS.between(time, LocalDateTime.of(2001, 2, 3, 4, 5, 6)));
                case 6 ->
                    expect(
                            literal + " + INTERVAL '" + Math.abs(count) + "' HOUR",
                            time.plusHours(Math.abs(count)).format(MILLIS));
                default ->
                    expect(
                            "date_format(" + literal + ", '%W %e %M %Y %h:%i:%s %p')",
                            time.format(DateTimeFormatter.ofPattern("EEEE d MMMM uuuu hh:mm:ss a", Locale.US)));
            }
        }
        check();
    }

    @Test
    void decimalsAreThoseOfBigDecimal() throws SQLException {
        for (int i = 0; i < COUNT; i++) {
            BigDecimal a = BigDecimal.valueOf(random.nextInt(2_000_000) - 1_000_000, random.nextInt(4));
            BigDecimal b = BigDecimal.valueOf(1 + random.nextInt(5000), random.nextInt(3));
            int scale = Math.max(a.scale(), b.scale());
            String x = "DECIMAL '" + a.toPlainString() + "'";
            String y = "DECIMAL '" + b.toPlainString() + "'";
            switch (i % 6) {
                case 0 -> expect(x + " + " + y, a.add(b).toPlainString());
                case 1 -> expect(x + " * " + y, a.multiply(b).toPlainString());
                case 2 ->
                    expect(
                            x + " / " + y,
                            a.divide(b, scale, RoundingMode.HALF_UP).toPlainString());
                case 3 ->
                    expect(
                            "round(" + x + ")",
                            a.setScale(0, RoundingMode.HALF_UP).toPlainString());
                case 4 ->
                    expect(
                            "cast(" + x + " AS bigint)",
                            a.setScale(0, RoundingMode.HALF_UP).toPlainString());
                default -> expect("cast(cast(" + x + " AS varchar) AS double)", a.doubleValue());
            }
        }
        check();
    }

    @Test
    void textsAreThoseOfCodePoints() throws SQLException {
        int[] alphabet = {'a', 'b', 0xFC, 0x1F600};
        for (int i = 0; i < COUNT; i++) {
            int[] points = random.ints(1 + random.nextInt(6), 0, alphabet.length)
                    .map(c -> alphabet[c])
                    .toArray();
            String text = new String(points, 0, points.length);
            int start = 1 + random.nextInt(points.length);
            int count = random.nextInt(points.length - start + 2);
            switch (i % 4) {
                case 0 ->
                    expect(
                            "substr('" + text + "', " + start + ", " + count + ")",
                            new String(points, start - 1, count));
                case 1 -> expect("length('" + text + "')", points.length);
                case 2 -> expect("reverse('" + text + "')", new StringBuilder(text).reverse());
                default -> expect("replace('" + text + "', 'a', 'xy')", text.replace("a", "xy"));
            }
        }
        check();
    }
}
