package io.thermolake.asl.internal.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.thermolake.asl.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JSONata in a field, with the functions that Step Functions adds: AWS, "Transforming data with JSONata". */
class TemplateTest {
    private static final Frame FRAME = Frames.of(
            "{\"a\":1,\"l\":[1,2,3],\"one\":[{\"k\":1}],\"n\":null,\"json\":\"{\\\"p\\\":[1,null]}\",\"e\":[]}");

    private static Object evaluate(Object value) {
        return Template.compile("Output", value, (message, location) -> {
                    throw new AssertionError(message);
                })
                .get(FRAME);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            $states.input.a => 1
            $states.input.n => null
            $states.context.Execution.Name => "run-1"
            $x + 1 => 6
            $none => null
            $list => [1,2,3]
            1.0 => 1
            7 / 2 => 3.5
            1 / 3 > 0.3 => true
            {'a': [1, {'b': null}]} => {"a":[1,{"b":null}]}
            $states.input.l[$ > 1] => [2,3]
            $states.input.one.k => 1
            [$states.input.one.k] => [1]
            $exists($states.input.no) => false
            $partition([1,2,3,4,5], 2) => [[1,2],[3,4],[5]]
            $partition([1,2,3,4], 2) => [[1,2],[3,4]]
            $partition([1,2], 9) => [[1,2]]
            $partition([1,2,3], 1.9) => [[1],[2],[3]]
            $partition([1], 1) => [[1]]
            $range(0, 4, 2) => [0,2,4]
            $range(0, 5, 2) => [0,2,4]
            $range(5, 1, -2) => [5,3,1]
            $range(1, 3, 1) => [1,2,3]
            $range(4, 4, 1) => 4
            $range(4, 4, -1) => 4
            $range(0.9, 2.9, 1.9) => [0,1,2]
            $count($range(1, 360145, 1)) => 360145
            $hash('abc', 'MD5') => "900150983cd24fb0d6963f7d28e17f72"
            $hash('abc', 'SHA-1') => "a9993e364706816aba3e25717850c26c9cd0d89d"
            $parse('{"a":[1,2.5,null]}') => {"a":[1,2.5,null]}
            $parse('null') => null
            $parse('5') => 5
            $parse($states.input.json).p[0] => 1
            $random() < 1 => true
            $random(7) = $random(7) => true
            $random(7) = $random(8) => false
            $random() = $random() => false
            $uuid() = $uuid() => false
            $length($uuid()) => 36
            $substring($uuid(), 14, 1) => "4"
            """)
    void anExpressionGivesItsResult(String expression, String expected) {
        assertThat(Json.text(evaluate("{% " + expression + " %}"))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            $states.input.no => returned nothing (undefined).
            $nope => returned nothing (undefined).
            $partition([], 2) => returned nothing (undefined).
            $partition([1], 0) => returned nothing (undefined).
            $partition([1], 0.9) => returned nothing (undefined).
            $partition([1], -1) => returned nothing (undefined).
            $range(1, 5, 0) => returned nothing (undefined).
            $range(1, 5, 0.5) => returned nothing (undefined).
            $range(1, 5, -1) => returned nothing (undefined).
            $range(5, 1, 1) => returned nothing (undefined).
            $range(1, 360146, 1) => threw an error during evaluation. Expression evaluation memory limit exceeded
            $hash('abc', 'SHA-3') => threw an error during evaluation. The hash must be one of [MD5, SHA-1, SHA-256, SHA-384, SHA-512] but is SHA-3
            $parse('{') => threw an error during evaluation. not JSON
            $eval('1') => threw an error during evaluation. T1006: Attempted to invoke a non-function
            $eval() => threw an error during evaluation.
            $randomSeeded(1) => threw an error during evaluation. T1006: Attempted to invoke a non-function
            1 + 'a' => threw an error during evaluation. T2002
            $error('mine') => threw an error during evaluation. D3137: mine
            ($f := function($n){ 1 + $f($n + 1) }; $f(0)) => threw an error during evaluation. Stack overflow error
            function($x){$x} => returned an unsupported result type.
            [$uppercase] => returned an unsupported result type.
            """)
    void anExpressionThatFailsNamesItselfAndItsField(String expression, String message) {
        assertThatExceptionOfType(StatesError.class)
                .isThrownBy(() -> evaluate("{% " + expression + " %}"))
                .satisfies(e -> {
                    assertThat(e.error).isEqualTo("States.QueryEvaluationError");
                    assertThat(e.cause)
                            .startsWith("The JSONata expression '" + expression + "' specified for the field 'Output' "
                                    + message);
                    assertThat(e.location).isEqualTo("Output");
                    assertThat(e.origin).isEqualTo(StatesError.Origin.EVALUATION);
                });
    }

