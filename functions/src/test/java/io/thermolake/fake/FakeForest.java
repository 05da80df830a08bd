package io.thermolake.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sagemakerruntime.SageMakerRuntimeClient;
import software.amazon.awssdk.services.sagemakerruntime.model.InvokeEndpointRequest;
import software.amazon.awssdk.services.sagemakerruntime.model.InvokeEndpointResponse;

/** An endpoint whose score is a function of the row, in the words of SageMaker's Random Cut Forest. */
public final class FakeForest implements SageMakerRuntimeClient {
    public final List<InvokeEndpointRequest> calls = new ArrayList<>();
    private final ToDoubleFunction<float[]> score;
    private String answer;

    public FakeForest(ToDoubleFunction<float[]> score) {
        this.score = score;
    }

    /** Answers every call with this. */
    public FakeForest answering(String answer) {
        this.answer = answer;
        return this;
    }

    @Override
    public InvokeEndpointResponse invokeEndpoint(InvokeEndpointRequest request) {
        calls.add(request);
        return InvokeEndpointResponse.builder()
                .contentType("application/json")
                .body(SdkBytes.fromString(answer == null ? scores(request) : answer, UTF_8))
                .build();
    }

    private String scores(InvokeEndpointRequest request) {
        return request.body()
                .asString(UTF_8)
                .lines()
                .map(FakeForest::row)
                .map(row -> "{\"score\":" + score.applyAsDouble(row) + "}")
                .collect(Collectors.joining(",", "{\"scores\":[", "]}"));
    }

    private static float[] row(String line) {
        String[] numbers = line.split(",");
        float[] row = new float[numbers.length];
        for (int i = 0; i < row.length; i++) {
            row[i] = Float.parseFloat(numbers[i]);
        }
        return row;
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
