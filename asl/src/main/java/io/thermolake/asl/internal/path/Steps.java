package io.thermolake.asl.internal.path;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where one step of a path leads that may lead to many nodes. */
final class Steps {
    private Steps() {}

    /** @param found gets every node that the step leads to */
    static void follow(@Nullable Object node, Token token, Roots roots, List<@Nullable Object> found) {
        if (token instanceof Token.Property property) {
            if (node instanceof Map<?, ?> map) {
                property.names().stream().filter(map::containsKey).forEach(n -> found.add(map.get(n)));
            }
        } else if (token instanceof Token.Index index) {
            if (node instanceof List<?> list) {
                for (int at : index.indexes()) {
                    int from = at < 0 ? list.size() + at : at;
                    if (from >= 0 && from < list.size()) {
                        found.add(list.get(from));
                    }
                }
            }
        } else if (token instanceof Token.Slice slice) {
            if (node instanceof List<?> list) {
                slice(list, slice, found);
            }
        } else if (token instanceof Token.Descendants) {
            found.add(node);
            children(node).forEach(child -> follow(child, token, roots, found));
        } else if (token instanceof Token.Filter filter) {
            // A filter on a list tests its elements, on an object the object itself.
            List<@Nullable Object> candidates =
                    node instanceof Map<?, ?> ? java.util.Collections.singletonList(node) : children(node);
            candidates.stream()
                    .filter(each -> filter.predicate().test(each, roots))
                    .forEach(found::add);
        } else if (token instanceof Token.Wildcard) {
            found.addAll(children(node));
        } else {
            found.add(PathFunctions.apply(((Token.Function) token).name(), node));
        }
    }

    /** Those of several members that are there. */
    static Map<String, @Nullable Object> members(Map<?, ?> object, Token.Property property) {
        Map<String, @Nullable Object> found = new LinkedHashMap<>();
        property.names().stream().filter(object::containsKey).forEach(name -> found.put(name, object.get(name)));
        return found;
    }

    private static void slice(List<?> list, Token.Slice slice, List<@Nullable Object> found) {
        int size = list.size();
        int from = bound(slice.from(), 0, size);
        int to = bound(slice.to(), size, size);
        for (int i = from; i < to; i += slice.step()) {
            found.add(list.get(i));
        }
    }

    private static int bound(@Nullable Integer given, int otherwise, int size) {
        int bound = Objects.requireNonNullElse(given, otherwise);
        return Math.max(0, Math.min(size, bound < 0 ? size + bound : bound));
    }

    private static List<@Nullable Object> children(@Nullable Object node) {
        return node instanceof Map<?, ?> map
                ? new ArrayList<>(map.values())
                : node instanceof List<?> list ? new ArrayList<>(list) : List.of();
    }
}
