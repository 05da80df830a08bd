package io.thermolake.model.promotion;

import io.thermolake.detect.Feature;
import io.thermolake.detect.RoomModel;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One training never lowers a limit by more than a tenth of the model in use. A model that does not learn from what it alarmed on
 * narrows itself else: each one thinks less usual than the one before. Raised they may be at once: that costs recall, which the
 * promotion looks at. The sensor's rules are not limited: they are measured lengths, and after an outage of days the next training
 * must be free to forget it.
 */
public final class LimitCut {
    static final double LEAST_SHARE = 0.9;

    private LimitCut() {}

    /**
     * The features' limits; to be asked before the forest's rows are made, since these are shares of the limits.
     *
     * @param current the model in use, or null
     */
    public static RoomModel features(RoomModel trained, @Nullable RoomModel current) {
        if (current == null) {
            return trained;
        }
        Map<Feature, Double> allowed = new EnumMap<>(Feature.class);
        trained.allowed()
                .forEach((feature, limit) ->
                        allowed.put(feature, limited(limit, current.allowed().get(feature))));
        return new RoomModel(trained.rules(), allowed, trained.forestAllowed());
    }

    /** The forest's limit, in the same way. */
    public static RoomModel forest(RoomModel trained, @Nullable RoomModel current) {
        Double limit = trained.forestAllowed();
        return current == null || limit == null ? trained : trained.withForest(limited(limit, current.forestAllowed()));
    }

    /** One limit. @param current null where the model in use has none */
    static double limited(double trained, @Nullable Double current) {
        // Where a training saw too little, its limit is as great as can be: nothing to hold on to.
        return current == null || current >= Double.MAX_VALUE ? trained : Math.max(trained, LEAST_SHARE * current);
    }
}