    @Test
    void everythingButAnExpressionStandsForItself() {
        Object value = Json.parse("""
                {"a":"{% 1 + 1 %}","b":[1,"{% $x %}",{"c":"{%$states.input.a%}"}],"d":" {% 1 %}","e":"{% 1 %} ","f":null,
                 "g":true,"h":"{%}","i":1.0,"{% 1 %}":2}""");
        assertThat(Json.text(evaluate(value)))
                .isEqualTo("{\"a\":2,\"b\":[1,5,{\"c\":1}],\"d\":\" {% 1 %}\",\"e\":\"{% 1 %} \",\"f\":null,\"g\":true,"
                        + "\"h\":\"{%}\",\"i\":1,\"{% 1 %}\":2}");
        assertThat(evaluate("text")).isEqualTo("text");
        assertThat(evaluate(null)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "{% 1 %}, true",
        "{%1%}, true",
        "{%%}, true",
        "{%}, false",
        "{% 1, false",
        "1 %}, false",
        "' {% 1 %}', false"
    })
    void anExpressionStartsAndEndsWithItsMarks(String text, boolean expression) {
        assertThat(Template.isExpression(text)).isEqualTo(expression);
    }

    @Test
    void anExpressionKnowsItsPlaceInTheField() {
        assertThatExceptionOfType(StatesError.class)
                .isThrownBy(() -> evaluate(Map.of("a", List.of(1L, Map.of("b", "{% $no %}")))))
                .satisfies(e -> assertThat(e.location).isEqualTo("Output/a[1]/b"));
        List<String> problems = new ArrayList<>();
        Template broken = Template.compile(
                "Output",
                Map.of("a", List.of("{% 1 + %}")),
                (message, location) -> problems.add(location + ": " + message));
        assertThat(problems).hasSize(1).first().asString().startsWith("Output/a[0]: ");
        assertThat(broken.get(FRAME)).isEqualTo(Json.parse("{\"a\":[null]}"));
        assertThat(broken.location()).isEqualTo("Output");
    }

    @Test
    void whatTheStateAddsIsInStates() {
        Template template =
                Template.compile("Output", "{% [$states.result, $states.errorOutput.Error] %}", (m, l) -> {});
        assertThat(template.get(FRAME.with("result", 3L).with("errorOutput", Map.of("Error", "E"))))
                .isEqualTo(List.of(3L, "E"));
        Template nothing = Template.compile("Output", "{% $states.result %}", (m, l) -> {});
        assertThat(nothing.get(FRAME.with("result", null))).isNull();
    }

    @Test
    void numbersThatJsonHasNoWordForAreJavaScriptsStrings() {
        Template template = Template.compile("Output", "{% [$number1, $number2, $number3] %}", (m, l) -> {});
        Map<String, Object> variables =
                Map.of("number1", Double.NaN, "number2", Double.POSITIVE_INFINITY, "number3", Double.NEGATIVE_INFINITY);
        Frame frame = new Frame(
                null,
                new io.thermolake.asl.internal.path.Roots(null, Map::of, variables, new java.util.Random(1)),
                Map.of(),
                Frame.Notes.NONE);
        assertThat(template.get(frame)).isEqualTo(List.of("NaN", "Infinity", "-Infinity"));
    }

    @Test
    void aFieldMayWantOneType() {
        Template text = Template.compile("Condition", "{% 'x' %}", (m, l) -> {});
        assertThat(text.get(FRAME, "string")).isEqualTo("x");
        assertThatExceptionOfType(StatesError.class)
                .isThrownBy(() -> text.get(FRAME, "boolean"))
                .withMessage(
                        "States.QueryEvaluationError: The JSONata expression ''x'' specified for the field 'Condition' "
                                + "returned an unexpected result type. Expected 'boolean', but was 'string' for value: \"x\"");
        assertThatExceptionOfType(StatesError.class)
                .isThrownBy(() ->
                        Template.compile("Items", Map.of("a", 1L), (m, l) -> {}).get(FRAME, "array"))
                .withMessage("States.QueryEvaluationError: The field 'Items' returned an unexpected result type. "
                        + "Expected 'array', but was 'object' for value: {\"a\":1}");
    }

    @Test
    void theExpressionsOfOneTemplateDoNotSeeEachOthersVariables() {
        Template template =
                Template.compile("Output", List.of("{% ($y := 1; $y) %}", "{% $exists($y) %}"), (m, l) -> {});
        assertThat(template.get(FRAME)).isEqualTo(List.of(1L, false));
        assertThat(template.get(FRAME)).isEqualTo(List.of(1L, false));
    }
}
