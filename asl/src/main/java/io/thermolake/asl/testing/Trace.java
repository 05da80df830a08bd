package io.thermolake.asl.testing;

import io.thermolake.asl.HistoryEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** An execution's history as a person reads it: a line an event, with what came in, went out or went wrong. */
public final class Trace {
    private static final int WIDTH = 100;
    private static final List<String> SAID = List.of("input", "parameters", "output", "error", "mapRunArn");

    private Trace() {}

    /** @param history every event of one execution, in order */
    public static String of(List<HistoryEvent> history) {
        StringBuilder text = new StringBuilder();
        Instant start = history.isEmpty() ? Instant.EPOCH : history.get(0).timestamp();
        for (HistoryEvent event : history) {
            text.append("%5d %9s  %s%n"
                    .formatted(event.id(), "+" + elapsed(Duration.between(start, event.timestamp())), line(event)));
        }
        return text.toString();
    }

    /** One event in a line: its type, whom it is about, what it says. */
    public static String line(HistoryEvent event) {
        Object name = event.details().get("name");
        Object index = event.details().get("index");
        String about = (name == null ? "" : " " + name) + (index == null ? "" : "[" + index + "]");
        return "%-24s%s".formatted(event.type() + about, said(event)).stripTrailing();
    }

    private static String elapsed(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + "s" : time.toMillis() / 1000.0 + "s";
    }

    private static String said(HistoryEvent event) {
        for (String field : SAID) {
            Object value = event.details().get(field);
            if (value != null) {
                Object cause = field.equals("error") ? event.details().get("cause") : null;
                return "  " + shortened(value + (cause == null ? "" : ": " + cause));
            }
        }
        return "";
    }

    private static String shortened(String text) {
        String line = text.replace('\n', ' ');
        return line.length() <= WIDTH ? line : line.substring(0, WIDTH - 1) + "…";
    }
}
