package io.thermolake.promote;

import io.thermolake.detect.Context;
import io.thermolake.detect.Contexts;
import io.thermolake.detect.ForestScores;
import io.thermolake.detect.RoomModel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A room's model, as it judges the days that follow those given. */
public final class WarmJudge implements Judge {
    private final RoomModel model;
    private final @Nullable ForestScores forest;
    private final Rows before;

    /**
     * @param forest of the model, or null where there is none; it is asked once for all rows
     * @param before {@link Contexts#WARM_UP_DAYS} of readings, or what there is
     */
    public WarmJudge(RoomModel model, @Nullable ForestScores forest, Rows before) {
        this.model = model;
        this.forest = forest;
        this.before = before;
    }

    @Override
    public boolean[] anomalies(Rows days) {
        Contexts contexts = new Contexts(model);
        for (int i = 0; i < before.size(); i++) {
            contexts.next(before.second(i), before.value(i));
        }
        List<Context> seen = new ArrayList<>();
        for (int i = 0; i < days.size(); i++) {
            seen.add(contexts.next(days.second(i), days.value(i)));
        }
        Double allowed = model.forestAllowed();
        boolean[] anomalies = new boolean[days.size()];
        double[] scores = forest == null || allowed == null
                ? null
                : forest.of(seen.stream().map(Context::row).toList());
        for (int i = 0; i < anomalies.length; i++) {
            Context context = seen.get(i);
            anomalies[i] = scores == null || allowed == null
                    ? context.verdict().anomaly()
                    : context.verdict(scores[i], allowed).anomaly();
        }
        return anomalies;
    }

    @Override
    public double allowedGap() {
        return model.rules().allowedGap();
    }
}
