package io.thermolake.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.RecordJson;
import io.thermolake.Settings;
import io.thermolake.fake.Lab;
import io.thermolake.lake.RoomReading;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecipeTest {
    private final List<RoomReading> readings = readings(20);

    static List<RoomReading> readings(int days) {
        Random random = new Random(1);
        List<RoomReading> readings = new ArrayList<>();
        for (int i = 0; i < days * 24; i++) {
            readings.add(new RoomReading(
                    "%s %02d:00:00".formatted(LocalDate.parse("2026-03-01").plusDays(i / 24), i % 24),
                    20 + Math.round(random.nextGaussian() * 10) / 100.0));
        }
        return readings;
    }

    @Test
    void theSameReadingsMakeTheSameVersion() {
        Recipe recipe = Recipes.of(readings, Lab.settings(), Trainer.EMBEDDED);

        assertThat(Recipes.of(readings(20), Lab.settings(), Trainer.EMBEDDED)).isEqualTo(recipe);
        assertThat(recipe.version()).matches("20260331T000000Z-[0-9a-f]{8}");
        assertThat(recipe.learned().readings()).isEqualTo(480);
        assertThat(recipe.learned().rows())
                .as("the first nine days only warm up")
                .isEqualTo(264);
        assertThat(recipe.forest().features())
                .hasSize(recipe.rules().limits().allowed().size());
        assertThat(recipe.forest().hyperparameters())
                .containsEntry("feature_dim", "" + recipe.forest().features().size());
        assertThat(recipe.forest().seed()).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "NUM_TREES,            50",
        "NUM_SAMPLES_PER_TREE, 128",
        "ALARM_BUDGET,         2",
        "THRESHOLD_METHOD,     deviations",
    })
    void anotherWayOfMakingItMakesAnotherVersion(String name, String value) {
        Settings other = Lab.settings(Map.of(name, value));

        assertThat(Recipes.of(readings, other, Trainer.EMBEDDED).version())
                .isNotEqualTo(
                        Recipes.of(readings, Lab.settings(), Trainer.EMBEDDED).version());
    }

    @Test
    void anotherTrainerOrAnotherReadingMakesAnotherVersion() {
        String version = Recipes.of(readings, Lab.settings(), Trainer.EMBEDDED).version();
        List<RoomReading> changed = new ArrayList<>(readings);
        changed.set(300, new RoomReading(readings.get(300).timestamp(), 20.71));

        assertThat(Recipes.of(readings, Lab.settings(), Trainer.SAGEMAKER).version())
                .isNotEqualTo(version);
        assertThat(Recipes.of(changed, Lab.settings(), Trainer.EMBEDDED).version())
                .isNotEqualTo(version);
    }

    @Test
    void itReadsBackToTheLastBit() {
        Recipe recipe = Recipes.of(readings, Lab.settings(), Trainer.EMBEDDED);
        String json = RecordJson.gson().toJson(recipe);

        assertThat(RecordJson.gson().fromJson(json, Recipe.class)).isEqualTo(recipe);
        assertThat(json).contains("\"trainer\":\"embedded\"", "\"NEAREST_DAY_1H\":");
    }
}
