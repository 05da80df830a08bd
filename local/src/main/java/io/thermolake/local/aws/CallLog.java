package io.thermolake.local.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.thermolake.local.stack.Stack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/**
 * Writes down who asks which service for what, a JSON line a call, for {@code checks/template} to hold against the roles
 * and the services' models. On only where the environment variable {@code THERMOLAKE_CALLS}, or in a function's host the
 * system property {@code thermolake.calls}, names a file.
 */
public final class CallLog {
    public static final String PROPERTY = "thermolake.calls";
    /** What is kept of bytes: a request's check needs their type, not the readings. */
    private static final int MOST_BYTES = 64;

    private static final Gson GSON =
            new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

    private CallLog() {}

    /** The file, or null when nothing is to be written down. */
    public static @Nullable Path file() {
        String property = System.getProperty(PROPERTY);
        String name = property == null ? System.getenv("THERMOLAKE_CALLS") : property;
        return name == null || name.isBlank() ? null : Path.of(name).toAbsolutePath();
    }

    /** What the laptop calls the stack's resources; the calls name them so. */
    public static void stack(Stack stack, Map<String, String> parameters) {
        if (file() == null) {
            return;
        }
        List<Map<String, Object>> resources = new ArrayList<>();
        stack.resources()
                .forEach(r -> resources.add(Map.of(
                        "logicalId", r.logicalId(), "type", r.type(), "physicalId", r.physicalId(), "arn", r.arn())));
        write(Map.of("stack", resources, "parameters", parameters));
    }

    /** A function's call, or that of a machine's task. */
    public static void call(String caller, String service, String operation, SdkPojo request) {
        write(Map.of("function", caller, "service", service, "operation", operation, "parameters", members(request)));
    }

    public static void task(Object machine, String state, String resource, @Nullable Object arguments) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("machine", machine);
        line.put("state", state);
        line.put("resource", resource);
        line.put("parameters", arguments);
        write(line);
    }

    /** One write a line: several processes append to the file. */
    private static void write(Map<String, ?> line) {
        Path file = file();
        if (file == null) {
            return;
        }
        try (SeekableByteChannel channel =
                Files.newByteChannel(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            channel.write(ByteBuffer.wrap((GSON.toJson(line) + "\n").getBytes(UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException("A call could not be written down to " + file, e);
        }
    }

    /** By the names of the service's model, where {@link SdkJson} has those of the wire. */
    private static Map<String, Object> members(SdkPojo pojo) {
        Map<String, Object> out = new LinkedHashMap<>();
        for (SdkField<?> field : pojo.sdkFields()) {
            Object value = field.getValueOrDefault(pojo);
            if (value != null && !(value instanceof SdkAutoConstructList) && !(value instanceof SdkAutoConstructMap)) {
                out.put(field.memberName(), plain(value));
            }
        }
        return out;
    }

    private static Object plain(Object value) {
        if (value instanceof SdkPojo pojo) {
            return members(pojo);
        }
        if (value instanceof Instant instant) {
            return instant.toString();
        }
        if (value instanceof SdkBytes bytes) {
            String text = bytes.asString(UTF_8);
            return text.substring(0, Math.min(MOST_BYTES, text.length()));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(CallLog::plain).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> out = new LinkedHashMap<>();
            map.forEach((k, v) -> out.put(k.toString(), plain(v)));
            return out;
        }
        return value instanceof Enum<?> ? value.toString() : value;
    }
}
