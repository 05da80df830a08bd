package io.thermolake.asl.internal.path;

import io.thermolake.asl.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Reads what stands in a path's filter, {@code @.price < 10 && @.sold == false}. */
final class FilterParser {
    private static final List<String> OPERATORS =
            List.of("==", "!=", "<=", ">=", "=~", "<", ">", "in ", "nin ", "contains ", "size ", "empty ");

    private static final Pattern WORD = Pattern.compile("(?!(?:true|false|null)$)[\\p{L}_][\\p{L}\\p{N}_.:/-]*");

    private final Cursor cursor;

    FilterParser(Cursor cursor) {
        this.cursor = cursor;
    }

    Predicate any() {
        List<Predicate> parts = new ArrayList<>(List.of(all()));
        while (cursor.taken("||")) {
            parts.add(all());
        }
        return parts.size() == 1 ? parts.get(0) : new Predicate.Any(parts);
    }

    private Predicate all() {
        List<Predicate> parts = new ArrayList<>(List.of(one()));
        while (cursor.taken("&&")) {
            parts.add(one());
        }
        return parts.size() == 1 ? parts.get(0) : new Predicate.All(parts);
    }

    private Predicate one() {
        cursor.blanks();
        if (cursor.taken('!')) {
            return new Predicate.Not(one());
        }
        if (cursor.taken('(')) {
            Predicate inner = any();
            cursor.blanks();
            cursor.expect(')');
            return inner;
        }
        Predicate.Operand left = operand();
        cursor.blanks();
        for (String operator : OPERATORS) {
            if (cursor.taken(operator)) {
                cursor.blanks();
                return operator.equals("=~")
                        ? new Predicate.Matches(left, pattern())
                        : new Predicate.Compare(left, operator.strip(), operand());
            }
        }
        if (left instanceof Predicate.Operand.At exists) {
            return new Predicate.Exists(exists.path());
        }
        throw cursor.wrong("a comparison is missing");
    }

    private Predicate.Operand operand() {
        if (cursor.peek('@')) {
            return new Predicate.Operand.At(new PathParser(cursor).path('@'));
        }
        if (cursor.peek('$')) {
            return new Predicate.Operand.Root(new PathParser(cursor).path('$'));
        }
        if (cursor.peek('\'') || cursor.peek('"')) {
            return new Predicate.Operand.Literal(cursor.quoted());
        }
        if (cursor.peek('[')) {
            return new Predicate.Operand.Literal(
                    json(cursor.through(']', "']' is missing").replace('\'', '"')));
        }
        String literal = cursor.until(")&|<>=! \t");
        // A word without quotes is a text.
        return new Predicate.Operand.Literal(WORD.matcher(literal).matches() ? literal : json(literal));
    }

    private @Nullable Object json(String literal) {
        try {
            return Json.parse(literal);
        } catch (IllegalArgumentException e) {
            throw cursor.wrong("'" + literal + "' is no value");
        }
    }

    private Pattern pattern() {
        cursor.expect('/');
        String upToSlash = cursor.through('/', "'/' is missing at the end of a pattern");
        String source = upToSlash.substring(0, upToSlash.length() - 1);
        try {
            return Pattern.compile(source, cursor.taken('i') ? Pattern.CASE_INSENSITIVE : 0);
        } catch (PatternSyntaxException e) {
            throw cursor.wrong("'" + source + "' is no pattern: " + e.getDescription());
        }
    }
}
