package io.thermolake.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** A drawing a room, those with alarms first. */
final class ChartSection {
    /** A page with more would be slow to open; the queries answer for the rest. */
    private static final int MOST_CHARTS = 24;

    private final PageTemplate template;
    private final Report report;

    ChartSection(PageTemplate template, Report report) {
        this.template = template;
        this.report = report;
    }

    Markup html() {
        List<RoomReport> drawable = report.rooms().stream()
                .filter(r -> !r.hours().isEmpty())
                .sorted(Comparator.comparing((RoomReport r) -> r.alarms().isEmpty())
                        .thenComparing(RoomReport::room))
                .toList();
        if (drawable.isEmpty()) {
            return Markup.NONE;
        }
        PageTemplate section = template.block("charts");
        PageTemplate chart = section.block("chart");
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

    private static Markup chart(PageTemplate template, RoomChart chart, RoomReport room) {
        return template.fill(Map.of(
                "room", room.room(),
                "latest",
                        room.totals() == null ? "" : Words.celsius(room.totals().latest()),
                "description", room.room() + ": " + chart.description(),
                "drawing", chart.drawing(),
                "labels", chart.labels(),
                "caption", chart.caption()));
    }
}
