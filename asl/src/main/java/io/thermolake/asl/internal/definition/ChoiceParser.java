package io.thermolake.asl.internal.definition;

import io.thermolake.asl.internal.path.JsonPath;
import io.thermolake.asl.internal.state.Condition;
import io.thermolake.asl.internal.state.Condition.Compare.Kind;
import io.thermolake.asl.internal.state.Condition.Compare.Relation;
import io.thermolake.asl.internal.state.State;
import io.thermolake.asl.internal.value.PathField;
import io.thermolake.asl.internal.value.Template;
import io.thermolake.asl.internal.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
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

    private static final Set<String> OF_A_RULE = Set.of("Next", "Assign", "Comment");
    private static final Set<String> OF_EXPRESSIONS = Set.of("Condition", "Output");
    private static final List<String> KINDS = List.of("And", "Or", "Not", "Variable");
    /** In the place of a condition that has a fault, so that the rule's target counts nevertheless. */
    private static final Condition NONE = new Condition.Any(List.of());

    /** StringEquals, NumericLessThanPath, …: all but those that make no sense, an order of booleans. */
    private static final Map<String, Comparison> COMPARISONS = comparisons();
    /** What only a rule with paths may have. */
    private static final Set<String> OF_PATHS = ofPaths();

    private static Set<String> ofPaths() {
        Set<String> all = new HashSet<>(KINDS);
        all.addAll(Condition.TYPES.keySet());
        all.addAll(Set.of("IsPresent", "StringMatches"));
        COMPARISONS.keySet().forEach(name -> all.addAll(Set.of(name, name + "Path")));
        return all;
    }

    private static Set<String> union(Set<String> some, Set<String> more) {
        Set<String> all = new HashSet<>(some);
        all.addAll(more);
        return all;
    }

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
        fields.notEmpty("Choices");
        List<State.Rule> rules = new ArrayList<>();
        for (Fields rule : fields.objects("Choices")) {
            rule.required("Next");
            Condition condition = rule.jsonata() ? expression(rule) : condition(rule, OF_A_RULE);
            rules.add(new State.Rule(
                    condition == null ? NONE : condition,
                    Objects.requireNonNullElse(rule.text("Next"), ""),
                    Assignments.of(rule),
                    rule.jsonata() ? rule.template("Output") : null));
        }
        return new State.Choice(common, rules, fields.text("Default"));
    }

    private static @Nullable Condition expression(Fields rule) {
        rule.required("Condition");
        rule.known(Set.of("Condition", "Next", "Assign", "Output"), OF_PATHS);
        if (rule.has("Condition") && !(rule.get("Condition") instanceof Boolean) && !rule.isExpression("Condition")) {
            rule.problem("Expected value of type Boolean or a JSONata expression", "Condition");
        }
        Value condition = rule.has("Condition") ? rule.template("Condition") : null;
        return condition instanceof Template template ? new Condition.JsonataCondition(template) : null;
    }

    private @Nullable Condition condition(Fields rule, Set<String> besides) {
        rule.known(union(besides, OF_PATHS), OF_EXPRESSIONS);
        Map<String, @Nullable Object> operators = rule.without(besides);
        operators.keySet().retainAll(OF_PATHS);
        long kinds = KINDS.stream().filter(operators::containsKey).count();
        if (kinds != 1) {
            rule.problem("The object must have only one of the following fields, " + KINDS);
            return null;
        }
        if (operators.size() > 1 && !operators.containsKey("Variable")) {
            rule.problem("A rule of And, Or or Not has no comparison of its own, but this has " + operators.keySet());
            return null;
        }
        for (String connective : List.of("And", "Or")) {
            if (operators.containsKey(connective)) {
                rule.notEmpty(connective);
                List<Condition> parts = rule.objects(connective).stream()
                        .map(part -> condition(part, Set.of("Comment")))
                        .filter(Objects::nonNull)
                        .toList();
                return connective.equals("And") ? new Condition.All(parts) : new Condition.Any(parts);
            }
        }
        if (operators.containsKey("Not")) {
            Condition part = condition(rule.object("Not"), Set.of("Comment"));
            return part == null ? null : new Condition.Not(part);
        }
        PathField variable = rule.path("Variable", PathField.Wording.CHOICE, false);
        operators.remove("Variable");
        if (operators.size() != 1) {
            rule.problem("A rule with a Variable has exactly one comparison, but this has " + operators.keySet());
            return null;
        }
        String operator = operators.keySet().iterator().next();
        return variable == null ? null : comparison(rule, variable, operator);
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
            rule.problem(
                    "Expected value of type " + (operator.equals("StringMatches") ? "String" : "Boolean"), operator);
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
            rule.problem(
                    "Expected value of type "
                            + (kind == Kind.BOOLEAN ? "Boolean" : kind == Kind.NUMERIC ? "Number" : "String"),
                    operator);
            return null;
        }
        if (kind == Kind.TIMESTAMP && Condition.timestamp((String) Objects.requireNonNull(given)) == null) {
            rule.problem("String does not match RFC3339 timestamp", operator);
        }
        return Value.literal(given);
    }
}
