package io.thermolake.detect;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Follows one room's values, in the order of time, and tells of each what a detector has to know: the sensor's rules first,
 * then each feature against what is allowed. What it needs of the past are some four weeks: who begins in the middle of a
 * series lets it see those first, and gets the same.
 */
public final class Contexts {
    /** Before a value that is to be judged as if all before it had been seen: the days that are looked back, and one more. */
    public static final int WARM_UP_DAYS = NearestDay.DAYS + 1;

    /** A view that is further out than this many times its limit is as far out as can be. */
    private static final float GREATEST = 4;

    private final RoomModel model;
    private final Features features;
    private long last = Long.MIN_VALUE;
    private double value = Double.NaN;
    private long since;

    public Contexts(RoomModel model) {
        this.model = model;
        this.features = new Features(model.rules().intervalSeconds());
    }

    /** The names of what stands in {@link Context#row()}, in its order. */
    public static List<String> names(RoomModel model) {
        return model.allowed().keySet().stream()
                .map(f -> f.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** How long a sensor that says nothing any more is silent at this second, as a share of what is allowed. */
    public double silence(long now) {
        return last == Long.MIN_VALUE ? 0 : (now - last) / model.rules().allowedGap();
    }

    /** @param second since 1970; duplicates and backward times are allowed, and count as the latest so far */
    public Context next(long second, double given) {
        long at = Math.max(second, last);
        double silence = silence(at);
        if (given != value) {
            value = given;
            since = at;
        }
        last = at;
        Map<Feature, Double> now = features.next(at, given);
        Likeliest likeliest = new Likeliest();
        likeliest.see(silence, Cause.SILENT);
        // A run is nothing new where the room was as still at these hours on one of the last days.
        if (now.getOrDefault(Feature.STILLNESS, Double.NaN) != 0) {
            likeliest.see((at - since) / model.rules().allowedRun(), Cause.STUCK);
        }
        float[] row = new float[model.allowed().size()];
        int view = 0;
        for (Map.Entry<Feature, Double> each : model.allowed().entrySet()) {
            double mine = now.getOrDefault(each.getKey(), Double.NaN) / each.getValue();
            row[view++] = Double.isNaN(mine) ? 0 : (float) Math.min(GREATEST, mine);
            likeliest.see(mine, Cause.of(each.getKey()));
        }
        return new Context(row, likeliest.ratio(), likeliest.cause());
    }
}
