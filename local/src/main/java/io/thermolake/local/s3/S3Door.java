package io.thermolake.local.s3;

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

/**
 * In front of s3proxy's servlet: one writer at a time and no listing beside it, since If-Match is not atomic in its store
 * and its temporary file is listed while a body streams in; and the body is read before it answers, since an early error
 * answer closes the connection under the client's feet.
 */
public final class S3Door {
    private static final long MOST_BUFFERED = 64L << 20;

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
                s3.service(request, response);
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
            s3.service(whole, response);
        } finally {
            lock.writeLock().unlock();
        }
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
