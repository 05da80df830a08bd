package io.thermolake.local.glue;

import io.thermolake.local.aws.CloudContext;
import io.thermolake.local.aws.Pages;
import io.thermolake.local.aws.Threads;
import io.thermolake.local.s3.Buckets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.BatchCreatePartitionRequest;
import software.amazon.awssdk.services.glue.model.BatchCreatePartitionResponse;
import software.amazon.awssdk.services.glue.model.BatchDeletePartitionRequest;
import software.amazon.awssdk.services.glue.model.BatchDeletePartitionResponse;
import software.amazon.awssdk.services.glue.model.BatchStopJobRunRequest;
import software.amazon.awssdk.services.glue.model.BatchStopJobRunResponse;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionFailureEntry;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionRequest;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionResponse;
import software.amazon.awssdk.services.glue.model.CreateTableRequest;
import software.amazon.awssdk.services.glue.model.CreateTableResponse;
import software.amazon.awssdk.services.glue.model.DeleteTableRequest;
import software.amazon.awssdk.services.glue.model.DeleteTableResponse;
import software.amazon.awssdk.services.glue.model.ErrorDetail;
import software.amazon.awssdk.services.glue.model.GetCrawlerRequest;
import software.amazon.awssdk.services.glue.model.GetCrawlerResponse;
import software.amazon.awssdk.services.glue.model.GetCrawlersRequest;
import software.amazon.awssdk.services.glue.model.GetCrawlersResponse;
import software.amazon.awssdk.services.glue.model.GetDatabaseRequest;
import software.amazon.awssdk.services.glue.model.GetDatabaseResponse;
import software.amazon.awssdk.services.glue.model.GetDatabasesRequest;
import software.amazon.awssdk.services.glue.model.GetDatabasesResponse;
import software.amazon.awssdk.services.glue.model.GetJobRequest;
import software.amazon.awssdk.services.glue.model.GetJobResponse;
import software.amazon.awssdk.services.glue.model.GetJobRunRequest;
import software.amazon.awssdk.services.glue.model.GetJobRunResponse;
import software.amazon.awssdk.services.glue.model.GetJobRunsRequest;
import software.amazon.awssdk.services.glue.model.GetJobRunsResponse;
import software.amazon.awssdk.services.glue.model.GetJobsRequest;
import software.amazon.awssdk.services.glue.model.GetJobsResponse;
import software.amazon.awssdk.services.glue.model.GetPartitionsRequest;
import software.amazon.awssdk.services.glue.model.GetPartitionsResponse;
import software.amazon.awssdk.services.glue.model.GetTableRequest;
import software.amazon.awssdk.services.glue.model.GetTableResponse;
import software.amazon.awssdk.services.glue.model.GetTablesRequest;
import software.amazon.awssdk.services.glue.model.GetTablesResponse;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.PartitionError;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.StartCrawlerRequest;
import software.amazon.awssdk.services.glue.model.StartCrawlerResponse;
import software.amazon.awssdk.services.glue.model.StartJobRunRequest;
import software.amazon.awssdk.services.glue.model.StartJobRunResponse;
import software.amazon.awssdk.services.glue.model.StopCrawlerRequest;
import software.amazon.awssdk.services.glue.model.StopCrawlerResponse;
import software.amazon.awssdk.services.glue.model.UpdateTableRequest;
import software.amazon.awssdk.services.glue.model.UpdateTableResponse;

/** Glue's API: each operation is handed to the catalog, the crawlers or the job runs. */
public final class GlueService implements GlueClient {
    private static final int PAGE = 1000;
    private static final Pages PAGES = new Pages(
            GlueService::pageSize,
            () -> InvalidInputException.builder().message("Invalid NextToken").build());

    private final Catalog catalog;
    private final Crawlers crawlers;
    private final JobRuns jobs;
    private final SparkWorker worker;
    private final ExecutorService executor = Executors.newCachedThreadPool(r -> {
        Thread thread = new Thread(r, "glue");
        thread.setDaemon(true);
        return thread;
    });

