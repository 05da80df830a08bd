package io.thermolake.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.quota.QuotaExceededException;
import io.thermolake.quota.Refusal;
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
                .containsExactly(new Notice(
                        Kind.ALARM, WHY + ". Scored by the model of before: kitchen, lab. Not scored: attic."));
        assertThat(notices)
                .filteredOn(n -> n.text().startsWith("Detection failed"))
                .extracting(Notice::text)
                .singleElement()
                .asString()
                .contains("office");
    }

    @Test
    void roomsThatKeptTheirModelsAreNoAlarm() {
        assertThat(notices(List.of(), List.of(new Refusal("lab", WHY, true))))
                .contains(new Notice(Kind.WARN, WHY + ". Scored by the model of before: lab."));
    }

    private static List<Notice> notices(List<FailedRoom> failed, List<Refusal> refusals) {
        return new Notices(SampleReport.with("run-1", List.of(), failed, refusals)).all();
    }
}
