package io.thermolake.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.model.QuotaExceededException;
import io.thermolake.model.Refusal;
import io.thermolake.report.Notices.Kind;
import io.thermolake.report.Notices.Notice;
import io.thermolake.report.Report.FailedRoom;
import java.util.List;
import org.junit.jupiter.api.Test;

class NoticesTest {
    private static final String WHY = "The quota 'ml.m5.large for training job usage' is used up";

    @Test
    void aQuotaIsToldOnceForAllItsRooms() {
        List<Notice> notices = notices(
                List.of(
                        new FailedRoom("attic", QuotaExceededException.class.getName(), null),
                        new FailedRoom("office", "ModelError", "broken forest")),
                List.of(
                        new Refusal("lab", WHY, true),
                        new Refusal("attic", WHY, false),
                        new Refusal("kitchen", WHY, true)));

        assertThat(notices)
                .filteredOn(n -> n.text().contains("quota"))
                .containsExactly(
                        new Notice(
                                Kind.ALARM,
                                WHY
                                        + ". Detected without SageMaker, by a forest of the functions' own: kitchen, lab. Not detected: attic."));
        assertThat(notices)
                .filteredOn(n -> n.text().startsWith("Detection failed"))
                .extracting(Notice::text)
                .singleElement()
                .asString()
                .contains("office");
    }

    @Test
    void roomsThatAreDetectedWithoutSageMakerAreNoAlarm() {
        assertThat(notices(List.of(), List.of(new Refusal("lab", WHY, true))))
                .contains(new Notice(
                        Kind.WARN, WHY + ". Detected without SageMaker, by a forest of the functions' own: lab."));
    }

    @Test
    void aFallbackIsToldForAsLongAsItIsInUse() {
        RoomReport lab = SampleReport.room("lab", 20, SampleReport.NOW, List.of(), SampleReport.card("lab", WHY));
        String told = "Detected without SageMaker, by a forest of the functions' own: lab. " + WHY + ".";

        assertThat(new Notices(SampleReport.with("run-2", List.of(lab), List.of(), List.of())).all())
                .contains(new Notice(Kind.WARN, told));
        assertThat(new Notices(SampleReport.with(
                                "run-1", List.of(lab), List.of(), List.of(new Refusal("lab", WHY, true))))
                        .all())
                .as("once")
                .doesNotContain(new Notice(Kind.WARN, told));
    }

    @Test
    void roomsWhoseSourcesDisagreeAreNamedWithHowManyOfHowMany() {
        assertThat(new Notices(SampleReport.report()).all())
                .extracting(Notice::text)
                .anySatisfy(
                        text -> assertThat(text)
                                .startsWith(
                                        "4 of 217,911 records have another temperature than the one kept for the same room and second: lab 1, office 3. Kept is"));
    }

    @Test
    void whereNothingWasJudgedNoAlarmIsNoGoodNews() {
        RoomReport lab = SampleReport.room("lab", 20, SampleReport.NOW, List.of(), SampleReport.card("lab"));
        RoomReport attic = SampleReport.room("attic", 20, SampleReport.NOW, List.of(), null);

        assertThat(first(attic))
                .isEqualTo(new Notice(Kind.WARN, "No temperature could be judged: no room has a model yet."));
        assertThat(first(attic, lab))
                .isEqualTo(new Notice(Kind.GOOD, "No alarm in the last 24 hours in the rooms that have a model."));
        assertThat(first(lab)).isEqualTo(new Notice(Kind.GOOD, "No alarm in the last 24 hours."));
    }

    private static Notice first(RoomReport... rooms) {
        return new Notices(SampleReport.with("run-1", List.of(rooms), List.of()))
                .all()
                .get(0);
    }

    private static List<Notice> notices(List<FailedRoom> failed, List<Refusal> refusals) {
        return new Notices(SampleReport.with("run-1", List.of(), failed, refusals)).all();
    }
}
