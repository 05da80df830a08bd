package io.thermolake.asl.internal.base;

import java.util.LinkedHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An object with one member more, which answers when it is asked for by its name and is not written with the others. So
 * {@code containsKey} knows a name that {@code keySet} has not.
 */
public final class QuietMember extends LinkedHashMap<String, @Nullable Object> {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final transient Object value;

    public QuietMember(String name, Object value) {
        this.name = name;
        this.value = value;
    }

    /** An object without the other members, the value in another form. */
    public QuietMember alone(UnaryOperator<Object> form) {
        return new QuietMember(name, form.apply(value));
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return name.equals(key) || super.containsKey(key);
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
        return name.equals(key) ? value : super.get(key);
    }
}
