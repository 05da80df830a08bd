package io.thermolake.reading;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Files that are known by their first bytes and hold no lines, whatever their name says. */
final class Packed {
    /** Longer than any of the beginnings. */
    static final int HEAD = 8;

    private static final Map<String, byte[]> BEGINNINGS = Map.of(
            "a ZIP archive, as .xlsx files are", new byte[] {'P', 'K', 3, 4},
            "bzip2", new byte[] {'B', 'Z', 'h', '9', 0x31, 0x41, 0x59},
            "XZ", new byte[] {(byte) 0xfd, '7', 'z', 'X', 'Z', 0},
            "Zstandard", new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd},
            "an old Excel file", new byte[] {(byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0},
            "Parquet", new byte[] {'P', 'A', 'R', '1'});

    private Packed() {}

    /** @return what the file is, for people, or null when its lines can be tried */
    static @Nullable String kind(byte[] head, int length) {
        for (Map.Entry<String, byte[]> known : BEGINNINGS.entrySet()) {
            byte[] beginning = known.getValue();
            if (length >= beginning.length
                    && Arrays.equals(head, 0, beginning.length, beginning, 0, beginning.length)) {
                return known.getKey();
            }
        }
        return null;
    }
}
