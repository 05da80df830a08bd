package io.thermolake.local.glue;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import io.thermolake.local.aws.JsonStore;
import io.thermolake.local.aws.Meter;
import io.thermolake.local.aws.SdkJson;
import io.thermolake.local.stack.Stack;
import io.thermolake.local.stack.StackResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.ConcurrentRunsExceededException;
import software.amazon.awssdk.services.glue.model.Job;
import software.amazon.awssdk.services.glue.model.JobMode;
import software.amazon.awssdk.services.glue.model.JobRun;
import software.amazon.awssdk.services.glue.model.JobRunState;
import software.amazon.awssdk.services.glue.model.StartJobRunRequest;

/** The stack's jobs and their runs, on the Spark worker: the very job classes, and Glue Studio graphs. */
final class JobRuns {
    private static final Gson GSON = new Gson();

    private final Map<String, StackResource> jobs = new HashMap<>();
    private final JsonStore<Map<?, ?>> runs;
    private final SparkWorker worker;
    private final Catalog catalog;
    private final Connections connections;
    private final Path home;
    private final Clock clock;
    private final Meter meter;

    @SuppressWarnings({"unchecked", "rawtypes"})
    JobRuns(
            Stack stack,
            Path state,
            SparkWorker worker,
            Catalog catalog,
            Connections connections,
            Path home,
            Clock clock,
            Meter meter) {
        this.worker = worker;
        this.catalog = catalog;
        this.connections = connections;
        this.home = home;
        this.clock = clock;
        this.meter = meter;
        stack.ofType("AWS::Glue::Job").forEach(j -> jobs.put(j.physicalId(), j));
        stack.ofType("Custom::GlueStudioJob").forEach(j -> jobs.put(j.physicalId(), j));
        runs = new JsonStore<>(state.resolve("job-runs"), (Class) Map.class);
        all().stream()
                .filter(r -> !isOver(r))
                .forEach(r -> runs.put(
                        r.id(),
                        SdkJson.write(r.toBuilder()
                                .jobRunState(JobRunState.FAILED)
                                .errorMessage("The laptop cloud was stopped while the job ran")
                                .completedOn(clock.instant())
                                .build())));
    }

    private static boolean isOver(JobRun run) {
        return switch (run.jobRunState()) {
            case STARTING, RUNNING, STOPPING, WAITING -> false;
            default -> true;
        };
    }

    Job job(String name) {
        StackResource job = declared(name);
        return Job.builder()
                .name(name)
                .jobMode(job.type().equals("Custom::GlueStudioJob") ? JobMode.VISUAL : JobMode.SCRIPT)
                .defaultArguments(arguments(job))
                .maxRetries(0)
                .build();
    }

    List<Job> jobs() {
        return jobs.keySet().stream().sorted().map(this::job).toList();
    }

    private StackResource declared(String name) {
        StackResource job = jobs.get(name);
        if (job == null) {
            throw Catalog.missing("Failed to start job run due to missing metadata: job " + name + " was not found");
        }
        return job;
    }

    private static Map<String, String> arguments(StackResource job) {
        Map<String, String> arguments = new LinkedHashMap<>();
        if (job.properties().get("DefaultArguments") instanceof Map<?, ?> defaults) {
            defaults.forEach((k, v) -> arguments.put(String.valueOf(k), String.valueOf(v)));
        }
        return arguments;
    }

    private List<JobRun> all() {
        return runs.list().stream()
                .map(map -> (JobRun) SdkJson.read(JobRun.builder(), map))
                .toList();
    }

    /** Newest first. */
    List<JobRun> of(String job) {
        declared(job);
        return all().stream()
                .filter(r -> r.jobName().equals(job))
                .sorted(Comparator.comparing(JobRun::startedOn).reversed())
                .toList();
    }

    JobRun run(String job, String id) {
        return runs.get(id)
                .map(map -> (JobRun) SdkJson.read(JobRun.builder(), map))
                .filter(r -> r.jobName().equals(job))
                .orElseThrow(() -> Catalog.missing("Job run " + id + " of " + job + " was not found"));
    }

