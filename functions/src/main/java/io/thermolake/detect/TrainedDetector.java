package io.thermolake.detect;

import java.util.Map;

/** Judges by what was learned: the sensor's rules first, then each feature against what is allowed. */
public final class TrainedDetector implements Detector {
    private final RoomModel model;
    private final Features features;
    private long last = Long.MIN_VALUE;
    private double value = Double.NaN;
    private long since;

    public TrainedDetector(RoomModel model) {
        this.model = model;
        this.features = new Features(model.rules().intervalSeconds());
    }

    /** How long a sensor that says nothing any more is silent at this second, as a share of what is allowed. */
    public double silence(long now) {
        return last == Long.MIN_VALUE ? 0 : (now - last) / model.rules().allowedGap();
    }

    @Override
    public Verdict next(long second, double given) {
        long at = Math.max(second, last);
        double ratio = silence(at);
        Cause cause = Cause.SILENT;
        if (given != value) {
            value = given;
            since = at;
        }
        double stuck = (at - since) / model.rules().allowedRun();
        if (stuck > ratio) {
            ratio = stuck;
            cause = Cause.STUCK;
        }
        last = at;
        Map<Feature, Double> now = features.next(at, given);
        for (Map.Entry<Feature, Double> each : model.allowed().entrySet()) {
            double mine = now.getOrDefault(each.getKey(), Double.NaN) / each.getValue();
            if (mine > ratio) {
                ratio = mine;
                cause = Cause.of(each.getKey());
            }
        }
        return Verdict.of(ratio, cause);
    }
}
