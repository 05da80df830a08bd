package io.thermolake.model.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.detect.AlarmBudget;
import io.thermolake.model.CurrentModel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromotionTest {
    @ParameterizedTest
    @CsvSource({
        // in use,                   by,    write, promoted, reason
        "                          ,      , true,  true,  the room's first model",
        "20260301T000000Z-aaaaaaaa,  run-0, true,  true,  follows 20260301T000000Z-aaaaaaaa",
        "20260331T000000Z-aaaaaaaa,  run-0, true,  true,  follows 20260331T000000Z-aaaaaaaa",
        "20260331T000000Z-bbbbbbbb,  run-1, false, true,  promoted by this run already",
        "20260331T000000Z-bbbbbbbb,  run-0, false, false, in use already",
        "20260401T000000Z-aaaaaaaa,  run-0, false, false, 'the model in use, 20260401T000000Z-aaaaaaaa, is newer'",
    })
    void aVersionIsPutInUseUnlessANewerOneIs(String inUse, String by, boolean write, boolean promoted, String reason) {
        CurrentModel current = inUse == null ? null : new CurrentModel(inUse, "models/lab/x", by);

        assertThat(PromotionRule.order(current, "20260331T000000Z-bbbbbbbb", "run-1"))
                .isEqualTo(write ? new Promotion.Put(reason) : new Promotion.Stays(promoted, reason));
    }

    @ParameterizedTest
    @CsvSource({
        // in use, by, what was in use before it; whether the run's version takes its place
        "20260301T000000Z-aaaaaaaa, hand,  20260331T000000Z-bbbbbbbb, false",
        "20260301T000000Z-aaaaaaaa, hand,  20260201T000000Z-cccccccc, true",
        "20260301T000000Z-aaaaaaaa, run-0, 20260331T000000Z-bbbbbbbb, true",
    })
    void aRunDoesNotUndoARollback(String inUse, String by, String before, boolean promoted) {
        CurrentModel current = new CurrentModel(
                inUse, "models/lab/x", by, null, null, List.of(new CurrentModel.Use(before, "run-1", null, null)));

        assertThat(PromotionRule.order(current, "20260331T000000Z-bbbbbbbb", "run-1"))
                .isInstanceOf(promoted ? Promotion.Put.class : Promotion.Stays.class);
    }

    @Test
    void byHandAnythingGoes() {
        CurrentModel newer = new CurrentModel("20260401T000000Z-aaaaaaaa", "models/lab/x", "run-9");

        assertThat(PromotionRule.byHand(newer, "20260331T000000Z-bbbbbbbb")).isEqualTo(new Promotion.Put("by hand"));
        assertThat(PromotionRule.byHand(newer, newer.version()))
                .isEqualTo(new Promotion.Stays(false, "in use already"));
        assertThat(PromotionRule.byHand(null, "20260331T000000Z-bbbbbbbb")).isInstanceOf(Promotion.Put.class);
    }

    @Test
    void nothingIsTriedWhereTheModelInUseStaysAnyway() {
        CurrentModel newer = new CurrentModel("20260401T000000Z-aaaaaaaa", "models/lab/x", "run-9");
        PromotionRule rule = new PromotionRule(new AlarmBudget(0.7));

        assertThat(rule.byRun(newer, "20260331T000000Z-bbbbbbbb", "run-1", () -> {
                    throw new AssertionError("days were read for nothing");
                }))
                .isInstanceOf(Promotion.Stays.class);
    }
}
