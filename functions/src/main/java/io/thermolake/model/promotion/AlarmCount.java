package io.thermolake.model.promotion;

import io.thermolake.detect.AlarmBudget;

/**
 * Whether a count of alarms goes with a budget. In a week one alarm is four a month already: not the rate is asked, but how likely
 * so many are for a model that keeps the budget (alarms that have nothing to do with one another: Poisson).
 */
final class AlarmCount {
    /** A model that keeps its budget is refused once in so many times, or less often. */
    private static final double LEAST_LIKELY = 0.05;

    private static final double MONTH_DAYS = 30;

    private AlarmCount() {}

    /**
     * @param alarms ≥ 0
     * @param days > 0
     */
    static boolean within(AlarmBudget budget, int alarms, double days) {
        double expected = budget.alarmsASensorMonth() * days / MONTH_DAYS;
        double term = StrictMath.exp(-expected);
        double fewer = 0;
        for (int n = 0; n < alarms; n++) {
            fewer += term;
            term *= expected / (n + 1);
        }
        return 1 - fewer >= LEAST_LIKELY;
    }
}
