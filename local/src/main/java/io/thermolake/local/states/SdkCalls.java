package io.thermolake.local.states;

import io.thermolake.asl.Json;
import io.thermolake.asl.TaskException;
import io.thermolake.local.aws.AwsJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Calls of the laptop's services as tasks make them: names in PascalCase, errors by the service's name. */
final class SdkCalls {
    /** Service of an aws-sdk task to the prefix of its AWS JSON target. */
    private static final Map<String, String> PREFIXES = Map.of(
            "glue", "AWSGlue",
            "athena", "AmazonAthena",
            "sagemaker", "SageMaker",
            "sfn", "AWSStepFunctions",
            "firehose", "Firehose_20150804",
            "secretsmanager", "secretsmanager");
    /** Members that are texts of JSON: a task may give them as JSON. */
    private static final Set<String> TEXTS =
            Set.of("Input", "Output", "Definition", "Variables", "Context", "Result", "Cause", "Error");

    private final AwsJson json;

    SdkCalls(AwsJson json) {
        this.json = json;
    }

    /** @throws TaskException with the error's name as an aws-sdk task has it */
    Map<String, Object> call(String service, String operation, Map<String, Object> arguments) {
        return call(service, operation, arguments, Character.toUpperCase(service.charAt(0)) + service.substring(1));
    }

    /** @param family before the dot of an error's name, for example Glue */
    Map<String, Object> call(String service, String operation, Map<String, Object> arguments, String family) {
        String prefix = PREFIXES.get(service);
        boolean own = service.equals("sfn");
        try {
            if (prefix == null) {
                throw new UnsupportedOperationException(service);
            }
            Object in = own ? renamed(texts(arguments), SdkCalls::wire) : arguments;
            Map<String, Object> out = json.call(prefix, operation, in);
            return own ? Json.object(renamed(out, SdkCalls::pascal)) : out;
        } catch (AwsServiceException e) {
            throw failed(family, e);
        } catch (UnsupportedOperationException e) {
            throw new TaskException(
                    "States.Runtime", "The laptop cloud does not implement " + service + ":" + operation);
        } catch (Exception e) {
            throw new TaskException(family + ".InternalFailure", e.toString());
        }
    }

    static TaskException failed(String family, AwsServiceException e) {
        return new TaskException(family + "." + e.getClass().getSimpleName(), String.valueOf(e.getMessage()));
    }

    /** Step Functions' own API has its members in camelCase on the wire. */
    private static String wire(String member) {
        return member.substring(0, 1).toLowerCase(Locale.ROOT) + member.substring(1);
    }

    private static String pascal(String member) {
        return member.substring(0, 1).toUpperCase(Locale.ROOT) + member.substring(1);
    }

    private static Object texts(Map<String, Object> arguments) {
        Map<String, Object> all = new LinkedHashMap<>(arguments);
        all.replaceAll((name, value) ->
                TEXTS.contains(name) && !(value instanceof String) ? Json.text(Json.plain(value)) : value);
        return all;
    }

    private static @Nullable Object renamed(@Nullable Object value, UnaryOperator<String> name) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> all = new LinkedHashMap<>();
            map.forEach((k, v) -> all.put(k.toString().isEmpty() ? "" : name.apply(k.toString()), renamed(v, name)));
            return all;
        }
        return value instanceof List<?> list
                ? list.stream().map(v -> renamed(v, name)).toList()
                : value;
    }
}
