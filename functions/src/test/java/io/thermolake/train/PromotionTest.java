package io.thermolake.train;

import static org.assertj.core.api.Assertions.assertThat;

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

        assertThat(Promotion.of(current, "20260331T000000Z-bbbbbbbb", "run-1"))
                .isEqualTo(new Promotion(write, promoted, reason));
    }
}
