package io.thermolake.score;

import io.thermolake.detect.ForestScores;
import io.thermolake.detect.RoomModel;
import io.thermolake.lake.RoomReading;
import io.thermolake.model.ModelCard;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a room is scored by.
 *
 * @param version that its scores carry
 * @param model rules and limits
 * @param usual a greater score is one of the greatest tenth of the training's; null where none is known
 * @param forest fetched when there is something to score; null where the room has none
 */
record Scorer(
        String version,
        RoomModel model,
        @Nullable Double usual,
        @Nullable Supplier<ForestScores> forest) {

    static Scorer of(ModelCard card, Supplier<ForestScores> forest) {
        return new Scorer(card.version(), card.model(), card.usual(), forest);
    }

    /** The scorer of a room without a model: its own rules alone. */
    static Scorer sensorOnly(List<RoomReading> readings) {
        RoomModel rules = SensorOnly.rules(readings);
        return new Scorer(SensorOnly.version(rules), rules, null, null);
    }

    RoomJudge judge() {
        return new RoomJudge(model, forest == null ? null : forest.get());
    }

    /** How many of them are one of the greatest tenth. */
    long unusual(List<JudgedReading> judged) {
        Double limit = usual;
        return limit == null
                ? 0
                : judged.stream().filter(j -> j.verdict().score() > limit).count();
    }
}
