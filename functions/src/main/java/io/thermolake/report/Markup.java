package io.thermolake.report;

import java.util.List;

/** Text that is HTML already. Everything else that comes to a page is escaped. */
record Markup(String html) {
    static final Markup NONE = new Markup("");

    static Markup join(List<Markup> parts) {
        StringBuilder html = new StringBuilder();
        parts.forEach(p -> html.append(p.html()));
        return new Markup(html.toString());
    }

    /** The text as HTML shows it, in an element as well as in a quoted attribute. */
    static String escape(String text) {
        StringBuilder html = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                // Other control characters are not allowed in HTML at all.
                default -> html.append(Character.isISOControl(c) && c != '\n' && c != '\t' ? '\uFFFD' : c);
            }
        }
        return html.toString();
    }
}
