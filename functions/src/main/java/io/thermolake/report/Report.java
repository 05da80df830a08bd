package io.thermolake.report;

import io.thermolake.alarm.Alarm;
import io.thermolake.lake.Manifest;
import io.thermolake.model.ModelCard;
import io.thermolake.model.Refusal;
import io.thermolake.report.RoomReport.Day;
import io.thermolake.report.RoomReport.Hour;
import io.thermolake.report.RoomReport.Totals;
import io.thermolake.run.Run;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All that stands in one report.
 *
 * @param run that made it
 * @param manifest the lake that it is of
 * @param rooms in the order of their ids
 * @param failedRooms whose detection failed in this run; they keep the scores and alarms of before
 * @param refusals rooms that a quota left without what they needed
 */
record Report(
        Run run, Manifest manifest, List<RoomReport> rooms, List<FailedRoom> failedRooms, List<Refusal> refusals) {

    /** A room whose detection failed, and why. */
    record FailedRoom(
            String room, @Nullable String error, @Nullable String cause) {}

    /** What detection knows of a room. */
    record Detected(List<Alarm> alarms, @Nullable ModelCard model) {}

    Report {
        rooms = List.copyOf(rooms);
        failedRooms = failedRooms == null ? List.of() : List.copyOf(failedRooms);
        refusals = refusals == null ? List.of() : List.copyOf(refusals);
    }

    /**
     * Joins the queries' rows.
     *
     * @param rows by query
     * @param detected what is known of a room
     */
    static Report of(
            Run run,
            Manifest manifest,
            Map<String, List<Map<String, String>>> rows,
            Function<String, Detected> detected,
            List<FailedRoom> failedRooms,
            List<Refusal> refusals) {
        Map<String, List<Totals>> totals = byRoom(rows.get("rooms"), Totals::of);
        Map<String, List<Hour>> hours = byRoom(rows.get("hourly"), Hour::of);
        Map<String, List<Day>> days = byRoom(rows.get("daily"), Day::of);
        TreeSet<String> ids = new TreeSet<>(totals.keySet());
        manifest.partitions().forEach(p -> ids.addAll(p.rooms().keySet()));
        List<RoomReport> rooms = ids.stream()
                .map(id -> {
                    Detected found = detected.apply(id);
                    return new RoomReport(
                            id,
                            totals.containsKey(id) ? totals.get(id).get(0) : null,
                            hours.getOrDefault(id, List.of()),
                            days.getOrDefault(id, List.of()),
                            found.alarms(),
                            found.model());
                })
                .toList();
        return new Report(run, manifest, rooms, failedRooms, refusals);
    }

    private static <T> Map<String, List<T>> byRoom(
            @Nullable List<Map<String, String>> rows, Function<Map<String, String>, T> make) {
        Map<String, List<T>> byRoom = new TreeMap<>();
        for (Map<String, String> row : rows == null ? List.<Map<String, String>>of() : rows) {
            byRoom.computeIfAbsent(QueryValues.text(row, "room_id"), id -> new ArrayList<>())
                    .add(make.apply(row));
        }
        return byRoom;
    }

    /** Whether this run read anything; if not, the figures are those of the run that wrote the manifest. */
    boolean hasNewData() {
        return manifest.runId().equals(run.id());
    }

    /** Rooms whose temperatures nobody judges yet. */
    List<String> unjudged() {
        return rooms.stream().filter(r -> !r.isJudged()).map(RoomReport::room).toList();
    }

    /** Whether there are rooms, and none is judged. */
    boolean judgesNothing() {
        return !rooms.isEmpty() && rooms.stream().noneMatch(RoomReport::isJudged);
    }

    long readings() {
        return rooms.stream()
                .map(RoomReport::totals)
                .mapToLong(t -> t == null ? 0 : t.readings())
                .sum();
    }

    /** The last reading of all rooms. */
    Optional<Instant> lastReading() {
        return rooms.stream()
                .flatMap(r -> Optional.ofNullable(r.totals()).stream())
                .map(Totals::last)
                .max(Instant::compareTo);
    }
}
