package io.thermolake.asl;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a JSONata expression refers to, read from its tokens: JSONata's own parser keeps its tree to itself. An expression
 * that is no JSONata is read as far as it goes; the parser says what is wrong with it.
 *
 * <p>Only the first step of a path is looked up in the context of the whole expression. A later step, a predicate, a term
 * to sort by and a group are looked up in what the step before them gave. A function's body has the context of where it is
 * written.
 */
final class References {
    private static final int DEEPEST = 200;
    private static final String END = "";
    private static final Set<String> LITERALS = Set.of("true", "false", "null");
    private static final Set<String> WORDS_BETWEEN = Set.of("and", "or", "in");
    /** Where a name ends, besides at white space. */
    private static final String MARKS = ".[]{}(),@#;:?+-*/%|=<>^&!~";

    private static final List<String> SYMBOLS = List.of("..", ":=", "!=", "<=", ">=", "**", "~>", "?:", "??");

    private final String text;
    private final Set<String> topLevel = new LinkedHashSet<>();
    private final Set<String> variables = new TreeSet<>();
    private final Set<String> tested = new TreeSet<>();
    private final Set<String> states = new LinkedHashSet<>();
    /** Names that are bound, scope by scope; and those whose value is still being read. */
    private final Deque<Set<String>> bound = new ArrayDeque<>();

    private final Set<String> binding = new HashSet<>();
    private int at;
    private boolean operandNext;

    private References(String text) {
        this.text = text;
    }

    /** @param expression without the marks around it */
    static References of(String expression) {
        References references = new References(expression);
        references.bound.push(new HashSet<>());
        references.sequence(END, true, 0);
        return references;
    }

    /** Names, and {@code $} or {@code $$}, that are looked up where an expression of Step Functions has nothing. */
    Set<String> topLevel() {
        return topLevel;
    }

    /** Variables that the expression does not bind itself, functions that are called left out. */
    Set<String> variables() {
        return variables;
    }

    /** Those of the variables that stand in {@code $exists($name)}. */
    Set<String> tested() {
        return tested;
    }

    /** The members of {@code $states} that are named. */
    Set<String> states() {
        return states;
    }

    /**
     * Reads up to a closing token, or to the end.
     *
     * @param top whether names are looked up at the top level
     */
    private void sequence(String close, boolean top, int depth) {
        boolean operand = true;
        boolean step = false;
        while (depth < DEEPEST) {
            operandNext = operand;
            String token = next();
            boolean over = token.equals(END) || token.equals(close);
            if (over || token.equals(";") || token.equals(",")) {
                bound.element().addAll(binding);
                binding.clear();
            }
            if (over) {
                return;
            }
            if (operand) {
                operand = !operand(token, top && !step, depth);
                continue;
            }
            switch (token) {
                case "." -> {
                    operand = true;
                    step = true;
                    continue;
                }
                case "(" -> sequence(")", top && !step, depth + 1);
                case "[" -> sequence("]", false, depth + 1);
                case "{" -> sequence("}", false, depth + 1);
                case "^" -> {
                    next();
                    sequence(")", false, depth + 1);
                }
                case "@", "#" -> bind(next());
                default -> {
                    operand = true;
                    step = false;
                }
            }
        }
        at = text.length();
    }

    /** @return whether the operand is complete; a sign, or a mark in a list of terms, is followed by it */
    private boolean operand(String token, boolean top, int depth) {
        char first = token.charAt(0);
        switch (token) {
            case "(" -> {
                bound.push(new HashSet<>());
                sequence(")", top, depth + 1);
                bound.pop();
            }
            case "[" -> sequence("]", top, depth + 1);
            case "{" -> sequence("}", top, depth + 1);
            case "|" -> {
                sequence("|", false, depth + 1);
                sequence("|", false, depth + 1);
            }
            case "function", "λ" -> function(token, top, depth);
            case "*", "**", "%", "?" -> {
                return true;
            }
            default -> {
                boolean text = first == '"' || first == '\'';
                if (first == '$') {
                    variable(token, top);
                } else if (first == '`' || isName(first) || (text && peek("."))) {
                    // A text in a path is a name.
                    if (top && !LITERALS.contains(token)) {
                        topLevel.add(isName(first) ? token : token.substring(1, Math.max(1, token.length() - 1)));
                    }
                } else {
                    return text || first == '/' || Character.isDigit(first);
                }
            }
        }
        return true;
    }

