package io.thermolake.local.door;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** A request whose head was in order: its body is taken in, held against the signature, and handed on. */
final class Guest implements Arrival.Taker {
    private final Exchange exchange;
    private final Signatures.SignatureVerdict verdict;
    private final Signatures signatures;
    private final Unproven unproven;
    private final BodyLimit limit;
    private final HeldBody body;
    private final Handler next;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Runnable giveUp;

    /** @param next where it goes on */
    Guest(
            Exchange exchange,
            Signatures.SignatureVerdict verdict,
            Signatures signatures,
            Unproven unproven,
            HeldBody body,
            Handler next) {
        this.exchange = exchange;
        this.verdict = verdict;
        this.signatures = signatures;
        this.unproven = unproven;
        this.limit = BodyLimit.of(verdict.service());
        this.body = body;
        this.next = next;
        this.giveUp = () -> exchange.request()
                .getConnectionMetaData()
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
                signatures.judge(exchange.call(), awaits, sha256);
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
        Request request = exchange.request();
        Callback end = Callback.from(exchange.callback(), this::end);
        request.setAttribute(Door.SERVICE, verdict.service());
        try {
            if (!next.handle(new Whole(request, body.size(), body.source()), exchange.response(), end)) {
                Response.writeError(request, exchange.response(), end, 404);
            }
        } catch (Exception e) {
            Response.writeError(request, exchange.response(), end, e);
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
        exchange.refuse(why);
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
