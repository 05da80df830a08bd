package io.thermolake.local.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.ToNumberPolicy;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.utils.builder.ToCopyableBuilder;

/**
 * The server side of AWS JSON 1.0 and 1.1 for objects that implement the SDK's own client interfaces: the target names a
 * method, the body becomes its request by {@code SdkPojo.sdkFields()}, the response goes back the same way. What an object
 * does not override throws, and answers 501.
 */
public final class AwsJson {
    /** @param errorCode null when all is well */
    public record Reply(
            int status,
            String contentType,
            byte[] body,
            @Nullable String errorCode) {}

    private record Service(Class<?> api, Object implementation, Map<String, Method> operations) {}

    private static final Gson GSON = new GsonBuilder()
            .disableHtmlEscaping()
            .setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE)
            .create();
    /** Error codes of Step Functions that keep the suffix which the SDK's class names all have. */
    private static final Set<String> SFN_KEEPS = Set.of(
            "ConflictException",
            "ServiceQuotaExceededException",
            "ValidationException",
            "KmsAccessDeniedException",
            "KmsInvalidStateException",
            "KmsThrottlingException");

    private final Map<String, Service> services = new ConcurrentHashMap<>();

    /** @param prefix the part of X-Amz-Target before the dot, for example AWSGlue; @param api for example GlueClient.class */
    public <T extends SdkClient> AwsJson add(String prefix, Class<T> api, T implementation) {
        Map<String, Method> operations = new HashMap<>();
        for (Method method : api.getMethods()) {
            if (method.getParameterCount() == 1
                    && SdkRequest.class.isAssignableFrom(method.getParameterTypes()[0])
                    && SdkResponse.class.isAssignableFrom(method.getReturnType())) {
                operations.put(method.getName().toLowerCase(Locale.ROOT), method);
            }
        }
        services.put(prefix, new Service(api, implementation, operations));
        return this;
    }

    /** @param target X-Amz-Target; @param contentType of the request, echoed */
    public Reply handle(String target, @Nullable String contentType, byte[] body) {
        String type = contentType == null ? "application/x-amz-json-1.1" : contentType;
        int dot = target.lastIndexOf('.');
        try {
            Object in = body.length == 0 ? Map.of() : GSON.fromJson(new String(body, UTF_8), Object.class);
            return reply(200, type, call(target.substring(0, Math.max(dot, 0)), target.substring(dot + 1), in), null);
        } catch (AwsServiceException e) {
            return error(type, e);
        } catch (UnsupportedOperationException e) {
            return error(type, 501, "NotImplementedException", "The laptop cloud does not implement " + target);
        } catch (IllegalArgumentException | ClassCastException | DateTimeException | JsonParseException e) {
            return error(type, 400, "ValidationException", String.valueOf(e.getMessage()));
        } catch (Exception e) {
            return error(type, 500, "InternalFailure", e.toString());
        }
    }

    /**
     * The same without HTTP, in plain maps: what an {@code aws-sdk:} task needs.
     *
     * @throws UnsupportedOperationException when the cloud has no such operation
     */
    public Map<String, Object> call(String prefix, String operation, @Nullable Object in) throws Exception {
        Service service = services.get(prefix);
        Method method = service == null ? null : service.operations().get(operation.toLowerCase(Locale.ROOT));
        if (service == null || method == null) {
            throw new UnsupportedOperationException(prefix + "." + operation);
        }
        SdkPojo builder =
                (SdkPojo) method.getParameterTypes()[0].getMethod("builder").invoke(null);
        Object request = SdkJson.read(builder, in);
        try {
            return SdkJson.write((SdkPojo) method.invoke(service.implementation(), request));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }

    private static Reply error(String type, AwsServiceException e) {
        Map<String, Object> out =
                e instanceof ToCopyableBuilder<?, ?> copyable && copyable.toBuilder() instanceof SdkPojo p
                        ? SdkJson.write(p.sdkFields(), e)
                        : new LinkedHashMap<>();
        var details = e.awsErrorDetails();
        String code = details != null && details.errorCode() != null ? details.errorCode() : code(e.getClass());
        String message = details != null && details.errorMessage() != null ? details.errorMessage() : e.getMessage();
        out.put("__type", code);
        out.put("message", String.valueOf(message));
        out.put("Message", String.valueOf(message));
        return reply(e.statusCode() >= 400 ? e.statusCode() : 400, type, out, code);
    }

    /** The error code on the wire; for some services the SDK's generator added the suffix to the shape's name. */
    public static String code(Class<?> exception) {
        String name = exception.getSimpleName();
        boolean bare = (exception.getPackageName().contains(".sfn.") && !SFN_KEEPS.contains(name))
                || (exception.getPackageName().contains(".sagemaker.") && !name.equals("ConflictException"));
        return bare && name.endsWith("Exception") ? name.substring(0, name.length() - "Exception".length()) : name;
    }

    private static Reply error(String type, int status, String code, String message) {
        return reply(status, type, Map.of("__type", code, "message", message, "Message", message), code);
    }

    private static Reply reply(int status, String type, Map<String, Object> out, @Nullable String code) {
        return new Reply(status, type, GSON.toJson(out).getBytes(UTF_8), code);
    }

    /** Epoch seconds with milliseconds, as AWS JSON has timestamps. */
    static BigDecimal seconds(java.time.Instant instant) {
        return BigDecimal.valueOf(instant.toEpochMilli(), 3);
    }
}
