package io.thermolake.asl.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.asl.ExecutionResult;
import io.thermolake.asl.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A value is worth the same to every operator, wherever it comes from. */
class JsonataNumbersTest {
    private static final String TASK = "arn:aws:lambda:us-east-1:1:function:f";
    private static final List<String> NUMBERS = List.of(
            "0", "1", "1.0", "-2", "1.5", "2147483647", "2147483648", "9007199254740993", "1e20", "1e21", "1e-7");
    private static final List<String> OTHERS = List.of(
            "[1,2]",
            "[1,2.0]",
            "[2,1]",
            "{\"a\":1}",
            "{\"a\":1.0}",
            "{\"a\":[1,{\"b\":2}]}",
            "[[1,2],[3]]",
            "[null,1]",
            "null",
            "\"1\"",
            "true",
            "[2147483648]",
            "{\"b\":1,\"a\":2}",
            "{\"a\":2,\"b\":1}");
    /** Where a value comes from; {@code %s} is its JSON, {@code %n} its name. */
    private static final List<String> SOURCES = List.of(
            "%s",
            "$states.input.%n",
            "$v.%n",
            "$r.%n",
            "$states.context.Execution.Input.%n",
            "$parse('%s')",
            "{'z': %s}.z",
            "$merge([{'z': $r.%n}]).z",
            "($w := $states.input; $w.%n)",
            "$lookup($v, '%n')");

    private static final List<String> OF_ALL = List.of(
            "A = B",
            "A != B",
            "[[A]] = [[B]]",
            "{'k': A} = {'k': B}",
            "A in [B, 'x']",
            "$count($distinct([{'k': A}, {'k': B}]))",
            "$string(A) = $string(B)",
            "A & '' & B",
            "$exists([{'k': A}, {'k': 'x'}][k = B])",
            "[{'k': A}]{$string(k): $count(k)}",
            "$type(A) & $type(B)",
            "$append(A, B)");
    private static final List<String> OF_NUMBERS = List.of(
            "A < B",
            "A >= B",
            "A + B",
            "A * B - A",
            "$sort([A, B, 1])",
            "$max([A, B]) = $max([B, A])",
            "$sum([A, B])",
            "$average([A, B])",
            "$distinct([A, B, A])",
            "[{'k': A}, {'k': B}]^(>k).k",
            "[0..3][$ = A or $ = B]",
            "$map([A, B], $string)",
            "$formatNumber($abs(A) < 1e9 ? A : 1, '0.0')",
            "$filter([A, B], function($e, $i) { $e = B and $i >= 0 })");

    private final Random random = new Random(11);

    @Test
    void itDoesNotMatterWhereAValueComesFrom() {
        for (int i = 0; i < 260; i++) {
            boolean numbers = i % 2 == 0;
            List<String> values = new ArrayList<>(NUMBERS);
            if (!numbers) {
                values.addAll(OTHERS);
            }
            String a = pick(values);
            String b = random.nextInt(3) == 0 ? a : pick(values);
            String template = pick(numbers ? OF_NUMBERS : OF_ALL);
            Map<String, Object> expressions = new LinkedHashMap<>();
            expressions.put("literal", expression(template, a, b, SOURCES.get(0), SOURCES.get(0)));
            for (int j = 0; j < 12; j++) {
                expressions.put("e" + j, expression(template, a, b, pick(SOURCES), pick(SOURCES)));
            }
            Map<String, Object> answers = run(a, b, expressions);
            answers.forEach((name, answer) -> assertThat(Json.text(answer))
                    .as("%s against %s", expressions.get(name), expressions.get("literal"))
                    .isEqualTo(Json.text(answers.get("literal"))));
        }
    }

    @ParameterizedTest
    @CsvSource({"'[1,2]', Yes", "'[1.0,2]', Yes", "'[2,1]', No", "'[1,2,3]', No", "'[\"1\",2]', No"})
    void aChoiceTakesTheBranchOfAnEqualArray(String roles, String branch) {
        assertThat(new Machines().run("""
                        "StartAt":"C","States":{"C":{"Type":"Choice","Choices":[{"Condition":"{% $states.input.roles = [1, 2] %}","Next":"Yes"}],"Default":"No"},
                        "Yes":{"Type":"Pass","Output":"Yes","End":true},"No":{"Type":"Pass","Output":"No","End":true}}""", Json.parse("{\"roles\":" + roles + "}")))
                .isEqualTo(new ExecutionResult.Succeeded(branch));
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static String expression(String template, String a, String b, String sourceOfA, String sourceOfB) {
        String ofA = "(" + sourceOfA.replace("%s", a).replace("%n", "a") + ")";
        String ofB = "(" + sourceOfB.replace("%s", b).replace("%n", "b") + ")";
        return "{% ["
                + template.replaceAll("\\bA\\b", "<a>")
                        .replaceAll("\\bB\\b", "<b>")
                        .replace("<a>", ofA)
                        .replace("<b>", ofB)
                + "] %}";
    }

    /** The values are the input, a variable and a task's result at once. */
    private static Map<String, Object> run(String a, String b, Map<String, Object> expressions) {
        String both = "{\"a\":" + a + ",\"b\":" + b + "}";
        String states = """
                "StartAt":"T","States":{"T":{"Type":"Task","Resource":"%s","Assign":{"v":%s,"r":"{%% $states.result %%}"},"Output":"{%% $states.input %%}","Next":"P"},
                "P":{"Type":"Pass","End":true,"Output":%s}}""".formatted(TASK, both, Json.text(expressions));
        ExecutionResult result =
                new Machines().task(TASK, arguments -> Json.parse(both)).run(states, Json.parse(both));
        assertThat(result).as(states).isInstanceOf(ExecutionResult.Succeeded.class);
        return Json.object(((ExecutionResult.Succeeded) result).output());
    }
}
