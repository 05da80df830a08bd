package io.thermolake.model.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.detect.Feature;
import io.thermolake.fake.FakeContext;
import io.thermolake.fake.FakeForest;
import io.thermolake.fake.FakeSageMaker;
import io.thermolake.fake.Lab;
import io.thermolake.lake.LakeLayout;
import io.thermolake.model.CurrentModel;
import io.thermolake.model.ModelCard;
import io.thermolake.model.store.Faults;
import io.thermolake.model.store.Models;
import io.thermolake.model.training.StartTrainingHandler;
import io.thermolake.run.Run;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Training and promotion with all that they ask: held-back days, confirmed faults, drift, and the limits of before. */
class ModelLifeTest {
    private final Lab lab = new Lab();
    private final Models models = new Models(lab.store);

    private Map<String, Object> train(Run run, boolean force) {
        return new StartTrainingHandler(
                        Lab.settings(Map.of("DETECTOR", "embedded", "NUM_TREES", "50")),
                        new FakeSageMaker(),
                        lab.s3,
                        Clock.systemUTC())
                .handleRequest(new StartTrainingHandler.Request(run, "lab", force, "", null), new FakeContext())
                .details();
    }

    private PromoteModelHandler.Answer promote(Run run, String version) {
        return new PromoteModelHandler(Lab.settings(), new FakeForest(row -> 1), lab.s3, Clock.systemUTC())
                .handleRequest(new PromoteModelHandler.Request(run, "lab", version, "", null), new FakeContext());
    }

    private PromoteModelHandler.Answer trained(Run run) {
        return promote(run, train(run, true).get("version").toString());
    }

    private static Run at(String id, Duration after) {
        return new Run(id, Lab.RUN.executionArn(), Lab.NOW.plus(after), 0);
    }

    @Test
    void theCardSaysWhatTheModelDoesOnTheDaysHeldBack() {
        lab.days(30, "run-1").commit("run-1");

        PromoteModelHandler.Answer answer = trained(Lab.RUN);

        HeldBackMetrics tried =
                models.card("lab", answer.version()).orElseThrow().heldBack();
        assertThat(tried).isNotNull();
        assertThat(tried.from()).isEqualTo(Instant.parse("2026-03-24T00:00:00Z"));
        assertThat(tried.to()).isEqualTo(Instant.parse("2026-03-30T23:50:00Z"));
        assertThat(tried.faults()).isGreaterThanOrEqualTo(21);
        assertThat(tried.recall()).as("missed %s", tried.missed()).isGreaterThan(0.7);
        assertThat(tried.alarms()).isLessThanOrEqualTo(1);
        assertThat(answer.reason()).isEqualTo("the room's first model; " + tried.words());
    }

    @Test
    void withTooFewDaysItIsPutInUseUntriedAndSaid() {
        lab.days(27, "run-1").commit("run-1");

        PromoteModelHandler.Answer answer = trained(Lab.RUN);

        assertThat(answer.promoted()).isTrue();
        assertThat(answer.reason()).contains("not tried: the room has too few days");
        assertThat(models.card("lab", answer.version()).orElseThrow().heldBack())
                .isNull();
    }

    @Test
    void aFirstModelThatCriesWolfIsNotUsedAndTheNextIsTriedAfterADay() {
        lab.days(30, "run-1");
        for (int day = 24; day < 30; day++) {
            lab.changed("2026-03-" + day, "run-1", minute -> minute == 600 ? 9 : 0);
        }
        lab.commit("run-1");

        PromoteModelHandler.Answer answer = trained(Lab.RUN);

        assertThat(answer.promoted()).isFalse();
        assertThat(answer.reason()).startsWith("too many alarms for a first model: 6 alarms in 7.0 days");
        assertThat(models.current("lab")).isEmpty();
        assertThat(models.lastRejection("lab").orElseThrow().version()).isEqualTo(answer.version());
        assertThat(train(at("run-2", Duration.ofHours(23)), false))
                .containsEntry("needed", false)
                .hasEntrySatisfying("reason", r -> assertThat(r.toString()).contains("was not put in use"));
        assertThat(train(at("run-3", Duration.ofHours(24)), false)).containsEntry("needed", true);
    }