    public GlueService(CloudContext context, Buckets buckets, Connections connections) {
        Path state = context.folder().state("glue");
        catalog = new Catalog(context.stack(), state);
        worker =
                new SparkWorker(context.home(), buckets.root(), context.folder().logs(), context.scratch());
        crawlers = new Crawlers(
                context.stack(), state, catalog, buckets, connections, context.clock(), context.meter(), executor);
        jobs = new JobRuns(
                context.stack(), state, worker, catalog, connections, context.home(), context.clock(), context.meter());
    }

    /** What Athena reads. */
    public Catalog catalog() {
        return catalog;
    }

    @Override
    public GetDatabaseResponse getDatabase(GetDatabaseRequest r) {
        return GetDatabaseResponse.builder()
                .database(catalog.database(r.name()))
                .build();
    }

    @Override
    public GetDatabasesResponse getDatabases(GetDatabasesRequest r) {
        return GetDatabasesResponse.builder().databaseList(catalog.databases()).build();
    }

    @Override
    public GetTableResponse getTable(GetTableRequest r) {
        return GetTableResponse.builder()
                .table(catalog.table(r.databaseName(), r.name()))
                .build();
    }

    @Override
    public GetTablesResponse getTables(GetTablesRequest r) {
        catalog.database(r.databaseName());
        return GetTablesResponse.builder()
                .tableList(catalog.tables(r.databaseName()))
                .build();
    }

    @Override
    public CreateTableResponse createTable(CreateTableRequest r) {
        catalog.database(r.databaseName());
        if (catalog.find(r.databaseName(), r.tableInput().name()).isPresent()) {
            throw AlreadyExistsException.builder()
                    .message("Table already exists.")
                    .build();
        }
        catalog.put(r.databaseName(), r.tableInput());
        return CreateTableResponse.builder().build();
    }

    @Override
    public UpdateTableResponse updateTable(UpdateTableRequest r) {
        catalog.table(r.databaseName(), r.tableInput().name());
        catalog.put(r.databaseName(), r.tableInput());
        return UpdateTableResponse.builder().build();
    }

    @Override
    public DeleteTableResponse deleteTable(DeleteTableRequest r) {
        catalog.delete(r.databaseName(), r.name());
        return DeleteTableResponse.builder().build();
    }

