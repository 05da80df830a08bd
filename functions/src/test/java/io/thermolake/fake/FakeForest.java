package io.thermolake.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sagemakerruntime.SageMakerRuntimeClient;
import software.amazon.awssdk.services.sagemakerruntime.model.InvokeEndpointRequest;
import software.amazon.awssdk.services.sagemakerruntime.model.InvokeEndpointResponse;

/** An endpoint whose score is a function of the row's temperature, in the words of SageMaker's Random Cut Forest. */
public final class FakeForest implements SageMakerRuntimeClient {
    public final List<InvokeEndpointRequest> calls = new ArrayList<>();
    private final DoubleUnaryOperator score;
    private String answer;

    public FakeForest(DoubleUnaryOperator score) {
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
                .map(Double::parseDouble)
                .map(row -> "{\"score\":" + score.applyAsDouble(row) + "}")
                .collect(Collectors.joining(",", "{\"scores\":[", "]}"));
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
