package io.thermolake.fake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.BatchCreatePartitionRequest;
import software.amazon.awssdk.services.glue.model.BatchCreatePartitionResponse;
import software.amazon.awssdk.services.glue.model.BatchStopJobRunRequest;
import software.amazon.awssdk.services.glue.model.BatchStopJobRunResponse;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionFailureEntry;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionRequest;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionResponse;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.Crawler;
import software.amazon.awssdk.services.glue.model.CrawlerNotRunningException;
import software.amazon.awssdk.services.glue.model.CrawlerRunningException;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.ErrorDetail;
import software.amazon.awssdk.services.glue.model.GetCrawlerRequest;
import software.amazon.awssdk.services.glue.model.GetCrawlerResponse;
import software.amazon.awssdk.services.glue.model.GetJobRunRequest;
import software.amazon.awssdk.services.glue.model.GetJobRunResponse;
import software.amazon.awssdk.services.glue.model.GetJobRunsRequest;
import software.amazon.awssdk.services.glue.model.GetJobRunsResponse;
import software.amazon.awssdk.services.glue.model.GetPartitionsRequest;
import software.amazon.awssdk.services.glue.model.GetPartitionsResponse;
import software.amazon.awssdk.services.glue.model.GetTableRequest;
import software.amazon.awssdk.services.glue.model.GetTableResponse;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.JobRun;
import software.amazon.awssdk.services.glue.model.LastCrawlInfo;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.PartitionError;
import software.amazon.awssdk.services.glue.model.StartCrawlerRequest;
import software.amazon.awssdk.services.glue.model.StartCrawlerResponse;
import software.amazon.awssdk.services.glue.model.StartJobRunRequest;
import software.amazon.awssdk.services.glue.model.StartJobRunResponse;
import software.amazon.awssdk.services.glue.model.StopCrawlerRequest;
import software.amazon.awssdk.services.glue.model.StopCrawlerResponse;

/** A Glue in memory: tables with partitions (ten a page, a hundred a call), crawlers, job runs (the newest first). */
public final class FakeGlue implements GlueClient {
    private static final int PAGE = 10;
    private static final int MOST_A_CALL = 100;

    /** Table to partition values to location. */
    public final Map<String, Map<List<String>, String>> partitions = new TreeMap<>();
    /** How many partitions each batch call had. */
    public final List<Integer> batches = new ArrayList<>();
    /** Partition values that Glue refuses with this error code. */
    public final Map<List<String>, String> refused = new LinkedHashMap<>();

    public final List<StartJobRunRequest> started = new ArrayList<>();
    /** Crawlers that were started, a name a crawl. */
    public final List<String> crawls = new ArrayList<>();
    /** Crawlers and job runs that were stopped. */
    public final List<String> stopped = new ArrayList<>();

    private final Map<String, List<Column>> tables = new TreeMap<>();
    private final Map<String, Crawler> crawlers = new TreeMap<>();
    private final Set<String> crawling = new HashSet<>();
    private final List<JobRun> runs = new ArrayList<>();

    public FakeGlue() {
        withTable("temperatures").withTable("rooms").withTable("scores");
    }

    public FakeGlue withTable(String name, String... columns) {
        tables.put(
                name,
                List.of(columns).stream()
                        .map(c -> Column.builder().name(c).type("string").build())
                        .toList());
        return this;
    }

    public FakeGlue withCrawler(String name, String state, @Nullable String lastStatus, @Nullable Instant lastStart) {
        LastCrawlInfo last = lastStatus == null
                ? null
                : LastCrawlInfo.builder()
                        .status(lastStatus)
                        .startTime(lastStart)
                        .errorMessage(lastStatus.equals("FAILED") ? "Access denied" : null)
                        .logGroup("/aws-glue/crawlers")
                        .logStream(name)
                        .build();
        crawlers.put(
                name, Crawler.builder().name(name).state(state).lastCrawl(last).build());
        if (state.equals("READY")) {
            crawling.remove(name);
        } else {
            crawling.add(name);
        }
        return this;
    }

    /** A run of a job, newer than those before. */
    public FakeGlue withJobRun(String job, String id, String state, Map<String, String> arguments) {
        runs.removeIf(r -> r.id().equals(id));
        runs.add(
                0,
                JobRun.builder()
                        .jobName(job)
                        .id(id)
                        .jobRunState(state)
                        .arguments(arguments)
                        .errorMessage(state.equals("FAILED") ? "Out of memory" : null)
                        .build());
        return this;
    }

    @Override
    public GetTableResponse getTable(GetTableRequest request) {
        List<Column> columns = tables.get(request.name());
        if (columns == null) {
            throw EntityNotFoundException.builder()
                    .message("Table " + request.name() + " not found.")
                    .build();
        }
        return GetTableResponse.builder()
                .table(t -> t.name(request.name())
                        .storageDescriptor(s -> s.columns(columns).location("s3://lake/" + request.name() + "/")))
                .build();
    }

