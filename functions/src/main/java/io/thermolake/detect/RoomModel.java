package io.thermolake.detect;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that was learned of a series from its training values.
 *
 * @param allowed how great each feature may be, by the alarm budget, in the value's unit; a feature without one does not
 *     count
 * @param forestAllowed how great the score of its forest may be, by the same budget; null without a forest
 */
public record RoomModel(
        SensorRules rules,
        Map<Feature, Double> allowed,
        @Nullable Double forestAllowed) {
    /** Without a forest. */
    public RoomModel(SensorRules rules, Map<Feature, Double> allowed) {
        this(rules, allowed, null);
    }

    /** The same with what its forest is allowed. */
    public RoomModel withForest(double allowedScore) {
        return new RoomModel(rules, allowed, allowedScore);
    }

    public RoomModel {
        Map<Feature, Double> copy = new EnumMap<>(Feature.class);
        copy.putAll(allowed);
        allowed = Collections.unmodifiableMap(copy);
    }
}
