package io.thermolake.asl.testing;

import io.thermolake.asl.testing.Diagram.Arrow;
import io.thermolake.asl.testing.Diagram.Node;
import io.thermolake.asl.testing.Diagram.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Draws a definition in layers, each state below the one that leads to it; what is inside of a state is drawn inside its
 * box. Ways back and ways over layers run below their layer, along the right side and above the layer they lead to, so that
 * they cross no box.
 */
final class SvgDiagram {
    private static final int HEIGHT = 40;
    private static final int LETTER = 8;
    private static final int GAP_X = 40;
    private static final int GAP_Y = 50;
    private static final int PAD = 16;
    private static final int SHOWN = 16;
    /** Room below the last layer, and above the first, for the ways around. */
    private static final int FOOT = 24;

    private static final int CORNER = 12;

    /** A state's place, with what is inside of it, and where its layer ends. */
    private record Box(Node node, double x, double y, double width, double height, double bottom, List<Drawing> inner) {
        boolean leadsStraightTo(Box to) {
            return to.y > y && to.y - bottom < 2 * GAP_Y;
        }
    }

    /** A scope's picture. */
    private record Drawing(String name, List<Box> boxes, double width, double height, Scope scope) {}

    private final Set<String> missed;
    private final StringBuilder svg = new StringBuilder();

    /** @param missed locations of states to mark */
    SvgDiagram(Set<String> missed) {
        this.missed = missed;
    }

