package io.thermolake.report;

import io.thermolake.lake.Counts;
import io.thermolake.model.ModelCard;
import io.thermolake.model.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What became of the records, and the models. */
final class FactSection {
    private final PageTemplate template;
    private final Report report;

    FactSection(PageTemplate template, Report report) {
        this.template = template;
        this.report = report;
    }

    String countsOf() {
        return report.hasNewData()
                ? "Records read in this run: each has one fate"
                : "This run read nothing; these are the records of run %s, as of %s UTC"
                        .formatted(
                                report.manifest().runId(),
                                Words.full(report.manifest().now()));
    }

    Markup counts() {
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

    Markup models() {
        PageTemplate table = template.block("models");
        PageTemplate row = table.block("model");
        List<Markup> rows = new ArrayList<>();
        for (RoomReport room : report.rooms()) {
            ModelCard model = room.model();
            if (model != null) {
                rows.add(model(row, room.room(), model));
            }
        }
        return rows.isEmpty()
                ? new Markup("<p class=\"card pad none\">No room has a model yet.</p>")
                : table.fill(Map.of("model", Markup.join(rows)));
    }

    private static Markup model(PageTemplate row, String room, ModelCard model) {
        Recipe recipe = model.recipe();
        return row.fill(Map.of(
                "room", room,
                "trained", Words.full(recipe.trainedAt()),
                "readings", Words.count(recipe.learned().readings(), "reading"),
                "detector", recipe.forest().trainer() + (recipe.forest().fallback() == null ? "" : ", as a fallback"),
                "method", model.thresholdMethod(),
                "version", model.version()));
    }
}
