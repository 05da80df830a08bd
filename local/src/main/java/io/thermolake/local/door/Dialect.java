package io.thermolake.local.door;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The protocol of a service, for the answers that are given before the service is asked. */
enum Dialect {
    S3("application/xml") {
        @Override
        String code(Denial why) {
            return why.s3;
        }

        @Override
        String text(Denied denied) {
            return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + code(denied.why()) + "</Code><Message>"
                    + escaped(denied.text()) + "</Message></Error>";
        }
    },
    QUERY("text/xml") {
        @Override
        String code(Denial why) {
            return why.query;
        }

        @Override
        String text(Denied denied) {
            return "<ErrorResponse><Error><Type>Sender</Type><Code>" + code(denied.why()) + "</Code><Message>"
                    + escaped(denied.text()) + "</Message></Error></ErrorResponse>";
        }
    },
    JSON("application/x-amz-json-1.1") {
        @Override
        String code(Denial why) {
            return why.json;
        }

        @Override
        String text(Denied denied) {
            return json(code(denied.why()), denied.text());
        }
    },
    REST("application/json") {
        @Override
        String code(Denial why) {
            return why.json;
        }

        @Override
        String text(Denied denied) {
            return json(code(denied.why()), denied.text());
        }
    };

    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();
    private static final Set<String> QUERY_SERVICES = Set.of("sts", "sns");

    final String contentType;

    Dialect(String contentType) {
        this.contentType = contentType;
    }

    abstract String code(Denial why);

    abstract String text(Denied denied);

    byte[] body(Denied denied) {
        return text(denied).getBytes(UTF_8);
    }

    /** @param service of the signature's scope; empty when there is none that can be read */
    static Dialect of(Call call, String service) {
        if (call.header("x-amz-target").isPresent()) {
            return JSON;
        }
        if (service.equals("lambda") || call.path().startsWith("/2015-03-31/") || service.equals("sagemaker")) {
            return REST;
        }
        return QUERY_SERVICES.contains(service) ? QUERY : service.isEmpty() || service.equals("s3") ? S3 : JSON;
    }

    private static String json(String code, String message) {
        Map<String, String> out = new LinkedHashMap<>();
        out.put("__type", code);
        out.put("message", message);
        out.put("Message", message);
        return GSON.toJson(out);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
