package io.thermolake.model.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thermolake.PipelineException;
import io.thermolake.detect.AlarmBudget;
import io.thermolake.fake.Lab;
import io.thermolake.lake.LakeLayout;
import io.thermolake.model.CurrentModel;
import io.thermolake.model.CurrentModel.Use;
import io.thermolake.model.ModelCard;
import io.thermolake.model.ModelVersion;
import io.thermolake.model.Recipes;
import io.thermolake.model.promotion.ConfirmedFault;
import io.thermolake.model.promotion.PutInUse;
import io.thermolake.model.promotion.Rejection;
import io.thermolake.model.promotion.Tried;
import io.thermolake.run.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromotionsTest {
    private static final String MARCH = "20260331T000000Z-aaaaaaaa";
    private static final String APRIL = "20260430T000000Z-bbbbbbbb";
    private static final String MAY = "20260530T000000Z-cccccccc";
    private static final Instant AT = Lab.NOW;
    private static final String UNTRIED = "; not tried: the room has too few days to hold some back";

    private final Lab lab = new Lab();
    private final Models models = new Models(lab.store);
    private final Promotions promotions = new Promotions(lab.store);

    private PutInUse trained(String version) {
        models.keep(card(version));
        return promotions.byRun(
                new Run("run-of-" + version, "arn", AT, 1), card(version), new AlarmBudget(0.7), current -> Tried.NOT);
    }

    private static ModelCard card(String version) {
        return Recipes.card(Recipes.recipe(version, AT));
    }

    private CurrentModel current() {
        return models.current("lab").orElseThrow();
    }

    @Test
    void whatWasInUseBeforeIsKnown() {
        trained(MARCH);
        assertThat(trained(APRIL)).isEqualTo(new PutInUse(APRIL, true, "follows " + MARCH + UNTRIED));

        assertThat(current().previous()).hasValue(MARCH);
        assertThat(current().uses())
                .containsExactly(
                        new Use(APRIL, "run-of-" + APRIL, AT, "follows " + MARCH + UNTRIED),
                        new Use(MARCH, "run-of-" + MARCH, AT, "the room's first model" + UNTRIED));
    }

    @Test
    void aSecondRollbackUndoesTheFirst() {
        trained(MARCH);
        trained(APRIL);

        assertThat(promotions.byHand("lab", Promotions.PREVIOUS, AT))
                .isEqualTo(new PutInUse(MARCH, true, "rolled back from " + APRIL));
        assertThat(promotions.byHand("lab", Promotions.PREVIOUS, AT).version()).isEqualTo(APRIL);
        assertThat(current().uses()).extracting(Use::version).containsExactly(APRIL, MARCH, APRIL, MARCH);
    }

    @Test
    void theRunThatWasRolledBackDoesNotComeBack() {
        trained(MARCH);
        trained(APRIL);
        promotions.byHand("lab", Promotions.PREVIOUS, AT);

        assertThat(trained(APRIL).promoted()).isFalse();
        assertThat(current().version()).isEqualTo(MARCH);
        assertThat(trained(MAY).promoted()).as("the next training").isTrue();
    }

    @Test
    void putInUseTwiceItIsInUse() {
        trained(MARCH);
        assertThat(promotions.byHand("lab", MARCH, AT)).isEqualTo(new PutInUse(MARCH, false, "in use already"));
        assertThat(current().promotedBy()).isEqualTo("run-of-" + MARCH);
    }

    @Test
    void whatTheRoomDoesNotHaveCannotBePutInUse() {
        assertThatThrownBy(() -> promotions.byHand("lab", MARCH, AT))
                .isInstanceOf(PipelineException.class)
                .hasMessage("Room lab has no version " + MARCH + " that was trained to its end; it has none");
        assertThatThrownBy(() -> promotions.byHand("lab", "previous", AT))
                .hasMessageContaining("has had no other model in use");
        trained(MARCH);
        assertThatThrownBy(() -> promotions.byHand("lab", "previous", AT))
                .hasMessageContaining("has had no other model in use");
        assertThatThrownBy(() -> promotions.byHand("lab", APRIL, AT)).hasMessageEndingWith("it has " + MARCH);
    }

    @Test
    void whoIsOvertakenLooksAgain() {
        trained(MARCH);
        models.keep(card(MAY));
        lab.s3.beforeWriting(LakeLayout.currentModel("lab"), () -> promotions.byHand("lab", MAY, AT));

        assertThat(trained(APRIL)).isEqualTo(new PutInUse(APRIL, false, "the model in use, " + MAY + ", is newer"));
        assertThat(current().version()).isEqualTo(MAY);
    }

    @Test
    void anAnswerThatIsLostDoesNotPutTheVersionInUseTwice() {
        trained(MARCH);
        lab.s3.losingTheAnswerOf(LakeLayout.currentModel("lab"));

        assertThat(trained(APRIL).promoted()).isTrue();
        assertThat(current().uses()).hasSize(2);
    }

    @Test
    void fiftyUsesAreRemembered() {
        trained(MARCH);
        trained(APRIL);
        for (int i = 0; i < 60; i++) {
            promotions.byHand("lab", Promotions.PREVIOUS, AT);
        }
        assertThat(current().before()).hasSize(50);
    }

    @Test
    void aFileOfAnOlderReleaseIsRead() {
        lab.store.put(
                LakeLayout.currentModel("lab"),
                "{\"version\":\"" + MARCH + "\",\"artifact\":\"models/lab/x\",\"promotedBy\":\"run-1\"}");
        trained(APRIL);
        assertThat(current().previous()).hasValue(MARCH);
    }

    @Test
    void versionsAreListedWithTheirHistoryTheNewestFirst() {
        trained(MARCH);
        trained(APRIL);
        models.keep(card(MAY));
        Rejection rejection = new Rejection(MAY, AT, "run-9", "too many alarms");
        models.reject("lab", rejection);
        models.reject("lab", new Rejection(MAY, AT, "run-10", "said again"));

        List<ModelVersion> versions = models.versions("lab");

        assertThat(versions).extracting(ModelVersion::version).containsExactly(MAY, APRIL, MARCH);
        assertThat(versions).extracting(ModelVersion::inUse).containsExactly(false, true, false);
        assertThat(versions.get(0).rejected()).isEqualTo(rejection);
        assertThat(versions.get(0).uses()).isEmpty();
        assertThat(versions.get(2).uses()).extracting(Use::promotedBy).containsExactly("run-of-" + MARCH);
        assertThat(models.lastRejection("lab")).hasValue(rejection);
        assertThat(models.lastRejection("kitchen")).isEmpty();
        assertThat(models.rooms()).containsExactly("lab");
    }

    @Test
    void confirmedFaultsAddUp() {
        Faults faults = new Faults(lab.store);
        ConfirmedFault first = new ConfirmedFault(AT, AT.plus(Duration.ofHours(2)), "a heater", AT);
        ConfirmedFault second =
                new ConfirmedFault(AT.minus(Duration.ofDays(3)), AT.minus(Duration.ofDays(2)), null, AT);
        lab.s3.beforeWriting(LakeLayout.confirmedFaults("lab"), () -> faults.confirm("lab", second));

        assertThat(faults.confirm("lab", first).faults()).containsExactly(second, first);
        assertThat(faults.of("lab").faults()).containsExactly(second, first);
        assertThat(faults.of("kitchen").faults()).isEmpty();
    }
}
