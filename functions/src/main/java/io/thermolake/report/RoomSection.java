package io.thermolake.report;

import io.thermolake.report.RoomReport.Totals;
import java.time.Duration;
import java.util.Map;

/** The rooms as a table. */
final class RoomSection {
    private final PageTemplate template;
    private final Report report;

    RoomSection(PageTemplate template, Report report) {
        this.template = template;
        this.report = report;
    }

    Markup html() {
        if (report.rooms().isEmpty()) {
            return new Markup("<p class=\"card pad none\">The lake holds no readings yet.</p>");
        }
        PageTemplate table = template.block("rooms");
        PageTemplate row = table.block("roomRow");
        return table.fill(Map.of(
                "roomRow",
                Markup.join(report.rooms().stream().map(r -> roomRow(row, r)).toList())));
    }

    private Markup roomRow(PageTemplate row, RoomReport room) {
        Totals totals = room.totals();
        Duration silence = room.silentFor(report.run().now());
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
                        !room.alarms().isEmpty()
                                ? emphasis(room.alarms().size())
                                : room.model() == null ? "no model" : "none")));
    }

    private static Markup emphasis(int number) {
        return new Markup("<span class=\"bad\">" + Words.count(number) + "</span>");
    }
}
