package io.thermolake.local.door;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
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

    /** Of a request that is turned away: it is read before the answer, else the client sees its connection broken. */
    private static final long MOST_IGNORED_BYTES = 8 << 20;

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
     * @param bodies a folder of its own; what a process that died left in it is deleted
     */
    public static Door of(Handler next, Set<String> hosts, int port, FolderKey key, Clock clock, Path bodies)
            throws IOException {
        Files.createDirectories(bodies);
        try (Stream<Path> left = Files.list(bodies)) {
            for (Path body : left.toList()) {
                Files.deleteIfExists(body);
            }
        }
        return new Door(next, new Visitors(hosts, port), new Signatures(key, clock), bodies, System::nanoTime);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Call call = call(request);
        try {
            visitors.admit(call);
        } catch (Denied e) {
            answer(call, response, callback, e);
            return true;
        }
        try {
            Signatures.Verdict verdict = signatures.judge(call);
            BodyLimit limit = BodyLimit.of(verdict.service());
            limit.check(request.getLength());
            new Arrival(request, new Guest(request, response, callback, call, verdict, limit), nanos).run();
        } catch (Denied e) {
            ignore(request, response, callback, call, e);
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

    /** Also of a client that asks whether to go on: many of them do not look into an answer that says no. */
    private void ignore(Request request, Response response, Callback callback, Call call, Denied why) {
        if (request.getLength() > MOST_IGNORED_BYTES) {
            answer(call, response, callback, why);
            return;
        }
        new Arrival(
                        request,
                        new Arrival.Taker() {
                            private long size;

                            @Override
                            public void add(ByteBuffer bytes) {
                                size += bytes.remaining();
                                if (size > MOST_IGNORED_BYTES) {
                                    throw why;
                                }
                            }

                            @Override
                            public void whole() {
                                answer(call, response, callback, why);
                            }

                            @Override
                            public void failed(Denied slow) {
                                answer(call, response, callback, why);
                            }
                        },
                        nanos)
                .run();
    }

    private static void answer(Call call, Response response, Callback callback, Denied why) {
        Dialect dialect = Dialect.of(call, Claim.service(call));
        String id = UUID.randomUUID().toString();
        response.reset();
        response.setStatus(why.why().status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, dialect.contentType);
        response.getHeaders().put("x-amzn-RequestId", id);
        response.getHeaders().put("x-amz-request-id", id);
        if (dialect != Dialect.S3 && dialect != Dialect.QUERY) {
            response.getHeaders().put("x-amzn-ErrorType", dialect.code(why.why()));
        }
        if (why.why() == Denial.FOREIGN || why.why() == Denial.TOO_SLOW || why.why() == Denial.TOO_LARGE) {
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
        }
        byte[] body = dialect.body(why);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
    }

    /** One whose head was in order, while its body comes in. */
    private final class Guest implements Arrival.Taker {
        private final Request request;
        private final Response response;
        private final Callback callback;
        private final Call call;
        private final Signatures.Verdict verdict;
        private final BodyLimit limit;
        private final HeldBody body = new HeldBody(bodies);
        private final AtomicBoolean ended = new AtomicBoolean();
        private final Runnable giveUp;

        Guest(
                Request request,
                Response response,
                Callback callback,
                Call call,
                Signatures.Verdict verdict,
                BodyLimit limit) {
            this.request = request;
            this.response = response;
            this.callback = callback;
            this.call = call;
            this.verdict = verdict;
            this.limit = limit;
            this.giveUp = () -> request.getConnectionMetaData()
                    .getConnection()
                    .getEndPoint()
                    .close(new TimeoutException("Too much is held of bodies whose signature is not known yet"));
        }

        @Override
        public void add(ByteBuffer bytes) throws IOException {
            limit.check(body.size() + bytes.remaining());
            if (verdict instanceof Signatures.AwaitsBody) {
                unproven.add(giveUp, bytes.remaining());
            }
            body.add(bytes);
        }

        @Override
        public void whole() {
            unproven.remove(giveUp);
            try {
                String sha256 = body.sha256();
                if (verdict instanceof Signatures.AwaitsBody awaits) {
                    signatures.judge(call, awaits, sha256);
                } else if (verdict instanceof Signatures.Proven proven) {
                    checkHash(proven.sha256(), sha256);
                }
            } catch (Denied e) {
                failed(e);
                return;
            }
            goOn();
        }

        private void goOn() {
            Callback end = Callback.from(callback, this::end);
            request.setAttribute(SERVICE, verdict.service());
            try {
                if (!getHandler().handle(new Whole(request, body.size(), body.source()), response, end)) {
                    Response.writeError(request, response, end, 404);
                }
            } catch (Exception e) {
                Response.writeError(request, response, end, e);
            }
        }

        private void end() {
            if (ended.compareAndSet(false, true)) {
                unproven.remove(giveUp);
                body.close();
            }
        }

        @Override
        public void failed(Denied why) {
            end();
            answer(call, response, callback, why);
        }
    }

    private static void checkHash(Optional<String> said, String is) {
        said.filter(hash -> !hash.equals(is)).ifPresent(hash -> {
            throw new Denied(
                    Denial.OTHER_BODY,
                    "The provided 'x-amz-content-sha256' header does not match what was computed: " + is);
        });
    }

    /** The request with its body, which is here already. */
    private static final class Whole extends Request.Wrapper {
        private final long length;
        private final Content.Source body;

        Whole(Request request, long length, Content.Source body) {
            super(request);
            this.length = length;
            this.body = body;
        }

        @Override
        public long getLength() {
            return length;
        }

        @Override
        public Content.Chunk read() {
            return body.read();
        }

        @Override
        public void demand(Runnable more) {
            body.demand(more);
        }

        @Override
        public void fail(Throwable why) {
            body.fail(why);
        }

        @Override
        public boolean consumeAvailable() {
            body.fail(new IllegalStateException("the rest is not wanted"));
            return super.consumeAvailable();
        }
    }
}
