package io.thermolake.local.iot;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The part of IoT SQL (2016-03-23) that this cloud runs: {@code SELECT * | expression [AS name], … FROM 'filter' [WHERE
 * condition]}. What it does not know is refused when the rule is read.
 */
public final class RuleSql {
    /** @param name null for {@code *} */
    private record Item(@Nullable String name, @Nullable IotExpression value) {}

    private final List<Item> items;
    private final TopicFilter filter;
    private final @Nullable IotExpression where;

    private RuleSql(List<Item> items, TopicFilter filter, @Nullable IotExpression where) {
        this.items = items;
        this.filter = filter;
        this.where = where;
    }

    /** @throws RuleException naming what it does not know */
    public static RuleSql parse(String sql) {
        SqlTokens tokens = new SqlTokens(sql);
        tokens.expect("SELECT");
        List<Item> items = new ArrayList<>();
        do {
            items.add(item(tokens));
        } while (tokens.accept(","));
        tokens.expect("FROM");
        TopicFilter filter = new TopicFilter(tokens.text());
        IotExpression where = tokens.accept("WHERE") ? new ExpressionParser(tokens).parse() : null;
        if (!tokens.peek().isEmpty()) {
            throw tokens.unexpected("the end");
        }
        return new RuleSql(items, filter, where);
    }

    private static Item item(SqlTokens tokens) {
        if (tokens.accept("*")) {
            return new Item(null, null);
        }
        String field = tokens.fieldAlone();
        IotExpression value = new ExpressionParser(tokens).parse();
        if (field != null && !tokens.isWord("AS")) {
            return new Item(field, value);
        }
        if (!tokens.accept("AS")) {
            throw tokens.unexpected("AS and a name");
        }
        return new Item(tokens.name(), value);
    }

    boolean matches(String topic) {
        return filter.matches(topic);
    }

    /**
     * @return what the rule's actions get; empty when WHERE does not hold
     * @throws PayloadException when the rule needs a JSON object and the payload is none
     */
    Optional<JsonObject> apply(Message message) {
        if (where != null && !ExpressionParser.isTrue(where.of(message))) {
            return Optional.empty();
        }
        JsonObject out = new JsonObject();
        for (Item item : items) {
            if (item.name() == null || item.value() == null) {
                message.json().entrySet().forEach(e -> out.add(e.getKey(), e.getValue()));
            } else {
                JsonElement value = item.value().of(message);
                if (value != null) {
                    out.add(item.name(), value);
                }
            }
        }
        return Optional.of(out);
    }
}
