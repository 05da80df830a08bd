package io.thermolake.local.child;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A child's standard input. Its parent ends it in order with a byte of its own: the input of a killed parent's child ends,
 * too, and some time before the system says that the parent is gone.
 */
final class OrderlyInput extends FilterInputStream {
    /** End of transmission. JSON lines have no such byte: it is written with an escape there. */
    static final int LAST = 4;

    private volatile boolean orderly;

    OrderlyInput(InputStream in) {
        super(in);
    }

    /** Whether the parent has ended it in order. */
    boolean isOrderly() {
        return orderly;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (orderly) {
            return -1;
        }
        int count = super.read(bytes, offset, length);
        for (int i = 0; i < count; i++) {
            if (bytes[offset + i] == LAST) {
                orderly = true;
                return i == 0 ? -1 : i;
            }
        }
        return count;
    }
}
