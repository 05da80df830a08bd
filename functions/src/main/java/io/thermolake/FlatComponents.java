package io.thermolake;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and writes records that have {@link Flat} components. */
final class FlatComponents implements TypeAdapterFactory {
    @Override
    public <T> @Nullable TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
        Map<String, List<String>> flat = flat(type.getRawType());
        return flat.isEmpty() ? null : new Adapter<>(gson, gson.getDelegateAdapter(this, type), flat).nullSafe();
    }

    /** Component to its record's members; empty where no component is flat. */
    private static Map<String, List<String>> flat(Class<?> type) {
        Map<String, List<String>> flat = new LinkedHashMap<>();
        if (type.isRecord()) {
            for (RecordComponent component : type.getRecordComponents()) {
                if (component.isAnnotationPresent(Flat.class)) {
                    flat.put(component.getName(), members(component.getType()));
                }
            }
        }
        return flat;
    }

    private static List<String> members(Class<?> record) {
        return Arrays.stream(record.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }

    private static final class Adapter<T> extends TypeAdapter<T> {
        private final Gson gson;
        private final TypeAdapter<T> nested;
        private final Map<String, List<String>> flat;

        Adapter(Gson gson, TypeAdapter<T> nested, Map<String, List<String>> flat) {
            this.gson = gson;
            this.nested = nested;
            this.flat = flat;
        }

        @Override
        public void write(JsonWriter out, T value) throws IOException {
            JsonObject written = new JsonObject();
            nested.toJsonTree(value).getAsJsonObject().entrySet().forEach(member -> {
                if (flat.containsKey(member.getKey())) {
                    member.getValue()
                            .getAsJsonObject()
                            .entrySet()
                            .forEach(inner -> written.add(inner.getKey(), inner.getValue()));
                } else {
                    written.add(member.getKey(), member.getValue());
                }
            });
            gson.toJson(written, out);
        }

        @Override
        public T read(JsonReader in) throws IOException {
            JsonElement read = gson.getAdapter(JsonElement.class).read(in);
            if (!read.isJsonObject()) {
                throw new JsonParseException("%s is no JSON object".formatted(in.getPreviousPath()));
            }
            JsonObject grouped = read.getAsJsonObject();
            flat.forEach((component, members) -> {
                JsonObject inner = new JsonObject();
                for (String member : members) {
                    JsonElement value = grouped.remove(member);
                    if (value != null) {
                        inner.add(member, value);
                    }
                }
                grouped.add(component, inner);
            });
            return nested.fromJsonTree(grouped);
        }
    }
}
