package io.thermolake.commit;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.thermolake.RecordJson;
import io.thermolake.Settings;
import io.thermolake.lake.Counts;
import io.thermolake.lake.LakeLayout;
import io.thermolake.lake.Manifest;
import io.thermolake.lake.Run;
import io.thermolake.lake.store.Clients;
import io.thermolake.lake.store.LakeStore;
import io.thermolake.lake.store.Manifests;
import io.thermolake.lake.store.RunLock;
import io.thermolake.plan.RunPlan;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

/** Sums the run up, measures it, and releases the lock. */
public final class FinishRunHandler implements RequestHandler<FinishRunHandler.Request, FinishRunHandler.Answer> {
    public record Request(
            Run run,
            String outcome,
            List<RoomOutcome> rooms,
            @Nullable String report) {}

    /** @param summary the key of the run's summary */
    public record Answer(String summary) {}

    private record Pointer(String report) {}

    /** The room's score index, as far as the summary needs it. */
    private record Scored(@Nullable String model, @Nullable List<Summary.Alarm> alarms) {}

    private final LakeStore store;
    private final RunLock lock;
    private final Clock clock;

    /** Called by Lambda, once for each execution environment. */
    public FinishRunHandler() {
        this(Settings.from(System.getenv()), Clients.s3(), Clock.systemUTC());
    }

    FinishRunHandler(Settings settings, S3Client s3, Clock clock) {
        this.store = new LakeStore(s3, settings.bucket());
        this.lock = new RunLock(store, clock);
        this.clock = clock;
    }

    @Override
    public Answer handleRequest(Request request, Context context) {
        Summary summary = summary(request);
        String key = LakeLayout.summary(request.run().id());
        store.put(key, summary);
        if (request.report() != null && summary.manifest() > 0) {
            store.put(LakeLayout.reportOf(summary.manifest()), new Pointer(request.report()));
        }
        context.getLogger().log(metrics(summary));
        lock.release(request.run().id());
        return new Answer(key);
    }

    private Summary summary(Request request) {
        Manifest newest = new Manifests(store).newest().orElse(null);
        Map<String, Long> readings = new TreeMap<>();
        if (newest != null) {
            newest.partitions().forEach(p -> p.rooms().forEach((room, n) -> readings.merge(room, n, Long::sum)));
        }
        List<Summary.Room> rooms = new ArrayList<>();
        readings.forEach((room, n) -> rooms.add(room(room, n, request.rooms())));
        RunPlan plan = store.read(LakeLayout.plan(request.run().id()), RunPlan.class)
                .map(LakeStore.Stored::value)
                .orElse(null);
        return new Summary(
                request.run().id(),
                request.outcome(),
                request.run().now(),
                newest == null ? 0 : newest.number(),
                newest != null && newest.runId().equals(request.run().id()) ? newest.counts() : Counts.none(),
                rooms,
                request.rooms().stream()
                        .filter(r -> r.outcome().equals("FAILED"))
                        .toList(),
                request.report(),
                plan == null ? Map.of() : plan.steps());
    }

    private Summary.Room room(String room, long readings, List<RoomOutcome> outcomes) {
        long scored = outcomes.stream()
                .filter(o -> o.room().equals(room))
                .mapToLong(RoomOutcome::scored)
                .sum();
        Scored index = store.read(LakeLayout.scoreIndex(room), Scored.class)
                .map(LakeStore.Stored::value)
                .orElse(new Scored(null, null));
        return new Summary.Room(
                room, readings, scored, index.alarms() == null ? List.of() : index.alarms(), index.model());
    }

    /**
     * One line in CloudWatch's embedded metric format: the metrics cost no call ("Specification: Embedded metric format",
     * CloudWatch user guide).
     */
    private String metrics(Summary summary) {
        List<Map<String, String>> metrics =
                List.of("RunFinished", "Read", "Clean", "Quarantined", "Alarms", "FailedRooms").stream()
                        .map(name -> Map.of("Name", name, "Unit", "Count"))
                        .toList();
        Map<String, Object> line = new TreeMap<>();
        line.put(
                "_aws",
                Map.of(
                        "Timestamp",
                        clock.millis(),
                        "CloudWatchMetrics",
                        List.of(Map.of(
                                "Namespace", "Thermolake", "Dimensions", List.of(List.of()), "Metrics", metrics))));
        line.put("runId", summary.runId());
        line.put("RunFinished", 1);
        line.put("Read", summary.counts().read());
        line.put("Clean", summary.counts().clean());
        line.put("Quarantined", summary.counts().quarantinedTotal());
        line.put(
                "Alarms",
                summary.rooms().stream().mapToInt(r -> r.alarms().size()).sum());
        line.put("FailedRooms", summary.failedRooms().size());
        return RecordJson.gson().toJson(line);
    }
}
