package io.thermolake.local.sagemaker;

import io.thermolake.local.aws.JsonStore;
import io.thermolake.local.aws.Threads;
import io.thermolake.local.aws.Usage;
import io.thermolake.local.s3.Buckets;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The training jobs and the threads that work on them. */
final class TrainingJobs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TrainingJobs.class);
    private static final int AT_ONCE = 2;
    private static final double SECONDS_AN_HOUR = 3600;

    private final JsonStore<TrainingJob> jobs;
    private final Buckets buckets;
    private final Usage usage;
    private final Clock clock;
    private final ExecutorService workers;

    /** A job that another process left running ended with that process. */
    TrainingJobs(Path state, Buckets buckets, Usage usage, Clock clock) {
        this.jobs = new JsonStore<>(state, TrainingJob.class);
        this.buckets = buckets;
        this.usage = usage;
        this.clock = clock;
        for (TrainingJob job : jobs.list()) {
            if (job.isRunning()) {
                jobs.put(
                        job.name(),
                        job.ended(
                                "Failed",
                                "InternalServerError: the laptop cloud was stopped while the job ran",
                                clock.instant()));
            }
        }
        workers = Executors.newFixedThreadPool(AT_ONCE, task -> {
            Thread thread = new Thread(task, "training");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** @throws software.amazon.awssdk.services.sagemaker.model.ResourceInUseException when the name was used before */
    synchronized void start(TrainingJob job) {
        if (jobs.get(job.name()).isPresent()) {
            throw SageMakerFaults.trainingJobExists(job.arn());
        }
        jobs.put(job.name(), job);
        workers.execute(() -> run(job));
    }

    TrainingJob get(String name) {
        return jobs.get(name).orElseThrow(SageMakerFaults::noTrainingJob);
    }

    /** A job that has ended already stays as it is. */
    synchronized void stop(String name) {
        TrainingJob job = get(name);
        if (job.status().equals("InProgress")) {
            jobs.put(name, job.stopping());
        }
    }

    private void run(TrainingJob job) {
        Instant start = clock.instant();
        try {
            TrainingRun run = new TrainingRun(job, buckets);
            ForestParameters parameters = run.check();
            if (!goesOn(job, "Downloading")) {
                return;
            }
            List<float[]> rows = run.read(parameters);
            if (!goesOn(job, "Training")) {
                return;
            }
            byte[] artifact = run.train(parameters, rows).toBytes();
            if (!goesOn(job, "Uploading")) {
                return;
            }
            buckets.write(job.artifact(), artifact);
            usage.add("S3", "PUT request", 1);
            end(job, "Completed", null);
            LOG.info("training.completed job={} rows={} bytes={}", job.name(), rows.size(), artifact.length);
        } catch (ClientError e) {
            end(job, "Failed", "ClientError: " + e.getMessage());
        } catch (IOException | RuntimeException | Error e) {
            LOG.error("training.failed job={}", job.name(), e);
            end(job, "Failed", "InternalServerError: " + e);
        } finally {
            double seconds = Duration.between(start, clock.instant()).toMillis() / 1000.0;
            usage.add("SageMaker training", "instance-hour", job.instanceCount() * seconds / SECONDS_AN_HOUR);
        }
    }

    /** @return false when the job was told to stop, and has stopped now */
    private synchronized boolean goesOn(TrainingJob job, String step) {
        TrainingJob now = get(job.name());
        if (now.status().equals("Stopping")) {
            end(job, "Stopped", null);
            return false;
        }
        jobs.put(job.name(), now.at(step));
        return true;
    }

    private synchronized void end(TrainingJob job, String status, @Nullable String reason) {
        TrainingJob now = get(job.name());
        boolean stopped = now.status().equals("Stopping") && status.equals("Completed");
        jobs.putEnd(job.name(), now.ended(stopped ? "Stopped" : status, reason, clock.instant()));
        LOG.info("training.ended job={} status={} reason={}", job.name(), status, reason);
    }

    /** Names that hold a text, the newest first. */
    List<TrainingJob> list(@Nullable String nameContains, @Nullable String status) {
        List<TrainingJob> found = new ArrayList<>(jobs.list().stream()
                .filter(j -> nameContains == null || j.name().contains(nameContains))
                .filter(j -> status == null || j.status().equals(status))
                .toList());
        found.sort(java.util.Comparator.comparing(TrainingJob::created).reversed());
        return found;
    }

    @Override
    public void close() {
        Threads.end(workers);
    }
}
