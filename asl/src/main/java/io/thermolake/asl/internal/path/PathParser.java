package io.thermolake.asl.internal.path;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a path, character by character; what is in a filter is {@link FilterParser}'s. */
final class PathParser {
    private static final String AFTER_A_NAME = ".[]()*,='\"<>!&|?@ \t\n";

    private final Cursor cursor;

    PathParser(String text) {
        this(new Cursor(text));
    }

    PathParser(Cursor cursor) {
        this.cursor = cursor;
    }

    /** The path that is the whole text. */
    JsonPath whole() {
        JsonPath path = path('$');
        if (!cursor.atEnd()) {
            throw cursor.wrong("unexpected '" + cursor.current() + "'");
        }
        return path;
    }

    /** @param first what the path begins with: {@code $}, or in a filter {@code @} */
    JsonPath path(char first) {
        int start = cursor.at();
        cursor.expect(first);
        String root = "$";
        if (first == '$' && cursor.taken('$')) {
            root = "$$";
        } else if (first == '$' && !cursor.atEnd() && Character.isJavaIdentifierStart(cursor.current())) {
            root = "$" + cursor.until(AFTER_A_NAME);
        }
        List<Token> tokens = new ArrayList<>();
        while (cursor.peek('.') || cursor.peek('[')) {
            if (cursor.peek('[')) {
                tokens.add(bracket());
                continue;
            }
            cursor.expect('.');
            if (cursor.taken('.')) {
                tokens.add(new Token.Descendants());
                if (!cursor.peek('[')) {
                    tokens.add(afterDot());
                }
            } else {
                // AWS's guide writes $.a.['b c'] as well as $.a['b c'].
                tokens.add(cursor.peek('[') ? bracket() : afterDot());
            }
        }
        return new JsonPath(cursor.since(start), root, List.copyOf(tokens));
    }

    private Token afterDot() {
        if (cursor.taken('*')) {
            return new Token.Wildcard();
        }
        String name = cursor.until(AFTER_A_NAME);
        if (name.isEmpty()) {
            throw cursor.wrong("a name is missing");
        }
        if (cursor.follows("()")) {
            if (!PathFunctions.NAMES.contains(name)) {
                throw cursor.wrong("the function " + name + "() is not known");
            }
            cursor.expect('(');
            cursor.expect(')');
            return new Token.Function(name);
        }
        return new Token.Property(List.of(name));
    }

    private Token bracket() {
        cursor.expect('[');
        cursor.blanks();
        Token token;
        if (cursor.taken('*')) {
            token = new Token.Wildcard();
        } else if (cursor.taken('?')) {
            cursor.blanks();
            cursor.expect('(');
            token = new Token.Filter(new FilterParser(cursor).any());
            cursor.blanks();
            cursor.expect(')');
        } else if (cursor.peek('\'') || cursor.peek('"')) {
            List<String> names = new ArrayList<>();
            do {
                cursor.blanks();
                names.add(cursor.quoted());
                cursor.blanks();
            } while (cursor.taken(','));
            token = new Token.Property(List.copyOf(names));
        } else {
            token = numbers();
        }
        cursor.blanks();
        cursor.expect(']');
        return token;
    }

    private Token numbers() {
        Integer from = integer();
        cursor.blanks();
        if (cursor.taken(':')) {
            cursor.blanks();
            Integer to = integer();
            cursor.blanks();
            Integer step = null;
            if (cursor.taken(':')) {
                cursor.blanks();
                step = integer();
            }
            if (step != null && step < 1) {
                throw cursor.wrong("the step of a slice must be at least 1");
            }
            return new Token.Slice(from, to, step == null ? 1 : step);
        }
        if (from == null) {
            throw cursor.wrong("an index, a name, * or ? is missing");
        }
        List<Integer> indexes = new ArrayList<>(List.of(from));
        while (cursor.taken(',')) {
            cursor.blanks();
            Integer next = integer();
            if (next == null) {
                throw cursor.wrong("an index is missing");
            }
            indexes.add(next);
            cursor.blanks();
        }
        return new Token.Index(List.copyOf(indexes));
    }

    private @Nullable Integer integer() {
        int start = cursor.at();
        cursor.taken('-');
        while (!cursor.atEnd() && Character.isDigit(cursor.current())) {
            cursor.taken(cursor.current());
        }
        String digits = cursor.since(start);
        try {
            return digits.isEmpty() ? null : Integer.valueOf(digits);
        } catch (NumberFormatException e) {
            throw cursor.wrong("'" + digits + "' is no index");
        }
    }
}
