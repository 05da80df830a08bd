package io.thermolake.model.promotion;

import io.thermolake.detect.AlarmBudget;
import org.jspecify.annotations.Nullable;

/**
 * Whether a trained model is put in use. It must not alarm more often than the budget, or than the model in use on the same days,
 * and must find as many of the injected faults as that one. A room's first model is held against a looser budget: what fails that
 * is not used, since alarms that nobody believes are worse than the sensor's rules alone, with which the room stays until another
 * model passes or somebody puts this one in use by hand.
 */
public final class PromotionRule {
    /** One fault of the 24 is luck. */
    static final double TOLERANCE = 0.05;
    /** Of the budget, for a room's first model. */
    static final double FIRST = 4;

    private static final double MOST_BUDGET = 100;

    /** @param reason in words that stand in a run's report */
    public record Decision(boolean promote, String reason) {}

    private final AlarmBudget budget;

    public PromotionRule(AlarmBudget budget) {
        this.budget = budget;
    }

    /**
     * @param candidate null where no days could be held back
     * @param current of the model in use, on the same days; null where there is none
     */
    public Decision decide(@Nullable HeldBackMetrics candidate, @Nullable HeldBackMetrics current) {
        if (candidate == null) {
            return new Decision(true, "not tried: the room has too few days to hold some back");
        }
        if (current == null) {
            return first(candidate);
        }
        if (candidate.alarms() > current.alarms() && !within(budget, candidate)) {
            return new Decision(
                    false,
                    "too many alarms: %s; the model in use: %s; the budget is %s a month"
                            .formatted(candidate.words(), current.words(), budget.alarmsASensorMonth()));
        }
        if (candidate.recall() < current.recall() - TOLERANCE) {
            return new Decision(
                    false,
                    "finds less than the model in use: %s; that one: %s".formatted(candidate.words(), current.words()));
        }
        return new Decision(true, "%s; the model before: %s".formatted(candidate.words(), current.words()));
    }

    private Decision first(HeldBackMetrics candidate) {
        double loose = Math.min(MOST_BUDGET, FIRST * budget.alarmsASensorMonth());
        return within(new AlarmBudget(loose), candidate)
                ? new Decision(true, candidate.words())
                : new Decision(
                        false,
                        "too many alarms for a first model: %s; the room keeps its sensor's rules alone until another model"
                                        .formatted(candidate.words())
                                + " passes, or this one is put in use by hand");
    }

    private static boolean within(AlarmBudget budget, HeldBackMetrics metrics) {
        return AlarmCount.within(budget, metrics.alarms(), metrics.days());
    }
}
