package io.thermolake.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.local.aws.Meter;
import io.thermolake.local.door.FolderKey;
import io.thermolake.local.door.SignedRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlowCallsTest {
    private static final int MORE_THAN_PLACES = 140;

    @TempDir
    Path folder;

    /** All of the port's threads waited for what only another call could tell. */
    @Test
    void callsThatWaitLeaveThreadsForTheOthers() throws Exception {
        FolderKey key = new FolderKey(folder.resolve("credentials"), "the secret of this folder");
        Files.createDirectories(folder.resolve("s3"));
        CountDownLatch end = new CountDownLatch(1);
        Semaphore waiting = new Semaphore(0);
        HttpClient http = HttpClient.newHttpClient();
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        try (Gateway gateway = new Gateway(
                Gateway.Place.ANY,
                key,
                folder.resolve("s3"),
                folder.resolve("bodies"),
                new Meter(folder.resolve("m")))) {
            gateway.rest("lambda", (request, response) -> waits(response, waiting, end));
            gateway.control("Ping", in -> Map.of("pong", 1));
            HttpRequest invoke = SignedRequest.post(
                    key, gateway.endpoint().resolve("/2015-03-31/functions/F/invocations"), "lambda", Map.of(), "{}");
            for (int i = 0; i < MORE_THAN_PLACES; i++) {
                answers.add(http.sendAsync(invoke, HttpResponse.BodyHandlers.ofString()));
            }
            waiting.acquire(96);

            HttpResponse<String> ping = http.send(
                    SignedRequest.post(
                            key, gateway.endpoint(), "thermolake", Map.of("X-Amz-Target", "Thermolake.Ping"), "{}"),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(ping.body()).contains("pong");
            end.countDown();
            List<String> said = answers.stream().map(a -> a.join().body()).toList();
            assertThat(said).filteredOn("waited"::equals).hasSizeGreaterThanOrEqualTo(96);
            assertThat(said)
                    .filteredOn(body -> !body.equals("waited"))
                    .allSatisfy(body -> assertThat(body).contains("ThrottlingException", "try again"));
        }
    }

    private static void waits(HttpServletResponse response, Semaphore waiting, CountDownLatch end)
            throws java.io.IOException {
        waiting.release();
        try {
            end.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        response.getWriter().write("waited");
    }
}
