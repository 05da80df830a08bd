package io.thermolake.local.cloud;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import io.thermolake.local.door.Door;
import io.thermolake.local.door.FolderKey;
import io.thermolake.local.door.PlainErrors;
import io.thermolake.local.s3.FileStore;
import io.thermolake.local.s3.S3Door;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.gaul.s3proxy.S3Servlet;
import org.jspecify.annotations.Nullable;

/**
 * The one port of the laptop cloud: every AWS API, S3 included, told apart by the request's target and the service that it is
 * signed for. {@link Door} lets in only what is signed with the data folder's key. It listens on the loopback interface, and
 * beside it on one address only when it is told to.
 */
public final class Gateway implements AutoCloseable {
    private static final String CONTROL = "Thermolake.";
    private static final Gson GSON = io.thermolake.RecordJson.gson();

    private static final int THREADS = 128;
    private static final int SLOW = 96;

    private final Server server = new Server(new QueuedThreadPool(THREADS));
    private final ServerConnector connector;
    private final AwsJson json = new AwsJson();
    private final Map<String, Rest> rest = new ConcurrentHashMap<>();
    private final Map<String, Function<Map<String, Object>, Object>> controls = new ConcurrentHashMap<>();
    private final SlowCalls slow = new SlowCalls(SLOW);
    private final S3Door s3;

    /**
     * Where the port is.
     *
     * @param port 0 for any
     * @param listen an address of this machine to listen on, too, at the same port; null for none
     * @param host by which others call it, beside these; null for none
     */
    public record Place(
            int port, @Nullable String listen, @Nullable String host) {
        public static final Place ANY = new Place(0, null, null);

        private Set<String> hosts() {
            return Stream.of(listen, host)
                    .filter(Objects::nonNull)
                    .map(name -> name.toLowerCase(Locale.ROOT))
                    .collect(Collectors.toSet());
        }
    }

    /** @param key that requests are signed with; @param buckets a folder a bucket; @param bodies a folder of its own */
    public Gateway(Place place, FolderKey key, Path buckets, Path bodies, Meter meter) throws Exception {
        HttpServlet servlet = S3Servlet.of(new FileStore(buckets));
        s3 = new S3Door(servlet, meter);
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setHttpCompliance(HttpCompliance.LEGACY);
        // Else Jetty refuses %2F, '//' and the like in keys.
        configuration.setUriCompliance(UriCompliance.LEGACY);
        configuration.setHeaderCacheCaseSensitive(true);
        configuration.setSendServerVersion(false);
        connector = connector("127.0.0.1", place.port(), configuration);
        server.addConnector(connector);
        connector.open();
        ServletContextHandler context = new ServletContextHandler();
        // Mapped only so that its init() is called.
        context.addServlet(new ServletHolder(servlet), "/s3proxy-init");
        context.addServlet(new ServletHolder(new Router()), "/*");
        context.setErrorHandler(new PlainErrors());
        server.setErrorHandler(new PlainErrors());
        server.setHandler(Door.of(context, place.hosts(), connector.getLocalPort(), key, Clock.systemUTC(), bodies));
        server.start();
        if (place.listen() != null) {
            listenOn(place.listen(), configuration);
        }
    }

    private ServerConnector connector(String host, int port, HttpConfiguration configuration) {
        ServerConnector made = new ServerConnector(server, new HttpConnectionFactory(configuration));
        made.setHost(host);
        made.setPort(port);
        return made;
    }

    private void listenOn(String address, HttpConfiguration configuration) throws Exception {
        int port = connector.getLocalPort();
        ServerConnector beside = connector(address, port, configuration);
        server.addConnector(beside);
        try {
            beside.start();
        } catch (IOException e) {
            server.stop();
            throw new ListenException(address, port, e);
        }
    }

    public AwsJson json() {
        return json;
    }

    /** @param service as the signature's scope names it: lambda, sagemaker, sns, sts */
    public void rest(String service, Rest handler) {
        rest.put(service, handler);
    }

    /** A call of our own, beside AWS's: {@code X-Amz-Target: Thermolake.<name>}. */
    public void control(String name, Function<Map<String, Object>, Object> call) {
        controls.put(name, call);
    }

    /** By address, not by name: the SDKs then ask S3 in path style. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + connector.getLocalPort());
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The port " + endpoint() + " could not be closed", e);
        }
    }

    private final class Router extends HttpServlet {
        private static final long serialVersionUID = 1L;

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
            if (!SlowCalls.isSlow(target)) {
                send(response, json.handle(target, request.getContentType(), body));
            } else if (slow.enter()) {
                try {
                    send(response, json.handle(target, request.getContentType(), body));
                } finally {
                    slow.leave();
                }
            } else {
                send(response, busy());
            }
        }

        private void rest(String service, Rest handler, HttpServletRequest request, HttpServletResponse response)
                throws IOException {
            if (!service.equals("lambda")) {
                handler.handle(request, response);
            } else if (slow.enter()) {
                try {
                    handler.handle(request, response);
                } finally {
                    slow.leave();
                }
            } else {
                send(response, busy());
            }
        }

        private AwsJson.Reply busy() {
            return error(
                    400,
                    "ThrottlingException",
                    SLOW
                            + " calls that wait (GetActivityTask, StartSyncExecution, Invoke) are open already; try again");
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
                        new AwsJson.Reply(
                                200, "application/json", GSON.toJson(out).getBytes(UTF_8), null));
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
}
