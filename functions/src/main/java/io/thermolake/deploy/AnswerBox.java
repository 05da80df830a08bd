package io.thermolake.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Map;

/** Where an answer goes. */
interface AnswerBox {
    /** @throws UncheckedIOException when it could not be put there: CloudFormation then waits for its time-out */
    void put(String url, String json);

    /** @throws IllegalArgumentException when no answer may go there; then nothing else may be done of its event either */
    default void check(String url) {}

    /** The box behind a look at the address. */
    static AnswerBox checked(AnswerUrls urls, AnswerBox box) {
        return new AnswerBox() {
            @Override
            public void put(String url, String json) {
                urls.check(url);
                box.put(url, json);
            }

            @Override
            public void check(String url) {
                urls.check(url);
            }
        };
    }

    /** The one that the function has: over HTTP, to AWS's addresses and those of the endpoint that its environment names. */
    static AnswerBox deployed(Map<String, String> environment) {
        return checked(AnswerUrls.of(environment.get("AWS_ENDPOINT_URL")), http());
    }

    /** Puts it to the pre-signed URL, three times if need be. */
    static AnswerBox http() {
        return (url, json) -> {
            IOException last = new IOException("not tried");
            for (int i = 0; i < 3; i++) {
                try {
                    send(url, json.getBytes(UTF_8));
                    return;
                } catch (IOException e) {
                    last = e;
                }
            }
            throw new UncheckedIOException("answering CloudFormation failed", last);
        };
    }

    private static void send(String url, byte[] json) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url).toURL().openConnection();
        connection.setRequestMethod("PUT");
        connection.setDoOutput(true);
        // Elsewhere may be where no answer may go.
        connection.setInstanceFollowRedirects(false);
        connection.setConnectTimeout(10_000);
        connection.setReadTimeout(30_000);
        // The URL is signed for an empty content type; any other is refused.
        connection.setRequestProperty("Content-Type", "");
        connection.setFixedLengthStreamingMode(json.length);
        try (OutputStream body = connection.getOutputStream()) {
            body.write(json);
        }
        int status = connection.getResponseCode();
        connection.disconnect();
        if (status / 100 != 2) {
            throw new IOException("the pre-signed URL answered " + status);
        }
    }
}
