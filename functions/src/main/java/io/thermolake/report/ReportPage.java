package io.thermolake.report;

import io.thermolake.lake.Counts;
import io.thermolake.report.RoomReport.Totals;
import io.thermolake.score.Alarm;
import io.thermolake.train.ModelCard;
import io.thermolake.train.RoomReading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Makes the page of a report from {@code bi/report.html}: one file that needs no other. Everything that comes from data is
 * escaped by the template.
 */
final class ReportPage {
    /** A page with more would be slow to open; the queries answer for the rest. */
    private static final int MOST_CHARTS = 24;

    private static final int MOST_ALARMS = 50;

    private record RoomAlarm(RoomReport room, Alarm alarm) {}

    private final Template template;
    private final Report report;
    private final Instant now;

    ReportPage(String template, Report report) {
        this.template = new Template(template);
        this.report = report;
        this.now = report.run().now();
    }

    String html() {
        List<RoomAlarm> alarms = alarms();
        return template.fill(Map.ofEntries(
                        Map.entry("asOf", Words.full(now)),
                        Map.entry(
                                "lastReading",
                                report.lastReading()
                                        .map(last -> ", last reading " + Words.moment(last))
                                        .orElse("")),
                        Map.entry("notice", notices()),
                        Map.entry("tile", tiles(alarms.size())),
                        Map.entry("rooms", rooms()),
                        Map.entry("charts", charts()),
                        Map.entry(
                                "noAlarms",
                                alarms.isEmpty() ? template.block("noAlarms").fill(Map.of()) : Markup.NONE),
                        Map.entry("alarmList", alarmList(alarms)),
                        Map.entry("older", older(alarms.size())),
                        Map.entry("countsOf", countsOf()),
                        Map.entry("count", counts()),
                        Map.entry("models", models()),
                        Map.entry("runId", report.run().id()),
                        Map.entry("manifest", report.manifest().number())))
                .html();
    }

    private Markup notices() {
        Template notice = template.block("notice");
        return Markup.join(new Notices(report)
                .all().stream()
                        .map(n ->
                                notice.fill(Map.of("kind", n.kind().name().toLowerCase(Locale.ROOT), "text", n.text())))
                        .toList());
    }

    private Markup tiles(int alarms) {
        Counts counts = report.manifest().counts();
        return Markup.join(List.of(
                tile("readings in the lake", report.readings()),
                tile(
                        report.rooms().size() == 1 ? "room" : "rooms",
                        report.rooms().size()),
                tile(alarms == 1 ? "alarm" : "alarms", alarms),
                tile("records read in this run", report.hasNewData() ? counts.read() : 0),
                tile("of them quarantined", report.hasNewData() ? counts.quarantinedTotal() : 0)));
    }

    private Markup tile(String label, long value) {
        return template.block("tile").fill(Map.of("label", label, "value", Words.count(value)));
    }

    private Markup rooms() {
        if (report.rooms().isEmpty()) {
            return new Markup("<p class=\"card pad none\">The lake holds no readings yet.</p>");
        }
        Template table = template.block("rooms");
        Template row = table.block("roomRow");
        return table.fill(Map.of(
                "roomRow",
                Markup.join(report.rooms().stream().map(r -> roomRow(row, r)).toList())));
    }

    private Markup roomRow(Template row, RoomReport room) {
        Totals totals = room.totals();
        Duration silence = room.silentFor(now);
        String last = totals == null ? "–" : Words.moment(totals.last());
        return row.fill(Map.ofEntries(
                Map.entry("room", room.room()),
                Map.entry("latest", totals == null ? "–" : Words.degrees(totals.latest())),
                Map.entry("lowest", totals == null ? "–" : Words.degrees(totals.lowest())),
                Map.entry("mean", totals == null ? "–" : Words.degrees(totals.mean())),
                Map.entry("highest", totals == null ? "–" : Words.degrees(totals.highest())),
                Map.entry("readings", totals == null ? "–" : Words.count(totals.readings())),
                Map.entry("aDay", Words.count(room.readingsADay())),
                Map.entry("last", silence == null ? last : last + " (" + Words.duration(silence) + " ago)"),
                Map.entry(
                        "alarms",
                        room.model() == null
                                ? "no model"
                                : room.alarms().isEmpty()
                                        ? "none"
                                        : emphasis(room.alarms().size()))));
    }

    private static Markup emphasis(int number) {
        return new Markup("<span class=\"bad\">" + Words.count(number) + "</span>");
    }

