package io.thermolake.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thermolake.PipelineException;
import io.thermolake.alarm.Alarm;
import io.thermolake.fake.FakeAthena;
import io.thermolake.fake.FakeContext;
import io.thermolake.fake.Lab;
import io.thermolake.lake.LakeLayout;
import io.thermolake.report.Report.FailedRoom;
import io.thermolake.score.ScoreIndex;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PublishReportHandlerTest {
    private static final Map<String, String> QUERIES = Map.of("rooms", "q1", "hourly", "q2", "daily", "q3");

    private final Lab lab = new Lab().day("2026-03-30", "run-1", 1440, minute -> 20);
    private final FakeAthena athena = new FakeAthena()
            .withResult(
                    "q1",
                    "room_id,readings,first_reading,last_reading,latest,lowest,mean,highest",
                    "lab,1440,2026-03-30 00:00:00.000,2026-03-30 23:59:00.000,21.25,19.5,20.125,31.75")
            .withResult(
                    "q2",
                    "room_id,hour,readings,lowest,mean,highest",
                    "lab,2026-03-30 00:00:00.000,60,19.5,20.0,21.0",
                    "lab,2026-03-30 01:00:00.000,60,20.5,30.0,31.75",
                    "lab,2026-03-30 02:00:00.000,60,19.5,20.0,21.0")
            .withResult("q3", "room_id,date,readings,lowest,mean,highest", "lab,2026-03-30,1440,19.5,20.125,31.75");

    @Test
    void thePageIsMadeFromTheQueriesTheManifestAndTheScores() {
        lab.commit("run-1");
        lab.store.put(
                LakeLayout.scoreIndex("lab"),
                new ScoreIndex(
                        "lab",
                        "v1",
                        "PT6H",
                        new TreeMap<>(),
                        List.of(),
                        null,
                        List.of(new Alarm("2026-03-30 01:10:00", "2026-03-30 01:40:00", 31.75, 0.8, 31, "jump")),
                        true));

        assertThat(publish(List.of()).report()).isEqualTo("reports/run-1/report.html");

        String page = lab.store.text("reports/run-1/report.html").orElseThrow().value();
        assertThat(page)
                .contains(
                        "<td class=\"n\">21.3</td><td class=\"n\">19.5</td><td class=\"n\">20.1</td><td class=\"n\">31.8</td><td class=\"n\">1,440</td>")
                .contains("<strong>lab</strong>, 30 Mar, 01:10 to 01:40 (30 min)")
                .contains("<path class=\"mean\"");
        assertThat(lab.store.text(LakeLayout.reportOf(1)).orElseThrow().value())
                .isEqualTo("{\"report\":\"reports/run-1/report.html\"}");
    }

    @Test
    void aFailedRoomIsNamedPlainly() {
        lab.commit("run-1");

        publish(List.of(new FailedRoom("lab", "io.thermolake.model.training.TrainingFailedException", "no instances")));

        assertThat(lab.store.text("reports/run-1/report.html").orElseThrow().value())
                .contains("Detection failed for lab: TrainingFailedException, no instances.");
        assertThat(lab.store.text(LakeLayout.reportOf(1)))
                .as("its alarms are yet to come")
                .isEmpty();
    }

    @Test
    void publishedTwiceThePageIsTheSame() {
        lab.commit("run-1");
        publish(List.of());
        String first = lab.store.text("reports/run-1/report.html").orElseThrow().value();

        publish(List.of());

        assertThat(lab.store.text("reports/run-1/report.html").orElseThrow().value())
                .isEqualTo(first);
    }

    @Test
    void withoutAManifestThereIsNothingToReport() {
        assertThatThrownBy(() -> publish(List.of()))
                .isInstanceOf(PipelineException.class)
                .hasMessage("The lake of s3://lake has no manifest yet; there is nothing to report");
    }

    @Test
    void aQueryThatIsMissingIsNamed() {
        lab.commit("run-1");

        assertThatThrownBy(() -> new PublishReportHandler(Lab.settings(), athena, lab.s3)
                        .handleRequest(
                                new PublishReportHandler.Request(Lab.RUN, Map.of("rooms", "q1"), null, null),
                                new FakeContext()))
                .hasMessage("queries lacks daily; it has [rooms]");
    }

    private PublishReportHandler.Answer publish(List<FailedRoom> failed) {
        return new PublishReportHandler(Lab.settings(), athena, lab.s3)
                .handleRequest(new PublishReportHandler.Request(Lab.RUN, QUERIES, failed, null), new FakeContext());
    }
}
