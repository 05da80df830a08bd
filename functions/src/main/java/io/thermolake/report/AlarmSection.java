package io.thermolake.report;

import io.thermolake.alarm.Alarm;
import io.thermolake.detect.Verdict;
import io.thermolake.lake.RoomReading;
import io.thermolake.score.Kinds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The alarms in words, the newest first. */
final class AlarmSection {
    private static final int MOST_ALARMS = 50;

    private record RoomAlarm(RoomReport room, Alarm alarm) {}

    private final PageTemplate template;
    private final Report report;
    private final List<RoomAlarm> alarms = new ArrayList<>();

    AlarmSection(PageTemplate template, Report report) {
        this.template = template;
        this.report = report;
        report.rooms().forEach(room -> room.alarms().forEach(alarm -> alarms.add(new RoomAlarm(room, alarm))));
        alarms.sort(Comparator.comparing((RoomAlarm a) -> a.alarm().start())
                .reversed()
                .thenComparing(a -> a.room().room()));
    }

    int number() {
        return alarms.size();
    }

    /** Says so where there is none. */
    Markup none() {
        return alarms.isEmpty() ? template.block("noAlarms").fill(Map.of("why", why())) : Markup.NONE;
    }

    private String why() {
        if (report.judgesNothing()) {
            return "No temperature was judged: no room has a model yet. No sensor was silent or repeated itself.";
        }
        return report.unjudged().isEmpty()
                ? "No reading of any room scored above the threshold."
                : "No reading of a room that has a model scored above the threshold. Not judged yet: %s."
                        .formatted(String.join(", ", report.unjudged()));
    }

    Markup list() {
        if (alarms.isEmpty()) {
            return Markup.NONE;
        }

        PageTemplate list = template.block("alarmList");
        PageTemplate line = list.block("alarm");
        return list.fill(Map.of(
                "alarm",
                Markup.join(alarms.stream()
                        .limit(MOST_ALARMS)
                        .map(a -> alarm(line, a))
                        .toList())));
    }

    private static Markup alarm(PageTemplate line, RoomAlarm found) {
        Alarm alarm = found.alarm();
        Instant start = RoomReading.at(alarm.start());
        Instant end = RoomReading.at(alarm.end());
        return line.fill(Map.of(
                "room", found.room().room(),
                "when", Words.span(start, end),
                "lasted", start.equals(end) ? "" : " (" + Words.duration(Duration.between(start, end)) + ")",
                "what", Kinds.words(alarm.kind()),
                "details", details(alarm)));
    }

    private static String details(Alarm alarm) {
        return alarm.readings() == 0
                ? "Its last reading was %s; nothing came since".formatted(Words.celsius(alarm.worst()))
                : "Worst at %s, score %s over the threshold %s; %s above it"
                        .formatted(
                                Words.celsius(alarm.worst()),
                                Words.score(alarm.score()),
                                Words.score(Verdict.THRESHOLD),
                                Words.count(alarm.readings(), "reading"));
    }

    /** How many the list leaves out. */
    Markup older() {
        return alarms.size() <= MOST_ALARMS
                ? Markup.NONE
                : new Markup("<p class=\"pad none\">And %s before; the table alarms has them.</p>"
                        .formatted(Words.count(alarms.size() - MOST_ALARMS, "alarm")));
    }
}
