package io.thermolake;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * Reads an SDK object from JSON as the service's API spells it, by the fields that every object of the SDK describes: the SDK keeps
 * its own reader to itself. A file of ours is read strictly. A request is read as AWS's services read it, which pass over members
 * that they do not know, and over null, and take a number for a text.
 */
public enum SdkReader {
    /** Each member must be known and have its type. */
    STRICT,
    /** As AWS's services do. */
    LENIENT;

    /**
     * @param builder of the object
     * @param where the object is, for a refusal's words
     * @param json maps, lists, texts, numbers and truth values
     * @throws IllegalArgumentException naming a member whose value does not fit, or, if strict, that the object does not have
     * @throws UnsupportedOperationException when a member has a type that is not read here
     */
    public Object read(SdkPojo builder, String where, @Nullable Object json) {
        if (!(json instanceof Map<?, ?> members)) {
            throw new IllegalArgumentException("%s must be an object but is %s".formatted(where, json));
        }
        Map<String, SdkField<?>> fields = new LinkedHashMap<>();
        builder.sdkFields().forEach(f -> fields.put(f.locationName(), f));
        members.forEach((name, value) -> {
            SdkField<?> field = fields.get(String.valueOf(name));
            if (field == null && this == STRICT) {
                throw new IllegalArgumentException(
                        "%s has no member %s; it may have %s".formatted(where, name, fields.keySet()));
            }
            if (field != null && (value != null || this == STRICT)) {
                field.set(builder, value(field, where + "." + name, value));
            }
        });
        return ((Buildable) builder).build();
    }

    private Object value(SdkField<?> field, String where, @Nullable Object json) {
        MarshallingType<?> type = field.marshallingType();
        if (type == MarshallingType.DOCUMENT || type == MarshallingType.BYTE) {
            throw new UnsupportedOperationException("%s is of type %s, which is not read".formatted(where, type));
        }
        if (type == MarshallingType.SDK_POJO) {
            return read(field.constructor().get(), where, json);
        }
        if (type == MarshallingType.LIST && json instanceof List<?> list) {
            SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
            List<Object> values = new ArrayList<>();
            list.forEach(item -> values.add(value(member, where + "[" + values.size() + "]", item)));
            return values;
        }
        if (type == MarshallingType.MAP && json instanceof Map<?, ?> map) {
            SdkField<?> member = field.getTrait(MapTrait.class).valueFieldInfo();
            Map<String, Object> values = new LinkedHashMap<>();
            map.forEach((key, item) -> values.put(String.valueOf(key), value(member, where + "." + key, item)));
            return values;
        }
        Object scalar = json instanceof Map || json instanceof List ? null : scalar(type, json);
        if (scalar == null) {
            throw new IllegalArgumentException("%s must be a %s but is %s"
                    .formatted(where, type.getTargetClass().getSimpleName(), json));
        }
        return scalar;
    }

    /** @return null where the value does not fit */
    private @Nullable Object scalar(MarshallingType<?> type, @Nullable Object json) {
        if (type == MarshallingType.STRING) {
            return json instanceof String || (json != null && this == LENIENT) ? json.toString() : null;
        }
        if (type == MarshallingType.BOOLEAN) {
            return json instanceof Boolean ? json : null;
        }
        if (type == MarshallingType.INSTANT) {
            return instant(json);
        }
        if (type == MarshallingType.SDK_BYTES) {
            return json instanceof String text
                    ? SdkBytes.fromByteArray(Base64.getDecoder().decode(text))
                    : null;
        }
        if (json instanceof Number number) {
            return number(type, number);
        }
        // A service's JSON has no other way to say NaN and Infinity.
        return type == MarshallingType.DOUBLE && this == LENIENT && json instanceof String text
                ? Double.valueOf(text)
                : null;
    }

    private static @Nullable Object instant(@Nullable Object json) {
        if (json instanceof Number number) {
            return Instant.ofEpochMilli(
                    new BigDecimal(number.toString()).movePointRight(3).longValue());
        }
        return json instanceof String text ? Instant.parse(text) : null;
    }

    private static @Nullable Object number(MarshallingType<?> type, Number number) {
        if (type == MarshallingType.DOUBLE) {
            return number.doubleValue();
        }
        if (type == MarshallingType.FLOAT) {
            return number.floatValue();
        }
        BigDecimal exact = new BigDecimal(number.toString());
        if (type == MarshallingType.BIG_DECIMAL) {
            return exact;
        }
        try {
            if (type == MarshallingType.INTEGER) {
                return exact.intValueExact();
            }
            if (type == MarshallingType.SHORT) {
                return exact.shortValueExact();
            }
            return type == MarshallingType.LONG ? exact.longValueExact() : null;
        } catch (ArithmeticException e) {
            return null;
        }
    }
}
