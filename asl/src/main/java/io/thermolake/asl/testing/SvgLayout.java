package io.thermolake.asl.testing;

import io.thermolake.asl.testing.Diagram.Arrow;
import io.thermolake.asl.testing.Diagram.Node;
import io.thermolake.asl.testing.Diagram.Scope;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where each state of a definition is drawn: in layers, what is inside of a state inside its box. */
final class SvgLayout {
    static final int HEIGHT = 40;
    static final int LETTER = 8;
    static final int GAP_X = 40;
    static final int GAP_Y = 50;
    static final int PAD = 16;
    /** Room below the last layer, and above the first, for the ways around. */
    static final int FOOT = 24;

    /** A state's place, with what is inside of it, and where its layer ends. */
    record Box(Node node, double x, double y, double width, double height, double bottom, List<Drawing> inner) {
        boolean leadsStraightTo(Box to) {
            return to.y > y && to.y - bottom < 2 * GAP_Y;
        }
    }

    /** A scope's picture. */
    record Drawing(String name, List<Box> boxes, double width, double height, Scope scope) {}

    private SvgLayout() {}

    static Drawing of(String name, Scope scope) {
        Map<String, Integer> ranks = ranks(scope);
        Map<Integer, List<Box>> rows = new LinkedHashMap<>();
        for (Node node : scope.nodes()) {
            List<Drawing> inner = new ArrayList<>();
            node.inner().forEach((label, each) -> inner.add(of(label, each)));
            double innerWidth =
                    inner.stream().mapToDouble(d -> d.width + 2 * PAD).sum();
            double innerHeight =
                    inner.stream().mapToDouble(d -> d.height + 3 * PAD).max().orElse(0);
            double width = Math.max(Math.max(90, node.name().length() * LETTER + 24), innerWidth + PAD);
            rows.computeIfAbsent(ranks.getOrDefault(node.name(), 0), r -> new ArrayList<>())
                    .add(new Box(node, 0, 0, width, HEIGHT + innerHeight, 0, inner));
        }
        double widest =
                rows.values().stream().mapToDouble(SvgLayout::width).max().orElse(0);
        List<Box> placed = new ArrayList<>();
        double y = 0;
        for (int rank = 0; rank < rows.size(); rank++) {
            List<Box> row = rows.getOrDefault(rank, List.of());
            double x = (widest - width(row)) / 2;
            double tallest = row.stream().mapToDouble(b -> b.height).max().orElse(0);
            for (Box box : row) {
                placed.add(new Box(box.node, x, y, box.width, box.height, y + tallest, box.inner));
                x += box.width + GAP_X;
            }
            y += tallest + GAP_Y;
        }
        // Room on the right for the ways back.
        return new Drawing(name, placed, widest + 3 * GAP_X, Math.max(0, y - GAP_Y) + FOOT, scope);
    }

    private static double width(List<Box> row) {
        return row.stream().mapToDouble(b -> b.width).sum() + Math.max(0, row.size() - 1) * GAP_X;
    }

    /** A state's layer is one below the lowest that leads to it, ways back left out. */
    private static Map<String, Integer> ranks(Scope scope) {
        Map<String, Node> nodes = new LinkedHashMap<>();
        scope.nodes().forEach(n -> nodes.put(n.name(), n));
        List<String> finished = new ArrayList<>();
        Set<String> back = new HashSet<>();
        nodes.keySet().forEach(name -> visit(name, nodes, new LinkedHashSet<>(), finished, back));
        Map<String, Integer> ranks = new LinkedHashMap<>();
        for (int i = finished.size() - 1; i >= 0; i--) {
            String name = finished.get(i);
            int below = ranks.merge(name, 0, Math::max) + 1;
            for (Arrow arrow : arrows(nodes, name)) {
                if (nodes.containsKey(arrow.to()) && !back.contains(name + "\n" + arrow.to())) {
                    ranks.merge(arrow.to(), below, Math::max);
                }
            }
        }
        return ranks;
    }

    private static void visit(
            String name, Map<String, Node> nodes, Set<String> open, List<String> finished, Set<String> back) {
        if (finished.contains(name)) {
            return;
        }
        open.add(name);
        for (Arrow arrow : arrows(nodes, name)) {
            if (open.contains(arrow.to())) {
                back.add(name + "\n" + arrow.to());
            } else if (nodes.containsKey(arrow.to())) {
                visit(arrow.to(), nodes, open, finished, back);
            }
        }
        open.remove(name);
        finished.add(name);
    }

    private static List<Arrow> arrows(Map<String, Node> nodes, String name) {
        Node node = nodes.get(name);
        return node == null ? List.of() : node.arrows();
    }
}
