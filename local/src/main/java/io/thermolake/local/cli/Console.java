package io.thermolake.local.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import java.io.PrintStream;
import java.time.Instant;
import java.util.Locale;

/**
 * Where a command speaks: people read lines on stdout; with {@code --json} one machine-readable object goes to stdout and
 * the lines to stderr.
 */
final class Console {
    private static final Gson PRETTY = new GsonBuilder()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .serializeNulls()
            .registerTypeAdapter(
                    Instant.class, (JsonSerializer<Instant>) (at, type, context) -> new JsonPrimitive(at.toString()))
            .create();

    private final boolean json;
    private final PrintStream out;
    private final PrintStream lines;

    Console(boolean json) {
        this(json, System.out, System.err);
    }

    Console(boolean json, PrintStream out, PrintStream err) {
        this.json = json;
        this.out = out;
        this.lines = json ? err : out;
    }

    boolean json() {
        return json;
    }

    /** A line for people. */
    void say(String format, Object... arguments) {
        lines.println(arguments.length == 0 ? format : format.formatted(arguments));
        lines.flush();
    }

    /** The command's answer: printed only with {@code --json}. */
    void answer(Object object) {
        if (json) {
            out.println(PRETTY.toJson(object));
            out.flush();
        }
    }

    /** An object as JSON for people. */
    static String pretty(Object object) {
        return PRETTY.toJson(object);
    }

    /** {@code 216000} as {@code 216,000}. */
    static String count(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }
}
