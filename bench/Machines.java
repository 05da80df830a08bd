import io.thermolake.asl.engine.Definition;
import io.thermolake.asl.engine.Engine;
import io.thermolake.asl.Execution;
import io.thermolake.asl.ExecutionIdentity;
import io.thermolake.asl.ExecutionListener;
import io.thermolake.asl.VirtualTimer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * usage: Machines DEFINITION.json one|all N
 *
 * <p>one: N executions, one after the other; a row for each tenth: executions a second, heap after a collection, threads. all: N
 * executions that wait at the same time: what each of them takes. Exits with 1 when one does not succeed, or when the heap has
 * grown by more than a quarter and 8 MB from the second tenth to the last.
 */
final class Machines {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    public static void main(String[] arguments) throws IOException {
        Definition definition = Definition.parse(Files.readString(Path.of(arguments[0])));
        int count = Integer.parseInt(arguments[2]);
        System.exit((arguments[1].equals("all") ? atOnce(definition, count) : inTurn(definition, count)) ? 0 : 1);
    }

    private static boolean inTurn(Definition definition, int count) {
        VirtualTimer timer = new VirtualTimer(START);
        Engine engine = engine(timer);
        int tenth = count / 10;
        double early = 0;
        double heap = 0;
        double total = 0;
        for (int part = 0; part < 10; part++) {
            long begun = System.nanoTime();
            for (int i = 0; i < tenth; i++) {
                Execution execution = start(engine, definition, part * tenth + i);
                while (timer.step()) {
                    // Virtual time.
                }
                if (!"SUCCEEDED".equals(execution.result().join().status())) {
                    System.out.println(execution.result().join());
                    return false;
                }
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            total += seconds;
            heap = heap();
            early = part == 1 ? heap : early;
            System.out.printf(
                    "%7d executions  %8.0f a second  heap %6.1f MB  %d threads%n",
                    (part + 1) * tenth, tenth / seconds, heap, Thread.activeCount());
        }
        System.out.printf("%.0f a second over all%n", tenth * 10 / total);
        return heap <= early * 1.25 + 8;
    }

    private static boolean atOnce(Definition definition, int count) {
        VirtualTimer timer = new VirtualTimer(START);
        Engine engine = engine(timer);
        double before = heap();
        List<Execution> all = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            all.add(start(engine, definition, i));
        }
        double each = (heap() - before) * 1024 / count;
        int threads = Thread.activeCount();
        long begun = System.nanoTime();
        while (timer.step()) {
            // Virtual time.
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf(
                "%7d wait at once: %.1f KB each, %d threads; all over %.1f s later%n", count, each, threads, seconds);
        return all.stream().allMatch(e -> "SUCCEEDED".equals(e.result().join().status()));
    }

    private static Engine engine(VirtualTimer timer) {
        return new Engine(
                resource -> request -> CompletableFuture.completedFuture(Map.of("celsius", 21.5)),
                timer,
                new Random(1),
                Runnable::run);
    }

    private static Execution start(Engine engine, Definition definition, int number) {
        ExecutionIdentity identity = new ExecutionIdentity(
                "arn:aws:states:us-east-1:111111111111:execution:bench:" + number,
                String.valueOf(number),
                "",
                START,
                "arn:aws:states:us-east-1:111111111111:stateMachine:bench",
                "bench");
        return engine.start(definition, identity, Map.of("room", "lab", "limit", 19L), ExecutionListener.NONE);
    }

    /** MB in use after a collection. */
    private static double heap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) / 1048576.0;
    }
}
