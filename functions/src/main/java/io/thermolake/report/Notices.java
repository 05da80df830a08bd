package io.thermolake.report;

import io.thermolake.lake.Conflicts;
import io.thermolake.lake.Unread;
import io.thermolake.model.QuotaExceededException;
import io.thermolake.model.Refusal;
import io.thermolake.report.Report.FailedRoom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a reader should know first, the worst on top. */
final class Notices {
    private static final Duration RECENT = Duration.ofHours(24);

    /** How much it matters; the page has a colour for each. */
    enum Kind {
        ALARM,
        WARN,
        GOOD
    }

    record Notice(Kind kind, String text) {}

    private final Report report;
    private final Instant now;

    Notices(Report report) {
        this.report = report;
        this.now = report.run().now();
    }

    List<Notice> all() {
        List<Notice> notices = new ArrayList<>();
        notices.add(alarms());
        Refusal.told(report.refusals()).forEach(text -> notices.add(new Notice(refusalKind(), text)));
        report.failedRooms().stream().filter(room -> !isToldAsRefusal(room)).forEach(room -> notices.add(failed(room)));
        report.rooms().stream()
                .filter(r -> r.silentFor(now) != null && !r.isAlarmedAt(now))
                .forEach(r -> notices.add(silent(r)));
        fallbacks()
                .forEach((why, rooms) -> notices.add(new Notice(
                        Kind.WARN,
                        "Detected without SageMaker, by a forest of the functions' own: %s. %s."
                                .formatted(String.join(", ", rooms), why))));
        List<String> untrained = report.unjudged();
        if (!untrained.isEmpty()) {
            notices.add(new Notice(
                    Kind.WARN,
                    "No model yet, since there is too little to learn from: only a sensor that is silent or repeats itself is told of: %s."
                            .formatted(String.join(", ", untrained))));
        }
        if (report.hasNewData()) {
            Stream.of(
                            Unread.told(report.manifest().counts()),
                            Conflicts.told(report.manifest().counts()))
                    .flatMap(Optional::stream)
                    .forEach(text -> notices.add(new Notice(Kind.WARN, text + ".")));
        } else {
            notices.add(new Notice(
                    Kind.WARN,
                    "No new data since %s UTC, when run %s read its last."
                            .formatted(
                                    Words.full(report.manifest().now()),
                                    report.manifest().runId())));
        }
        return notices;
    }

    private Notice alarms() {
        List<String> rooms = report.rooms().stream()
                .filter(r -> r.alarmedWithin(RECENT, now))
                .map(RoomReport::room)
                .toList();
        return rooms.isEmpty()
                ? noAlarm()
                : new Notice(
                        Kind.ALARM,
                        "%s an alarm in the last 24 hours: %s."
                                .formatted(
                                        rooms.size() == 1 ? "1 room had" : Words.count(rooms.size()) + " rooms had",
                                        String.join(", ", rooms)));
    }

    /** Where nothing was judged, that nothing was found is no good news. */
    private Notice noAlarm() {
        if (report.judgesNothing()) {
            return new Notice(Kind.WARN, "No temperature could be judged: no room has a model yet.");
        }
        return new Notice(
                Kind.GOOD,
                report.unjudged().isEmpty()
                        ? "No alarm in the last 24 hours."
                        : "No alarm in the last 24 hours in the rooms that have a model.");
    }

    private static Notice failed(FailedRoom room) {
        String why = Failures.words(room.error(), room.cause());
        return new Notice(
                Kind.ALARM,
                "Detection failed for %s%s. What stands here of its alarms is from an earlier run."
                        .formatted(room.room(), why.isEmpty() ? "" : ": " + why));
    }

    /** What is told of this run's refusals already is not told again. */
    private Map<String, List<String>> fallbacks() {
        Map<String, List<String>> rooms = new TreeMap<>();
        for (RoomReport room : report.rooms()) {
            String why =
                    room.model() == null ? null : room.model().recipe().forest().fallback();
            if (why != null
                    && report.refusals().stream().noneMatch(r -> r.room().equals(room.room()))) {
                rooms.computeIfAbsent(why, w -> new ArrayList<>()).add(room.room());
            }
        }
        return rooms;
    }

    private Kind refusalKind() {
        return report.refusals().stream().allMatch(Refusal::scored) ? Kind.WARN : Kind.ALARM;
    }

    /** One sentence for the run, not one a room. */
    private boolean isToldAsRefusal(FailedRoom room) {
        return QuotaExceededException.class.getName().equals(room.error())
                && report.refusals().stream().anyMatch(r -> r.room().equals(room.room()));
    }

    private Notice silent(RoomReport room) {
        Duration silence = room.silentFor(now);
        return new Notice(
                Kind.WARN,
                "%s sent nothing in the last %s."
                        .formatted(room.room(), Words.duration(silence == null ? Duration.ZERO : silence)));
    }
}
