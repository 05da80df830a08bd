package io.thermolake.plan;

import com.google.gson.JsonParseException;
import io.thermolake.RecordJson;
import io.thermolake.lake.LakeLayout;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which runs the objects that arrived in {@code raw/history/} ask for: one for each window of five minutes in which one
 * arrived, named after the window and started only when the window is over. So a second start of a window may be a no-op:
 * the first one looked at the bucket after everything of the window was there.
 *
 * @param starts an execution's name to the messages that ask for it
 * @param again messages that have to come once more: their window is not over, or nobody can read them
 * @param notes a line for the log about each message that asks for nothing
 */
record HistoryStarts(Map<String, List<String>> starts, List<String> again, List<String> notes) {
    /** Windows begin at the full hour. */
    static final Duration WINDOW = Duration.ofMinutes(5);

    /** S3's clock and ours may differ, and an event's time is cut to the second. */
    static final Duration SETTLE = Duration.ofSeconds(10);

    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("'history-'uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /** @param body an event of EventBridge, "Object Created" of S3 */
    record Message(String id, String body) {}

    private record Event(@Nullable Instant time, @Nullable Detail detail) {}

    private record Detail(@Nullable Created object) {}

    private record Created(@Nullable String key, long size) {}

    static HistoryStarts of(List<Message> messages, Instant now) {
        HistoryStarts decided = new HistoryStarts(new TreeMap<>(), new ArrayList<>(), new ArrayList<>());
        messages.forEach(message -> decided.add(message, now));
        return decided;
    }

    /** The run of the window in which something arrived. */
    static String name(Instant arrival) {
        return NAME.format(begin(arrival));
    }

    private static Instant begin(Instant arrival) {
        long seconds = WINDOW.toSeconds();
        return Instant.ofEpochSecond(Math.floorDiv(arrival.getEpochSecond(), seconds) * seconds);
    }

    private void add(Message message, Instant now) {
        Event event = read(message);
        Created object =
                event == null || event.detail() == null ? null : event.detail().object();
        if (event == null || event.time() == null || object == null || object.key() == null) {
            again.add(message.id());
            notes.add("history.unreadable message=" + message.id());
        } else if (!object.key().startsWith(LakeLayout.HISTORY) || object.size() == 0) {
            // A folder that somebody makes in the console is an empty object.
            notes.add("history.ignored message=%s size=%d".formatted(message.id(), object.size()));
        } else if (now.isBefore(begin(event.time()).plus(WINDOW).plus(SETTLE))) {
            again.add(message.id());
            notes.add("history.early message=%s arrived=%s".formatted(message.id(), event.time()));
        } else {
            starts.computeIfAbsent(name(event.time()), name -> new ArrayList<>())
                    .add(message.id());
        }
    }

    private static @Nullable Event read(Message message) {
        try {
            return RecordJson.gson().fromJson(message.body(), Event.class);
        } catch (JsonParseException e) {
            return null;
        }
    }
}
