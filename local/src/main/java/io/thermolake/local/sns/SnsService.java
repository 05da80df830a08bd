package io.thermolake.local.sns;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import io.thermolake.local.aws.CloudContext;
import io.thermolake.local.aws.QueryCall;
import io.thermolake.local.aws.Rest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/** SNS Publish over its query protocol: messages are appended to a file and told to who listens. */
public final class SnsService implements Rest {
    private final CloudContext context;
    private final Path messages;
    private final List<BiConsumer<String, String>> listeners = new CopyOnWriteArrayList<>();

    public SnsService(CloudContext context) {
        this.context = context;
        this.messages = context.folder().root().resolve("notifications.jsonl");
    }

    /** @param listener of subject and message */
    public void listen(BiConsumer<String, String> listener) {
        listeners.add(listener);
    }

    /**
     * Publishes to a topic of the stack.
     *
     * @return the message's id
     * @throws IllegalArgumentException when the stack has no such topic
     */
    public String publish(String topicArn, String subject, String message) {
        if (context.stack().named("AWS::SNS::Topic", topicArn).isEmpty()) {
            throw new IllegalArgumentException("Topic does not exist: " + topicArn);
        }
        String id = UUID.randomUUID().toString();
        Map<String, String> line = new LinkedHashMap<>();
        line.put("id", id);
        line.put("at", context.clock().instant().toString());
        line.put("topic", topicArn);
        line.put("subject", subject);
        line.put("message", message);
        try {
            Files.writeString(
                    messages,
                    new Gson().toJson(line) + "\n",
                    UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("writing " + messages + " failed", e);
        }
        context.meter().add("SNS", "notification", 1);
        listeners.forEach(l -> l.accept(subject, message));
        return id;
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response) throws IOException {
        QueryCall call = new QueryCall(request, response);
        if (!call.action().equals("Publish")) {
            call.fail(501, "NotImplemented", "The laptop cloud does not implement SNS " + call.action());
            return;
        }
        try {
            String id = publish(call.field("TopicArn"), call.field("Subject"), call.field("Message"));
            call.answer("<PublishResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><PublishResult><MessageId>"
                    + id + "</MessageId></PublishResult></PublishResponse>");
        } catch (IllegalArgumentException e) {
            call.fail(404, "NotFound", String.valueOf(e.getMessage()));
        }
    }
}
