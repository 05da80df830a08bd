package io.thermolake.local.aws;

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
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.utils.builder.Buildable;

/** Between plain JSON maps and the SDK's own model objects, by the fields that every one of them describes. */
public final class SdkJson {
    private SdkJson() {}

    /** @throws IllegalArgumentException when a value has another type than the field */
    public static Object read(SdkPojo builder, @Nullable Object json) {
        if (!(json instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException("a JSON object is expected, got " + json);
        }
        for (SdkField<?> field : builder.sdkFields()) {
            Object value = map.get(field.locationName());
            if (value != null) {
                field.set(builder, value(field, value));
            }
        }
        return ((Buildable) builder).build();
    }

    private static Object value(SdkField<?> field, Object value) {
        MarshallingType<?> type = field.marshallingType();
        if (type == MarshallingType.SDK_POJO) {
            return read(field.constructor().get(), value);
        }
        if (type == MarshallingType.LIST) {
            SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
            List<Object> out = new ArrayList<>();
            ((List<?>) value).forEach(v -> out.add(value(member, v)));
            return out;
        }
        if (type == MarshallingType.MAP) {
            SdkField<?> member = field.getTrait(MapTrait.class).valueFieldInfo();
            Map<String, Object> out = new LinkedHashMap<>();
            ((Map<?, ?>) value).forEach((k, v) -> out.put((String) k, value(member, v)));
            return out;
        }
        if (type == MarshallingType.INSTANT) {
            return value instanceof String text
                    ? Instant.parse(text)
                    : Instant.ofEpochMilli(
                            new BigDecimal(value.toString()).movePointRight(3).longValue());
        }
        if (type == MarshallingType.SDK_BYTES) {
            return SdkBytes.fromByteArray(Base64.getDecoder().decode((String) value));
        }
        if (value instanceof Map || value instanceof List) {
            throw new IllegalArgumentException(field.locationName() + " must be a " + type);
        }
        return scalar(field, type, value);
    }

    private static Object scalar(SdkField<?> field, MarshallingType<?> type, Object value) {
        if (type == MarshallingType.STRING) {
            return value.toString();
        }
        if (type == MarshallingType.BOOLEAN) {
            return value;
        }
        if (type == MarshallingType.INTEGER) {
            return ((Number) value).intValue();
        }
        if (type == MarshallingType.LONG) {
            return ((Number) value).longValue();
        }
        if (type == MarshallingType.SHORT) {
            return ((Number) value).shortValue();
        }
        if (type == MarshallingType.FLOAT) {
            return ((Number) value).floatValue();
        }
        if (type == MarshallingType.DOUBLE) {
            return value instanceof String text ? Double.valueOf(text) : (Object) ((Number) value).doubleValue();
        }
        if (type == MarshallingType.BIG_DECIMAL) {
            return new BigDecimal(value.toString());
        }
        throw new UnsupportedOperationException(field.memberName() + " of type " + type);
    }

    public static Map<String, Object> write(SdkPojo pojo) {
        return write(pojo.sdkFields(), pojo);
    }

    static Map<String, Object> write(List<SdkField<?>> fields, Object source) {
        Map<String, Object> out = new LinkedHashMap<>();
        for (SdkField<?> field : fields) {
            Object value = field.getValueOrDefault(source);
            if (value == null || value instanceof SdkAutoConstructList || value instanceof SdkAutoConstructMap) {
                continue;
            }
            TimestampFormatTrait format = field.getTrait(TimestampFormatTrait.class);
            out.put(
                    field.locationName(),
                    json(value, format != null && format.format() == TimestampFormatTrait.Format.ISO_8601));
        }
        return out;
    }

    private static Object json(Object value, boolean iso) {
        if (value instanceof SdkPojo pojo) {
            return write(pojo);
        }
        if (value instanceof Instant instant) {
            return iso ? instant.toString() : AwsJson.seconds(instant);
        }
        if (value instanceof SdkBytes bytes) {
            return Base64.getEncoder().encodeToString(bytes.asByteArray());
        }
        if (value instanceof Document document) {
            return document.unwrap();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(v -> json(v, iso)).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> out = new LinkedHashMap<>();
            map.forEach((k, v) -> out.put(k.toString(), json(v, iso)));
            return out;
        }
        return value instanceof Enum<?> ? value.toString() : value;
    }
}
