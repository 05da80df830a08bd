package io.thermolake.local.cli;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LambdaFlagsTest {
    private HttpServer server;
    private String errorType = "PathNotFoundLocally";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("x-amzn-errortype", errorType);
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Test
    void samLocalIsKnownByTheErrorOfAPathThatItLacks() {
        assertThatCode(() -> LambdaFlags.check(endpoint())).doesNotThrowAnyException();
    }

    @Test
    void anotherServerIsRefused() {
        // The laptop cloud itself would call itself for ever.
        errorType = "NoSuchBucket";

        assertThatThrownBy(() -> LambdaFlags.check(endpoint()))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("is no sam local start-lambda");
    }

    @Test
    void whenNothingListensTheSentenceSaysWhatToStart() {
        URI endpoint = endpoint();
        server.stop(0);

        assertThatThrownBy(() -> LambdaFlags.check(endpoint))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("Nothing listens at " + endpoint)
                .hasMessageContaining("sam local start-lambda --env-vars FILE");
    }
}
