package io.thermolake.local.athena.trino;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.trino.sql.tree.Node;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The functions of {@code functions.txt}: which of a name's signatures fits, and the SQL of a call. */
final class FunctionTable {
    enum Kind {
        SCALAR,
        AGGREGATE,
        WINDOW
    }

    private static final Pattern ONE_CALL = Pattern.compile("(\\w+)\\(([^()]*)\\)");
    private static final Pattern ARGUMENT = Pattern.compile("\\$(?:([zls]?)(\\d)|([*R]))");
    private static final Map<String, List<Signature>> ALL = read();

    private record Signature(Kind kind, List<String> parameters, String result, String sql) {}

    private FunctionTable() {}

    private static Map<String, List<Signature>> read() {
        Map<String, List<Signature>> all = new LinkedHashMap<>();
        Kind kind = Kind.SCALAR;
        for (String line : text().lines().toList()) {
            if (line.startsWith("[")) {
                kind = Kind.valueOf(line.substring(1, line.length() - 1).toUpperCase(java.util.Locale.ROOT));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                int bar = line.indexOf(" | ");
                int close = closing(line, line.indexOf('('));
                String name = line.substring(0, line.indexOf('('));
                String sql = line.substring(bar + 3);
                if (kind != Kind.SCALAR) {
                    sql = marked(sql);
                }
                all.computeIfAbsent(name, n -> new ArrayList<>())
                        .add(new Signature(
                                kind,
                                split(line.substring(line.indexOf('(') + 1, close)),
                                line.substring(close + 2, bar),
                                sql));
            }
        }
        return all;
    }