    String draw(Scope scope) {
        Drawing drawing = layout("", scope);
        double width = drawing.width + 2 * PAD;
        double height = drawing.height + PAD + FOOT;
        svg.append("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$.0f %2$.0f" width="%1$.0f" height="%2$.0f" font-family="sans-serif" font-size="13">
                <style>rect{fill:#fff;stroke:#345;stroke-width:1.5}.Choice{fill:#fff3d6}.Task{fill:#e3f0ff}.Fail{fill:#ffe3e0}.Succeed{fill:#e2f5e4}.Wait{fill:#f2ecfb}.missed{stroke:#c00;stroke-dasharray:5 3}.scope{fill:none;stroke:#99a;stroke-dasharray:3 3}path{fill:none;stroke:#345;stroke-width:1.3;marker-end:url(#a)}.caught{stroke:#b50;stroke-dasharray:5 3}.why{font-size:10px;fill:#567}.type{font-size:10px;fill:#789}</style>
                <defs><marker id="a" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" style="fill:#345;stroke:none;marker-end:none"/></marker></defs>
                """.formatted(width, height));
        paint(drawing, PAD, FOOT);
        return svg.append("</svg>\n").toString();
    }

    private Drawing layout(String name, Scope scope) {
        Map<String, Integer> ranks = ranks(scope);
        Map<Integer, List<Box>> rows = new LinkedHashMap<>();
        for (Node node : scope.nodes()) {
            List<Drawing> inner = new ArrayList<>();
            node.inner().forEach((label, each) -> inner.add(layout(label, each)));
            double innerWidth =
                    inner.stream().mapToDouble(d -> d.width + 2 * PAD).sum();
            double innerHeight =
                    inner.stream().mapToDouble(d -> d.height + 3 * PAD).max().orElse(0);
            double width = Math.max(Math.max(90, node.name().length() * LETTER + 24), innerWidth + PAD);
            rows.computeIfAbsent(ranks.getOrDefault(node.name(), 0), r -> new ArrayList<>())
                    .add(new Box(node, 0, 0, width, HEIGHT + innerHeight, 0, inner));
        }
        double widest =
                rows.values().stream().mapToDouble(SvgDiagram::width).max().orElse(0);
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

    private void paint(Drawing drawing, double x, double y) {
        Map<String, Box> boxes = new HashMap<>();
        drawing.boxes.forEach(box -> boxes.put(box.node.name(), box));
        int lane = 0;
        for (Box box : drawing.boxes) {
            Map<Arrow, Box> aside = new LinkedHashMap<>();
            for (Arrow arrow : box.node.arrows()) {
                Box to = boxes.get(arrow.to());
                if (to != null && box.leadsStraightTo(to)) {
                    straight(box, to, arrow, x, y);
                } else if (to != null) {
                    aside.put(arrow, to);
                }
            }
            for (Map.Entry<Arrow, Box> way : aside.entrySet()) {
                double side = x + drawing.width - 2 * GAP_X + 12 * (lane % 6);
                around(box, way.getValue(), way.getKey(), new Around(x, y, side, lane++ % 4, aside.size() > 1));
            }
        }
        for (Box box : drawing.boxes) {
            box(box, x, y, drawing.scope.startAt().equals(box.node.name()));
        }
    }

    private void straight(Box from, Box to, Arrow arrow, double x, double y) {
        // A catcher's way stands beside Next, which may lead to the same state.
        double beside = arrow.caught() ? CORNER : 0;
        double x1 = x + from.x + from.width / 2 + beside;
        double y1 = y + from.y + from.height;
        double x2 = x + to.x + to.width / 2 + beside;
        double y2 = y + to.y;
        double below = y + from.bottom;
        svg.append("<path%s d=\"M%.1f %.1fL%.1f %.1fC%.1f %.1f %.1f %.1f %.1f %.1f\"/>%n"
                .formatted(css(arrow), x1, y1, x1, below, x1, below + GAP_Y / 2.0, x2, y2 - GAP_Y / 2.0, x2, y2));
        why(arrow, (x1 + 2 * x2) / 3, y2 - 12, "middle");
    }

    /**
     * How a way goes around.
     *
     * @param side where it goes up or down
     * @param shift so that ways beside each other are told apart
     * @param many whether its state has more such ways: their labels then stand at their ends
     */
    private record Around(double x, double y, double side, int shift, boolean many) {}

    private void around(Box from, Box to, Arrow arrow, Around way) {
        double x1 = way.x + from.x + from.width - CORNER;
        double y1 = way.y + from.y + from.height;
        double below = way.y + from.bottom + 8 + 4 * way.shift;
        double above = way.y + to.y - 7 - 2 * way.shift;
        double x2 = way.x + to.x + to.width - CORNER;
        svg.append("<path%s d=\"M%.1f %.1fL%.1f %.1fL%.1f %.1fL%.1f %.1fL%.1f %.1fL%.1f %.1f\"/>%n"
                .formatted(
                        css(arrow), x1, y1, x1, below, way.side, below, way.side, above, x2, above, x2, way.y + to.y));
        if (way.many) {
            why(arrow, x2 + CORNER + 4, above - 3, "start");
        } else {
            why(arrow, x1 + 4, below - 3, "start");
        }
    }

    private static String css(Arrow arrow) {
        return arrow.caught() ? " class=\"caught\"" : "";
    }

    private void why(Arrow arrow, double x, double y, String anchor) {
        if (!arrow.why().isEmpty()) {
            // The whole condition is the label's tooltip: in full it would cover its neighbours.
            String text = arrow.why().length() > SHOWN ? arrow.why().substring(0, SHOWN - 1) + "…" : arrow.why();
            svg.append("<text class=\"why\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\"><title>%s</title>%s</text>%n"
                    .formatted(x, y, anchor, escaped(arrow.why()), escaped(text)));
        }
    }

    private void box(Box box, double x, double y, boolean first) {
        double left = x + box.x;
        double top = y + box.y;
        svg.append("<rect class=\"%s%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"%d\"%s/>%n"
                .formatted(
                        escaped(box.node.type()),
                        missed.contains(box.node.at()) ? " missed" : "",
                        left,
                        top,
                        box.width,
                        box.height,
                        box.node.ends() ? 18 : 6,
                        first ? " style=\"stroke-width:3\"" : ""));
        svg.append("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%s</text>%n"
                .formatted(left + box.width / 2, top + 18, escaped(box.node.name())));
        svg.append("<text class=\"type\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%s</text>%n"
                .formatted(left + box.width / 2, top + 32, escaped(box.node.type())));
        double innerX = left + PAD;
        for (Drawing inner : box.inner) {
            svg.append("<rect class=\"scope\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>%n"
                    .formatted(innerX, top + HEIGHT, inner.width + PAD, inner.height + 2 * PAD));
            svg.append("<text class=\"type\" x=\"%.1f\" y=\"%.1f\">%s</text>%n"
                    .formatted(innerX + 6, top + HEIGHT + 12, escaped(inner.name)));
            paint(inner, innerX + PAD / 2.0, top + HEIGHT + 1.2 * PAD);
            innerX += inner.width + 2 * PAD;
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
