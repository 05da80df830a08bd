package io.thermolake.report;

import io.thermolake.lake.Counts;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Makes the page of a report from {@code bi/report.html}: one file that needs no other. Everything that comes from data is
 * escaped by the template.
 */
final class ReportPage {
    private final PageTemplate template;
    private final Report report;
    private final Instant now;

    ReportPage(String template, Report report) {
        this.template = new PageTemplate(template);
        this.report = report;
        this.now = report.run().now();
    }

    String html() {
        AlarmSection alarms = new AlarmSection(template, report);
        FactSection facts = new FactSection(template, report);
        return template.fill(Map.ofEntries(
                        Map.entry("asOf", Words.full(now)),
                        Map.entry(
                                "lastReading",
                                report.lastReading()
                                        .map(last -> ", last reading " + Words.moment(last))
                                        .orElse("")),
                        Map.entry("notice", notices()),
                        Map.entry("tile", tiles(alarms.number())),
                        Map.entry("rooms", new RoomSection(template, report).html()),
                        Map.entry("charts", new ChartSection(template, report).html()),
                        Map.entry("noAlarms", alarms.none()),
                        Map.entry("alarmList", alarms.list()),
                        Map.entry("older", alarms.older()),
                        Map.entry("countsOf", facts.countsOf()),
                        Map.entry("count", facts.counts()),
                        Map.entry("models", facts.models()),
                        Map.entry("runId", report.run().id()),
                        Map.entry("manifest", report.manifest().number())))
                .html();
    }

    private Markup notices() {
        PageTemplate notice = template.block("notice");
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
}
