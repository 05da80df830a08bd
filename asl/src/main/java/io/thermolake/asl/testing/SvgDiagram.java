package io.thermolake.asl.testing;

import io.thermolake.asl.testing.Diagram.Arrow;
import io.thermolake.asl.testing.Diagram.Scope;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Draws a definition in layers, each state below the one that leads to it; what is inside of a state is drawn inside its
 * box. Ways back and ways over layers run below their layer, along the right side and above the layer they lead to, so that
 * they cross no box.
 */
final class SvgDiagram {
    private static final int SHOWN = 16;
    private static final int CORNER = 12;

    private final Set<String> missed;
    private final StringBuilder svg = new StringBuilder();

    /** @param missed locations of states to mark */
    SvgDiagram(Set<String> missed) {
        this.missed = missed;
    }

    String draw(Scope scope) {
        SvgLayout.Drawing drawing = SvgLayout.of("", scope);
        double width = drawing.width() + 2 * SvgLayout.PAD;
        double height = drawing.height() + SvgLayout.PAD + SvgLayout.FOOT;
        svg.append("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$.0f %2$.0f" width="%1$.0f" height="%2$.0f" font-family="sans-serif" font-size="13">
                <style>rect{fill:#fff;stroke:#345;stroke-width:1.5}.Choice{fill:#fff3d6}.Task{fill:#e3f0ff}.Fail{fill:#ffe3e0}.Succeed{fill:#e2f5e4}.Wait{fill:#f2ecfb}.missed{stroke:#c00;stroke-dasharray:5 3}.scope{fill:none;stroke:#99a;stroke-dasharray:3 3}path{fill:none;stroke:#345;stroke-width:1.3;marker-end:url(#a)}.caught{stroke:#b50;stroke-dasharray:5 3}.why{font-size:10px;fill:#567}.type{font-size:10px;fill:#789}</style>
                <defs><marker id="a" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" style="fill:#345;stroke:none;marker-end:none"/></marker></defs>
                """.formatted(width, height));
        paint(drawing, SvgLayout.PAD, SvgLayout.FOOT);
        return svg.append("</svg>\n").toString();
    }

    private void paint(SvgLayout.Drawing drawing, double x, double y) {
        Map<String, SvgLayout.Box> boxes = new HashMap<>();
        drawing.boxes().forEach(box -> boxes.put(box.node().name(), box));
        int lane = 0;
        for (SvgLayout.Box box : drawing.boxes()) {
            Map<Arrow, SvgLayout.Box> aside = new LinkedHashMap<>();
            for (Arrow arrow : box.node().arrows()) {
                SvgLayout.Box to = boxes.get(arrow.to());
                if (to != null && box.leadsStraightTo(to)) {
                    straight(box, to, arrow, x, y);
                } else if (to != null) {
                    aside.put(arrow, to);
                }
            }
            for (Map.Entry<Arrow, SvgLayout.Box> way : aside.entrySet()) {
                double side = x + drawing.width() - 2 * SvgLayout.GAP_X + 12 * (lane % 6);
                around(box, way.getValue(), way.getKey(), new Around(x, y, side, lane++ % 4, aside.size() > 1));
            }
        }
        for (SvgLayout.Box box : drawing.boxes()) {
            box(box, x, y, drawing.scope().startAt().equals(box.node().name()));
        }
    }

    private void straight(SvgLayout.Box from, SvgLayout.Box to, Arrow arrow, double x, double y) {
        // A catcher's way stands beside Next, which may lead to the same state.
        double beside = arrow.caught() ? CORNER : 0;
        double x1 = x + from.x() + from.width() / 2 + beside;
        double y1 = y + from.y() + from.height();
        double x2 = x + to.x() + to.width() / 2 + beside;
        double y2 = y + to.y();
        double below = y + from.bottom();
        svg.append("<path%s d=\"M%.1f %.1fL%.1f %.1fC%.1f %.1f %.1f %.1f %.1f %.1f\"/>%n"
                .formatted(
                        css(arrow),
                        x1,
                        y1,
                        x1,
                        below,
                        x1,
                        below + SvgLayout.GAP_Y / 2.0,
                        x2,
                        y2 - SvgLayout.GAP_Y / 2.0,
                        x2,
                        y2));
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

    private void around(SvgLayout.Box from, SvgLayout.Box to, Arrow arrow, Around way) {
        double x1 = way.x + from.x() + from.width() - CORNER;
        double y1 = way.y + from.y() + from.height();
        double below = way.y + from.bottom() + 8 + 4 * way.shift;
        double above = way.y + to.y() - 7 - 2 * way.shift;
        double x2 = way.x + to.x() + to.width() - CORNER;
        svg.append("<path%s d=\"M%.1f %.1fL%.1f %.1fL%.1f %.1fL%.1f %.1fL%.1f %.1fL%.1f %.1f\"/>%n"
                .formatted(
                        css(arrow),
                        x1,
                        y1,
                        x1,
                        below,
                        way.side,
                        below,
                        way.side,
                        above,
                        x2,
                        above,
                        x2,
                        way.y + to.y()));
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

    private void box(SvgLayout.Box box, double x, double y, boolean first) {
        double left = x + box.x();
        double top = y + box.y();
        svg.append("<rect class=\"%s%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"%d\"%s/>%n"
                .formatted(
                        escaped(box.node().type()),
                        missed.contains(box.node().at()) ? " missed" : "",
                        left,
                        top,
                        box.width(),
                        box.height(),
                        box.node().ends() ? 18 : 6,
                        first ? " style=\"stroke-width:3\"" : ""));
        svg.append("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%s</text>%n"
                .formatted(left + box.width() / 2, top + 18, escaped(box.node().name())));
        svg.append("<text class=\"type\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%s</text>%n"
                .formatted(left + box.width() / 2, top + 32, escaped(box.node().type())));
        double innerX = left + SvgLayout.PAD;
        for (SvgLayout.Drawing inner : box.inner()) {
            svg.append("<rect class=\"scope\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>%n"
                    .formatted(
                            innerX,
                            top + SvgLayout.HEIGHT,
                            inner.width() + SvgLayout.PAD,
                            inner.height() + 2 * SvgLayout.PAD));
            svg.append("<text class=\"type\" x=\"%.1f\" y=\"%.1f\">%s</text>%n"
                    .formatted(innerX + 6, top + SvgLayout.HEIGHT + 12, escaped(inner.name())));
            paint(inner, innerX + SvgLayout.PAD / 2.0, top + SvgLayout.HEIGHT + 1.2 * SvgLayout.PAD);
            innerX += inner.width() + 2 * SvgLayout.PAD;
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
