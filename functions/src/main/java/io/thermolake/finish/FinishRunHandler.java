package io.thermolake.finish;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.thermolake.Metrics;
import io.thermolake.Settings;
import io.thermolake.lake.Counts;
import io.thermolake.lake.LakeLayout;
import io.thermolake.lake.Manifest;
import io.thermolake.lake.Unread;
import io.thermolake.lake.store.Clients;
import io.thermolake.lake.store.LakeStore;
import io.thermolake.lake.store.Manifests;
import io.thermolake.lake.store.StoreException;
import io.thermolake.model.Refusal;
import io.thermolake.plan.store.FollowUps;
import io.thermolake.run.Run;
import io.thermolake.run.RunPlan;
import io.thermolake.run.store.RunLock;
import io.thermolake.score.SensorOnly;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;

/** Sums the run up, measures it, releases the lock, and makes good a start that was skipped meanwhile. */
public final class FinishRunHandler implements RequestHandler<FinishRunHandler.Request, FinishRunHandler.Answer> {
    /** @param warnings what went wrong and does not fail the run */
    public record Request(
            Run run,
            String outcome,
            List<RoomOutcome> rooms,
            @Nullable String report,
            @Nullable List<String> warnings) {}

    /** @param summary the key of the run's summary */
    public record Answer(String summary) {}

    private record Pointer(String report) {}

    /** The room's score index, as far as the summary needs it. */
    private record Scored(@Nullable String model, @Nullable List<Summary.RoomAlarm> alarms) {}

    private final LakeStore store;
    private final RunLock lock;
    private final Metrics metrics;
    private final FollowUps followUps;

    /** Called by Lambda, once for each execution environment. */
    public FinishRunHandler() {
        this(Settings.from(System.getenv()), Clock.systemUTC());
    }

    private FinishRunHandler(Settings settings, Clock clock) {
        this(
                settings,
                Clients.s3(),
                Clients.stepFunctions(),
                clock,
                new Metrics(settings.stack().name(), clock));
    }

    FinishRunHandler(Settings settings, S3Client s3, SfnClient sfn, Clock clock, Metrics metrics) {
        this.store = new LakeStore(s3, settings.lake().bucket());
        this.lock = new RunLock(store, clock);
        this.metrics = metrics;
        this.followUps = new FollowUps(store, sfn, settings.stack().pipelineArn(), clock);
    }

    @Override
    public Answer handleRequest(Request request, Context context) {
        String key = LakeLayout.summary(request.run().id());
        Optional<Summary> finished = store.find(key, Summary.class);
        if (finished.isPresent() && !lock.isHeldBy(request.run().id())) {
            // The answer of a first call was lost. By now the newest manifest may be another run's, and its report is
            // not ours.
            followUp(finished.get(), context);
            return new Answer(key);
        }
        Summary summary = summary(request);
        store.put(key, summary);
        if (request.report() != null && summary.manifest() > 0) {
            store.put(LakeLayout.reportOf(summary.manifest()), new Pointer(request.report()));
        }
        summary.warnings()
                .forEach(w -> context.getLogger().log("run.warning run=%s what=\"%s\"".formatted(summary.runId(), w)));
        metrics.put(summary.runId(), measured(summary));
        lock.release(request.run().id());
        followUp(summary, context);
        return new Answer(key);
    }

    /** The run's own work is committed, so what cannot be started is a warning. The mark stays for the next run's end. */
    private void followUp(Summary summary, Context context) {
        try {
            followUps
                    .start()
                    .ifPresent(name ->
                            context.getLogger().log("run.followed run=%s by=%s".formatted(summary.runId(), name)));
        } catch (SdkException | StoreException e) {
            Summary warned = summary.warned(
                    "A start that history asked for and that was skipped could not be made good: %s. The end of the next run tries again"
                            .formatted(e.getMessage()));
            store.put(LakeLayout.summary(summary.runId()), warned);
            metrics.put(
                    summary.runId(),
                    Map.of(Metrics.Name.Warnings, warned.warnings().size()));
            context.getLogger()
                    .log("run.warning run=%s what=\"%s\""
                            .formatted(
                                    summary.runId(),
                                    warned.warnings().get(warned.warnings().size() - 1)));
        }
    }

    private Summary summary(Request request) {
        Manifest newest = new Manifests(store).newest().orElse(null);
        Map<String, Long> readings = new TreeMap<>();
        if (newest != null) {
            newest.partitions().forEach(p -> p.rooms().forEach((room, n) -> readings.merge(room, n, Long::sum)));
        }
        Counts counts = newest != null && newest.runId().equals(request.run().id()) ? newest.counts() : Counts.none();
        List<Summary.Room> rooms = new ArrayList<>();
        readings.forEach((room, n) ->
                rooms.add(room(room, n, request.rooms(), counts.conflictRooms().getOrDefault(room, 0L))));
        RunPlan plan =
                store.find(LakeLayout.plan(request.run().id()), RunPlan.class).orElse(null);
        return new Summary(
                request.run().id(),
                request.outcome(),
                request.run().now(),
                newest == null ? 0 : newest.number(),
                counts,
                rooms,
                request.rooms().stream()
                        .filter(r -> r.outcome().equals("FAILED"))
                        .toList(),
                request.report(),
                plan == null ? Map.of() : plan.steps(),
                warnings(request, counts));
    }

    private static List<String> warnings(Request request, Counts counts) {
        List<String> warnings = new ArrayList<>(request.warnings() == null ? List.of() : request.warnings());
        List<Refusal> refusals = new ArrayList<>();
        for (RoomOutcome room : request.rooms()) {
            if (room.refused() != null && !room.outcome().equals("NO_MODEL")) {
                refusals.add(
                        new Refusal(room.room(), room.refused(), room.outcome().equals("SUCCEEDED")));
            }
        }
        warnings.addAll(Refusal.told(refusals));
        Unread.told(counts).ifPresent(warnings::add);
        return warnings;
    }

    private Summary.Room room(String room, long readings, List<RoomOutcome> outcomes, long conflicts) {
        List<RoomOutcome> mine =
                outcomes.stream().filter(o -> o.room().equals(room)).toList();
        Scored index = store.find(LakeLayout.scoreIndex(room), Scored.class).orElse(new Scored(null, null));
        return new Summary.Room(
                room,
                readings,
                mine.stream().mapToLong(RoomOutcome::scored).sum(),
                index.alarms() == null ? List.of() : index.alarms(),
                index.model() == null || SensorOnly.is(index.model()) ? null : index.model(),
                mine.stream()
                        .filter(o -> o.outcome().equals("NO_MODEL"))
                        .map(RoomOutcome::reason)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null),
                conflicts);
    }

    private static Map<Metrics.Name, Number> measured(Summary summary) {
        Counts counts = summary.counts();
        Map<Metrics.Name, Number> values = new EnumMap<>(Metrics.Name.class);
        values.put(Metrics.Name.RunFinished, 1);
        values.put(Metrics.Name.Read, counts.read());
        values.put(Metrics.Name.Clean, counts.clean());
        values.put(Metrics.Name.Quarantined, counts.quarantinedTotal());
        values.put(Metrics.Name.Duplicates, counts.duplicates());
        if (counts.read() > 0) {
            values.put(Metrics.Name.QuarantineRatio, (double) counts.quarantinedTotal() / counts.read());
        }
        values.put(
                Metrics.Name.Alarms,
                summary.rooms().stream().mapToInt(r -> r.alarms().size()).sum());
        values.put(Metrics.Name.FailedRooms, summary.failedRooms().size());
        values.put(Metrics.Name.Warnings, summary.warnings().size());
        return values;
    }
}
