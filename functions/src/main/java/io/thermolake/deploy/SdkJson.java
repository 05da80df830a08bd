package io.thermolake.deploy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/** Reads an SDK object from JSON as the service's API spells it: the SDK keeps its own reader to itself. */
final class SdkJson {
    private SdkJson() {}

    /**
     * @param builder of the object
     * @param json maps, lists, texts, numbers and truth values
     * @throws IllegalArgumentException naming a member that the object does not have, or whose value does not fit
     */
    static Object read(SdkPojo builder, String where, Object json) {
        if (!(json instanceof Map<?, ?> members)) {
            throw new IllegalArgumentException("%s must be an object but is %s".formatted(where, json));
        }
        Map<String, SdkField<?>> fields = new LinkedHashMap<>();
        builder.sdkFields().forEach(f -> fields.put(f.locationName(), f));
        members.forEach((name, value) -> {
            SdkField<?> field = fields.get(String.valueOf(name));
            if (field == null) {
                throw new IllegalArgumentException(
                        "%s has no member %s; it may have %s".formatted(where, name, fields.keySet()));
            }
            field.set(builder, value(field, where + "." + name, value));
        });
        return ((SdkBuilder<?, ?>) builder).build();
    }

    private static Object value(SdkField<?> field, String where, Object json) {
        MarshallingType<?> type = field.marshallingType();
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
        if (type == MarshallingType.STRING && json instanceof String
                || type == MarshallingType.BOOLEAN && json instanceof Boolean) {
            return json;
        }
        if (json instanceof Number number) {
            if (type == MarshallingType.INTEGER) {
                return Math.toIntExact(number.longValue());
            }
            if (type == MarshallingType.LONG) {
                return number.longValue();
            }
            if (type == MarshallingType.DOUBLE) {
                return number.doubleValue();
            }
        }
        throw new IllegalArgumentException("%s must be a %s but is %s"
                .formatted(where, type.getTargetClass().getSimpleName(), json));
    }
}
