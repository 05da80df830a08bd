package io.thermolake.deploy;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of IPv4 addresses.
 *
 * @param first address, as a number
 * @param prefix how many leading bits the block's addresses share
 */
record Cidr(long first, int prefix) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})/(\\d{1,2})");
    private static final int BITS = 32;
    private static final int BYTE = 256;

    /**
     * @param name of the property, for the message
     * @throws IllegalArgumentException when it is no block, or its address does not begin one
     */
    static Cidr parse(String name, String text) {
        Matcher form = FORM.matcher(text);
        long address = 0;
        boolean valid = form.matches();
        for (int i = 1; valid && i <= 4; i++) {
            int part = Integer.parseInt(form.group(i));
            valid = part < BYTE;
            address = address * BYTE + part;
        }
        int prefix = valid ? Integer.parseInt(form.group(5)) : 0;
        if (!valid || prefix > BITS) {
            throw new IllegalArgumentException(
                    "%s must be a block of IPv4 addresses such as 10.1.0.0/24 but is '%s'".formatted(name, text));
        }
        if (address % (1L << (BITS - prefix)) != 0) {
            throw new IllegalArgumentException(
                    "%s is %s, but a block of /%d does not begin at that address".formatted(name, text, prefix));
        }
        return new Cidr(address, prefix);
    }

    boolean overlaps(Cidr other) {
        return first <= other.last() && other.first <= last();
    }

    private long last() {
        return first + (1L << (BITS - prefix)) - 1;
    }
}
