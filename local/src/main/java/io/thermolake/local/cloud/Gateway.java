package io.thermolake.local.cloud;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import io.thermolake.local.s3.FileStore;
import io.thermolake.local.s3.S3Door;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
 * The one port of the laptop cloud: every AWS API, S3 included, told apart by the request's target and the service in its
 * signature's scope. Signatures are not checked, and whoever reaches the port may do everything: so it listens on the
 * loopback interface, and beside it on one address only when it is told to.
 */
public final class Gateway implements AutoCloseable {
    private static final Pattern SCOPE = Pattern.compile("Credential=[^,]*/\\d{8}/[^/]+/([^/]+)/aws4_request");
    private static final String CONTROL = "Thermolake.";
    private static final Gson GSON = io.thermolake.RecordJson.gson();

    /** Long polls and synchronous executions hold a thread each. */
    private static final int THREADS = 128;

    private final Server server = new Server(new QueuedThreadPool(THREADS));
    private final ServerConnector connector;
    private final AwsJson json = new AwsJson();
    private final Map<String, Rest> rest = new ConcurrentHashMap<>();
    private final Map<String, Function<Map<String, Object>, Object>> controls = new ConcurrentHashMap<>();
    private final S3Door s3;

    /** @param port 0 for any; @param buckets a folder a bucket */
    public Gateway(int port, Path buckets, Meter meter) throws Exception {
        this(port, null, buckets, meter);
    }

    /** @param listen an address of this machine to listen on, too, at the same port */
    public Gateway(int port, @Nullable String listen, Path buckets, Meter meter) throws Exception {
        HttpServlet servlet = S3Servlet.of(new FileStore(buckets));
        s3 = new S3Door(servlet, meter);
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setHttpCompliance(HttpCompliance.LEGACY);
        // Else Jetty refuses %2F, '//' and the like in keys.
        configuration.setUriCompliance(UriCompliance.LEGACY);
        configuration.setHeaderCacheCaseSensitive(true);
        configuration.setSendServerVersion(false);
        connector = connector("127.0.0.1", port, configuration);
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        // Mapped only so that its init() is called.
        context.addServlet(new ServletHolder(servlet), "/s3proxy-init");
        context.addServlet(new ServletHolder(new Router()), "/*");
        server.setHandler(context);
        server.start();
        if (listen != null) {
            listenOn(listen, configuration);
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
            String scope = scope(request);
            if (target != null && target.startsWith(CONTROL)) {
                control(target.substring(CONTROL.length()), request, response);
            } else if (target != null) {
                AwsJson.Reply reply = json.handle(
                        target,
                        request.getContentType(),
                        request.getInputStream().readAllBytes());
                send(response, reply);
            } else if (scope != null && rest.containsKey(scope)) {
                rest.get(scope).handle(request, response);
            } else if (request.getRequestURI().startsWith("/2015-03-31/functions/") && rest.containsKey("lambda")) {
                rest.get("lambda").handle(request, response);
            } else if (scope != null && !scope.equals("s3")) {
                send(response, error(501, "NotImplementedException", "The laptop cloud has no service " + scope));
            } else {
                s3.serve(request, response);
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

    private static @Nullable String scope(HttpServletRequest request) {
        String authorization = request.getHeader("Authorization");
        Matcher matcher = authorization == null ? null : SCOPE.matcher(authorization);
        return matcher != null && matcher.find() ? matcher.group(1) : null;
    }
}
