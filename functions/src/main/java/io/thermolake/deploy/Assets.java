package io.thermolake.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Files that travel on the functions' class path to be deployed from there. */
interface Assets {
    /** @throws IllegalStateException if the zip was built without it */
    byte[] bytes(String path);

    /** Those of the class path. */
    static Assets ofClassPath() {
        return path -> {
            try (InputStream in = Assets.class.getResourceAsStream("/" + path)) {
                if (in == null) {
                    throw new IllegalStateException("The class path has no " + path + "; build the functions whole");
                }
                return in.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException("reading " + path + " from the class path failed", e);
            }
        };
    }
}
