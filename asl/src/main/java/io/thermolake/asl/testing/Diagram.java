package io.thermolake.asl.testing;

import io.thermolake.asl.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A definition as a picture: an outline for a terminal, or an SVG. It is drawn from the text, so that a faulty one shows, too. */
public final class Diagram {
    /**
     * A way from one state to another.
     *
     * @param why empty for Next; otherwise the rule, {@code otherwise}, or the errors that are caught
     */
    record Arrow(String to, String why, boolean caught) {}

    /**
     * A state to be drawn.
     *
     * @param at its location in the definition
     * @param inner the scopes inside it, by name: {@code branch 1}, {@code each item}
     */
    record Node(String name, String type, String at, List<Arrow> arrows, boolean ends, Map<String, Scope> inner) {}

    /** States in the order in which they can be reached. */
    record Scope(String startAt, List<Node> nodes) {}

    private static final int LONGEST = 60;

    private Diagram() {}

    /**
     * An outline: a line a state in the order of the flow, its transitions below it, inner scopes indented.
     *
     * @throws IllegalArgumentException when the text is not JSON
     */
    public static String text(String definition) {
        StringBuilder text = new StringBuilder();
        outline(scope(Json.object(Json.parse(definition)), ""), "", text);
        return text.toString();
    }

    /**
     * An SVG of its own, as wide as it needs.
     *
     * @throws IllegalArgumentException when the text is not JSON
     */
    public static String svg(String definition) {
        return new SvgDiagram(Set.of()).draw(scope(Json.object(Json.parse(definition)), ""));
    }

    /** The same with the states that no run has reached marked. */
    public static String svg(String definition, Coverage coverage) {
        return new SvgDiagram(Set.copyOf(coverage.missed())).draw(scope(Json.object(Json.parse(definition)), ""));
    }

    private static void outline(Scope scope, String indent, StringBuilder text) {
        int width = scope.nodes.stream().mapToInt(n -> n.name.length()).max().orElse(0);
        for (Node node : scope.nodes) {
            String mark = node.name.equals(scope.startAt) ? ">" : " ";
            text.append(("%s%s %-" + Math.max(1, width) + "s  %-8s").formatted(indent, mark, node.name, node.type));
            String gap = indent + " ".repeat(width + 14);
            boolean first = true;
            for (Arrow arrow : node.arrows) {
                String why = arrow.why.isEmpty() ? "" : (arrow.caught ? "  on " : "  if ") + arrow.why;
                text.append(first ? "  -> " : "\n" + gap + "-> ")
                        .append(arrow.to)
                        .append(arrow.why.equals("otherwise") ? "  otherwise" : why);
                first = false;
            }
            if (node.ends) {
                text.append(first ? "  -> (end)" : "\n" + gap + "-> (end)");
            }
            text.append('\n');
            node.inner.forEach((name, inner) -> {
                text.append(indent).append("  | ").append(name).append('\n');
                outline(inner, indent + "  |   ", text);
            });
        }
    }

    static Scope scope(Map<String, @Nullable Object> json, String at) {
        Map<String, @Nullable Object> states = Json.object(json.get("States"));
        String startAt = String.valueOf(json.get("StartAt"));
        Map<String, Node> all = new LinkedHashMap<>();
        states.forEach((name, state) -> all.put(name, node(name, Json.object(state), at + "/States/" + name)));
        List<Node> ordered = new ArrayList<>();
        follow(startAt, all, ordered);
        all.values().stream().filter(n -> !ordered.contains(n)).toList().forEach(ordered::add);
        return new Scope(startAt, ordered);
    }

    private static void follow(String name, Map<String, Node> all, List<Node> ordered) {
        Node node = all.get(name);
        if (node == null || ordered.contains(node)) {
            return;
        }
        ordered.add(node);
        node.arrows.forEach(arrow -> follow(arrow.to, all, ordered));
    }

    private static Node node(String name, Map<String, @Nullable Object> state, String at) {
        List<Arrow> arrows = new ArrayList<>();
        if (state.get("Next") instanceof String next) {
            arrows.add(new Arrow(next, "", false));
        }
        for (Object each : Json.list(state.get("Choices"))) {
            Map<String, @Nullable Object> rule = new LinkedHashMap<>(Json.object(each));
            Object next = rule.remove("Next");
            rule.keySet().removeAll(Set.of("Comment", "Assign", "Output"));
            arrows.add(new Arrow(String.valueOf(next), shortened(condition(rule)), false));
        }
        if (state.get("Default") instanceof String next) {
            arrows.add(new Arrow(next, "otherwise", false));
        }
        for (Object each : Json.list(state.get("Catch"))) {
            Map<String, @Nullable Object> caught = Json.object(each);
            String errors = String.join(
                    ", ",
                    Json.list(caught.get("ErrorEquals")).stream()
                            .map(String::valueOf)
                            .toList());
            arrows.add(new Arrow(String.valueOf(caught.get("Next")), shortened(errors), true));
        }
        Map<String, Scope> inner = new LinkedHashMap<>();
        List<?> branches = Json.list(state.get("Branches"));
        for (int i = 0; i < branches.size(); i++) {
            inner.put("branch " + (i + 1), scope(Json.object(branches.get(i)), at + "/Branches[" + i + "]"));
        }
        for (String field : List.of("ItemProcessor", "Iterator")) {
            if (state.containsKey(field)) {
                inner.put("each item", scope(Json.object(state.get(field)), at + "/" + field));
            }
        }
        String type = String.valueOf(state.get("Type"));
        boolean ends = Boolean.TRUE.equals(state.get("End"))
                || List.of("Succeed", "Fail").contains(type);
        return new Node(name, type, at, arrows, ends, inner);
    }

    /** A rule without quotes and braces: {@code $.n NumericLessThan 5}. */
    private static String condition(Map<String, @Nullable Object> rule) {
        if (rule.get("Condition") instanceof String expression) {
            return expression.replace("{%", "").replace("%}", "").strip();
        }
        if (rule.size() == 2 && rule.get("Variable") instanceof String variable) {
            return rule.entrySet().stream()
                    .filter(e -> !e.getKey().equals("Variable"))
                    .map(e -> variable + " " + e.getKey() + " "
                            + (e.getValue() instanceof String text ? text : Json.text(e.getValue())))
                    .findFirst()
                    .orElse(variable);
        }
        return Json.text(rule);
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
    }
}
