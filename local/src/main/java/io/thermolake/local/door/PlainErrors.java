package io.thermolake.local.door;

import static java.nio.charset.StandardCharsets.UTF_8;

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
            String message,
            @Nullable Throwable cause,
            Callback callback) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/xml");
        response.write(true, ByteBuffer.wrap(text(code).getBytes(UTF_8)), callback);
    }

    private static String text(int code) {
        String name = code == 400
                ? "InvalidRequest"
                : code == 501 ? "NotImplemented" : code >= 500 ? "InternalError" : "InvalidRequest";
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + name + "</Code><Message>"
                + HttpStatus.getMessage(code) + "</Message></Error>";
    }
}