    @Override
    public GetPartitionsResponse getPartitions(GetPartitionsRequest request) {
        List<Partition> all = new ArrayList<>();
        of(request.tableName())
                .forEach((values, location) -> all.add(Partition.builder()
                        .values(values)
                        .storageDescriptor(s -> s.location(location))
                        .build()));
        int from = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
        int to = Math.min(all.size(), from + PAGE);
        return GetPartitionsResponse.builder()
                .partitions(all.subList(from, to))
                .nextToken(to < all.size() ? Integer.toString(to) : null)
                .build();
    }

    @Override
    public BatchCreatePartitionResponse batchCreatePartition(BatchCreatePartitionRequest request) {
        batch(request.partitionInputList().size());
        List<PartitionError> errors = new ArrayList<>();
        request.partitionInputList().forEach(p -> {
            String code = refused.get(p.values());
            if (code == null && of(request.tableName()).containsKey(p.values())) {
                code = "AlreadyExistsException";
            }
            if (code == null) {
                of(request.tableName()).put(p.values(), p.storageDescriptor().location());
            } else {
                errors.add(PartitionError.builder()
                        .partitionValues(p.values())
                        .errorDetail(error(code))
                        .build());
            }
        });
        return BatchCreatePartitionResponse.builder().errors(errors).build();
    }

    @Override
    public BatchUpdatePartitionResponse batchUpdatePartition(BatchUpdatePartitionRequest request) {
        batch(request.entries().size());
        List<BatchUpdatePartitionFailureEntry> errors = new ArrayList<>();
        request.entries().forEach(e -> {
            String code = refused.get(e.partitionValueList());
            if (code == null && !of(request.tableName()).containsKey(e.partitionValueList())) {
                code = "EntityNotFoundException";
            }
            if (code == null) {
                of(request.tableName())
                        .put(
                                e.partitionValueList(),
                                e.partitionInput().storageDescriptor().location());
            } else {
                errors.add(BatchUpdatePartitionFailureEntry.builder()
                        .partitionValueList(e.partitionValueList())
                        .errorDetail(error(code))
                        .build());
            }
        });
        return BatchUpdatePartitionResponse.builder().errors(errors).build();
    }

    private Map<List<String>, String> of(String table) {
        return partitions.computeIfAbsent(table, t -> new LinkedHashMap<>());
    }

    private void batch(int size) {
        if (size > MOST_A_CALL) {
            throw InvalidInputException.builder()
                    .message("Member must have length less than or equal to 100")
                    .build();
        }
        batches.add(size);
    }

    private static ErrorDetail error(String code) {
        return ErrorDetail.builder()
                .errorCode(code)
                .errorMessage("Glue says " + code)
                .build();
    }

    @Override
    public StartCrawlerResponse startCrawler(StartCrawlerRequest request) {
        if (!crawling.add(request.name())) {
            throw CrawlerRunningException.builder()
                    .message("Crawler with name " + request.name() + " has already started")
                    .build();
        }
        crawls.add(request.name());
        return StartCrawlerResponse.builder().build();
    }

    @Override
    public GetCrawlerResponse getCrawler(GetCrawlerRequest request) {
        return GetCrawlerResponse.builder()
                .crawler(crawlers.get(request.name()))
                .build();
    }

    @Override
    public StopCrawlerResponse stopCrawler(StopCrawlerRequest request) {
        if (!crawling.remove(request.name())) {
            throw CrawlerNotRunningException.builder()
                    .message("Crawler with name " + request.name() + " isn't running")
                    .build();
        }
        stopped.add(request.name());
        return StopCrawlerResponse.builder().build();
    }

    @Override
    public GetJobRunsResponse getJobRuns(GetJobRunsRequest request) {
        return GetJobRunsResponse.builder()
                .jobRuns(runs.stream()
                        .filter(r -> r.jobName().equals(request.jobName()))
                        .limit(request.maxResults())
                        .toList())
                .build();
    }

    @Override
    public GetJobRunResponse getJobRun(GetJobRunRequest request) {
        return GetJobRunResponse.builder()
                .jobRun(runs.stream()
                        .filter(r -> r.id().equals(request.runId()))
                        .findFirst()
                        .orElseThrow(() -> EntityNotFoundException.builder()
                                .message("Job Run not found")
                                .build()))
                .build();
    }

    @Override
    public StartJobRunResponse startJobRun(StartJobRunRequest request) {
        started.add(request);
        String id = "jr_" + started.size();
        withJobRun(request.jobName(), id, "STARTING", request.arguments());
        return StartJobRunResponse.builder().jobRunId(id).build();
    }

    @Override
    public BatchStopJobRunResponse batchStopJobRun(BatchStopJobRunRequest request) {
        stopped.addAll(request.jobRunIds());
        return BatchStopJobRunResponse.builder().build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
