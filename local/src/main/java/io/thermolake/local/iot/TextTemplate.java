package io.thermolake.local.iot;

import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.List;

/** A text with substitution templates: {@code ${expression}} anywhere in it. */
final class TextTemplate {
    private final String text;
    private final List<IotExpression> parts = new ArrayList<>();

    /** @throws RuleException naming what it does not know */
    TextTemplate(String text) {
        this.text = text;
        int from = 0;
        for (int at = text.indexOf("${"); at >= 0; at = text.indexOf("${", from)) {
            int end = text.indexOf('}', at);
            if (end < 0) {
                throw new RuleException("A substitution template has no end in: " + text);
            }
            plain(text.substring(from, at));
            SqlTokens tokens = new SqlTokens(text.substring(at + 2, end));
            parts.add(new ExpressionParser(tokens).parse());
            if (!tokens.peek().isEmpty()) {
                throw tokens.unexpected("the end");
            }
            from = end + 1;
        }
        plain(text.substring(from));
    }

    private void plain(String part) {
        com.google.gson.JsonPrimitive literal = new com.google.gson.JsonPrimitive(part);
        parts.add(message -> literal);
    }

    /** @throws PayloadException when an expression is Undefined for the message */
    String of(Message message) {
        StringBuilder out = new StringBuilder();
        for (IotExpression part : parts) {
            JsonElement value = part.of(message);
            if (value == null) {
                throw new PayloadException("A part of " + text + " is undefined for this message");
            }
            out.append(value.isJsonPrimitive() ? value.getAsString() : value.toString());
        }
        return out.toString();
    }
}
