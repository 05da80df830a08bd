package io.thermolake.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The folder {@code bi} of the project, which is part of the functions' class path. */
final class BiFiles {
    private BiFiles() {}

    /** @throws IllegalStateException if the class path lacks it: the zip was built without {@code bi} */
    static String text(String path) {
        try (InputStream in = BiFiles.class.getResourceAsStream("/bi/" + path)) {
            if (in == null) {
                throw new IllegalStateException(
                        "The class path has no bi/" + path + "; build the functions with the folder bi");
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("reading bi/" + path + " from the class path failed", e);
        }
    }
}