    @Test
    void whatIsConfirmedIsNotLearnedAndTheRecipeSaysSo() {
        lab.days(30, "run-1").changed("2026-03-15", "run-1", minute -> minute > 600 && minute < 720 ? 8 : 0);
        lab.commit("run-1");
        double with = changeLimit(trained(Lab.RUN).version());
        lab.store.delete(LakeLayout.currentModel("lab"));
        new Faults(lab.store)
                .confirm(
                        "lab",
                        new ConfirmedFault(
                                Instant.parse("2026-03-15T09:00:00Z"),
                                Instant.parse("2026-03-15T13:00:00Z"),
                                "a heater",
                                Lab.NOW));

        String version = trained(at("run-2", Duration.ofHours(1))).version();

        assertThat(models.recipe("lab", version).orElseThrow().rules().leftOut())
                .isEqualTo("25 readings of confirmed faults left out");
        assertThat(changeLimit(version)).isLessThan(0.8 * with);
        assertThat(models.recipe("lab", version)
                        .orElseThrow()
                        .rules()
                        .limits()
                        .rules()
                        .longestGapSeconds())
                .isEqualTo(600);
    }

    @Test
    void aTrainingLowersNoLimitByMoreThanATenth() {
        lab.days(30, "run-1").changed("2026-03-15", "run-1", minute -> minute > 600 && minute < 720 ? 8 : 0);
        lab.commit("run-1");
        ModelCard before = models.card("lab", trained(Lab.RUN).version()).orElseThrow();
        lab.usual("2026-03-15", "run-2").commit("run-2");

        ModelCard after = models.card(
                        "lab", trained(at("run-2", Duration.ofHours(1))).version())
                .orElseThrow();

        assertThat(changeLimit(after.version())).isEqualTo(0.9 * changeLimit(before.version()));
        assertThat(after.model().forestAllowed())
                .isGreaterThanOrEqualTo(0.9 * before.model().forestAllowed());
    }

    @ParameterizedTest
    @CsvSource({
        "130, true,  the scores have drifted",
        "14,  false, a new one is due after 30 days",
    })
    void aRoomWhoseScoresHaveDriftedIsTrained(int above, boolean needed, String reason) {
        lab.days(30, "run-1").commit("run-1");
        String version = trained(Lab.RUN).version();
        StringJoiner dates = new StringJoiner(",");
        for (int day = 24; day <= 30; day++) {
            dates.add("\"2026-03-%d\":{\"readings\":144,\"above\":%d}".formatted(day, above));
        }
        lab.store.put(LakeLayout.scoreIndex("lab"), "{\"model\":\"" + version + "\",\"dates\":{" + dates + "}}");

        Map<String, Object> details = train(at("run-2", Duration.ofHours(1)), false);

        assertThat(details).containsEntry("needed", needed);
        assertThat(details.get("reason").toString()).contains(reason);
    }

    @Test
    void whatAPersonPutInUseCountsAsNew() {
        lab.days(30, "run-1").commit("run-1");
        String version = trained(Lab.RUN).version();
        Run late = at("run-2", Duration.ofDays(31));
        assertThat(train(late, false).get("reason").toString()).doesNotContain("a new one is due");
        CurrentModel current = models.current("lab").orElseThrow();
        lab.store.put(
                LakeLayout.currentModel("lab"),
                new CurrentModel(
                        version,
                        current.artifact(),
                        CurrentModel.HAND,
                        late.now().minus(Duration.ofDays(1)),
                        "by hand",
                        current.uses()));

        assertThat(train(late, false))
                .containsEntry("needed", false)
                .hasEntrySatisfying("reason", r -> assertThat(r.toString()).contains("24 hours old; a new one is due"));
    }

    private double changeLimit(String version) {
        return models.recipe("lab", version)
                .orElseThrow()
                .rules()
                .limits()
                .allowed()
                .getOrDefault(Feature.CHANGE, Double.NaN);
    }
}
