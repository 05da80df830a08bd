package io.thermolake.local.door;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The protocol of a service, for the answers that are given before the service is asked. */
enum Dialect {
    S3("application/xml"),
    QUERY("text/xml"),
    JSON("application/x-amz-json-1.1"),
    REST("application/json");

    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();
    private static final Set<String> QUERY_SERVICES = Set.of("sts", "sns");

    final String contentType;

    Dialect(String contentType) {
        this.contentType = contentType;
    }

    String code(Denial why) {
        return switch (this) {
            case S3 -> why.s3;
            case QUERY -> why.query;
            case JSON, REST -> why.json;
        };
    }

    byte[] body(Denied denied) {
        String code = code(denied.why());
        String text = switch (this) {
            case S3 -> XmlErrors.s3(code, denied.text());
            case QUERY -> XmlErrors.query(code, denied.text());
            case JSON, REST -> json(code, denied.text());
        };
        return text.getBytes(UTF_8);
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
}
