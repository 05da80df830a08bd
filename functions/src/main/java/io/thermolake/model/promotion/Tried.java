package io.thermolake.model.promotion;

import org.jspecify.annotations.Nullable;

/**
 * What two models do on the days that the newer one's recipe held back.
 *
 * @param candidate null where no days could be held back
 * @param inUse null where no model is in use, or it cannot be asked
 */
public record Tried(
        @Nullable HeldBackMetrics candidate, @Nullable HeldBackMetrics inUse) {
    /** Where no days could be held back. */
    public static final Tried NOT = new Tried(null, null);
}
