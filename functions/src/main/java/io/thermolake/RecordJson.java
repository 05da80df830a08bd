package io.thermolake;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.CustomPojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.ToNumberPolicy;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * The one JSON mapper of requests, answers and everything stored in the lake: Lambda, the laptop's function host and the
 * tests use it alike; the events of AWS's services go through Lambda's own. Records are read through their canonical constructor, which checks them; an {@link Instant} is an
 * ISO 8601 text; a number of unknown type is a {@code Long} when it is whole, else a {@code Double}.
 */
public final class RecordJson implements CustomPojoSerializer {
    private static final Gson GSON = new GsonBuilder()
            .disableHtmlEscaping()
            .setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE)
            .registerTypeAdapterFactory(new StrictEnums())
            .registerTypeAdapterFactory(new FlatComponents())
            .registerTypeAdapter(Instant.class, new InstantAdapter().nullSafe())
            .create();

    /** The mapper itself, for what is neither a request nor an answer. */
    public static Gson gson() {
        return GSON;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> T fromJson(InputStream input, Type type) {
        return (T) LambdaEvents.serializer(type)
                .map(event -> event.fromJson(input))
                .orElseGet(() -> GSON.fromJson(new InputStreamReader(input, UTF_8), type));
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> T fromJson(String input, Type type) {
        return (T) LambdaEvents.serializer(type)
                .map(event -> event.fromJson(input))
                .orElseGet(() -> GSON.fromJson(input, type));
    }

    @Override
    public <T> void toJson(T value, OutputStream output, Type type) {
        Optional<PojoSerializer<Object>> event = LambdaEvents.serializer(type);
        if (event.isPresent()) {
            event.get().toJson(value, output);
            return;
        }
        try {
            Writer writer = new OutputStreamWriter(output, UTF_8);
            GSON.toJson(value, type, writer);
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("writing a function's answer as JSON failed", e);
        }
    }

    private static final class InstantAdapter extends TypeAdapter<Instant> {
        @Override
        public void write(JsonWriter out, Instant value) throws IOException {
            out.value(value.toString());
        }

        @Override
        public Instant read(JsonReader in) throws IOException {
            String text = in.nextString();
            try {
                return Instant.parse(text);
            } catch (DateTimeParseException e) {
                throw new JsonParseException(
                        "'%s' at %s is no time such as 2026-03-31T02:00:00Z".formatted(text, in.getPreviousPath()), e);
            }
        }
    }
}