    private void function(String word, boolean top, int depth) {
        if (!peek("(")) {
            if (top) {
                topLevel.add(word);
            }
            return;
        }
        next();
        Set<String> parameters = new HashSet<>();
        for (String token = next(); !token.equals(")") && !token.equals(END); token = next()) {
            parameters.add(token);
        }
        while (!peek("{") && at < text.length()) {
            at++; // the signature
        }
        next();
        bound.push(parameters);
        sequence("}", top, depth + 1);
        bound.pop();
    }

    private void variable(String name, boolean top) {
        if (name.equals("$$") || name.equals("$")) {
            if (top || name.equals("$$")) {
                topLevel.add(name);
            }
        } else if (peek(":=")) {
            binding.add(name);
        } else if (bound.stream().noneMatch(scope -> scope.contains(name))) {
            if (name.equals("$states")) {
                String member = member();
                if (member != null) {
                    states.add(member);
                }
            } else if (!peek("(")) {
                variables.add(name.substring(1));
            } else if (name.equals("$exists")) {
                test();
            }
        }
    }

    /** The name after {@code $states.}, or null. */
    private @Nullable String member() {
        int here = at;
        try {
            if (!next().equals(".")) {
                return null;
            }
            operandNext = true;
            String name = next();
            return name.isEmpty() || !isName(name.charAt(0)) ? null : name;
        } finally {
            at = here;
        }
    }

    private void test() {
        int here = at;
        next();
        String name = next();
        if (name.startsWith("$") && name.length() > 1 && peek(")")) {
            tested.add(name.substring(1));
        }
        at = here;
    }

    private void bind(String name) {
        bound.element().add(name);
    }

    private boolean peek(String token) {
        int here = at;
        boolean operand = operandNext;
        operandNext = false;
        boolean there = next().equals(token);
        operandNext = operand;
        at = here;
        return there;
    }

    /** The next token, or END. A slash where an operand is due begins a regular expression. */
    private String next() {
        skip();
        if (at >= text.length()) {
            return END;
        }
        int start = at;
        char c = text.charAt(at);
        if (c == '"' || c == '\'' || c == '`') {
            return quoted(start, c);
        }
        if (c == '/' && operandNext) {
            return regex(start);
        }
        if (isName(c)) {
            return name(start);
        }
        if (Character.isDigit(c)) {
            at++;
            while (at < text.length() && partOfNumber()) {
                at++;
            }
            return text.substring(start, at);
        }
        for (String symbol : SYMBOLS) {
            if (text.startsWith(symbol, at) && !(symbol.equals("**") && !operandNext)) {
                at += symbol.length();
                return symbol;
            }
        }
        at++;
        return String.valueOf(c);
    }

    private static boolean isName(char first) {
        return !Character.isDigit(first)
                && !Character.isWhitespace(first)
                && MARKS.indexOf(first) < 0
                && "\"'`".indexOf(first) < 0;
    }

    private String name(int start) {
        while (at < text.length() && !Character.isWhitespace(text.charAt(at)) && MARKS.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String word = text.substring(start, at);
        // Where an operand is due, they are names like any other.
        return !operandNext && WORDS_BETWEEN.contains(word) ? "&" : word;
    }

    private boolean partOfNumber() {
        char c = text.charAt(at);
        boolean dot = c == '.' && at + 1 < text.length() && Character.isDigit(text.charAt(at + 1));
        boolean exponent = "eE".indexOf(c) >= 0 || ("+-".indexOf(c) >= 0 && "eE".indexOf(text.charAt(at - 1)) >= 0);
        return Character.isDigit(c) || dot || exponent;
    }

    private String quoted(int start, char quote) {
        for (at++; at < text.length() && text.charAt(at) != quote; at++) {
            if (text.charAt(at) == '\\' && quote != '`') {
                at++;
            }
        }
        at = Math.min(at + 1, text.length());
        return text.substring(start, at);
    }

    private String regex(int start) {
        int brackets = 0;
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\\') {
                at++;
            } else if (c == '/' && brackets == 0) {
                break;
            } else if ("([{".indexOf(c) >= 0) {
                brackets++;
            } else if (")]}".indexOf(c) >= 0) {
                brackets--;
            }
        }
        at = Math.min(at + 1, text.length());
        while (at < text.length() && "im".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return text.substring(start, at);
    }

    private void skip() {
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
            } else if (text.startsWith("/*", at)) {
                int end = text.indexOf("*/", at + 2);
                at = end < 0 ? text.length() : end + 2;
            } else {
                return;
            }
        }
    }
}
