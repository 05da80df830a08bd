package io.thermolake.detect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;

/** Learns a {@link RoomModel} from training values. Nothing of it comes from what is scored later. */
public final class Training {
    /** Before that, the days to compare with are too few. */
    private static final long WARM_UP_SECONDS = 9 * 86_400L;

    private static final long BLOCK_SECONDS = 86_400;
    /** The least stillness, in steps of the sensor: a value that goes to and fro between two neighbours has not moved. */
    private static final double LEAST_STILLNESS_STEPS = 1.5;

    /** The least limit of a feature, in steps that the sensor rounds to. */
    private static final double LEAST_STEPS = 0.5;
    /** The forest's share of the budget: with as much as the features have it gave a fifth more false alarms and found no more (measured). */
    private static final double FOREST_SHARE = 0.25;

    /** The baselines of the day and the week move with the season: frozen limits on them gave alarms all spring (tried). */
    private static final Set<Feature> LIMITED = EnumSet.of(
            Feature.NEAREST_DAY_1H,
            Feature.NEAREST_DAY_3H,
            Feature.NEAREST_DAY_6H,
            Feature.CHANGE,
            Feature.ROUGHNESS,
            Feature.STILLNESS);

    private final long[] seconds;
    private final double[] values;
    private final double blocks;
    private final double interval;
    private final double leastShare;
    private final List<Map<Feature, Double>> features = new ArrayList<>();

    /**
     * @param seconds since 1970, not falling
     * @param budget what limits are made by
     */
    public Training(long[] seconds, double[] values, AlarmBudget budget) {
        this.seconds = seconds.clone();
        this.values = values.clone();
        this.blocks = budget.returnDays() * 86_400 / BLOCK_SECONDS;
        this.leastShare = budget.leastShare();
        this.interval = Habits.interval(seconds);
        Features next = new Features(interval);
        for (int i = 0; i < seconds.length; i++) {
            features.add(next.next(seconds[i], values[i]));
        }
    }

    /** The seconds that mostly lie between two values: the median. */
    public static double interval(long[] seconds) {
        return Habits.interval(seconds);
    }

    /** What was learned. */
    public RoomModel model() {
        Habits habits = new Habits(seconds, values);
        double span = habits.span();
        double step = habits.step();
        double[] runs = habits.runs();
        Map<Feature, Double> allowed = new EnumMap<>(Feature.class);
        for (Feature feature : LIMITED) {
            double floor = Math.max(Double.MIN_NORMAL, floor(feature, span, step));
            allowed.put(feature, Math.max(floor, level(i -> features.get(i).getOrDefault(feature, Double.NaN))));
        }
        double longest = Arrays.stream(runs).max().orElse(0);
        // A training that is too short for levels has its rules alone.
        double likely = isWarm(seconds.length - 1) ? level(i -> runs[i]) : longest;
        return new RoomModel(new SensorRules(interval, habits.longestGap(), longest, likely), allowed);
    }

    private double floor(Feature feature, double span, double step) {
        return switch (feature) {
            case NEAREST_DAY_1H, NEAREST_DAY_3H, NEAREST_DAY_6H -> Math.max(LEAST_STEPS * step, leastShare * span);
            case STILLNESS -> LEAST_STILLNESS_STEPS * step;
            case CHANGE, ROUGHNESS, WEEK, DAY -> LEAST_STEPS * step;
        };
    }

    /**
     * What a forest learns from: a row for each training value after the warm-up, as {@link Contexts} gives them.
     *
     * @param model of this training
     */
    public List<float[]> rows(RoomModel model) {
        Contexts contexts = new Contexts(model);
        List<float[]> rows = new ArrayList<>();
        for (int i = 0; i < seconds.length; i++) {
            Context context = contexts.next(seconds[i], values[i]);
            if (isWarm(i)) {
                rows.add(context.row());
            }
        }
        return rows;
    }

    /**
     * The model with what its forest is allowed, by its part of the budget: the features have their limits beside it.
     *
     * @param scores of {@link #rows}, all of them and in their order
     */
    public RoomModel withForest(RoomModel model, double[] scores) {
        int cold = seconds.length - scores.length;
        return model.withForest(level(i -> i < cold ? Double.NaN : scores[i - cold], blocks / FOREST_SHARE));
    }

    private boolean isWarm(int i) {
        return i >= 0 && seconds[i] - seconds[0] >= WARM_UP_SECONDS;
    }

    private double level(IntToDoubleFunction of) {
        return level(of, blocks);
    }

    private double level(IntToDoubleFunction of, double blocks) {
        Map<Long, Double> maxima = new TreeMap<>();
        for (int i = 0; i < seconds.length; i++) {
            double value = of.applyAsDouble(i);
            if (isWarm(i) && Double.isFinite(value)) {
                maxima.merge(seconds[i] / BLOCK_SECONDS, value, Math::max);
            }
        }
        return maxima.isEmpty()
                ? Double.MAX_VALUE
                : ReturnLevel.of(
                        maxima.values().stream()
                                .mapToDouble(Double::doubleValue)
                                .toArray(),
                        blocks);
    }
}