    private static String text() {
        try (InputStream in = Objects.requireNonNull(FunctionTable.class.getResourceAsStream("functions.txt"))) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("reading the list of functions failed", e);
        }
    }

    /** Where an aggregate of one call takes DISTINCT, ORDER BY and what stands after it. */
    private static String marked(String sql) {
        Matcher call = ONE_CALL.matcher(sql);
        String marked =
                sql.contains("{f}") || !call.matches() ? sql : call.group(1) + "({d}" + call.group(2) + "{o}){f}";
        return marked.replace("{d}", Windows.DISTINCT)
                .replace("{o}", Windows.ORDER)
                .replace("{f}", Windows.AFTER);
    }

    private static int closing(String text, int open) {
        int depth = 0;
        for (int i = open; i < text.length(); i++) {
            depth += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        throw new IllegalArgumentException(text);
    }

    private static List<String> split(String parameters) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i < parameters.length(); i++) {
            char c = parameters.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && depth == 0) {
                parts.add(parameters.substring(from, i).strip());
                from = i + 1;
            }
        }
        if (!parameters.isBlank()) {
            parts.add(parameters.substring(from).strip());
        }
        return parts;
    }

    static Set<String> names() {
        return ALL.keySet();
    }

    /** The kind of a function, or null when there is none of the name. */
    static @Nullable Kind kind(String name) {
        List<Signature> signatures = ALL.get(name);
        return signatures == null ? null : signatures.get(0).kind();
    }

    /**
     * @param name in lower case, of this table
     * @return a call; an aggregate's with the marks of {@link Windows}
     */
    static Expr call(Node node, String name, List<Expr> arguments) {
        List<Signature> signatures = ALL.getOrDefault(name, List.of());
        for (boolean exact : new boolean[] {true, false}) {
            for (Signature signature : signatures) {
                Matched matched = match(signature, arguments, exact);
                if (matched != null) {
                    sure(node, name, signatures, arguments, exact);
                    return write(node, name, signature, arguments, matched);
                }
            }
        }
        throw Refused.types(
                node,
                "Unexpected parameters ("
                        + arguments.stream().map(a -> a.type().trino()).collect(Collectors.joining(", "))
                        + ") for function " + name + ", or the laptop's Athena does not know it with them");
    }

    /** A null without a type fits several signatures, and Trino's choice among them is not ours to guess. */
    private static void sure(Node node, String name, List<Signature> signatures, List<Expr> arguments, boolean exact) {
        if (arguments.stream().noneMatch(a -> a.type().is(Type.Base.UNKNOWN))) {
            return;
        }
        Set<Type> results = new HashSet<>();
        for (Signature signature : signatures) {
            Matched matched = match(signature, arguments, exact);
            if (matched != null) {
                results.add(Patterns.result(signature.result(), matched.parameters(), matched.variables()));
                boolean open = signature.result().matches("[A-Z]|.*\\b[A-Z]\\b.*")
                        && matched.variables().containsValue(Type.UNKNOWN);
                if (open) {
                    results.add(Type.UNKNOWN);
                }
            }
        }
        if (results.size() > 1) {
            throw Refused.unknown(node, name + " of a NULL without a type; give it one by CAST");
        }
    }

    private record Matched(List<Type> parameters, Map<String, Type> variables) {}

    private static @Nullable Matched match(Signature signature, List<Expr> arguments, boolean exact) {
        List<String> parameters = signature.parameters();
        boolean variadic =
                !parameters.isEmpty() && parameters.get(parameters.size() - 1).endsWith("...");
        if (variadic ? arguments.size() < parameters.size() : arguments.size() != parameters.size()) {
            return null;
        }
        Map<String, Type> variables = new HashMap<>();
        List<String> patterns = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String pattern = parameters.get(Math.min(i, parameters.size() - 1)).replace("...", "");
            patterns.add(pattern);
            boolean fits = Patterns.unit(pattern)
                    ? Patterns.isUnit(pattern, arguments.get(i))
                    : Patterns.fits(
                            pattern,
                            arguments.get(i).type(),
                            variables,
                            exact && !arguments.get(i).type().is(Type.Base.UNKNOWN));
            if (!fits) {
                return null;
            }
        }
        List<Type> types = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            types.add(Patterns.bound(patterns.get(i), arguments.get(i).type(), variables));
        }
        return new Matched(types, variables);
    }

    private static Expr write(Node node, String name, Signature signature, List<Expr> arguments, Matched matched) {
        List<Expr> coerced = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            Expr argument = arguments.get(i);
            coerced.add(
                    Patterns.unit(signature
                                    .parameters()
                                    .get(Math.min(i, signature.parameters().size() - 1)))
                            ? new Expr(Sql.text(Patterns.unitOf(argument)), Type.VARCHAR)
                            : Casts.coerce(node, argument, matched.parameters().get(i)));
        }
        Type result = Patterns.result(signature.result(), matched.parameters(), matched.variables());
        Matcher matcher = ARGUMENT.matcher(signature.sql());
        Map<Integer, Integer> uses = new HashMap<>();
        StringBuilder sql = new StringBuilder();
        while (matcher.find()) {
            if (matcher.group(3) != null) {
                String whole = matcher.group(3).equals("R")
                        ? result.duck()
                        : coerced.stream().map(Expr::sql).collect(Collectors.joining(", "));
                matcher.appendReplacement(sql, Matcher.quoteReplacement(whole));
                continue;
            }
            int at = Integer.parseInt(matcher.group(2)) - 1;
            Expr argument = coerced.get(at);
            if (uses.merge(at, 1, Integer::sum) > 1 && argument.changing()) {
                throw Refused.unknown(node, name + " of a random value");
            }
            String piece = switch (matcher.group(1)) {
                case "z" -> Sql.text(Casts.zone(node, argument.type()));
                case "l" -> Sql.local(argument.sql(), Casts.zone(node, argument.type()));
                case "s" -> String.valueOf(argument.type().scale());
                default -> argument.sql();
            };
            matcher.appendReplacement(sql, Matcher.quoteReplacement(piece));
        }
        matcher.appendTail(sql);
        boolean changing = name.startsWith("rand") || arguments.stream().anyMatch(Expr::changing);
        return new Expr(Sql.cast(sql.toString(), result), result, null, changing);
    }
}
