package io.thermolake.local.sagemaker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.thermolake.local.s3.Buckets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sagemakerruntime.SageMakerRuntimeClient;
import software.amazon.awssdk.services.sagemakerruntime.model.InvokeEndpointRequest;
import software.amazon.awssdk.services.sagemakerruntime.model.InvokeEndpointResponse;
import software.amazon.awssdk.services.sagemakerruntime.model.ModelErrorException;
import software.amazon.awssdk.services.sagemakerruntime.model.ValidationErrorException;

/**
 * Scores from an endpoint in service. A model is loaded when it is first asked for, as a multi-model endpoint does, and
 * leaves memory again when others need the room.
 */
public final class EndpointService implements SageMakerRuntimeClient {
    private static final int MOST_PAYLOAD_BYTES = 6 << 20;
    private static final int MODELS_IN_MEMORY = 64;

    /** @param changed an artifact that is written anew is another model */
    private record Loaded(FileTime changed, LoadedModel model) {}

    private final SageMakerService sagemaker;
    private final Buckets buckets;
    private final Map<Path, Loaded> loaded = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, Loaded> eldest) {
            return size() > MODELS_IN_MEMORY;
        }
    };

    public EndpointService(SageMakerService sagemaker, Buckets buckets) {
        this.sagemaker = sagemaker;
        this.buckets = buckets;
    }

    /**
     * @return {@code {"scores":[{"score":…},…]}}, or a line {@code {"score":…}} a row where application/jsonlines is
     *     accepted
     */
    @Override
    public InvokeEndpointResponse invokeEndpoint(InvokeEndpointRequest request) {
        byte[] body = request.body() == null ? new byte[0] : request.body().asByteArrayUnsafe();
        if (body.length > MOST_PAYLOAD_BYTES) {
            throw invalid(
                    "Request size exceeds limit: %d bytes, %d are allowed".formatted(body.length, MOST_PAYLOAD_BYTES));
        }
        Hosted.Model hosted = sagemaker
                .inService(request.endpointName())
                .orElseThrow(() ->
                        invalid("Endpoint %s of account 000000000000 not found.".formatted(request.endpointName())));
        LoadedModel model = load(artifact(hosted, request.targetModel()));
        double[] scores = model.score(rows(request, body, model.featureDim()));
        boolean lines = "application/jsonlines".equals(request.accept());
        return InvokeEndpointResponse.builder()
                .body(SdkBytes.fromUtf8String(lines ? lines(scores) : json(scores)))
                .contentType(lines ? "application/jsonlines" : "application/json")
                .invokedProductionVariant("AllTraffic")
                .build();
    }

    private String artifact(Hosted.Model model, @Nullable String target) {
        if (!model.isMulti()) {
            if (target != null) {
                throw invalid("TargetModel is only for multi-model endpoints");
            }
            return model.dataUrl();
        }
        if (target == null) {
            throw invalid("A multi-model endpoint needs the TargetModel to invoke");
        }
        return model.dataUrl() + (model.dataUrl().endsWith("/") ? "" : "/") + target.replaceFirst("^/", "");
    }

    private LoadedModel load(String uri) {
        try {
            Path file = buckets.resolve(uri);
            FileTime changed = Files.getLastModifiedTime(file);
            synchronized (loaded) {
                Loaded known = loaded.get(file);
                if (known == null || !known.changed().equals(changed)) {
                    known = new Loaded(changed, new LoadedModel(ModelArtifact.of(Files.readAllBytes(file))));
                    loaded.put(file, known);
                }
                return known.model();
            }
        } catch (java.nio.file.NoSuchFileException | IllegalArgumentException e) {
            throw invalid(
                    "Failed to download model data(%s). Please ensure that there is an object located at the URL and"
                                    .formatted(uri)
                            + " that the role passed to CreateModel has permissions to download the model.");
        } catch (IOException e) {
            throw failed(500, "Unable to load the model " + uri + ": " + e.getMessage());
        }
    }

    private static List<float[]> rows(InvokeEndpointRequest request, byte[] body, int featureDim) {
        String type = request.contentType() == null ? "" : request.contentType().toLowerCase(Locale.ROOT);
        if (!type.equals("text/csv") && !type.startsWith("text/csv;")) {
            throw failed(415, "Content-type %s not supported. Supported content-type: text/csv".formatted(type));
        }
        try {
            return FeatureRows.parse(new String(body, UTF_8), featureDim, "the request");
        } catch (ClientError e) {
            throw failed(400, String.valueOf(e.getMessage()));
        }
    }

    private static String json(double[] scores) {
        StringBuilder json = new StringBuilder("{\"scores\":[");
        for (int i = 0; i < scores.length; i++) {
            json.append(i == 0 ? "" : ",")
                    .append("{\"score\":")
                    .append(scores[i])
                    .append('}');
        }
        return json.append("]}").toString();
    }

    private static String lines(double[] scores) {
        StringBuilder json = new StringBuilder();
        for (double score : scores) {
            json.append("{\"score\":").append(score).append("}\n");
        }
        return json.toString();
    }

    private static ValidationErrorException invalid(String message) {
        return ValidationErrorException.builder()
                .message(message)
                .statusCode(400)
                .build();
    }

    private static ModelErrorException failed(int status, String message) {
        return ModelErrorException.builder()
                .message("Received client error (%d) from primary with message \"%s\". See the laptop cloud's log."
                        .formatted(status, message))
                .originalStatusCode(status)
                .originalMessage(message)
                .statusCode(424)
                .build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {
        synchronized (loaded) {
            loaded.clear();
        }
    }
}
