package io.thermolake.local.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.thermolake.local.door.XmlErrors;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Map;

/** A call of AWS's query protocol: a form comes in, XML goes out. */
public final class QueryCall {
    private final HttpServletResponse response;
    private final Map<String, String> form = new HashMap<>();

    public QueryCall(HttpServletRequest request, HttpServletResponse response) throws IOException {
        this.response = response;
        for (String pair : new String(request.getInputStream().readAllBytes(), UTF_8).split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                form.put(
                        URLDecoder.decode(pair.substring(0, equals), UTF_8),
                        URLDecoder.decode(pair.substring(equals + 1), UTF_8));
            }
        }
    }

    /** A field of the form; empty when it has none of this name. */
    public String field(String name) {
        return form.getOrDefault(name, "");
    }

    /** The operation that is asked for. */
    public String action() {
        return field("Action");
    }

    public void answer(String xml) throws IOException {
        send(200, xml);
    }

    public void fail(int status, String code, String message) throws IOException {
        send(status, XmlErrors.query(code, message));
    }

    private void send(int status, String xml) throws IOException {
        response.setStatus(status);
        response.setContentType("text/xml");
        response.getOutputStream().write(xml.getBytes(UTF_8));
    }
}
