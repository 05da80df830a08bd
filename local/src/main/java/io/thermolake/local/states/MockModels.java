package io.thermolake.local.states;

import io.thermolake.asl.teststate.MockCheck;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;

/**
 * Whether a mocked result has the shape of a service's response, by the SDK's own classes of those services that are on the
 * class path. They say nothing of bounds and of a text's form: "exceeds the maximum value" is not found out; and what is
 * required {@link RequiredMembers} says.
 */
public final class MockModels implements MockCheck {
    private static final Pattern RESOURCE =
            Pattern.compile("arn:aws[a-z-]*:states:::(aws-sdk:)?([a-z0-9]+):([A-Za-z0-9]+)");
    private static final String TOKEN = ".waitForTaskToken";
    /** Where an integration and the SDK's package of its service differ. */
    private static final Map<String, String> PACKAGES = Map.of("events", "eventbridge", "states", "sfn");

    private static final Map<MarshallingType<?>, String> SCALARS = Map.ofEntries(
            Map.entry(MarshallingType.STRING, "string"),
            Map.entry(MarshallingType.BOOLEAN, "boolean"),
            Map.entry(MarshallingType.SHORT, "number"),
            Map.entry(MarshallingType.INTEGER, "number"),
            Map.entry(MarshallingType.LONG, "number"),
            Map.entry(MarshallingType.FLOAT, "number"),
            Map.entry(MarshallingType.DOUBLE, "number"),
            Map.entry(MarshallingType.BIG_DECIMAL, "number"));

    private record Model(List<SdkField<?>> fields, List<String> required) {}

    private final Map<String, Optional<Model>> models = new ConcurrentHashMap<>();

    /** Whether a mock of the resource can be checked, or needs no check: a plain function and a token answer anything. */
    boolean knows(String resource) {
        return resource.startsWith("arn:aws:lambda:")
                || resource.endsWith(TOKEN)
                || resource.contains(":activity:")
                || model(resource).isPresent();
    }

    @Override
    public @Nullable String problem(String resource, @Nullable Object result, boolean onlyPresent) {
        return result instanceof Map<?, ?> map
                ? model(resource)
                        .map(model -> inResponse(model, map, onlyPresent))
                        .orElse(null)
                : null;
    }

    private static @Nullable String inResponse(Model model, Map<?, ?> response, boolean onlyPresent) {
        for (String name : onlyPresent ? List.<String>of() : model.required()) {
            if (response.get(name) == null) {
                return "Required field '" + name + "' is missing";
            }
        }
        return inObject(model.fields(), response);
    }

    private Optional<Model> model(String resource) {
        return Objects.requireNonNull(models.computeIfAbsent(resource, MockModels::find));
    }

    private static Optional<Model> find(String resource) {
        Matcher matcher = RESOURCE.matcher(resource);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String service = String.valueOf(matcher.group(2));
        String in = matcher.group(1) == null ? PACKAGES.getOrDefault(service, service) : service;
        String operation = pascal(matcher.group(3));
        String name = "software.amazon.awssdk.services." + in + ".model." + operation + "Response";
        try {
            SdkPojo builder = (SdkPojo) Class.forName(name).getMethod("builder").invoke(null);
            return Optional.of(new Model(builder.sdkFields(), RequiredMembers.of(in, operation)));
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The SDK's class " + name + " is not as others are", e);
        }
    }

    /** Members as Step Functions has them. */
    private static String pascal(String member) {
        return member.substring(0, 1).toUpperCase(Locale.ROOT) + member.substring(1);
    }

    private static @Nullable String inObject(List<SdkField<?>> fields, Map<?, ?> object) {
        for (SdkField<?> field : fields) {
            String name = pascal(field.memberName());
            Object value = object.get(name);
            String problem = value == null ? null : inValue(name, field, value);
            if (problem != null) {
                return problem;
            }
        }
        return null;
    }

    private static @Nullable String inValue(String name, SdkField<?> field, Object value) {
        MarshallingType<?> type = field.marshallingType();
        if (type == MarshallingType.SDK_POJO) {
            return value instanceof Map<?, ?> map
                    ? inObject(field.constructor().get().sdkFields(), map)
                    : wrong(name, "object");
        }
        if (type == MarshallingType.LIST) {
            return value instanceof List<?> list
                    ? inAll(name, field.getTrait(ListTrait.class).memberFieldInfo(), list)
                    : wrong(name, "array");
        }
        if (type == MarshallingType.MAP) {
            return value instanceof Map<?, ?> map
                    ? inAll(name, field.getTrait(MapTrait.class).valueFieldInfo(), map.values())
                    : wrong(name, "object");
        }
        if (type == MarshallingType.INSTANT) {
            return value instanceof Number || value instanceof String ? null : wrong(name, "string");
        }
        // Bytes and documents, a function's payload for one, may be any JSON.
        String wanted = SCALARS.get(type);
        return wanted == null || wanted.equals(kind(value)) ? null : wrong(name, wanted);
    }

    private static @Nullable String inAll(String name, SdkField<?> member, Iterable<?> values) {
        for (Object value : values) {
            String problem = value == null ? null : inValue(name, member, value);
            if (problem != null) {
                return problem;
            }
        }
        return null;
    }

    private static String kind(Object value) {
        if (value instanceof Boolean) {
            return "boolean";
        }
        return value instanceof Number ? "number" : value instanceof String ? "string" : "structure";
    }

    private static String wrong(String name, String wanted) {
        return "Field '" + name + "' must be " + (wanted.matches("[ao].*") ? "an " : "a ") + wanted;
    }
}
