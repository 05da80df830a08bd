package io.thermolake.local.iot;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A published message as a rule sees it. */
final class Message {
    private final String topic;
    private final String clientId;
    private final byte[] payload;
    private final long millis;
    private final Supplier<String> uuids;
    private @Nullable JsonObject json;

    /**
     * @param millis of its arrival, since 1970
     * @param uuids for newuuid()
     */
    Message(String topic, String clientId, byte[] payload, long millis, Supplier<String> uuids) {
        this.topic = topic;
        this.clientId = clientId;
        this.payload = payload;
        this.millis = millis;
        this.uuids = uuids;
    }

    String topic() {
        return topic;
    }

    String clientId() {
        return clientId;
    }

    byte[] payload() {
        return payload;
    }

    long millis() {
        return millis;
    }

    String uuid() {
        return uuids.get();
    }

    /**
     * Numbers keep the form that they were sent in.
     *
     * @throws PayloadException when the payload is no JSON object
     */
    JsonObject json() {
        JsonObject known = json;
        if (known == null) {
            known = parse();
            json = known;
        }
        return known;
    }

    /** @return null when the payload is no JSON object */
    @Nullable
    JsonObject object() {
        try {
            return json();
        } catch (PayloadException e) {
            return null;
        }
    }

    private JsonObject parse() {
        try {
            JsonReader reader = new JsonReader(new StringReader(
                    UTF_8.newDecoder().decode(ByteBuffer.wrap(payload)).toString()));
            reader.setStrictness(Strictness.STRICT);
            JsonElement element = JsonParser.parseReader(reader);
            if (element.isJsonObject() && reader.peek() == JsonToken.END_DOCUMENT) {
                return element.getAsJsonObject();
            }
            throw new PayloadException("The payload is JSON, but not one object");
        } catch (CharacterCodingException e) {
            throw new PayloadException("The payload is no UTF-8");
        } catch (JsonParseException | IOException e) {
            throw new PayloadException("The payload is no JSON: " + e.getMessage());
        }
    }
}
