package io.thermolake.local.functions;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import io.thermolake.local.aws.CallLog;
import io.thermolake.local.child.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One forked JVM of functions: started on first use, started anew after its death. */
final class FunctionHost implements AutoCloseable {
    private static final Gson GSON =
            new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

    /** A first host writes its class-data archive on the way out. */
    private static final long END_SECONDS = 20;

    private final Path home;
    private final Map<String, String> environment;
    private final int memory;
    private final Path log;
    private final @Nullable Path temporary;
    /** What the present process was asked, and no other: a dead one's end must not fail what its successor was asked. */
    private Map<String, CompletableFuture<JsonObject>> waiting = new ConcurrentHashMap<>();

    private @Nullable Process process;
    private @Nullable PrintStream in;

    /**
     * @param memory MB, as the template has it; three quarters of it are heap
     * @param temporary for the functions' temporary files, or null for the system's folder
     */
    FunctionHost(Path home, Map<String, String> environment, int memory, Path log, @Nullable Path temporary) {
        this.home = home;
        this.environment = environment;
        this.memory = memory;
        this.log = log;
        this.temporary = temporary;
    }

    /** @return the host's answer; fails with {@link IllegalStateException} when the host dies first */
    synchronized CompletableFuture<JsonObject> invoke(JsonObject invocation) {
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        try {
            if (process == null || !process.isAlive()) {
                start();
            }
        } catch (IOException e) {
            return CompletableFuture.failedFuture(new UncheckedIOException("The function host did not start", e));
        }
        waiting.put(invocation.get("id").getAsString(), answer);
        PrintStream out = in;
        if (out != null) {
            out.println(GSON.toJson(invocation));
            out.flush();
        }
        // It may have died since it was looked at, after its end was told.
        if (process == null || !process.isAlive()) {
            answer.completeExceptionally(ended());
        }
        return answer;
    }

    /** As on Lambda, a timeout ends the environment; whatever else ran in it fails, too. */
    synchronized void kill() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    private void start() throws IOException {
        ChildJvm jvm = new ChildJvm(
                home.resolve("functions").resolve("target").resolve("host.jsa"),
                temporary,
                List.of(
                        "-Xmx" + memory * 3 / 4 + "m",
                        "-D" + CallLog.PROPERTY + "=" + (CallLog.file() == null ? "" : CallLog.file())),
                classPath(),
                HostMain.class.getName(),
                List.of());
        ProcessBuilder builder =
                new ProcessBuilder(jvm.command()).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // The function sees the template's environment and none of the caller's.
        builder.environment().keySet().removeIf(name -> !name.equals("PATH") && !name.equals("HOME"));
        builder.environment().putAll(environment);
        Process started = builder.start();
        process = started;
        Map<String, CompletableFuture<JsonObject>> asked = new ConcurrentHashMap<>();
        waiting = asked;
        in = new PrintStream(started.getOutputStream(), true, UTF_8);
        Thread reader = new Thread(() -> read(started, asked), "function-host");
        reader.setDaemon(true);
        reader.start();
    }

    private List<String> classPath() throws IOException {
        List<String> paths = new ArrayList<>(
                List.of(ChildJvm.codeOf(HostMain.class), ChildJvm.codeOf(io.thermolake.RecordJson.class)));
        try (Stream<Path> libraries =
                Files.list(home.resolve("functions").resolve("target").resolve("lib"))) {
            libraries
                    .map(Path::toString)
                    .filter(p -> p.endsWith(".jar"))
                    .sorted()
                    .forEach(paths::add);
        }
        return paths;
    }

    private void read(Process from, Map<String, CompletableFuture<JsonObject>> asked) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(from.getInputStream(), UTF_8))) {
            String line;
            while ((line = lines.readLine()) != null) {
                // The JVM itself speaks of its class-data archive on standard output.
                if (!line.startsWith("{")) {
                    continue;
                }
                JsonObject answer = GSON.fromJson(line, JsonObject.class);
                CompletableFuture<JsonObject> future =
                        asked.remove(answer.get("id").getAsString());
                if (future != null) {
                    future.complete(answer);
                }
            }
        } catch (IOException e) {
            // Its end is told below.
        }
        // Only a process that is seen to be dead gets nothing more to do.
        from.destroyForcibly().onExit().join();
        asked.values().forEach(answer -> answer.completeExceptionally(ended()));
    }

    private IllegalStateException ended() {
        return new IllegalStateException("The function host ended; its log is " + log);
    }

    @Override
    public synchronized void close() {
        if (process != null) {
            ChildJvm.end(process, in, END_SECONDS);
        }
    }
}
