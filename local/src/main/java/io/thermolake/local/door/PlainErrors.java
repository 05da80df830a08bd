package io.thermolake.local.door;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** The web server's own errors as an XML error of S3: without its page, which names classes, paths and causes. */
public final class PlainErrors extends ErrorHandler {
    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/xml");
        // A servlet's own word may be a path, such as what the file system refused.
        String word = message == null || message.contains("/") ? HttpStatus.getMessage(code) : message;
        byte[] body = Dialect.S3.body(new Denied(why(code), word));
        response.write(true, ByteBuffer.wrap(body), callback);
    }

    private static Denial why(int code) {
        return code == HttpStatus.NOT_IMPLEMENTED_501
                ? Denial.NOT_THERE
                : code >= HttpStatus.INTERNAL_SERVER_ERROR_500 ? Denial.FAILED : Denial.BAD_REQUEST;
    }
}
