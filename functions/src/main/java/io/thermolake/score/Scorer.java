package io.thermolake.score;

import io.thermolake.detect.ForestScores;
import io.thermolake.detect.RoomModel;
import io.thermolake.train.ModelCard;
import io.thermolake.train.RoomReading;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a room is scored by.
 *
 * @param version that its scores carry
 * @param model rules and limits
 * @param forest fetched when there is something to score; null where the room has none
 */
record Scorer(String version, RoomModel model, @Nullable Supplier<ForestScores> forest) {

    static Scorer of(ModelCard card, Supplier<ForestScores> forest) {
        return new Scorer(card.version(), card.model(), forest);
    }

    /** Of a room without a model. */
    static Scorer sensorOnly(List<RoomReading> readings) {
        RoomModel rules = SensorOnly.rules(readings);
        return new Scorer(SensorOnly.version(rules), rules, null);
    }

    Judge judge() {
        return new Judge(model, forest == null ? null : forest.get());
    }
}
