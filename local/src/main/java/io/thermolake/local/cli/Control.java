package io.thermolake.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.thermolake.RecordJson;
import io.thermolake.local.door.FolderKey;
import io.thermolake.local.door.SignedRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

/** Calls of the laptop cloud's own, beside AWS's: header {@code X-Amz-Target: Thermolake.<name>}. */
final class Control {
    private final URI endpoint;
    private final FolderKey key;
    private final HttpClient http = HttpClient.newHttpClient();

    Control(URI endpoint, FolderKey key) {
        this.endpoint = endpoint;
        this.key = key;
    }

    /**
     * @return the answer's JSON object
     * @throws CommandException when the cloud refuses, with its own words
     */
    Map<?, ?> call(String name, Map<String, ?> arguments) {
        HttpRequest request = SignedRequest.post(
                key,
                endpoint,
                "thermolake",
                Map.of("X-Amz-Target", "Thermolake." + name, "Content-Type", "application/x-amz-json-1.1"),
                RecordJson.gson().toJson(arguments));
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString(UTF_8));
            Map<?, ?> answer = RecordJson.gson().fromJson(response.body(), Map.class);
            if (response.statusCode() != 200) {
                throw new CommandException(String.valueOf(answer == null ? response.body() : answer.get("message")));
            }
            return answer == null ? Map.of() : answer;
        } catch (IOException e) {
            throw new CommandException(
                    "The laptop cloud at " + endpoint + " does not answer " + name + ": " + e
                            + ". Start it again with ./thermolake cloud",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException(name + " was interrupted", e);
        }
    }

    /** A whole number of a call's answer. */
    int number(String name, String field) {
        if (call(name, Map.of()).get(field) instanceof Number number) {
            return number.intValue();
        }
        throw new CommandException("The laptop cloud's answer to " + name + " has no " + field);
    }
}
