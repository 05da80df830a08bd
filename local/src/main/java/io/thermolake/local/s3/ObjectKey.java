package io.thermolake.local.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;

/** Which keys an object can have here: AWS's limit for the whole, and the file system's for each part between slashes. */
final class ObjectKey {
    private static final int MOST_BYTES = 1024;
    private static final int MOST_BYTES_OF_A_PART = 255;
    /** An upload's parts are files that are named after its key: behind it come a number and, while it is written, a UUID. */
    private static final int OF_AN_UPLOAD = 6 + 37;

    private ObjectKey() {}

    /**
     * @param path of the request, decoded: /bucket/key
     * @param multipart whether it is about an upload in parts
     * @return what is wrong with the key; empty when nothing is
     */
    static Optional<String> problem(String path, boolean multipart) {
        int slash = path.indexOf('/', 1);
        String key = slash < 0 ? "" : path.substring(slash + 1);
        int size = key.getBytes(UTF_8).length;
        if (size > MOST_BYTES) {
            return Optional.of("Your key is too long: it has " + size + " bytes, and 1024 are the most");
        }
        String[] parts = key.split("/", -1);
        for (int i = 0; i < parts.length; i++) {
            int most = MOST_BYTES_OF_A_PART - (multipart && i == parts.length - 1 ? OF_AN_UPLOAD : 0);
            int bytes = parts[i].getBytes(UTF_8).length;
            if (bytes > most) {
                return Optional.of("The part '" + parts[i].substring(0, 20) + "…' of your key has " + bytes
                        + " bytes: the laptop cloud keeps objects as files, whose names have " + most
                        + " at most. On AWS this key is allowed");
            }
        }
        return Optional.empty();
    }
}