    synchronized String start(StartJobRunRequest request) {
        StackResource job = declared(request.jobName());
        Map<String, String> arguments = JobCode.arguments(request.jobName(), arguments(job), request.arguments());
        if (of(request.jobName()).stream().anyMatch(r -> !isOver(r))) {
            throw ConcurrentRunsExceededException.builder()
                    .message("Concurrent runs exceeded for " + request.jobName())
                    .build();
        }
        String id = "jr_" + UUID.randomUUID().toString().replace("-", "");
        JobRun run = JobRun.builder()
                .id(id)
                .jobName(request.jobName())
                .jobRunState(JobRunState.STARTING)
                .arguments(request.arguments())
                .startedOn(clock.instant())
                .workerType(request.workerType())
                .numberOfWorkers(request.numberOfWorkers() == null ? 2 : request.numberOfWorkers())
                .logGroupName("/aws-glue/jobs")
                .build();
        runs.put(id, SdkJson.write(run));
        try {
            worker.run(id, command(id, job, arguments), (state, error) -> changed(request.jobName(), id, state, error));
        } catch (RuntimeException e) {
            changed(request.jobName(), id, "FAILED", e.getMessage());
        }
        return id;
    }

    private Map<String, Object> command(String id, StackResource job, Map<String, String> arguments) {
        List<String> list = new ArrayList<>();
        arguments.forEach((k, v) -> {
            list.add(k);
            list.add(v);
        });
        Map<String, Object> command = new LinkedHashMap<>(Map.of("id", id, "arguments", list));
        if (job.type().equals("Custom::GlueStudioJob")) {
            command.put("kind", "graph");
            command.put("graph", graph(job));
            command.put("tables", tables(String.valueOf(job.properties().get("Database"))));
            return command;
        }
        String jobClass = arguments.get("--job_class");
        if (jobClass == null) {
            throw new IllegalStateException(
                    "The job " + job.physicalId() + " names no --job_class, so the laptop cannot run it");
        }
        command.put("kind", "class");
        command.put("class", jobClass);
        String connection = arguments.get("--connection_name");
        if (connection != null) {
            Connections.Jdbc jdbc = connections.open(connection);
            command.put("jdbc", Map.of("url", jdbc.url(), "user", jdbc.user(), "password", jdbc.password()));
        }
        return command;
    }

    private Map<?, ?> graph(StackResource job) {
        Path file = home.resolve("glue").resolve(String.valueOf(job.properties().get("Graph")));
        try {
            String text = Files.readString(file, UTF_8)
                    .replace("${Bucket}", String.valueOf(job.properties().get("Bucket")))
                    .replace("${Database}", String.valueOf(job.properties().get("Database")));
            return GSON.fromJson(text, Map.class);
        } catch (IOException e) {
            throw new UncheckedIOException("reading the graph " + file + " of job " + job.physicalId() + " failed", e);
        }
    }

    private Map<String, Object> tables(String database) {
        Map<String, Object> tables = new LinkedHashMap<>();
        catalog.tables(database)
                .forEach(t -> tables.put(
                        database + "." + t.name(),
                        Map.of(
                                "location", t.storageDescriptor().location(),
                                "format", t.parameters().getOrDefault("classification", ""))));
        return tables;
    }

    private synchronized void changed(String job, String id, String state, @Nullable String error) {
        JobRun before = run(job, id);
        if (isOver(before)) {
            return;
        }
        JobRun.Builder run = before.toBuilder().jobRunState(state).errorMessage(error);
        if (!state.equals("RUNNING")) {
            Duration time = Duration.between(before.startedOn(), clock.instant());
            run.completedOn(clock.instant()).executionTime((int) time.toSeconds());
            // A G.1X worker is one DPU, billed by the second and a minute at least ("AWS Glue pricing").
            double dpus = before.numberOfWorkers() * ("G.2X".equals(before.workerTypeAsString()) ? 2 : 1);
            meter.add("Glue", "DPU-hour", dpus * Math.max(60, time.toSeconds()) / 3600.0);
        }
        runs.putEnd(id, SdkJson.write(run.build()));
    }

    synchronized void stop(String job, String id) {
        JobRun run = run(job, id);
        if (!isOver(run)) {
            runs.put(
                    id,
                    SdkJson.write(
                            run.toBuilder().jobRunState(JobRunState.STOPPING).build()));
            worker.stop(id);
        }
    }
}
