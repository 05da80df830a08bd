package io.thermolake.local.sagemaker;

import io.thermolake.local.aws.JsonStore;
import io.thermolake.local.aws.Threads;
import io.thermolake.local.aws.Usage;
import io.thermolake.local.s3.Buckets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Models, endpoint configurations and endpoints. */
final class Hosting implements AutoCloseable {
    private static final double MILLIS_AN_HOUR = 3_600_000;

    final JsonStore<Hosted.Model> models;
    final JsonStore<Hosted.Config> configs;
    final JsonStore<Hosted.Endpoint> endpoints;
    private final Buckets buckets;
    private final Usage usage;
    private final Clock clock;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "endpoints");
        thread.setDaemon(true);
        return thread;
    });

    /** An endpoint that another process left comes up again. */
    Hosting(Path state, Buckets buckets, Usage usage, Clock clock) {
        this.models = new JsonStore<>(state.resolve("models"), Hosted.Model.class);
        this.configs = new JsonStore<>(state.resolve("endpoint-configs"), Hosted.Config.class);
        this.endpoints = new JsonStore<>(state.resolve("endpoints"), Hosted.Endpoint.class);
        this.buckets = buckets;
        this.usage = usage;
        this.clock = clock;
        endpoints.list().stream()
                .filter(e -> e.status().equals("Creating"))
                .forEach(e -> worker.execute(() -> bringUp(e.name())));
    }

    synchronized void create(Hosted.Model model) {
        if (models.get(model.name()).isPresent()) {
            throw SageMakerFaults.exists("model", model.arn());
        }
        models.put(model.name(), model);
    }

    synchronized void create(Hosted.Config config) {
        if (configs.get(config.name()).isPresent()) {
            throw SageMakerFaults.exists("endpoint configuration", config.arn());
        }
        for (Hosted.Variant variant : config.variants()) {
            if (models.get(variant.model()).isEmpty()) {
                throw SageMakerFaults.missing("model", Arns.of("model", variant.model()));
            }
        }
        configs.put(config.name(), config);
    }

    synchronized void create(Hosted.Endpoint endpoint) {
        if (endpoints.get(endpoint.name()).isPresent()) {
            throw SageMakerFaults.exists("endpoint", endpoint.arn());
        }
        if (configs.get(endpoint.config()).isEmpty()) {
            throw SageMakerFaults.missing("endpoint configuration", Arns.of("endpoint-config", endpoint.config()));
        }
        endpoints.put(endpoint.name(), endpoint);
        worker.execute(() -> bringUp(endpoint.name()));
    }

    private synchronized void bringUp(String name) {
        Hosted.Endpoint endpoint = endpoints.get(name).orElse(null);
        if (endpoint == null) {
            return;
        }
        Optional<Hosted.Model> model = model(endpoint);
        if (model.isEmpty()) {
            endpoints.putEnd(name, endpoint.failed("The endpoint's model was deleted while it was created"));
        } else if (!model.get().isMulti()
                && !Files.exists(buckets.resolve(model.get().dataUrl()))) {
            endpoints.putEnd(
                    name,
                    endpoint.failed(
                            "Failed to download model data from " + model.get().dataUrl()));
        } else {
            endpoints.putEnd(name, endpoint.up(clock.instant()));
        }
    }

    /** The model of the endpoint's first variant. */
    Optional<Hosted.Model> model(Hosted.Endpoint endpoint) {
        return configs.get(endpoint.config())
                .flatMap(c -> models.get(c.variants().get(0).model()));
    }

    synchronized Hosted.Endpoint deleteEndpoint(String name) {
        Hosted.Endpoint endpoint =
                endpoints.get(name).orElseThrow(() -> SageMakerFaults.missing("endpoint", Arns.of("endpoint", name)));
        endpoints.delete(name);
        Instant since = endpoint.serving();
        int instances = configs.get(endpoint.config())
                .map(c -> c.variants().stream()
                        .mapToInt(Hosted.Variant::instances)
                        .sum())
                .orElse(1);
        if (since != null) {
            double hours = Duration.between(since, clock.instant()).toMillis() / MILLIS_AN_HOUR;
            usage.add("SageMaker endpoint", "instance-hour", instances * hours);
        }
        return endpoint;
    }

    synchronized void deleteConfig(String name) {
        if (configs.get(name).isEmpty()) {
            throw SageMakerFaults.missing("endpoint configuration", Arns.of("endpoint-config", name));
        }
        configs.delete(name);
    }

    synchronized void deleteModel(String name) {
        if (models.get(name).isEmpty()) {
            throw SageMakerFaults.missing("model", Arns.of("model", name));
        }
        models.delete(name);
    }

    /** @param name the ARN's end */
    boolean holds(String arn, String name) {
        return (arn.equals(Arns.of("model", name)) && models.get(name).isPresent())
                || (arn.equals(Arns.of("endpoint-config", name))
                        && configs.get(name).isPresent())
                || (arn.equals(Arns.of("endpoint", name)) && endpoints.get(name).isPresent());
    }

    List<Hosted.Endpoint> list() {
        return endpoints.list();
    }

    @Override
    public void close() {
        Threads.end(worker);
    }
}
