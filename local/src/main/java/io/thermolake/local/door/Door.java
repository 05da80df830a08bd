package io.thermolake.local.door;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Before every service: who calls is looked at, then the body is read, whole and bounded, and only then a thread goes on to
 * the service. Nothing happens of a request whose signature, or whose body's hash, does not hold.
 */
public final class Door extends Handler.Wrapper {
    /** An attribute of each request that comes through: the service that it is signed for. */
    public static final String SERVICE = "io.thermolake.service";

    private static final long MOST_UNPROVEN_BYTES = 64 << 20;

    private final Visitors visitors;
    private final Signatures signatures;
    private final Path bodies;
    private final LongSupplier nanos;
    private final Unproven unproven = new Unproven(MOST_UNPROVEN_BYTES);

    /** @param bodies a folder for the bodies that are too large for memory, there already */
    Door(Handler next, Visitors visitors, Signatures signatures, Path bodies, LongSupplier nanos) {
        super(next);
        this.visitors = visitors;
        this.signatures = signatures;
        this.bodies = bodies;
        this.nanos = nanos;
    }

    /**
     * @param hosts names and addresses of this cloud beside those of the loopback interface
     * @param bodies a folder of its own, for bodies that are too large for memory
     */
    public static Door of(Handler next, Set<String> hosts, int port, FolderKey key, Clock clock, Path bodies)
            throws IOException {
        Files.createDirectories(bodies);
        return new Door(next, new Visitors(hosts, port), new Signatures(key, clock), bodies, System::nanoTime);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Exchange exchange = new Exchange(request, response, callback, call(request));
        try {
            visitors.admit(exchange.call());
        } catch (Denied e) {
            exchange.refuse(e);
            return true;
        }
        try {
            Signatures.SignatureVerdict verdict = signatures.judge(exchange.call());
            BodyLimit.of(verdict.service()).check(request.getLength());
            HeldBody body = new HeldBody(bodies);
            new Arrival(request, new Guest(exchange, verdict, signatures, unproven, body, getHandler()), nanos).run();
        } catch (Denied e) {
            exchange.refuseBehindBody(e, nanos);
        }
        return true;
    }

    private static Call call(Request request) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (HttpField field : request.getHeaders()) {
            String value = field.getValue();
            headers.computeIfAbsent(field.getName(), n -> new ArrayList<>()).add(value == null ? "" : value);
        }
        String path = request.getHttpURI().getPath();
        String query = request.getHttpURI().getQuery();
        return new Call(request.getMethod(), path == null ? "/" : path, query == null ? "" : query, headers);
    }
}
