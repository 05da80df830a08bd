package io.thermolake.local.cost;

import io.thermolake.local.cost.CostModel.Group;
import io.thermolake.local.cost.CostModel.Line;
import io.thermolake.local.cost.CostModel.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Sizes side by side, as a table of Markdown. */
public final class CostTable {
    private CostTable() {}

    /** @param sizes at least one */
    public static String of(CostModel model, List<Size> sizes) {
        List<List<Line>> months = sizes.stream().map(model::month).toList();
        StringBuilder table = new StringBuilder("| USD a month | |");
        sizes.forEach(size -> table.append(" %,d %s |".formatted(size.rooms(), size.rooms() == 1 ? "room" : "rooms")));
        table.append("\n|---|---|").append("---:|".repeat(sizes.size())).append('\n');
        for (Group group : Group.values()) {
            for (int i = 0; i < months.get(0).size(); i++) {
                int row = i;
                Line line = months.get(0).get(row);
                List<Double> usd =
                        months.stream().map(month -> month.get(row).usd()).toList();
                if (line.group() == group && usd.stream().anyMatch(u -> u > 0)) {
                    table.append(row(group.label(), line.service() + ", " + line.what(), usd));
                }
            }
            table.append(row("**" + group.label() + "**", "", sums(months, List.of(group))));
        }
        return table.append(row("**together**", "", sums(months, List.of(Group.values()))))
                .toString();
    }

    private static List<Double> sums(List<List<Line>> months, List<Group> groups) {
        List<Double> sums = new ArrayList<>();
        months.forEach(month -> sums.add(month.stream()
                .filter(line -> groups.contains(line.group()))
                .mapToDouble(Line::usd)
                .sum()));
        return sums;
    }

    private static String row(String group, String what, List<Double> usd) {
        return usd.stream()
                .map(u -> u > 0 && u < 0.005 ? "< 0.01" : String.format(Locale.ROOT, "%,.2f", u))
                .collect(Collectors.joining(" | ", "| " + group + " | " + what + " | ", " |\n"));
    }
}
