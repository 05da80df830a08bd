package io.thermolake.asl.internal.path;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One step of a path. */
sealed interface Token {
    /** One name or, in brackets, several. */
    record Property(List<String> names) implements Token {}

    /** One index or several; a negative one counts from the end. */
    record Index(List<Integer> indexes) implements Token {}

    record Slice(@Nullable Integer from, @Nullable Integer to, int step) implements Token {}

    record Wildcard() implements Token {}

    /** Every node below, itself included. */
    record Descendants() implements Token {}

    record Filter(Predicate predicate) implements Token {}

    /** {@code length()} and its like, at a path's end. */
    record Function(String name) implements Token {}

    /** Whether the step leads to at most one node. */
    default boolean definite() {
        if (this instanceof Property property) {
            return property.names.size() == 1;
        }
        if (this instanceof Index index) {
            return index.indexes.size() == 1;
        }
        return this instanceof Function;
    }

    /** As the library behind AWS prints it, for error texts. */
    default String printed() {
        if (this instanceof Property property) {
            return property.names.stream().map(n -> "'" + n + "'").collect(Collectors.joining(",", "[", "]"));
        }
        if (this instanceof Index index) {
            return index.indexes.toString().replace(" ", "");
        }
        if (this instanceof Slice slice) {
            return "[" + (slice.from == null ? "" : slice.from) + ":" + (slice.to == null ? "" : slice.to) + "]";
        }
        if (this instanceof Function function) {
            return "." + function.name + "()";
        }
        return this instanceof Wildcard ? "[*]" : this instanceof Descendants ? ".." : "[?]";
    }
}
