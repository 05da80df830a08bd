package io.thermolake.local.states;

import io.thermolake.asl.MapRunStatus;
import io.thermolake.local.aws.JsonStore;
import io.thermolake.local.aws.Pages;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sfn.model.DescribeMapRunResponse;
import software.amazon.awssdk.services.sfn.model.ListMapRunsRequest;
import software.amazon.awssdk.services.sfn.model.ListMapRunsResponse;
import software.amazon.awssdk.services.sfn.model.MapRunExecutionCounts;
import software.amazon.awssdk.services.sfn.model.MapRunItemCounts;
import software.amazon.awssdk.services.sfn.model.MapRunListItem;

/** The runs of distributed Maps. */
final class MapRuns {
    private final JsonStore<MapRunRecord> runs;
    private final Executions executions;
    private final MapStates mapStates;
    private final Clock clock;

    MapRuns(Path state, Executions executions, MapStates mapStates, Clock clock) {
        this.runs = new JsonStore<>(state.resolve("map-runs"), MapRunRecord.class);
        this.executions = executions;
        this.mapStates = mapStates;
        this.clock = clock;
    }

    /** What ran when the cloud died runs no more. */
    void onStart() {
        Instant now = clock.instant();
        runs.list().stream().filter(MapRunRecord::isRunning).forEach(r -> runs.put(r.arn(), r.aborted(now)));
    }

    void heard(MapRunStatus status) {
        Instant now = clock.instant();
        runs.put(
                status.arn(),
                runs.get(status.arn())
                        .map(r -> r.now(status, now))
                        .orElseGet(() -> new MapRunRecord(status, now, null, 0, null)));
    }

    /** @throws software.amazon.awssdk.services.sfn.model.ResourceNotFoundException when there is none */
    MapRunRecord find(String arn) {
        Arn.parse(arn, Arn.MAP_RUN);
        return runs.get(arn).orElseThrow(() -> SfnErrors.notFound(arn));
    }

    DescribeMapRunResponse describe(String arn) {
        MapRunRecord record = find(arn);
        MapRunStatus run = record.run();
        Counts counts = counts(record);
        return DescribeMapRunResponse.builder()
                .mapRunArn(run.arn())
                .executionArn(run.executionArn())
                .status(run.status())
                .startDate(record.started())
                .stopDate(record.stopped())
                .maxConcurrency(run.maxConcurrency())
                .toleratedFailureCount(run.toleratedFailureCount())
                .toleratedFailurePercentage((float) run.toleratedFailurePercentage())
                .itemCounts(MapRunItemCounts.builder()
                        .pending(counts.pending)
                        .running((long) run.running())
                        .succeeded((long) run.succeeded())
                        .failed(counts.failed)
                        .timedOut(counts.timedOut)
                        .aborted(counts.aborted)
                        .total((long) run.total())
                        .resultsWritten(counts.written)
                        .failuresNotRedrivable(0L)
                        .pendingRedrive(0L)
                        .build())
                .executionCounts(MapRunExecutionCounts.builder()
                        .pending(counts.pending)
                        .running((long) run.running())
                        .succeeded((long) run.succeeded())
                        .failed(counts.failed)
                        .timedOut(counts.timedOut)
                        .aborted(counts.aborted)
                        .total((long) run.total())
                        .resultsWritten(counts.written)
                        .failuresNotRedrivable(0L)
                        .pendingRedrive(0L)
                        .build())
                .redriveCount(record.redriveCount())
                .redriveDate(record.redriven())
                .build();
    }

    private record Counts(long pending, long failed, long timedOut, long aborted, long written) {}

    /** What has not begun when the run is over was aborted with it. */
    private Counts counts(MapRunRecord record) {
        MapRunStatus run = record.run();
        long timedOut = Math.min(
                run.failed(),
                executions.list().stream()
                        .filter(e ->
                                run.arn().equals(e.mapRunArn()) && e.status().equals("TIMED_OUT"))
                        .count());
        boolean writes = run.status().equals("SUCCEEDED")
                && mapStates.of(run.arn(), run.executionArn()).get("ResultWriter") instanceof Map<?, ?> writer
                && (writer.containsKey("Parameters") || writer.containsKey("Arguments"));
        return new Counts(
                record.isRunning() ? run.pending() : 0,
                run.failed() - timedOut,
                timedOut,
                record.isRunning() ? 0 : run.pending(),
                writes ? (long) run.succeeded() + run.failed() : 0);
    }

    ListMapRunsResponse list(ListMapRunsRequest request) {
        String execution = executions.find(request.executionArn()).arn();
        List<MapRunRecord> all = runs.list().stream()
                .filter(r -> r.run().executionArn().equals(execution))
                .sorted(Comparator.comparing(MapRunRecord::started)
                        .thenComparing(MapRunRecord::arn)
                        .reversed())
                .toList();
        Pages.Page<MapRunRecord> page = SfnPages.PAGES.page(
                "ListMapRuns " + execution, all, MapRunRecord::arn, request.maxResults(), request.nextToken());
        return ListMapRunsResponse.builder()
                .mapRuns(page.items().stream()
                        .map(r -> MapRunListItem.builder()
                                .mapRunArn(r.arn())
                                .executionArn(execution)
                                .stateMachineArn(machine(r))
                                .startDate(r.started())
                                .stopDate(r.stopped())
                                .build())
                        .toList())
                .nextToken(page.nextToken())
                .build();
    }

    /** The children's machine: the Map's label behind the machine's name. */
    private static String machine(MapRunRecord run) {
        return Arn.of(Arn.MACHINE, Arn.parse(run.arn(), Arn.MAP_RUN).name());
    }
}
