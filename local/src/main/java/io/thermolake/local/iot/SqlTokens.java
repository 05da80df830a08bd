package io.thermolake.local.iot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The words and signs of a rule's SQL, read one after the other. */
final class SqlTokens {
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:('(?:[^']|'')*')|([A-Za-z_][A-Za-z0-9_]*)|(\\d+(?:\\.\\d+)?)|(<>|!=|<=|>=|[*(),.=<>])|(\\S))");

    private final String sql;
    private final List<String> tokens = new ArrayList<>();
    private int next;

    SqlTokens(String sql) {
        this.sql = sql;
        Matcher m = TOKEN.matcher(sql);
        int end = 0;
        while (m.find() && m.start() == end) {
            if (m.group(5) != null) {
                throw new RuleException("The laptop's rule engine does not know '%s' at position %d of: %s"
                        .formatted(m.group(5), m.start(5) + 1, sql));
            }
            tokens.add(m.group().trim());
            end = m.end();
        }
    }

    /** @return the empty text at the end */
    String peek() {
        return next < tokens.size() ? tokens.get(next) : "";
    }

    String take() {
        String token = peek();
        next++;
        return token;
    }

    boolean isWord(String word) {
        return peek().toUpperCase(Locale.ROOT).equals(word);
    }

    /** Takes it if it is next. */
    boolean accept(String word) {
        boolean is = isWord(word);
        next += is ? 1 : 0;
        return is;
    }

    void expect(String word) {
        if (!accept(word)) {
            throw unexpected(word);
        }
    }

    boolean isName() {
        return isName(next);
    }

    private boolean isName(int at) {
        return at < tokens.size()
                && (Character.isLetter(tokens.get(at).charAt(0))
                        || tokens.get(at).charAt(0) == '_');
    }

    String name() {
        if (!isName()) {
            throw unexpected("a name");
        }
        return take();
    }

    String text() {
        if (!peek().startsWith("'")) {
            throw unexpected("a text in quotes");
        }
        String quoted = take();
        return quoted.substring(1, quoted.length() - 1).replace("''", "'");
    }

    /** @return the last name of a field's path when no brackets follow it, else null; takes nothing */
    @Nullable
    String fieldAlone() {
        int at = next;
        while (isName(at) && at + 1 < tokens.size() && tokens.get(at + 1).equals(".")) {
            at += 2;
        }
        boolean alone =
                isName(at) && !(at + 1 < tokens.size() && tokens.get(at + 1).equals("("));
        return alone ? tokens.get(at) : null;
    }

    RuleException unexpected(String wanted) {
        return new RuleException("The laptop's rule engine expects %s but finds %s in: %s"
                .formatted(wanted, peek().isEmpty() ? "the end" : "'" + peek() + "'", sql));
    }
}
