package io.thermolake.detect;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges by what was learned: rules and features, and the room's forest where there is one. */
public final class TrainedDetector implements Detector {
    private final RoomModel model;
    private final Contexts contexts;
    private final @Nullable ForestScores forest;

    /** By rules and limits alone. */
    public TrainedDetector(RoomModel model) {
        this.model = model;
        this.contexts = new Contexts(model);
        this.forest = null;
    }

    /** @param model with what its forest is allowed */
    public TrainedDetector(RoomModel model, ForestScores forest) {
        this.model = model;
        this.contexts = new Contexts(model);
        this.forest = forest;
    }

    /** How long a sensor that says nothing any more is silent at this second, as a share of what is allowed. */
    public double silence(long now) {
        return contexts.silence(now);
    }

    /** The verdict on a sensor that says nothing at this second. */
    public Verdict silent(long now) {
        return Verdict.of(silence(now), Cause.SILENT);
    }

    @Override
    public Verdict next(long second, double value) {
        Context context = contexts.next(second, value);
        return forest == null || model.forestAllowed() == null || !context.isNear()
                ? context.verdict()
                : context.verdict(forest.of(List.of(context.row()))[0], model.forestAllowed());
    }
}
