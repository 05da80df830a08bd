package io.thermolake.local.cli;

import io.thermolake.model.CurrentModel.Use;
import io.thermolake.model.ModelCard;
import io.thermolake.model.ModelVersion;
import io.thermolake.model.Recipe;
import io.thermolake.model.promotion.HeldBackMetrics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A version as the list of models shows it. */
final class ModelRow {
    private ModelRow() {}

    static List<String> lines(ModelVersion version) {
        ModelCard card = version.card();
        List<String> lines = new ArrayList<>();
        Recipe recipe = card.recipe();
        lines.add("%s %s  %s, learned %s to %s%s"
                .formatted(
                        version.inUse() ? "*" : " ",
                        version.version(),
                        recipe.forest().trainer(),
                        recipe.learned().firstDay(),
                        recipe.learned().lastDay(),
                        recipe.rules().leftOut().isEmpty()
                                ? ""
                                : ", " + recipe.rules().leftOut()));
        lines.add("    "
                + (card.heldBack() == null
                        ? "not tried on days held back"
                        : card.heldBack().words()));
        for (Use use : version.uses()) {
            lines.add("    put in use by %s%s%s"
                    .formatted(
                            use.promotedBy(),
                            use.promotedAt() == null ? "" : " at " + use.promotedAt(),
                            use.reason() == null ? "" : ": " + use.reason()));
        }
        if (version.rejected() != null) {
            lines.add("    not put in use by %s at %s: %s"
                    .formatted(
                            version.rejected().by(),
                            version.rejected().at(),
                            version.rejected().reason()));
        }
        return lines;
    }

    static Map<String, @Nullable Object> json(String room, ModelVersion version) {
        ModelCard card = version.card();
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("room", room);
        row.put("version", version.version());
        row.put("inUse", version.inUse());
        row.put("detector", card.recipe().forest().trainer().toString());
        row.put("from", card.recipe().learned().firstDay());
        row.put("to", card.recipe().learned().lastDay());
        row.put("leftOut", card.recipe().rules().leftOut());
        HeldBackMetrics tried = card.heldBack();
        row.put("recall", tried == null ? null : tried.recall());
        row.put("alarmsASensorMonth", tried == null ? null : tried.alarmsASensorMonth());
        row.put("heldBack", tried);
        row.put("uses", version.uses());
        row.put("rejected", version.rejected());
        return row;
    }
}
