package io.thermolake.local.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.thermolake.local.aws.Meter;
import io.thermolake.local.door.ShownReason;
import io.thermolake.local.door.UriText;
import io.thermolake.local.door.XmlErrors;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * In front of s3proxy's servlet: one writer at a time and no listing beside it, since If-Match is not atomic in its store
 * and its temporary file is listed while a body streams in. A request's body is here already, so no client's slowness holds
 * the lock.
 */
public final class S3Door {
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
        Optional<String> problem = ObjectKey.problem(UriText.decode(request.getRequestURI()), isMultipart(request));
        if (problem.isPresent()) {
            // No object can have such a key.
            error(response, read ? 404 : 400, read ? "NoSuchKey" : "KeyTooLongError", problem.get());
            return;
        }
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
        lock.writeLock().lock();
        try {
            answer(request, response);
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
            String what =
                    request.getMethod() + " " + request.getRequestURI() + " failed: " + ShownReason.withoutPath(e);
            error(response, 500, "InternalError", what);
        }
    }

    private static boolean isMultipart(HttpServletRequest request) {
        String query = request.getQueryString();
        return query != null && (query.startsWith("uploads") || query.contains("uploadId="));
    }

    private static void error(HttpServletResponse response, int status, String code, String message)
            throws IOException {
        response.setStatus(status);
        response.setContentType("application/xml");
        response.getOutputStream().write(XmlErrors.s3(code, message).getBytes(UTF_8));
    }
}
