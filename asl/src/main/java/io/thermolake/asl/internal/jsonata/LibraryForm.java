package io.thermolake.asl.internal.jsonata;

import com.dashjoin.jsonata.Jsonata;
import io.thermolake.asl.internal.base.QuietMember;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values as the library makes them itself. Its comparisons are Java's {@code equals}, to which a Long is never an Integer and
 * {@code NULL_VALUE} never null: whatever enters an evaluation must have the one form that its literals have.
 */
final class LibraryForm {
    /** 2^63: below it a whole number is a Long to the library. */
    private static final double BEYOND_LONG = 0x1p63;

    private LibraryForm() {}

    /** A deep copy: the library changes some lists that it is given. To it a Java null is undefined. */
    static Object of(@Nullable Object value) {
        if (value == null) {
            return Jsonata.NULL_VALUE;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> copy =
                    map instanceof QuietMember quiet ? quiet.alone(LibraryForm::of) : new LinkedHashMap<>();
            map.forEach((name, each) -> copy.put(String.valueOf(name), of(each)));
            return copy;
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>(list.size());
            list.forEach(each -> copy.add(of(each)));
            return copy;
        }
        return value instanceof Number number ? number(number) : value;
    }

    /** JavaScript's number, the nearest double: an Integer or Long when it is whole, else a Double. */
    static Number number(Number given) {
        double d = given.doubleValue();
        if (d != Math.rint(d) || Math.abs(d) >= BEYOND_LONG) {
            return d;
        }
        long whole = (long) d;
        return whole == (int) whole ? (Number) (int) whole : (Number) whole;
    }
}
