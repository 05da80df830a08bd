package io.thermolake.local.door;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Percent-encoding as signatures have it: everything but letters, digits and {@code - . _ ~}, in upper case. */
public final class UriText {
    /** Decoded. */
    record Parameter(String name, String value) {}

    private static final String HEX = "0123456789ABCDEF";

    private UriText() {}

    static String encode(String text) {
        return encode(text.getBytes(UTF_8));
    }

    private static String encode(byte[] bytes) {
        StringBuilder out = new StringBuilder(bytes.length + 16);
        for (byte b : bytes) {
            if ((b >= 'A' && b <= 'Z')
                    || (b >= 'a' && b <= 'z')
                    || (b >= '0' && b <= '9')
                    || "-._~".indexOf((char) b) >= 0) {
                out.append((char) b);
            } else {
                out.append('%').append(HEX.charAt((b >> 4) & 15)).append(HEX.charAt(b & 15));
            }
        }
        return out.toString();
    }

    /** Each part between slashes, encoded once more. */
    static String encodePath(String path) {
        return Arrays.stream(path.split("/", -1)).map(UriText::encode).collect(Collectors.joining("/"));
    }

    /** A path that may be encoded in another way, as signatures have it. */
    static String normal(String path) {
        return Arrays.stream(path.split("/", -1))
                .map(part -> encode(bytes(part)))
                .collect(Collectors.joining("/"));
    }

    /** A path's text; a plus stands for itself. */
    public static String decode(String text) {
        return new String(bytes(text), UTF_8);
    }

    /** A percent sign without two digits behind it stands for itself, as servers have it. */
    private static byte[] bytes(String text) {
        byte[] in = text.getBytes(UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(in.length);
        for (int i = 0; i < in.length; i++) {
            int high = i + 2 < in.length && in[i] == '%' ? Character.digit(in[i + 1], 16) : -1;
            int low = high >= 0 ? Character.digit(in[i + 2], 16) : -1;
            if (low >= 0) {
                out.write(high * 16 + low);
                i += 2;
            } else {
                out.write(in[i]);
            }
        }
        return out.toByteArray();
    }

    static List<Parameter> parameters(String query) {
        return Arrays.stream(query.split("&"))
                .filter(pair -> !pair.isEmpty())
                .map(pair -> {
                    // In a query, unlike in a path, a plus is a blank.
                    String blanks = pair.replace("+", "%20");
                    int equals = blanks.indexOf('=');
                    return equals < 0
                            ? new Parameter(decode(blanks), "")
                            : new Parameter(decode(blanks.substring(0, equals)), decode(blanks.substring(equals + 1)));
                })
                .toList();
    }
}
