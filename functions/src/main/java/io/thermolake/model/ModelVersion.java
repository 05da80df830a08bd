package io.thermolake.model;

import io.thermolake.model.promotion.Rejection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a trained version.
 *
 * @param uses when it was put in use and by whom, the last time first
 * @param rejected why a run did not put it in use, or null
 */
public record ModelVersion(
        ModelCard card,
        boolean inUse,
        List<CurrentModel.Use> uses,
        @Nullable Rejection rejected) {
    public String version() {
        return card.version();
    }
}
