package io.thermolake.local.glue;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import io.thermolake.local.aws.Scratch;
import io.thermolake.local.child.ChildJvm;
import io.thermolake.local.database.DatabaseService;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The worker JVM that runs Spark jobs: started on first use, kept warm, started anew after its death. Jobs go in and
 * answers come out as JSON lines.
 */
final class SparkWorker implements AutoCloseable {
    /** Hears how a job goes. */
    interface Listener {
        /** @param state RUNNING, SUCCEEDED, FAILED or STOPPED; @param error one line, or null */
        void state(String state, @Nullable String error);
    }

    private static final Gson GSON = new Gson();
    private static final Logger LOG = LoggerFactory.getLogger(SparkWorker.class);
    private static final String HEAP = "-Xmx1g";
    private static final int MOST_LOGGED = 500;
    /** A first worker writes its class-data archive on the way out. */
    private static final long END_SECONDS = 30;

    private static final List<String> OPENED = List.of(
            "java.lang",
            "java.lang.invoke",
            "java.lang.reflect",
            "java.io",
            "java.net",
            "java.nio",
            "java.util",
            "java.util.concurrent",
            "java.util.concurrent.atomic",
            "jdk.internal.ref",
            "sun.nio.ch",
            "sun.nio.cs",
            "sun.security.action",
            "sun.util.calendar");

    private final Path modules;
    private final Path s3;
    private final Path logs;
    private final Scratch scratch;
    private final Map<String, Listener> listeners = new ConcurrentHashMap<>();
    private @Nullable Process process;
    private @Nullable PrintStream in;

    /** @param home where local-spark/target lies */
    SparkWorker(Path home, Path s3, Path logs, Scratch scratch) {
        this.modules = home.resolve("local-spark").resolve("target");
        this.s3 = s3;
        this.logs = logs;
        this.scratch = scratch;
    }

    /** Sends a job; the listener hears of it until it is over. */
    synchronized void run(String id, Map<String, Object> command, Listener listener) {
        listeners.put(id, listener);
        try {
            if (process == null || !process.isAlive()) {
                start();
            }
            send(command);
        } catch (IOException | UncheckedIOException e) {
            listeners.remove(id);
            listener.state("FAILED", "The Spark worker did not start: " + e.getMessage());
        }
    }

    synchronized void stop(String id) {
        if (in != null) {
            send(Map.of("id", id, "kind", "stop"));
        }
    }

    private void send(Map<String, Object> command) {
        PrintStream out = in;
        if (out != null) {
            out.println(GSON.toJson(command));
            out.flush();
        }
    }

    private void start() throws IOException {
        List<String> options = new ArrayList<>(List.of(HEAP));
        for (String opened : OPENED) {
            options.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED");
        }
        Path own = scratch.part("spark");
        ChildJvm jvm = new ChildJvm(
                modules.resolve("spark.jsa"),
                scratch.temporary("spark"),
                options,
                classPath(),
                "io.thermolake.spark.Worker",
                List.of("--root", s3.toString(), "--tmp", own.toString()));
        ProcessBuilder builder = new ProcessBuilder(jvm.command())
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        logs.resolve("spark.log").toFile()));
        builder.environment().remove(DatabaseService.PASSWORD_VARIABLE);
        Process started = builder.start();
        process = started;
        in = new PrintStream(started.getOutputStream(), true, UTF_8);
        Thread reader = new Thread(() -> read(started), "spark-worker");
        reader.setDaemon(true);
        reader.start();
    }

    private List<String> classPath() throws IOException {
        List<String> jars = new ArrayList<>();
        try (Stream<Path> own = Files.list(modules);
                Stream<Path> libraries = Files.list(modules.resolve("lib"))) {
            Stream.concat(own, libraries)
                    .filter(p -> p.toString().endsWith(".jar"))
                    .sorted()
                    .forEach(p -> jars.add(p.toString()));
        }
        return jars;
    }

    private void read(Process from) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(from.getInputStream(), UTF_8))) {
            String line;
            while ((line = lines.readLine()) != null) {
                // The JVM itself speaks of its class-data archive on standard output.
                if (!line.startsWith("{")) {
                    continue;
                }
                answer(line);
            }
        } catch (IOException e) {
            // Its end is told below.
        }
        for (String id : List.copyOf(listeners.keySet())) {
            tell(id, "FAILED", "The Spark worker ended; its log is " + logs.resolve("spark.log"));
        }
    }

    /** One answer that cannot be dealt with must not silence those that follow. */
    private void answer(String line) {
        try {
            Map<?, ?> answer = GSON.fromJson(line, Map.class);
            Object id = answer.get("id");
            if (id != null) {
                tell(id.toString(), String.valueOf(answer.get("state")), (String) answer.get("error"));
            }
        } catch (RuntimeException e) {
            LOG.warn("spark.answer dropped line={}", line.substring(0, Math.min(MOST_LOGGED, line.length())), e);
        }
    }

    private void tell(String id, String state, @Nullable String error) {
        Listener listener = state.equals("RUNNING") ? listeners.get(id) : listeners.remove(id);
        if (listener != null) {
            listener.state(state, error);
        }
    }

    @Override
    public synchronized void close() {
        if (process != null) {
            ChildJvm.end(process, in, END_SECONDS);
        }
    }
}
