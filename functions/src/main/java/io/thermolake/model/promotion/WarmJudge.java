package io.thermolake.model.promotion;

import io.thermolake.detect.Context;
import io.thermolake.detect.Contexts;
import io.thermolake.detect.ForestScores;
import io.thermolake.detect.RoomModel;
import io.thermolake.detect.Rows;
import io.thermolake.detect.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A room's model, as it judges the days that follow those given. */
public final class WarmJudge implements HeldBackJudge {
    private final RoomModel model;
    private final @Nullable ForestScores forest;
    private final Rows before;

    /**
     * @param forest of the model, or null where there is none
     * @param before {@link Contexts#WARM_UP_DAYS} of readings, or what there is
     */
    public WarmJudge(RoomModel model, @Nullable ForestScores forest, Rows before) {
        this.model = model;
        this.forest = forest;
        this.before = before;
    }

    @Override
    public boolean[] anomalies(Rows days) {
        Contexts contexts = warm();
        List<Context> seen = new ArrayList<>();
        for (int i = 0; i < days.size(); i++) {
            seen.add(contexts.next(days.second(i), days.value(i)));
        }
        return anomalies(seen);
    }

    /** A forest's score costs a hundred times what a limit does, so it is asked only where no limit finds anything, and there for what is near to one. */
    @Override
    public boolean finds(Rows days, long from, long to, Set<Long> usual) {
        Contexts contexts = warm();
        List<Context> seen = new ArrayList<>();
        for (int i = 0; i < days.size() && days.second(i) <= to; i++) {
            Context context = contexts.next(days.second(i), days.value(i));
            if (days.second(i) >= from && !usual.contains(days.second(i))) {
                if (context.verdict().anomaly()) {
                    return true;
                }
                seen.add(context);
            }
        }
        for (boolean anomaly : forest == null ? new boolean[0] : anomalies(seen)) {
            if (anomaly) {
                return true;
            }
        }
        return false;
    }

    @Override
    public double allowedGap() {
        return model.rules().allowedGap();
    }

    private Contexts warm() {
        Contexts contexts = new Contexts(model);
        for (int i = 0; i < before.size(); i++) {
            contexts.next(before.second(i), before.value(i));
        }
        return contexts;
    }

    /** One at a time: copies of the days are judged side by side, and a forest may remember what it was asked. */
    private synchronized double[] scores(ForestScores asked, List<Context> seen) {
        return asked.of(seen.stream().map(Context::row).toList());
    }

    private boolean[] anomalies(List<Context> seen) {
        Double allowed = model.forestAllowed();
        List<Context> near = forest == null || allowed == null
                ? List.of()
                : seen.stream().filter(Context::isNear).toList();
        double[] scores = forest == null || near.isEmpty() ? new double[0] : scores(forest, near);
        boolean[] anomalies = new boolean[seen.size()];
        int next = 0;
        for (int i = 0; i < anomalies.length; i++) {
            Context context = seen.get(i);
            Verdict verdict = allowed != null && scores.length > 0 && context.isNear()
                    ? context.verdict(scores[next++], allowed)
                    : context.verdict();
            anomalies[i] = verdict.anomaly();
        }
        return anomalies;
    }
}
