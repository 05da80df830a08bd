package io.thermolake.report;

import io.thermolake.alarm.Alarm;
import io.thermolake.lake.RoomReading;
import io.thermolake.report.RoomReport.Hour;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A room's hours as a drawing: the mean as a line, lowest to highest as a band, alarms as marks. Line and band stretch
 * with the page in a viewBox of 1000 by 1000; labels and marks are HTML, placed in percent, and keep their size.
 */
final class RoomChart {
    private static final int SIZE = 1000;
    private static final int MOST_DAY_LABELS = 7;
    /** Hours further apart than this are not joined: nothing is known of the time between. */
    private static final Duration GAP = Duration.ofHours(1);

    private final List<Hour> hours;
    private final List<Alarm> alarms;
    private final boolean judged;
    private final Axis axis;
    private final Instant from;
    private final Instant to;

    /**
     * @param room with at least one hour
     * @param from the left edge
     * @param to the right edge; both the same for all rooms, so that the eye can compare them
     */
    RoomChart(RoomReport room, Instant from, Instant to) {
        this.hours = room.hours();
        this.judged = room.isJudged();
        this.axis = Axis.over(
                hours.stream().mapToDouble(Hour::lowest).min().orElseThrow(),
                hours.stream().mapToDouble(Hour::highest).max().orElseThrow());
        this.from = from;
        this.to = to;
        this.alarms = room.alarms().stream()
                .filter(a -> RoomReading.at(a.end()).isAfter(from)
                        && RoomReading.at(a.start()).isBefore(to))
                .toList();
    }

    /** What it shows, in words. */
    String caption() {
        return "Lowest %s, highest %s; %s"
                .formatted(
                        Words.celsius(
                                hours.stream().mapToDouble(Hour::lowest).min().orElseThrow()),
                        Words.celsius(
                                hours.stream().mapToDouble(Hour::highest).max().orElseThrow()),
                        !alarms.isEmpty()
                                ? Words.count(alarms.size(), "alarm")
                                : judged ? "no alarm" : "not judged, since it has no model yet");
    }

    /** The caption with the time that it is of, for who cannot see the axis. */
    String description() {
        return "Temperature from %s to %s. %s".formatted(Words.moment(from), Words.moment(to), caption());
    }

    /** The inside of the SVG. */
    Markup drawing() {
        StringBuilder svg = new StringBuilder();
        for (double tick : axis.ticks()) {
            svg.append("<path class=\"grid\" d=\"M0 %1$sH1000\"/>".formatted(y(tick)));
        }
        for (List<Hour> stretch : stretches()) {
            StringBuilder band = new StringBuilder();
            StringBuilder mean = new StringBuilder();
            StringBuilder back = new StringBuilder();
            for (Hour hour : stretch) {
                String x = x(hour.at().plus(GAP.dividedBy(2)));
                band.append(band.isEmpty() ? "M" : "L").append(x).append(' ').append(y(hour.highest()));
                mean.append(mean.isEmpty() ? "M" : "L").append(x).append(' ').append(y(hour.mean()));
                back.insert(0, "L" + x + " " + y(hour.lowest()));
            }
            svg.append("<path class=\"band\" d=\"%s%sZ\"/>".formatted(band, back));
            // A lone hour is a dot: a path of no length shows nothing.
            svg.append("<path class=\"mean\" d=\"%s%s\"/>".formatted(mean, stretch.size() == 1 ? "h4" : ""));
        }
        return new Markup(svg.toString());
    }

    /** Labels and the marks of alarms. */
    Markup labels() {
        StringBuilder html = new StringBuilder();
        for (double tick : axis.ticks()) {
            html.append(
                    "<span class=\"y\" style=\"top:%s%%\">%s</span>".formatted(percent(axis.below(tick)), tick(tick)));
        }
        int number = 0;
        for (Instant day : days()) {
            html.append("<span class=\"x%s\" style=\"left:%s%%\">%s</span>"
                    .formatted(number++ % 2 == 1 ? " odd" : "", percent(along(day)), Words.day(day)));
        }
        for (Alarm alarm : alarms) {
            double start = Math.max(0, along(RoomReading.at(alarm.start())));
            double end = Math.min(1, along(RoomReading.at(alarm.end())));
            html.append("<i class=\"episode\" style=\"left:%s%%;width:%s%%\" title=\"%s\"></i>"
                    .formatted(
                            percent(start),
                            percent(end - start),
                            Markup.escape("Alarm, "
                                    + Words.span(RoomReading.at(alarm.start()), RoomReading.at(alarm.end())))));
        }
        return new Markup(html.toString());
    }

    private List<List<Hour>> stretches() {
        List<List<Hour>> stretches = new ArrayList<>();
        Instant next = null;
        for (Hour hour : hours) {
            if (!hour.at().equals(next)) {
                stretches.add(new ArrayList<>());
            }
            stretches.get(stretches.size() - 1).add(hour);
            next = hour.at().plus(GAP);
        }
        return stretches;
    }

    /** The midnights that get a label, at even distances. */
    private List<Instant> days() {
        Instant first = from.truncatedTo(ChronoUnit.DAYS);
        if (first.isBefore(from)) {
            first = first.plus(1, ChronoUnit.DAYS);
        }
        long all = Math.max(0, ChronoUnit.DAYS.between(first, to)) + 1;
        long step = (all + MOST_DAY_LABELS - 1) / MOST_DAY_LABELS;
        List<Instant> days = new ArrayList<>();
        for (Instant day = first; !day.isAfter(to); day = day.plus(step, ChronoUnit.DAYS)) {
            days.add(day);
        }
        return days;
    }

    private String tick(double value) {
        return axis.ticks().stream().allMatch(t -> t == Math.rint(t))
                ? Words.count(value).replace('-', '−')
                : Words.degrees(value);
    }

    private double along(Instant at) {
        return (double) Duration.between(from, at).toSeconds()
                / Duration.between(from, to).toSeconds();
    }

    private String x(Instant at) {
        return number(along(at) * SIZE);
    }

    private String y(double temperature) {
        return number(axis.below(temperature) * SIZE);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f", share * 100);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
