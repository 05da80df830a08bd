package io.thermolake.spark;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.SparkSession;

/**
 * Runs jobs that come as JSON lines on standard input and answers with JSON lines on standard output; everything else that
 * is printed goes to standard error. It returns when its input ends; who started it halts the JVM then.
 */
public final class Worker {
    private static final Gson GSON = new Gson();
    private static final String JOBS = "io.thermolake.extract.";

    private final SparkSession spark;
    private final PrintStream answers;
    private final Set<String> stopped = ConcurrentHashMap.newKeySet();

    private Worker(SparkSession spark, PrintStream answers) {
        this.spark = spark;
        this.answers = answers;
    }

    /** @param args {@code --root FOLDER --tmp FOLDER} */
    public static void main(String[] args) throws IOException {
        PrintStream answers = System.out;
        System.setOut(System.err);
        Path root = Path.of(args[1]);
        Path scratch = Files.createDirectories(Path.of(args[3]));
        Worker worker = new Worker(Sessions.start(root, scratch), answers);
        worker.answer(Map.of("state", "READY"));
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
            String line;
            while ((line = in.readLine()) != null) {
                worker.take(GSON.fromJson(line, Command.class));
            }
        }
    }

    private void take(Command command) {
        if (command.kind().equals("stop")) {
            stopped.add(command.id());
            spark.sparkContext().cancelJobGroup(command.id());
            return;
        }
        Thread thread = new Thread(() -> run(command), "job-" + command.id());
        thread.setDaemon(true);
        thread.start();
    }

    private void run(Command command) {
        answer(Map.of("id", command.id(), "state", "RUNNING"));
        try {
            spark.sparkContext().setJobGroup(command.id(), command.kind(), true);
            SparkSession.setActiveSession(spark);
            if (command.kind().equals("graph")) {
                new GraphJob(spark, command).run();
            } else {
                invoke(command);
            }
            answer(Map.of("id", command.id(), "state", stopped.contains(command.id()) ? "STOPPED" : "SUCCEEDED"));
        } catch (Throwable e) {
            Throwable why = e instanceof InvocationTargetException && e.getCause() != null ? e.getCause() : e;
            StringWriter trace = new StringWriter();
            why.printStackTrace(new PrintWriter(trace));
            Map<String, String> answer = new LinkedHashMap<>();
            answer.put("id", command.id());
            answer.put("state", stopped.contains(command.id()) ? "STOPPED" : "FAILED");
            answer.put("error", firstLine(why));
            answer.put("trace", trace.toString());
            answer(answer);
        }
    }

    private static void invoke(Command command) throws ReflectiveOperationException {
        String name = String.valueOf(command.jobClass());
        // Which of them a job may run is the cloud's to say; no other code is ever run by name.
        if (!name.startsWith(JOBS)) {
            throw new IllegalArgumentException(name + " is no job class; those lie in the package " + JOBS + "*");
        }
        Class<?> job = Class.forName(name);
        String[] arguments = command.arguments() == null
                ? new String[0]
                : command.arguments().toArray(String[]::new);
        Command.Jdbc jdbc = command.jdbc();
        if (jdbc == null) {
            job.getMethod("main", String[].class).invoke(null, (Object) arguments);
        } else {
            job.getMethod("run", String[].class, String.class, String.class, String.class)
                    .invoke(null, arguments, jdbc.url(), jdbc.user(), jdbc.password());
        }
    }

    /** The innermost cause says what is wrong; Spark wraps it several times. */
    private static String firstLine(Throwable why) {
        Throwable inner = why;
        while (inner.getCause() != null && inner.getCause() != inner) {
            inner = inner.getCause();
        }
        String text = inner.getMessage() == null
                ? inner.toString()
                : inner.getClass().getSimpleName() + ": " + inner.getMessage();
        return text.lines().findFirst().orElse(inner.toString());
    }

    private void answer(Map<String, String> answer) {
        synchronized (answers) {
            answers.println(GSON.toJson(answer));
            answers.flush();
        }
    }
}