    private Markup charts() {
        List<RoomReport> drawable = report.rooms().stream()
                .filter(r -> !r.hours().isEmpty())
                .sorted(Comparator.comparing((RoomReport r) -> r.alarms().isEmpty())
                        .thenComparing(RoomReport::room))
                .toList();
        if (drawable.isEmpty()) {
            return Markup.NONE;
        }
        Template section = template.block("charts");
        Template chart = section.block("chart");
        Instant to = drawable.stream()
                .map(r -> r.hours().get(r.hours().size() - 1).at())
                .max(Instant::compareTo)
                .orElseThrow()
                .plus(Duration.ofHours(1));
        Instant from = drawable.stream()
                .map(r -> r.hours().get(0).at())
                .min(Instant::compareTo)
                .orElseThrow();
        int hidden = Math.max(0, drawable.size() - MOST_CHARTS);
        return section.fill(Map.of(
                "chart",
                Markup.join(drawable.stream()
                        .limit(MOST_CHARTS)
                        .map(r -> chart(chart, new RoomChart(r, from, to), r))
                        .toList()),
                "more",
                hidden == 0
                        ? Markup.NONE
                        : new Markup("<p class=\"none\">Not drawn: %s. bi/queries/hourly.sql has their hours.</p>"
                                .formatted(Words.count(hidden, "more room")))));
    }

    private static Markup chart(Template template, RoomChart chart, RoomReport room) {
        return template.fill(Map.of(
                "room", room.room(),
                "latest",
                        room.totals() == null ? "" : Words.celsius(room.totals().latest()),
                "description", room.room() + ": " + chart.description(),
                "drawing", chart.drawing(),
                "labels", chart.labels(),
                "caption", chart.caption()));
    }

    private List<RoomAlarm> alarms() {
        List<RoomAlarm> alarms = new ArrayList<>();
        report.rooms().forEach(room -> room.alarms().forEach(alarm -> alarms.add(new RoomAlarm(room, alarm))));
        alarms.sort(Comparator.comparing((RoomAlarm a) -> a.alarm().start())
                .reversed()
                .thenComparing(a -> a.room().room()));
        return alarms;
    }

    private Markup alarmList(List<RoomAlarm> alarms) {
        if (alarms.isEmpty()) {
            return Markup.NONE;
        }
        Template list = template.block("alarmList");
        Template line = list.block("alarm");
        return list.fill(Map.of(
                "alarm",
                Markup.join(alarms.stream()
                        .limit(MOST_ALARMS)
                        .map(a -> alarm(line, a))
                        .toList())));
    }

    private static Markup alarm(Template line, RoomAlarm found) {
        Alarm alarm = found.alarm();
        Instant start = RoomReading.at(alarm.start());
        Instant end = RoomReading.at(alarm.end());
        ModelCard model = found.room().model();
        return line.fill(Map.of(
                "room", found.room().room(),
                "when", Words.span(start, end),
                "lasted", start.equals(end) ? "" : " (" + Words.duration(Duration.between(start, end)) + ")",
                "worst", Words.celsius(alarm.worst()),
                "score", Words.score(alarm.score()),
                "threshold", model == null ? "" : " over the threshold " + Words.score(model.threshold()),
                "readings", Words.count(alarm.readings(), "reading")));
    }

    private static Markup older(int alarms) {
        return alarms <= MOST_ALARMS
                ? Markup.NONE
                : new Markup("<p class=\"pad none\">And %s before; the table alarms has them.</p>"
                        .formatted(Words.count(alarms - MOST_ALARMS, "alarm")));
    }

    private String countsOf() {
        return report.hasNewData()
                ? "Records read in this run: each has one fate"
                : "This run read nothing; these are the records of run %s, as of %s UTC"
                        .formatted(
                                report.manifest().runId(),
                                Words.full(report.manifest().now()));
    }

    private Markup counts() {
        Counts counts = report.manifest().counts();
        List<Markup> lines = new ArrayList<>();
        lines.add(count("Read", counts.read(), "all of the below"));
        lines.add(count("Clean", counts.clean(), "new readings in the lake"));
        lines.add(count(
                "Duplicates",
                counts.duplicates(),
                "of a reading that was kept already; %s a differing temperature"
                        .formatted(counts.conflicts() == 1 ? "1 has" : Words.count(counts.conflicts()) + " have")));
        if (counts.outOfScope() > 0) {
            lines.add(count("Out of scope", counts.outOfScope(), "good, but left out by the run's from, to or rooms"));
        }
        lines.add(count("Quarantined", counts.quarantinedTotal(), "set aside with a reason"));
        counts.quarantined()
                .forEach((reason, number) ->
                        lines.add(count("… " + reason.replace('_', ' '), number, Reasons.meaning(reason))));
        return Markup.join(lines);
    }

    private Markup count(String label, long number, String meaning) {
        return template.block("count").fill(Map.of("label", label, "number", Words.count(number), "meaning", meaning));
    }

    private Markup models() {
        List<RoomReport> trained =
                report.rooms().stream().filter(r -> r.model() != null).toList();
        if (trained.isEmpty()) {
            return new Markup("<p class=\"card pad none\">No room has a model yet.</p>");
        }
        Template table = template.block("models");
        Template row = table.block("model");
        return table.fill(Map.of(
                "model",
                Markup.join(trained.stream()
                        .map(r -> model(row, r.room(), r.model()))
                        .toList())));
    }

    private static Markup model(Template row, String room, ModelCard model) {
        return row.fill(Map.of(
                "room", room,
                "trained", Words.full(model.trainedAt()),
                "readings", Words.count(model.readings(), "reading"),
                "threshold", Words.score(model.threshold()),
                "method", model.thresholdMethod(),
                "version", model.version()));
    }
}
