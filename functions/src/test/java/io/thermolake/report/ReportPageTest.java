package io.thermolake.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.alarm.Alarm;
import io.thermolake.report.Report.FailedRoom;
import io.thermolake.report.RoomReport.Day;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReportPageTest {
    private static final Pattern TAG = Pattern.compile("<(/?)([a-z][a-z0-9]*)([^>]*)>");
    private static final List<String> VOID = List.of("meta", "br", "path", "img", "input", "link");

    @Test
    void thePageSaysWhatAReaderNeedsFirst() throws IOException {
        String page = page(SampleReport.report());
        Files.writeString(Files.createDirectories(Path.of("target")).resolve("sample-report.html"), page, UTF_8);

        assertThat(text(page))
                .contains("As of 31 March 2026, 00:00 UTC, last reading 30 Mar, 23:59")
                .contains("2 rooms had an alarm in the last 24 hours: lab, storage.")
                .contains("office sent nothing in the last 7 h 1 min.")
                .contains("only a sensor that is silent or repeats itself is told of: storage.")
                .contains(
                        "lab, 30 Mar, 08:11 to 14:02 (5 h 51 min): for half a day away from every day of the last four weeks")
                .contains("Worst at 31.7 °C, score 0.88 over the threshold 0.50; 347 readings above it")
                .contains("217,911")
                .contains("of a reading that was kept already; 4 have a differing temperature");
    }

    @Test
    void everythingOnThePageIsInItsOneFile() {
        assertThat(page(SampleReport.report()))
                .doesNotContain(
                        "http://", "https://", "<script", "<link", "<img", "@import", "url(", "src=", "{{", "<!--");
    }

    @Test
    void everyTagIsClosed() {
        Matcher tag = TAG.matcher(page(SampleReport.report()));
        java.util.ArrayDeque<String> open = new java.util.ArrayDeque<>();
        while (tag.find()) {
            String name = tag.group(2);
            if (VOID.contains(name) || tag.group(3).endsWith("/")) {
                continue;
            }
            if (tag.group(1).isEmpty()) {
                open.push(name);
            } else {
                assertThat(open.pop()).as("closed at %d", tag.start()).isEqualTo(name);
            }
        }
        assertThat(open).isEmpty();
    }

    @Test
    void whatComesFromDataIsEscaped() {
        RoomReport room = SampleReport.room(
                "<script>alert(1)</script>",
                20,
                SampleReport.NOW,
                List.of(new Alarm("2026-03-30 08:00:00", "2026-03-30 09:00:00", 30, 0.7, 5, "<i>")),
                null);
        String page = page(SampleReport.with(
                "\"><img src=x>", List.of(room), List.of(new FailedRoom("a&b", "<b>", "it's \"bad\""))));

        assertThat(page)
                .doesNotContain("<script", "<img", "<b>")
                .contains(
                        "&lt;script&gt;alert(1)&lt;/script&gt;",
                        "&lt;i&gt;",
                        "a&amp;b: &lt;b&gt;, it&#39;s &quot;bad&quot;",
                        "&quot;&gt;&lt;img src=x&gt;");
    }

    @Test
    void aRunWithoutNewDataSaysSinceWhen() {
        String page = page(SampleReport.with("run-2", SampleReport.report().rooms(), List.of()));

        assertThat(text(page))
                .contains("No new data since 31 March 2026, 00:00 UTC, when run run-1 read its last.")
                .contains("This run read nothing; these are the records of run run-1");
    }

    @Test
    void anEmptyLakeHasAPageToo() {
        String page = text(page(SampleReport.with("run-1", List.of(), List.of())));

        assertThat(page)
                .contains(
                        "The lake holds no readings yet.", "No room has a model yet.", "No alarm in the last 24 hours.")
                .doesNotContain("The last 14 days");
    }

    @Test
    void aRoomThatNobodyJudgesHasNoWordOfNoAlarm() {
        RoomReport attic = SampleReport.room("attic", 20, SampleReport.NOW, List.of(), null);
        RoomReport lab = SampleReport.room("lab", 20, SampleReport.NOW, List.of(), SampleReport.card("lab"));

        assertThat(page(SampleReport.with("run-1", List.of(attic), List.of())))
                .contains(
                        "not judged, since it has no model yet", "No temperature was judged: no room has a model yet.")
                .doesNotContain("no alarm", "No alarm");
        assertThat(page(SampleReport.with("run-1", List.of(attic, lab), List.of())))
                .contains("; no alarm</figcaption>", "Not judged yet: attic.");
    }

    @Test
    void aRoomWithoutReadingsIsARowWithoutNumbers() {
        RoomReport room = new RoomReport("attic", null, List.of(), List.of(new Day("2026-03-30", 0)), List.of(), null);

        assertThat(text(page(SampleReport.with("run-1", List.of(room), List.of()))))
                .contains("attic no model – – – – – 0 –");
    }

    @Test
    void aSensorThatIsSilentStillIsToldOfOnce() {
        RoomReport office = SampleReport.room(
                "office",
                20,
                SampleReport.NOW.minusSeconds(7 * 3600),
                List.of(new Alarm("2026-03-30 19:00:00", "2026-03-31 00:00:00", 21.4, 0.7, 0, "silent")),
                SampleReport.card("office"));

        assertThat(text(page(SampleReport.with("run-1", List.of(office), List.of()))))
                .contains("office, 30 Mar, 19:00 to 31 Mar, 00:00 (5 h): the sensor is silent")
                .contains("Its last reading was 21.4 °C; nothing came since")
                .doesNotContain("office sent nothing");
    }

    @Test
    void ofManyAlarmsThePageShowsTheLast50() {
        List<Alarm> alarms = java.util.stream.IntStream.range(0, 60)
                .mapToObj("2026-03-29 08:%02d:00"::formatted)
                .map(at -> new Alarm(at, at, 30, 0.7, 1, "jump"))
                .toList();
        String page = page(SampleReport.with(
                "run-1",
                List.of(SampleReport.room("lab", 20, SampleReport.NOW, alarms, SampleReport.card("lab"))),
                List.of()));

        assertThat(text(page))
                .contains("29 Mar, 08:59", "29 Mar, 08:10:", "And 10 alarms before; the table alarms has them.")
                .doesNotContain("lab , 29 Mar, 08:09");
        assertThat(page.split("<li><strong>lab")).hasSize(51);
    }

    private static String page(Report report) {
        return new ReportPage(BiFiles.text("report.html"), report).html();
    }

    private static String text(String page) {
        return page.replaceAll("(?s)<style>.*?</style>", "")
                .replaceAll("<[^>]*>", " ")
                .replaceAll("\\s+", " ")
                .replace(" ,", ",");
    }
}