    @Override
    public GetPartitionsResponse getPartitions(GetPartitionsRequest r) {
        if (r.expression() != null && !r.expression().isBlank()) {
            throw InvalidInputException.builder()
                    .message("The laptop cloud's GetPartitions takes no Expression")
                    .build();
        }
        catalog.table(r.databaseName(), r.tableName());
        List<Partition> all = catalog.partitions(r.databaseName(), r.tableName());
        Pages.Page<Partition> page = PAGES.page(
                "GetPartitions " + r.databaseName() + " " + r.tableName(),
                all,
                partition -> String.join("/", partition.values()),
                r.maxResults(),
                r.nextToken());
        return GetPartitionsResponse.builder()
                .partitions(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    private static int pageSize(@Nullable Integer maxResults) {
        if (maxResults == null) {
            return PAGE;
        }
        if (maxResults < 1 || maxResults > PAGE) {
            throw InvalidInputException.builder()
                    .message("MaxResults is " + maxResults + " but must be from 1 to " + PAGE)
                    .build();
        }
        return maxResults;
    }

    @Override
    public BatchCreatePartitionResponse batchCreatePartition(BatchCreatePartitionRequest r) {
        catalog.table(r.databaseName(), r.tableName());
        atMost100(r.partitionInputList());
        List<PartitionError> errors = new ArrayList<>();
        for (PartitionInput input : r.partitionInputList()) {
            if (catalog.partition(r.databaseName(), r.tableName(), input.values()) != null) {
                errors.add(PartitionError.builder()
                        .partitionValues(input.values())
                        .errorDetail(detail("AlreadyExistsException", "Partition already exists."))
                        .build());
            } else {
                try {
                    catalog.put(partition(r.databaseName(), r.tableName(), input));
                } catch (InvalidInputException e) {
                    errors.add(PartitionError.builder()
                            .partitionValues(input.values())
                            .errorDetail(detail("InvalidInputException", String.valueOf(e.getMessage())))
                            .build());
                }
            }
        }
        return BatchCreatePartitionResponse.builder().errors(errors).build();
    }

    @Override
    public BatchUpdatePartitionResponse batchUpdatePartition(BatchUpdatePartitionRequest r) {
        catalog.table(r.databaseName(), r.tableName());
        atMost100(r.entries());
        List<BatchUpdatePartitionFailureEntry> errors = new ArrayList<>();
        r.entries().forEach(entry -> {
            if (catalog.partition(r.databaseName(), r.tableName(), entry.partitionValueList()) == null) {
                errors.add(BatchUpdatePartitionFailureEntry.builder()
                        .partitionValueList(entry.partitionValueList())
                        .errorDetail(detail("EntityNotFoundException", "Partition not found."))
                        .build());
            } else {
                catalog.put(partition(r.databaseName(), r.tableName(), entry.partitionInput()));
            }
        });
        return BatchUpdatePartitionResponse.builder().errors(errors).build();
    }

    @Override
    public BatchDeletePartitionResponse batchDeletePartition(BatchDeletePartitionRequest r) {
        catalog.table(r.databaseName(), r.tableName());
        List<PartitionError> errors = new ArrayList<>();
        r.partitionsToDelete().forEach(p -> {
            if (!catalog.remove(r.databaseName(), r.tableName(), p.values())) {
                errors.add(PartitionError.builder()
                        .partitionValues(p.values())
                        .errorDetail(detail("EntityNotFoundException", "Partition not found."))
                        .build());
            }
        });
        return BatchDeletePartitionResponse.builder().errors(errors).build();
    }

    private static void atMost100(List<?> entries) {
        if (entries.size() > 100) {
            throw InvalidInputException.builder()
                    .message("Member must have length less than or equal to 100")
                    .build();
        }
    }

    private static ErrorDetail detail(String code, String message) {
        return ErrorDetail.builder().errorCode(code).errorMessage(message).build();
    }

    private static Partition partition(String database, String table, PartitionInput input) {
        return Partition.builder()
                .databaseName(database)
                .tableName(table)
                .values(input.values())
                .storageDescriptor(input.storageDescriptor())
                .parameters(input.parameters())
                .build();
    }

    @Override
    public GetCrawlerResponse getCrawler(GetCrawlerRequest r) {
        return GetCrawlerResponse.builder().crawler(crawlers.get(r.name())).build();
    }

    @Override
    public GetCrawlersResponse getCrawlers(GetCrawlersRequest r) {
        return GetCrawlersResponse.builder().crawlers(crawlers.all()).build();
    }

    @Override
    public StartCrawlerResponse startCrawler(StartCrawlerRequest r) {
        crawlers.start(r.name());
        return StartCrawlerResponse.builder().build();
    }

    @Override
    public StopCrawlerResponse stopCrawler(StopCrawlerRequest r) {
        crawlers.stop(r.name());
        return StopCrawlerResponse.builder().build();
    }

    @Override
    public GetJobResponse getJob(GetJobRequest r) {
        return GetJobResponse.builder().job(jobs.job(r.jobName())).build();
    }

    @Override
    public GetJobsResponse getJobs(GetJobsRequest r) {
        return GetJobsResponse.builder().jobs(jobs.jobs()).build();
    }

    @Override
    public StartJobRunResponse startJobRun(StartJobRunRequest r) {
        return StartJobRunResponse.builder().jobRunId(jobs.start(r)).build();
    }

    @Override
    public GetJobRunResponse getJobRun(GetJobRunRequest r) {
        return GetJobRunResponse.builder()
                .jobRun(jobs.run(r.jobName(), r.runId()))
                .build();
    }

    @Override
    public GetJobRunsResponse getJobRuns(GetJobRunsRequest r) {
        @Nullable Integer most = r.maxResults();
        return GetJobRunsResponse.builder()
                .jobRuns(jobs.of(r.jobName()).stream()
                        .limit(most == null ? PAGE : most)
                        .toList())
                .build();
    }

    @Override
    public BatchStopJobRunResponse batchStopJobRun(BatchStopJobRunRequest r) {
        r.jobRunIds().forEach(id -> jobs.stop(r.jobName(), id));
        return BatchStopJobRunResponse.builder().build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {
        executor.shutdownNow();
        worker.close(); // A job run that waits for it goes on only then.
        Threads.end(executor);
    }
}
