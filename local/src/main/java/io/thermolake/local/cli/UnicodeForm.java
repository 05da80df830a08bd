package io.thermolake.local.cli;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;

import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * What the first bytes of a text say of its encoding.
 *
 * @param charset UTF-16 or UTF-32, or null for a text of single bytes or UTF-8
 * @param mark bytes of the byte-order mark
 */
record UnicodeForm(@Nullable Charset charset, int mark) {
    private static final int FEWEST = 8;

    /** Without a mark, UTF-16 is seen by its zeros: in most texts every second byte is one. */
    static UnicodeForm of(byte[] head) {
        if (starts(head, 0xEF, 0xBB, 0xBF)) {
            return new UnicodeForm(null, 3);
        }
        if (starts(head, 0xFF, 0xFE, 0, 0)) {
            return new UnicodeForm(Charset.forName("UTF-32LE"), 4);
        }
        if (starts(head, 0, 0, 0xFE, 0xFF)) {
            return new UnicodeForm(Charset.forName("UTF-32BE"), 4);
        }
        if (starts(head, 0xFF, 0xFE)) {
            return new UnicodeForm(UTF_16LE, 2);
        }
        if (starts(head, 0xFE, 0xFF)) {
            return new UnicodeForm(UTF_16BE, 2);
        }
        int[] zeros = new int[2];
        for (int i = 0; i < head.length; i++) {
            zeros[i % 2] += head[i] == 0 ? 1 : 0;
        }
        int half = head.length / 2;
        if (half < FEWEST) {
            return new UnicodeForm(null, 0);
        }
        boolean little = zeros[1] > half * 0.6 && zeros[0] < half * 0.1;
        boolean big = zeros[0] > half * 0.6 && zeros[1] < half * 0.1;
        return new UnicodeForm(little ? UTF_16LE : big ? UTF_16BE : null, 0);
    }

    private static boolean starts(byte[] head, int... bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (i >= head.length || (head[i] & 0xff) != bytes[i]) {
                return false;
            }
        }
        return true;
    }
}
