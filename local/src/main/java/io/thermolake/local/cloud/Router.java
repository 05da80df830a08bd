package io.thermolake.local.cloud;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import io.thermolake.local.aws.AwsJson;
import io.thermolake.local.aws.Rest;
import io.thermolake.local.door.Door;
import io.thermolake.local.s3.S3Door;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** Hands a request that was let in to its service. */
final class Router extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final String CONTROL = "Thermolake.";
    private static final Gson GSON = io.thermolake.RecordJson.gson();
    /** How many of the port's threads slow calls may have; the others are for calls that are answered at once. */
    private static final int SLOW = 96;

    private final transient AwsJson json;
    private final transient Map<String, Rest> rest;
    private final transient Map<String, Function<Map<String, Object>, Object>> controls;
    private final transient S3Door s3;
    private final transient SlowCalls slow = new SlowCalls(SLOW);

    /** @param rest by service; @param controls by name; both may grow */
    Router(
            AwsJson json,
            Map<String, Rest> rest,
            Map<String, Function<Map<String, Object>, Object>> controls,
            S3Door s3) {
        this.json = json;
        this.rest = rest;
        this.controls = controls;
        this.s3 = s3;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String target = request.getHeader("X-Amz-Target");
        String service = String.valueOf(request.getAttribute(Door.SERVICE));
        Rest handler = rest.get(service);
        if (target != null && target.startsWith(CONTROL)) {
            control(target.substring(CONTROL.length()), request, response);
        } else if (target != null) {
            json(target, request, response);
        } else if (handler != null) {
            rest(service, handler, request, response);
        } else if (!service.equals("s3")) {
            send(response, error(501, "NotImplementedException", "The laptop cloud has no service " + service));
        } else {
            s3.serve(request, response);
        }
    }

    private void json(String target, HttpServletRequest request, HttpServletResponse response) throws IOException {
        byte[] body = request.getInputStream().readAllBytes();
        Answering answering = () -> send(response, json.handle(target, request.getContentType(), body));
        if (SlowCalls.isSlow(target)) {
            inTurn(response, answering);
        } else {
            answering.run();
        }
    }

    private void rest(String service, Rest handler, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (service.equals("lambda")) {
            inTurn(response, () -> handler.handle(request, response));
        } else {
            handler.handle(request, response);
        }
    }

    private interface Answering {
        void run() throws IOException;
    }

    /** Answers when there is a place among the calls that wait, else says that there is none. */
    private void inTurn(HttpServletResponse response, Answering answering) throws IOException {
        if (!slow.enter()) {
            send(
                    response,
                    error(
                            400,
                            "ThrottlingException",
                            SLOW
                                    + " calls that wait (GetActivityTask, StartSyncExecution, Invoke) are open already; try again"));
            return;
        }
        try {
            answering.run();
        } finally {
            slow.leave();
        }
    }

    private void control(String name, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Function<Map<String, Object>, Object> call = controls.get(name);
        if (call == null) {
            send(response, error(501, "NotImplementedException", "The laptop cloud has no call " + name));
            return;
        }
        try {
            @SuppressWarnings("unchecked")
            Map<String, Object> in =
                    GSON.fromJson(new String(request.getInputStream().readAllBytes(), UTF_8), Map.class);
            Object out = call.apply(in == null ? Map.of() : in);
            send(
                    response,
                    new AwsJson.Reply(200, "application/json", GSON.toJson(out).getBytes(UTF_8), null));
        } catch (JsonParseException | IllegalArgumentException | IllegalStateException e) {
            send(response, error(400, "ValidationException", String.valueOf(e.getMessage())));
        }
    }

    private void send(HttpServletResponse response, AwsJson.Reply reply) throws IOException {
        response.setStatus(reply.status());
        response.setContentType(reply.contentType());
        response.setHeader("x-amzn-RequestId", UUID.randomUUID().toString());
        if (reply.errorCode() != null) {
            response.setHeader("x-amzn-ErrorType", reply.errorCode());
        }
        response.setContentLength(reply.body().length);
        response.getOutputStream().write(reply.body());
    }

    private AwsJson.Reply error(int status, String code, String message) {
        return new AwsJson.Reply(
                status,
                "application/x-amz-json-1.1",
                GSON.toJson(Map.of("__type", code, "message", message)).getBytes(UTF_8),
                code);
    }
}
