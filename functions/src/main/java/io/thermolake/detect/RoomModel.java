package io.thermolake.detect;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * All that was learned of a series from its training values.
 *
 * @param allowed how great each feature may be, by the alarm budget, in the value's unit; a feature without one does not
 *     count
 */
public record RoomModel(SensorRules rules, Map<Feature, Double> allowed) {
    public RoomModel {
        Map<Feature, Double> copy = new EnumMap<>(Feature.class);
        copy.putAll(allowed);
        allowed = Collections.unmodifiableMap(copy);
    }
}
