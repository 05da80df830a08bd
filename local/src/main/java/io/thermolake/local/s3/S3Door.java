package io.thermolake.local.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.thermolake.local.cloud.Meter;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * In front of s3proxy's servlet: one writer at a time and no listing beside it, since If-Match is not atomic in its store
 * and its temporary file is listed while a body streams in; and the body is read before it answers, since an early error
 * answer closes the connection under the client's feet.
 */
public final class S3Door {
    private static final long MOST_BUFFERED = 64L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(S3Door.class);

    private final HttpServlet s3;
    private final Meter meter;
    private final ReadWriteLock lock = new ReentrantReadWriteLock(true);

    public S3Door(HttpServlet s3, Meter meter) {
        this.s3 = s3;
        this.meter = meter;
    }

    /** Serves one request. */
    public void serve(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
        boolean read = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        boolean list = read && request.getRequestURI().indexOf('/', 1) < 0;
        meter.add("S3", read && !list ? "GET request" : "PUT request", 1);
        if (read) {
            if (list) {
                lock.readLock().lock();
            }
            try {
                answer(request, response);
            } finally {
                if (list) {
                    lock.readLock().unlock();
                }
            }
            return;
        }
        HttpServletRequest whole = request.getContentLengthLong() > MOST_BUFFERED ? request : new Buffered(request);
        lock.writeLock().lock();
        try {
            answer(whole, response);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** What s3proxy throws would reach the client as a 500 without a word, such as of a disk that is full. */
    private void answer(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
        try {
            s3.service(request, response);
        } catch (IOException | RuntimeException e) {
            if (response.isCommitted()) {
                throw e;
            }
            LOG.warn("s3.failed method={} path={} why={}", request.getMethod(), request.getRequestURI(), e.toString());
            response.reset();
            response.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
            response.setContentType("application/xml");
            response.getOutputStream()
                    .write(("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>InternalError</Code><Message>"
                                    + escaped(
                                            request.getMethod() + " " + request.getRequestURI() + " failed: " + root(e))
                                    + "</Message></Error>")
                            .getBytes(UTF_8));
        }
    }

    private static String root(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static final class Buffered extends HttpServletRequestWrapper {
        private final ServletInputStream in;

        Buffered(HttpServletRequest request) throws IOException {
            super(request);
            ByteArrayInputStream body =
                    new ByteArrayInputStream(request.getInputStream().readAllBytes());
            in = new ServletInputStream() {
                @Override
                public int read() {
                    return body.read();
                }

                @Override
                public int read(byte[] bytes, int offset, int length) {
                    return body.read(bytes, offset, length);
                }

                @Override
                public boolean isFinished() {
                    return body.available() == 0;
                }

                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setReadListener(ReadListener listener) {
                    throw new UnsupportedOperationException("bodies are read at once");
                }
            };
        }

        @Override
        public ServletInputStream getInputStream() {
            return in;
        }
    }
}
