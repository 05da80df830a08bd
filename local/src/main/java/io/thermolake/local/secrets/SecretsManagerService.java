package io.thermolake.local.secrets;

import io.thermolake.RecordJson;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/** The secrets that the stack's connections name. */
public final class SecretsManagerService implements SecretsManagerClient {
    private static final String ARN = "arn:aws:secretsmanager:%s:%s:secret:%s-000000";

    private final Map<String, Supplier<Map<String, String>>> secrets;
    private final String region;
    private final String account;

    /** @param secrets name to its JSON object's members */
    public SecretsManagerService(Map<String, Supplier<Map<String, String>>> secrets, String region, String account) {
        this.secrets = Map.copyOf(secrets);
        this.region = region;
        this.account = account;
    }

    @Override
    public GetSecretValueResponse getSecretValue(GetSecretValueRequest request) {
        String id = request.secretId();
        String name = secrets.keySet().stream()
                .filter(known -> known.equals(id)
                        || ARN.formatted(region, account, known).equals(id))
                .findFirst()
                .orElseThrow(() -> ResourceNotFoundException.builder()
                        .message("Secrets Manager can't find the specified secret: " + id)
                        .build());
        Supplier<Map<String, String>> secret = secrets.get(name);
        return GetSecretValueResponse.builder()
                .name(name)
                .arn(ARN.formatted(region, account, name))
                .versionStages("AWSCURRENT")
                .secretString(RecordJson.gson().toJson(secret == null ? Map.of() : new TreeMap<>(secret.get())))
                .build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
