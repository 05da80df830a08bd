package io.thermolake.asl.internal.jsonata;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
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
public final class References {
    private static final int DEEPEST = 200;
    private static final Set<String> LITERALS = Set.of("true", "false", "null");
    private final Tokens tokens;
    private final Set<String> topLevel = new LinkedHashSet<>();
    private final Set<String> variables = new TreeSet<>();
    private final Set<String> tested = new TreeSet<>();
    private final Set<String> states = new LinkedHashSet<>();
    /** Names that are bound, scope by scope; and those whose value is still being read. */
    private final Deque<Set<String>> bound = new ArrayDeque<>();

    private final Set<String> binding = new HashSet<>();

    private References(String text) {
        this.tokens = new Tokens(text);
    }

    /** @param expression without the marks around it */
    public static References of(String expression) {
        References references = new References(expression);
        references.bound.push(new HashSet<>());
        references.sequence(Tokens.END, true, 0);
        return references;
    }

    /** Names, and {@code $} or {@code $$}, that are looked up where an expression of Step Functions has nothing. */
    public Set<String> topLevel() {
        return topLevel;
    }

    /** Variables that the expression does not bind itself; functions are left out. */
    public Set<String> variables() {
        return variables;
    }

    /** Those of the variables that stand in {@code $exists($name)}. */
    public Set<String> tested() {
        return tested;
    }

    /** The members of {@code $states} that are named. */
    public Set<String> states() {
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
            String token = tokens.next(operand);
            boolean over = token.equals(Tokens.END) || token.equals(close);
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
                    tokens.next();
                    sequence(")", false, depth + 1);
                }
                case "@", "#" -> bind(tokens.next());
                default -> {
                    operand = true;
                    step = false;
                }
            }
        }
        tokens.skipAll();
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
                } else if (first == '`' || Tokens.isName(first) || (text && tokens.peek("."))) {
                    // A text in a path is a name.
                    if (top && !LITERALS.contains(token)) {
                        topLevel.add(
                                Tokens.isName(first) ? token : token.substring(1, Math.max(1, token.length() - 1)));
                    }
                } else {
                    return text || first == '/' || Character.isDigit(first);
                }
            }
        }
        return true;
    }

    private void function(String word, boolean top, int depth) {
        if (!tokens.peek("(")) {
            if (top) {
                topLevel.add(word);
            }
            return;
        }
        tokens.next();
        Set<String> parameters = new HashSet<>();
        for (String token = tokens.next(); !token.equals(")") && !token.equals(Tokens.END); token = tokens.next()) {
            parameters.add(token);
        }
        tokens.skipTo("{"); // over the signature
        tokens.next();
        bound.push(parameters);
        sequence("}", top, depth + 1);
        bound.pop();
    }

    private void variable(String name, boolean top) {
        if (name.equals("$$") || name.equals("$")) {
            if (top || name.equals("$$")) {
                topLevel.add(name);
            }
        } else if (tokens.peek(":=")) {
            binding.add(name);
        } else if (bound.stream().noneMatch(scope -> scope.contains(name))) {
            if (name.equals("$states")) {
                String member = member();
                if (member != null) {
                    states.add(member);
                }
            } else if (!tokens.peek("(")) {
                add(variables, name);
            } else if (name.equals("$exists")) {
                test();
            }
        }
    }

    /** The name after {@code $states.}, or null. */
    private @Nullable String member() {
        int here = tokens.at();
        try {
            if (!tokens.next().equals(".")) {
                return null;
            }
            String name = tokens.next(true);
            return name.isEmpty() || !Tokens.isName(name.charAt(0)) ? null : name;
        } finally {
            tokens.backTo(here);
        }
    }

    private void test() {
        int here = tokens.at();
        tokens.next();
        String name = tokens.next();
        if (name.startsWith("$") && name.length() > 1 && tokens.peek(")")) {
            add(tested, name);
        }
        tokens.backTo(here);
    }

    private static void add(Set<String> names, String variable) {
        String name = variable.substring(1);
        if (!BuiltIns.NAMES.contains(name)) {
            names.add(name);
        }
    }

    private void bind(String name) {
        bound.element().add(name);
    }
}
