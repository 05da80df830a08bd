package io.thermolake.local.cloud;

import io.thermolake.local.aws.AwsJson;
import io.thermolake.local.aws.Meter;
import io.thermolake.local.aws.Rest;
import io.thermolake.local.door.Door;
import io.thermolake.local.door.FolderKey;
import io.thermolake.local.door.PlainErrors;
import io.thermolake.local.s3.FileStore;
import io.thermolake.local.s3.S3Door;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
    private static final int THREADS = 128;

    private final Server server = new Server(new QueuedThreadPool(THREADS));
    private final ServerConnector connector;
    private final AwsJson json = new AwsJson();
    private final Map<String, Rest> rest = new ConcurrentHashMap<>();
    private final Map<String, Function<Map<String, Object>, Object>> controls = new ConcurrentHashMap<>();

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
        S3Door s3 = new S3Door(servlet, meter);
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
        context.addServlet(new ServletHolder(new Router(json, rest, controls, s3)), "/*");
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
}
