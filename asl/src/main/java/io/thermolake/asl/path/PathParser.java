package io.thermolake.asl.path;

import io.thermolake.asl.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Reads a path, character by character. */
final class PathParser {
    private final String text;
    private int at;

    PathParser(String text) {
        this.text = text;
    }

    JsonPath path() {
        JsonPath path = path('$');
        if (at < text.length()) {
            throw wrong("unexpected '" + text.charAt(at) + "'");
        }
        return path;
    }

    private JsonPath path(char first) {
        int start = at;
        expect(first);
        String root = "$";
        if (first == '$' && peek('$')) {
            at++;
            root = "$$";
        } else if (first == '$' && at < text.length() && Character.isJavaIdentifierStart(text.charAt(at))) {
            root = "$" + name();
        }
        List<Token> tokens = new ArrayList<>();
        while (at < text.length()) {
            if (text.startsWith("..", at)) {
                at += 2;
                tokens.add(new Token.Descendants());
                if (!peek('[')) {
                    tokens.add(afterDot());
                }
            } else if (peek('.')) {
                at++;
                // AWS's guide writes $.a.['b c'] as well as $.a['b c'].
                tokens.add(peek('[') ? bracket() : afterDot());
            } else if (peek('[')) {
                tokens.add(bracket());
            } else {
                break;
            }
        }
        return new JsonPath(text.substring(start, at), root, List.copyOf(tokens));
    }

    private Token afterDot() {
        if (peek('*')) {
            at++;
            return new Token.Wildcard();
        }
        String name = name();
        if (name.isEmpty()) {
            throw wrong("a name is missing");
        }
        if (text.startsWith("()", at)) {
            if (!PathFunctions.NAMES.contains(name)) {
                throw wrong("the function " + name + "() is not known");
            }
            at += 2;
            return new Token.Function(name);
        }
        return new Token.Property(List.of(name));
    }

    private String name() {
        int start = at;
        while (at < text.length() && ".[]()*,='\"<>!&|?@ \t\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(start, at);
    }

    private Token bracket() {
        expect('[');
        blanks();
        Token token;
        if (peek('*')) {
            at++;
            token = new Token.Wildcard();
        } else if (peek('?')) {
            at++;
            blanks();
            expect('(');
            token = new Token.Filter(any());
            blanks();
            expect(')');
        } else if (peek('\'') || peek('"')) {
            List<String> names = new ArrayList<>();
            do {
                blanks();
                names.add(quoted());
                blanks();
            } while (taken(','));
            token = new Token.Property(List.copyOf(names));
        } else {
            token = numbers();
        }
        blanks();
        expect(']');
        return token;
    }

    private Token numbers() {
        Integer from = integer();
        blanks();
        if (taken(':')) {
            blanks();
            Integer to = integer();
            blanks();
            Integer step = null;
            if (taken(':')) {
                blanks();
                step = integer();
            }
            if (step != null && step < 1) {
                throw wrong("the step of a slice must be at least 1");
            }
            return new Token.Slice(from, to, step == null ? 1 : step);
        }
        if (from == null) {
            throw wrong("an index, a name, * or ? is missing");
        }
        List<Integer> indexes = new ArrayList<>(List.of(from));
        while (taken(',')) {
            blanks();
            Integer next = integer();
            if (next == null) {
                throw wrong("an index is missing");
            }
            indexes.add(next);
            blanks();
        }
        return new Token.Index(List.copyOf(indexes));
    }

    private @Nullable Integer integer() {
        int start = at;
        if (peek('-')) {
            at++;
        }
        while (at < text.length() && Character.isDigit(text.charAt(at))) {
            at++;
        }
        if (start == at) {
            return null;
        }
        try {
            return Integer.valueOf(text.substring(start, at));
        } catch (NumberFormatException e) {
            throw wrong("'" + text.substring(start, at) + "' is no index");
        }
    }

    /** Only the quote itself is escaped: AWS takes any other backslash as it stands. */
    private String quoted() {
        char quote = text.charAt(at++);
        StringBuilder name = new StringBuilder();
        while (at < text.length() && text.charAt(at) != quote) {
            if (text.charAt(at) == '\\' && at + 1 < text.length() && text.charAt(at + 1) == quote) {
                at++;
            }
            name.append(text.charAt(at++));
        }
        expect(quote);
        return name.toString();
    }

    private Predicate any() {
        List<Predicate> parts = new ArrayList<>(List.of(all()));
        while (taken("||")) {
            parts.add(all());
        }
        return parts.size() == 1 ? parts.get(0) : new Predicate.Any(parts);
    }

    private Predicate all() {
        List<Predicate> parts = new ArrayList<>(List.of(one()));
        while (taken("&&")) {
            parts.add(one());
        }
        return parts.size() == 1 ? parts.get(0) : new Predicate.All(parts);
    }

    private Predicate one() {
        blanks();
        if (peek('!')) {
            at++;
            return new Predicate.Not(one());
        }
        if (peek('(')) {
            at++;
            Predicate inner = any();
            blanks();
            expect(')');
            return inner;
        }
        Predicate.Operand left = operand();
        blanks();
        for (String operator :
                List.of("==", "!=", "<=", ">=", "=~", "<", ">", "in ", "nin ", "contains ", "size ", "empty ")) {
            if (taken(operator)) {
                blanks();
                return operator.equals("=~")
                        ? new Predicate.Matches(left, pattern())
                        : new Predicate.Compare(left, operator.strip(), operand());
            }
        }
        if (left instanceof Predicate.Operand.At exists) {
            return new Predicate.Exists(exists.path());
        }
        throw wrong("a comparison is missing");
    }

    private Predicate.Operand operand() {
        if (peek('@')) {
            return new Predicate.Operand.At(path('@'));
        }
        if (peek('$')) {
            return new Predicate.Operand.Root(path('$'));
        }
        if (peek('\'') || peek('"')) {
            return new Predicate.Operand.Literal(quoted());
        }
        int start = at;
        if (peek('[')) {
            at = text.indexOf(']', at) + 1;
            if (at == 0) {
                at = start;
                throw wrong("']' is missing");
            }
            return new Predicate.Operand.Literal(json(text.substring(start, at).replace('\'', '"')));
        }
        while (at < text.length() && ")&|<>=! \t".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return new Predicate.Operand.Literal(json(text.substring(start, at)));
    }

    private @Nullable Object json(String literal) {
        try {
            return Json.parse(literal);
        } catch (IllegalArgumentException e) {
            throw wrong("'" + literal + "' is no value");
        }
    }

    private Pattern pattern() {
        expect('/');
        int end = text.indexOf('/', at);
        if (end < 0) {
            throw wrong("'/' is missing at the end of a pattern");
        }
        String source = text.substring(at, end);
        at = end + 1;
        try {
            return Pattern.compile(source, taken('i') ? Pattern.CASE_INSENSITIVE : 0);
        } catch (PatternSyntaxException e) {
            throw wrong("'" + source + "' is no pattern: " + e.getDescription());
        }
    }

    private void blanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private boolean peek(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    private boolean taken(char c) {
        if (peek(c)) {
            at++;
            return true;
        }
        return false;
    }

    private boolean taken(String word) {
        blanks();
        if (text.startsWith(word, at)) {
            at += word.length();
            return true;
        }
        return false;
    }

    private void expect(char c) {
        if (!taken(c)) {
            throw wrong("'" + c + "' is missing");
        }
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("'" + text + "' is no JSONPath: " + what + " at character " + (at + 1));
    }
}
