package io.thermolake.local.door;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** A request and the way to answer it. */
record Exchange(Request request, Response response, Callback callback, Call call) {
    /** The most that is read of a request that is turned away; unread, the client would see its connection broken and no answer. */
    private static final long MOST_IGNORED_BYTES = 64 << 20;

    /** What may still be on its way behind these is not waited for. */
    private static final Set<Denial> LAST_WORDS = EnumSet.of(Denial.FOREIGN, Denial.TOO_SLOW, Denial.TOO_LARGE);

    /** Answers at once. */
    void refuse(Denied why) {
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
        if (LAST_WORDS.contains(why.why())) {
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
        }
        byte[] body = dialect.body(why);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
    }

    /** Answers when the body has gone by. Many clients that ask whether to go on do not look into an answer that says no. */
    void refuseBehindBody(Denied why, LongSupplier nanos) {
        if (request.getLength() > MOST_IGNORED_BYTES) {
            refuse(why);
            return;
        }
        Arrival.Taker nobody = new Arrival.Taker() {
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
                refuse(why);
            }

            @Override
            public void failed(Denied slow) {
                refuse(why);
            }
        };
        new Arrival(request, nobody, nanos).run();
    }
}
