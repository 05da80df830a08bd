package io.thermolake.local.aws;

import io.thermolake.SdkReader;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.core.traits.TimestampFormatTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/** Between plain JSON maps and the SDK's own model objects, by the fields that every one of them describes. */
public final class SdkJson {
    private SdkJson() {}

    /** @throws IllegalArgumentException when a value has another type than the field */
    public static Object read(SdkPojo builder, @Nullable Object json) {
        return SdkReader.LENIENT.read(builder, "the input", json);
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
