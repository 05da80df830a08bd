package io.thermolake.asl;

import io.thermolake.asl.Condition.Compare.Kind;
import io.thermolake.asl.Condition.Compare.Relation;
import io.thermolake.asl.path.JsonPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Compiles a Choice's rules. */
final class ChoiceParser {
    private record Comparison(Kind kind, Relation relation) {}

    private static final Set<String> OF_A_RULE = Set.of("Next", "Assign", "Output", "Comment");
    /** StringEquals, NumericLessThanPath, …: all but those that make no sense, an order of booleans. */
    private static final Map<String, Comparison> COMPARISONS = comparisons();

    private static Map<String, Comparison> comparisons() {
        Map<String, Comparison> all = new TreeMap<>();
        for (Kind kind : Kind.values()) {
            for (Relation relation : Relation.values()) {
                if (kind != Kind.BOOLEAN || relation == Relation.EQUALS) {
                    all.put(camel(kind.name()) + camel(relation.name()), new Comparison(kind, relation));
                }
            }
        }
        return all;
    }

    private static String camel(String name) {
        StringBuilder camel = new StringBuilder();
        for (String word : name.split("_")) {
            camel.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return camel.toString();
    }

    State choice(State.Common common, Fields fields) {
        fields.required("Choices");
        List<State.Rule> rules = new ArrayList<>();
        for (Fields rule : fields.objects("Choices")) {
            rule.required("Next");
            Condition condition = rule.jsonata() ? expression(rule) : condition(rule, OF_A_RULE);
            if (condition != null) {
                rules.add(new State.Rule(
                        condition,
                        Objects.requireNonNullElse(rule.text("Next"), ""),
                        rule.assign(),
                        rule.jsonata() ? rule.template("Output") : null));
            }
        }
        if (fields.has("Choices") && Json.list(fields.get("Choices")).isEmpty()) {
            fields.problems().schema("The field 'Choices' should be non-empty", fields.at() + "/Choices");
        }
        return new State.Choice(common, rules, fields.text("Default"));
    }

    private static @Nullable Condition expression(Fields rule) {
        rule.required("Condition");
        rule.known(Set.of("Condition", "Next", "Assign", "Output", "Comment"));
        Object given = rule.get("Condition");
        if (rule.has("Condition")
                && !(given instanceof Boolean)
                && !(given instanceof String text && Template.isExpression(text))) {
            rule.problems()
                    .schema("Expected value of type [BOOLEAN] or a JSONata expression", rule.at() + "/Condition");
        }
        Value condition = rule.has("Condition") ? rule.template("Condition") : null;
        return condition instanceof Template template ? new Condition.Expression(template) : null;
    }

    private @Nullable Condition condition(Fields rule, Set<String> besides) {
        Map<String, @Nullable Object> operators = rule.without(besides);
        if (operators.containsKey("Condition")) {
            rule.problems()
                    .schema(
                            "The QueryLanguage is set to 'JSONPath', but field 'Condition' is only supported for the 'JSONata' QueryLanguage",
                            rule.at());
            return null;
        }
        for (String connective : List.of("And", "Or")) {
            if (operators.containsKey(connective)) {
                if (rule.get(connective) instanceof List<?> none && none.isEmpty()) {
                    rule.problems()
                            .schema("The field '" + connective + "' should be non-empty", rule.at() + "/" + connective);
                }
                List<Condition> parts = rule.objects(connective).stream()
                        .map(part -> condition(part, Set.of("Comment")))
                        .filter(Objects::nonNull)
                        .toList();
                return only(rule, operators, 1)
                        ? connective.equals("And") ? new Condition.All(parts) : new Condition.Any(parts)
                        : null;
            }
        }
        if (operators.containsKey("Not")) {
            Condition part = condition(rule.object("Not"), Set.of("Comment"));
            return only(rule, operators, 1) && part != null ? new Condition.Not(part) : null;
        }
        PathField variable = rule.path("Variable", PathField.Wording.CHOICE, false);
        rule.required("Variable");
        if (!only(rule, operators, 2) || variable == null) {
            return null;
        }
        String operator = operators.keySet().stream()
                .filter(name -> !name.equals("Variable"))
                .findFirst()
                .orElse("");
        return comparison(rule, variable, operator);
    }

    private static boolean only(Fields rule, Map<String, ?> operators, int count) {
        if (operators.size() == count) {
            return true;
        }
        rule.problems()
                .schema(
                        "A Choice rule must have exactly one comparison operator but has " + operators.keySet(),
                        rule.at());
        return false;
    }

    private static @Nullable Condition comparison(Fields rule, PathField variable, String operator) {
        if (operator.equals("IsPresent") && rule.get(operator) instanceof Boolean wanted) {
            return new Condition.Presence((JsonPath) variable.path(), wanted);
        }
        String type = Condition.TYPES.get(operator);
        if (type != null && rule.get(operator) instanceof Boolean wanted) {
            return new Condition.OfType(variable, type, wanted);
        }
        if (operator.equals("StringMatches") && rule.get(operator) instanceof String pattern) {
            return new Condition.Matches(variable, pattern);
        }
        boolean byPath = operator.endsWith("Path");
        Comparison comparison = COMPARISONS.get(byPath ? operator.substring(0, operator.length() - 4) : operator);
        if (comparison == null) {
            boolean known = operator.equals("IsPresent") || operator.equals("StringMatches") || type != null;
            rule.problems()
                    .schema(
                            known
                                    ? "The value of '" + operator + "' has the wrong type"
                                    : "Field '" + operator + "' is not supported",
                            rule.at());
            return null;
        }
        Value with = byPath
                ? rule.path(operator, PathField.Wording.CHOICE, false)
                : literal(rule, operator, comparison.kind);
        return with == null ? null : new Condition.Compare(variable, comparison.kind, comparison.relation, with);
    }

    private static @Nullable Value literal(Fields rule, String operator, Kind kind) {
        Object given = rule.get(operator);
        boolean fits = switch (kind) {
            case STRING -> given instanceof String;
            case NUMERIC -> given instanceof Number;
            case BOOLEAN -> given instanceof Boolean;
            case TIMESTAMP -> given instanceof String;
        };
        if (!fits) {
            rule.problems()
                    .schema(
                            "Expected value of type ["
                                    + (kind == Kind.BOOLEAN ? "BOOLEAN" : kind == Kind.NUMERIC ? "NUMBER" : "STRING")
                                    + "]",
                            rule.at() + "/" + operator);
            return null;
        }
        if (kind == Kind.TIMESTAMP && Condition.timestamp((String) Objects.requireNonNull(given)) == null) {
            rule.problems().schema("String does not match RFC3339 timestamp", rule.at() + "/" + operator);
        }
        return Value.literal(given);
    }
}
