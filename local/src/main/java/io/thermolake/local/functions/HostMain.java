package io.thermolake.local.functions;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.thermolake.RecordJson;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The JVM that functions run in, one for each environment and memory size. Invocations come as JSON lines on standard
 * input; answers go as JSON lines to standard output; what functions print goes to standard error. As on Lambda an instance
 * of a handler serves one invocation at a time and is kept for the next. It returns when its input ends; who started it halts
 * the JVM then.
 */
public final class HostMain {
    private static final Gson GSON =
            new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

    private final PrintStream answers;
    private final RecordJson json = new RecordJson();
    private final Map<String, Deque<RequestHandler<Object, Object>>> idle = new ConcurrentHashMap<>();

    private HostMain(PrintStream answers) {
        this.answers = answers;
    }

    public static void main(String[] args) throws IOException {
        PrintStream answers = System.out;
        System.setOut(System.err);
        HostMain host = new HostMain(answers);
        ExecutorService executor = Executors.newCachedThreadPool();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
            String line;
            while ((line = in.readLine()) != null) {
                JsonObject invocation = GSON.fromJson(line, JsonObject.class);
                executor.execute(() -> host.invoke(invocation));
            }
        }
    }

    private void invoke(JsonObject invocation) {
        JsonObject answer = new JsonObject();
        answer.add("id", invocation.get("id"));
        long begun = System.nanoTime();
        CallInterceptor.caller(invocation.get("function").getAsString());
        try {
            String name = invocation.get("handler").getAsString();
            Deque<RequestHandler<Object, Object>> pool = idle.computeIfAbsent(name, h -> new ConcurrentLinkedDeque<>());
            RequestHandler<Object, Object> handler = pool.poll();
            if (handler == null) {
                handler = make(name);
            }
            Type requestType = requestType(handler.getClass());
            Object request = json.fromJson(invocation.get("event").toString(), requestType);
            Context context = new HostContext(
                    invocation.get("function").getAsString(),
                    invocation.get("memory").getAsInt(),
                    invocation.get("id").getAsString(),
                    invocation.get("timeoutMillis").getAsLong());
            Object result = handler.handleRequest(request, context);
            pool.push(handler);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            json.toJson(result, out, result == null ? Object.class : result.getClass());
            answer.add("payload", GSON.fromJson(out.toString(UTF_8), JsonElement.class));
        } catch (Throwable e) {
            answer.add("error", GSON.toJsonTree(error(e)));
        }
        answer.addProperty("millis", (System.nanoTime() - begun) / 1_000_000);
        synchronized (answers) {
            answers.println(GSON.toJson(answer));
            answers.flush();
        }
    }

    @SuppressWarnings("unchecked")
    private static RequestHandler<Object, Object> make(String name) throws Throwable {
        try {
            return (RequestHandler<Object, Object>)
                    Class.forName(name).getConstructor().newInstance();
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private static Type requestType(Class<?> handler) {
        for (Type type : handler.getGenericInterfaces()) {
            if (type instanceof ParameterizedType parameterized
                    && parameterized.getRawType().equals(RequestHandler.class)) {
                return parameterized.getActualTypeArguments()[0];
            }
        }
        throw new IllegalArgumentException(handler.getName() + " does not implement RequestHandler itself");
    }

    /** The payload of a failed invocation, as Lambda's Java runtime makes it. */
    private static Map<String, Object> error(Throwable e) {
        List<String> trace = new ArrayList<>();
        for (StackTraceElement element : e.getStackTrace()) {
            if (trace.size() < 20) {
                trace.add(element.toString());
            }
        }
        return Map.of(
                "errorMessage",
                e.getMessage() == null ? e.toString() : e.getMessage(),
                "errorType",
                e.getClass().getName(),
                "stackTrace",
                trace);
    }
}
