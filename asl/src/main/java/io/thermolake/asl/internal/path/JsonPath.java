package io.thermolake.asl.internal.path;

import io.thermolake.asl.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A path, parsed once. {@code $} is the document, {@code $$} the context object, {@code $name} a variable. A definite path
 * gives its one node or fails; any other gives the list of what it finds, which may be empty: AWS's library is Jayway's,
 * and its error texts are AWS's.
 */
public final class JsonPath implements PathExpression {
    private final String text;
    private final String root;
    private final List<Token> tokens;

    JsonPath(String text, String root, List<Token> tokens) {
        this.text = text;
        this.root = root;
        this.tokens = tokens;
    }

    /** @throws IllegalArgumentException when the text is no path */
    public static JsonPath parse(String text) {
        return new PathParser(text).whole();
    }

    @Override
    public String text() {
        return text;
    }

    /** The variable that the path starts from, or null when it starts from the document or the context object. */
    public @Nullable String variable() {
        return root.equals("$") || root.equals("$$") ? null : root.substring(1);
    }

    /** Whether the path starts from the context object. */
    public boolean fromContext() {
        return root.equals("$$");
    }

    /** Whether the path leads to at most one node. */
    public boolean definite() {
        for (int i = 0; i < tokens.size(); i++) {
            // Several names at a path's end make one object.
            if (!tokens.get(i).definite() && !isObject(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean isObject(int at) {
        return at == tokens.size() - 1
                && tokens.get(at) instanceof Token.Property property
                && property.names().size() > 1;
    }

    /**
     * Whether the path is a reference path, which only names a place: names and single indexes, from the document.
     */
    public boolean isReference() {
        return root.equals("$")
                && tokens.stream()
                        .allMatch(t -> t.definite() && (t instanceof Token.Property || t instanceof Token.Index));
    }

    List<Token> tokens() {
        return tokens;
    }

    /**
     * {@inheritDoc}
     *
     * @throws PathException of the kind NOT_FOUND when the path is definite and leads nowhere
     */
    @Override
    public @Nullable Object read(Roots roots) {
        if (!definite()) {
            return nodes(roots);
        }
        Object node = start(roots);
        StringBuilder here = new StringBuilder("$");
        for (int i = 0; i < tokens.size(); i++) {
            node = step(node, tokens.get(i), i == tokens.size() - 1, here);
            here.append(tokens.get(i).printed());
        }
        return node;
    }

    /** Every node that the path leads to; none when it leads nowhere. */
    List<@Nullable Object> nodes(Roots roots) {
        List<@Nullable Object> nodes = new ArrayList<>();
        try {
            nodes.add(start(roots));
        } catch (PathException e) {
            return List.of();
        }
        for (int i = 0; i < tokens.size(); i++) {
            List<@Nullable Object> next = new ArrayList<>();
            for (Object node : nodes) {
                if (!isObject(i)) {
                    Steps.follow(node, tokens.get(i), roots, next);
                } else if (node instanceof Map<?, ?> map) {
                    next.add(Steps.members(map, (Token.Property) tokens.get(i)));
                }
            }
            nodes = next;
        }
        return nodes;
    }

    private @Nullable Object start(Roots roots) {
        String variable = variable();
        if (variable == null) {
            return fromContext() ? roots.context().get() : roots.document();
        }
        if (!roots.variables().containsKey(variable)) {
            throw new PathException(
                    PathException.Kind.NOT_FOUND,
                    "Variable '" + variable + "' was not found: no state before this one assigned it");
        }
        return roots.variables().get(variable);
    }

    private @Nullable Object step(@Nullable Object node, Token token, boolean last, StringBuilder here) {
        if (token instanceof Token.Property property) {
            String name = property.names().get(0);
            if (!(node instanceof Map<?, ?> map)) {
                throw missing("Expected to find an object with property " + token.printed() + " in path " + here
                        + " but found " + Json.typeOf(node) + ".");
            }
            if (property.names().size() > 1) {
                return Steps.members(map, property);
            }
            if (!map.containsKey(name)) {
                throw missing((last ? "No results for path: " : "Missing property in path ") + here + token.printed());
            }
            return map.get(name);
        }
        if (token instanceof Token.Index index) {
            if (!(node instanceof List<?> list)) {
                throw missing("Filter: " + token.printed() + " can only be applied to arrays. Current context is: "
                        + Json.text(node));
            }
            int at = index.indexes().get(0);
            int from = at < 0 ? list.size() + at : at;
            if (from < 0 || from >= list.size()) {
                throw missing("No results for path: " + printed());
            }
            return list.get(from);
        }
        return PathFunctions.apply(((Token.Function) token).name(), node);
    }

    private static PathException missing(String message) {
        return new PathException(PathException.Kind.NOT_FOUND, message);
    }

    /** Whether the path ends at an index past the end of a list that is there: AWS reads that as null in a template. */
    public boolean endsPastAnArray(Roots roots) {
        if (tokens.isEmpty() || !(tokens.get(tokens.size() - 1) instanceof Token.Index)) {
            return false;
        }
        List<@Nullable Object> parents = new JsonPath(text, root, tokens.subList(0, tokens.size() - 1)).nodes(roots);
        return parents.size() == 1 && parents.get(0) instanceof List<?>;
    }

    private String printed() {
        StringBuilder all = new StringBuilder("$");
        tokens.forEach(t -> all.append(t.printed()));
        return all.toString();
    }

    @Override
    public String toString() {
        return text;
    }
}
