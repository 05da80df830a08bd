package io.thermolake.local.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.Option;

/** Where a run's functions run. */
final class LambdaFlags {
    enum Runner {
        /** JVMs of this machine. */
        host,
        /** Containers of sam local. */
        sam
    }

    @Option(
            names = "--lambda",
            paramLabel = "host|sam",
            description =
                    "Where functions run: in this machine's JVMs, or in containers of a sam local start-lambda (${DEFAULT-VALUE}).")
    Runner runner = Runner.host;

    @Option(
            names = "--lambda-endpoint",
            paramLabel = "URL",
            description = "Where sam local start-lambda listens (${DEFAULT-VALUE}).")
    URI endpoint = URI.create("http://127.0.0.1:3001");

    /** Tells the cloud; at this program's end it goes back to its own hosts. */
    void choose(CloudSession session, Path data, Console console) {
        if (runner == Runner.host) {
            // A run before this one may have been killed.
            runIn(session, Map.of());
            return;
        }
        if (session.isOwn()) {
            throw new CommandException(
                    "The functions' containers must reach the cloud, so it must be there before them: start ./thermolake cloud --data "
                            + data
                            + " --sam-env env.json, then sam local start-lambda --env-vars env.json, then this run again");
        }
        check(endpoint);
        runIn(session, Map.of("sam", endpoint.toString()));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> runIn(session, Map.of())));
        console.say("Functions run in the containers of sam local at %s", endpoint);
    }

    private static void runIn(CloudSession session, Map<String, String> where) {
        session.control().call("RunFunctionsIn", where);
    }

    /** sam local refuses a path that it does not know by an error name of its own. */
    static void check(URI endpoint) {
        HttpRequest request =
                HttpRequest.newBuilder(endpoint).timeout(Duration.ofSeconds(10)).build();
        try {
            HttpResponse<Void> answer = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build()
                    .send(request, HttpResponse.BodyHandlers.discarding());
            if (!answer.headers().firstValue("x-amzn-errortype").orElse("").startsWith("PathNotFoundLocally")) {
                throw new CommandException("What listens at " + endpoint
                        + " is no sam local start-lambda; name its address with --lambda-endpoint URL");
            }
        } catch (IOException e) {
            throw new CommandException(
                    "Nothing listens at " + endpoint
                            + "; start sam local start-lambda --env-vars FILE with the file that ./thermolake cloud --sam-env FILE"
                            + " wrote, or name its address with --lambda-endpoint URL",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("asking " + endpoint + " was interrupted", e);
        }
    }
}
