package io.thermolake;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Refuses a word that an enum does not have; Gson alone reads it as null, without a word. */
final class StrictEnums implements TypeAdapterFactory {
    @Override
    public <T> @Nullable TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
        Class<? super T> raw = type.getRawType();
        if (!raw.isEnum()) {
            return null;
        }
        TypeAdapter<T> words = gson.getDelegateAdapter(this, type);
        return new TypeAdapter<T>() {
            @Override
            public T read(JsonReader in) throws IOException {
                String word = in.nextString();
                T constant = words.fromJsonTree(new JsonPrimitive(word));
                if (constant == null) {
                    throw new JsonParseException("'%s' is none of %s"
                            .formatted(
                                    word,
                                    Arrays.stream(raw.getEnumConstants())
                                            .map(c -> words.toJsonTree(cast(c)).getAsString())
                                            .collect(Collectors.joining(", "))));
                }
                return constant;
            }

            @SuppressWarnings("unchecked")
            private T cast(Object constant) {
                return (T) constant;
            }

            @Override
            public void write(JsonWriter out, T value) throws IOException {
                words.write(out, value);
            }
        }.nullSafe();
    }
}
