package io.thermolake.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a stream, one at a time and none of them whole that is longer than a mebibyte. LF, CR LF and a lone CR end
 * a line. A line that is no UTF-8 is read as Windows-1252: line by line, so that a single strange byte garbles nothing else.
 */
final class TextLines {
    /** In bytes; what a line has beyond it is passed over. */
    static final int LONGEST = 1 << 20;

    private static final Charset WINDOWS = Charset.forName("windows-1252");

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private final CharsetDecoder utf8 = UTF_8.newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private int at;
    private int filled;
    private boolean afterCr;
    private long number;
    private boolean cut;
    private long windows;

    TextLines(InputStream in) {
        this.in = in;
    }

    /** @return the next line without its end, or null after the last */
    @Nullable
    String next() throws IOException {
        ByteArrayOutputStream held = new ByteArrayOutputStream(128);
        cut = false;
        boolean any = false;
        while (fill()) {
            if (afterCr && buffer[at] == '\n') {
                at++;
                afterCr = false;
                continue;
            }
            afterCr = false;
            any = true;
            int end = at;
            while (end < filled && buffer[end] != '\n' && buffer[end] != '\r') {
                end++;
            }
            int room = LONGEST - held.size();
            cut |= end - at > room;
            held.write(buffer, at, Math.min(end - at, room));
            at = end;
            if (end < filled) {
                afterCr = buffer[end] == '\r';
                at++;
                break;
            }
        }
        if (!any) {
            return null;
        }
        number++;
        return text(held.toByteArray());
    }

    private boolean fill() throws IOException {
        if (at < filled) {
            return true;
        }
        at = 0;
        filled = in.read(buffer);
        return filled > 0;
    }

    private String text(byte[] line) {
        if (cut) {
            return new String(line, UTF_8);
        }
        try {
            return utf8.decode(ByteBuffer.wrap(line)).toString();
        } catch (CharacterCodingException e) {
            windows++;
            return new String(line, WINDOWS);
        }
    }

    /** The number of the last line, from 1. */
    long number() {
        return number;
    }

    /** Whether the last line was longer than {@link #LONGEST}. */
    boolean cut() {
        return cut;
    }

    /** How many lines so far were read as Windows-1252. */
    long windows() {
        return windows;
    }
}
