package io.thermolake.report;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An HTML page with holes. {@code {{name}}} is a value; {@code <!--[name]-->…<!--[/name]-->} is a block, filled on its
 * own any number of times, and leaves a hole of its name behind. Values are escaped unless they are {@link Markup}.
 */
final class PageTemplate {
    private static final Pattern BLOCK =
            Pattern.compile("[ \\t]*<!--\\[(\\w+)\\]-->\\n?(.*?)<!--\\[/\\1\\]-->", Pattern.DOTALL);
    private static final Pattern HOLE = Pattern.compile("\\{\\{(\\w+)}}");

    private final String text;
    private final Map<String, PageTemplate> blocks = new HashMap<>();

    PageTemplate(String text) {
        StringBuilder rest = new StringBuilder();
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            blocks.put(block.group(1), new PageTemplate(block.group(2)));
            block.appendReplacement(rest, Matcher.quoteReplacement("{{" + block.group(1) + "}}"));
        }
        this.text = block.appendTail(rest).toString();
    }

    /** @throws IllegalArgumentException if there is no such block */
    PageTemplate block(String name) {
        PageTemplate block = blocks.get(name);
        if (block == null) {
            throw new IllegalArgumentException("The template has no block " + name + " but " + blocks.keySet());
        }
        return block;
    }

    /** @throws IllegalArgumentException if a hole has no value, or a value no hole: then page and code have parted */
    Markup fill(Map<String, ?> values) {
        StringBuilder page = new StringBuilder();
        Set<String> unused = new HashSet<>(values.keySet());
        Matcher hole = HOLE.matcher(text);
        while (hole.find()) {
            Object value = values.get(hole.group(1));
            if (value == null) {
                throw new IllegalArgumentException("The template's {{%s}} has no value".formatted(hole.group(1)));
            }
            unused.remove(hole.group(1));
            String html = value instanceof Markup markup ? markup.html() : Markup.escape(value.toString());
            hole.appendReplacement(page, Matcher.quoteReplacement(html));
        }
        if (!unused.isEmpty()) {
            throw new IllegalArgumentException("The template has no hole for " + unused);
        }
        return new Markup(hole.appendTail(page).toString());
    }
}
