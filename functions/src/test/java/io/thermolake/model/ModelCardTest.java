package io.thermolake.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thermolake.RecordJson;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ModelCardTest {
    private final ModelCard card = Recipes.card(Recipes.recipe("v1", Instant.EPOCH));

    @Test
    void itReadsBackAsItWasWritten() {
        String json = RecordJson.gson().toJson(card);

        assertThat(RecordJson.gson().fromJson(json, ModelCard.class)).isEqualTo(card);
        assertThat(json.indexOf("feature_dim")).as("sorted").isLessThan(json.indexOf("num_samples_per_tree"));
    }

    @Test
    void withoutItsForestsLimitItIsNone() {
        assertThatThrownBy(() -> new ModelCard(card.recipe(), card.artifact(), Recipes.LIMITS, "", card.scores()))
                .hasMessage("model.model.forestAllowed is null");
    }
}
