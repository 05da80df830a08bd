package io.thermolake.local.functions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpServer;
import io.thermolake.local.aws.Meter;
import io.thermolake.local.stack.StackResource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SamFunctionsTest {
    @TempDir
    Path folder;

    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final AtomicLong seconds = new AtomicLong();
    private HttpServer sam;
    private Meter meter;
    private SamFunctions functions;

    @BeforeEach
    void start() throws IOException {
        sam = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        sam.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI() + " "
                    + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            byte[] body = "{\"errorMessage\":\"m\",\"errorType\":\"a.B\"}".getBytes(UTF_8);
            exchange.getResponseHeaders().add("x-amz-function-error", "Unhandled");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        sam.start();
        meter = new Meter(folder);
        functions = new SamFunctions(
                URI.create("http://127.0.0.1:" + sam.getAddress().getPort()),
                meter,
                Duration.ofSeconds(5),
                () -> seconds.getAndAdd(2) * 1_000_000_000L);
    }

    @AfterEach
    void stop() {
        sam.stop(0);
    }

    private Invocation invoke(String logicalId) {
        StackResource function = new StackResource(
                logicalId,
                "AWS::Serverless::Function",
                Map.of("MemorySize", 512, "Timeout", 5),
                "physical",
                "arn",
                "template.yaml",
                1);
        return functions
                .invoke(function, JsonParser.parseString("{\"room\":\"läb\"}"))
                .join();
    }

    @Test
    void aFunctionIsAskedByItsLogicalIdAndOneOfANestedStackByThePath() {
        assertThat(invoke("PlanRunFunction").errorType()).isEqualTo("a.B");
        invoke("Lake.CleanFunction");

        assertThat(asked)
                .containsExactly(
                        "/2015-03-31/functions/PlanRunFunction/invocations {\"room\":\"läb\"}",
                        "/2015-03-31/functions/Lake/CleanFunction/invocations {\"room\":\"läb\"}");
    }

    @Test
    void anInvocationIsMeteredByTheTimeItTook() {
        invoke("PlanRunFunction");

        assertThat(meter.snapshot()).isEqualTo(Map.of("Lambda|GB-second", 1.0));
    }

    @Test
    void whenNothingListensAnyMoreTheErrorSaysWhatToDo() {
        sam.stop(0);

        Invocation invocation = invoke("PlanRunFunction");

        assertThat(invocation.errorType()).isEqualTo("Lambda.SdkClientException");
        assertThat(invocation.payload().toString())
                .contains("PlanRunFunction")
                .contains("Is sam local start-lambda still running?");
    }
}
