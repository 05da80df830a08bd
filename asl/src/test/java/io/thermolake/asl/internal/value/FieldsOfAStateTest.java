package io.thermolake.asl.internal.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.thermolake.asl.Json;
import io.thermolake.asl.internal.path.JsonPath;
import io.thermolake.asl.internal.path.PathExpression;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Payload templates, single paths and numbers: what a field gives, and AWS's words when it cannot. */
class FieldsOfAStateTest {
    private static final Frame FRAME = Frames.of(
            "{\"a\":1,\"l\":[1,2],\"n\":null,\"five\":5,\"whole\":5.0,\"half\":2.5,\"text\":\"17\",\"bad\":\"x\",\"o\":{}}");

    private static Payload payload(String template) {
        return Payload.compile(Json.parse(template), "/States/S/Parameters", (message, location) -> {
            throw new AssertionError(message + location);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            {"b.$":"$.a","c":"$.a"} => {"b":1,"c":"$.a"}
            {"b":{"c.$":"$.l[1]"},"d":[{"e.$":"$x"},"f"]} => {"b":{"c":2},"d":[{"e":5},"f"]}
            {"all.$":"$","ctx.$":"$$.Execution.Name"} => {"all":{"a":1,"l":[1,2],"n":null,"five":5,"whole":5.0,"half":2.5,"text":"17","bad":"x","o":{}},"ctx":"run-1"}
            {"n.$":"$.n","none.$":"$none"} => {"n":null,"none":null}
            {"f.$":"States.Format('{}!', $.a)"} => {"f":"1!"}
            {"past.$":"$.l[9]","many.$":"$.l[5:]","star.$":"$.no[*]"} => {"past":null,"many":[],"star":[]}
            {"$":1,"x.$.y":"$.a"} => {"$":1,"x.$.y":"$.a"}
            ["$.a",1,null] => ["$.a",1,null]
            "$.a" => "$.a"
            """)
    void aMemberWithTheMarkIsAPathOrACall(String template, String expected) {
        assertThat(Json.text(payload(template).get(FRAME))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            $.no => States.Runtime => The JSONPath '$.no' specified for the field 'b.$' could not be found in the input '{"a":1}'
            $.a[0] => States.Runtime => The JSONPath '$.a[0]' specified for the field 'b.$' could not be found in the input '{"a":1}'
            $$.No => States.Runtime => The JSONPath '$$.No' specified for the field 'b.$' could not be found in the input '{"Execution":{"Name":"run-1"}}'
            $nope => States.Runtime => Variable 'nope' was not found: no state before this one assigned it
            States.ArrayLength($.a) => States.IntrinsicFailure => The function 'States.ArrayLength($.a)' had the following error: Argument 1 of States.ArrayLength must be an array but was 1
            States.Array($.no) => States.Runtime => The function 'States.Array($.no)' had the following error: The JsonPath argument for the field '$.no' could not be found in the input '{"a":1}'
            """)
    void aMemberThatLeadsNowhereFailsTheState(String expression, String error, String cause) {
        assertThatExceptionOfType(StatesError.class)
                .isThrownBy(() -> payload("{\"b.$\":\"" + expression + "\"}").get(Frames.of("{\"a\":1}")))
                .satisfies(e -> {
                    assertThat(e.error).isEqualTo(error);
                    assertThat(e.cause).isEqualTo(cause);
                    assertThat(e.origin).isEqualTo(StatesError.Origin.STATE);
                });
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            {"b.$":"a"} => b.$ => /P/b.$
            {"b.$":5} => b.$ => /P/b.$
            {"b.$":null} => b.$ => /P/b.$
            {"b":[1,{"c.$":"States.No()"}]} => c.$ => /P/b[1]/c.$
            """)
    void aMemberThatIsNeitherIsRefusedWithItsPlace(String template, String field, String location) {
        List<String> problems = new ArrayList<>();
        Payload.compile(Json.parse(template), "/P", (message, at) -> problems.add(message + " at " + at));
        assertThat(problems)
                .containsExactly("The value for the field '" + field
                        + "' must be a valid JSONPath or a valid intrinsic function call at " + location);
    }

    private static PathField field(String path, PathField.Wording wording) {
        return new PathField("TheFieldPath", PathExpression.parse(path), wording);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            $.no => INVALID_PATH => States.Runtime: Invalid path '$.no' : No results for path: $['no']
            $.no.way => INVALID_PATH => States.Runtime: Invalid path '$.no.way' : Missing property in path $['no']
            $.no => NOT_IN_INPUT => States.Runtime: The JSONPath '$.no' specified for the field 'TheFieldPath' could not be found in the input '{"a":1}'
            $.no => NO_INPUT_VALUE => States.Runtime: The TheFieldPath parameter does not reference an input value: $.no
            $.no => CHOICE => States.Runtime: Invalid path '$.no': The choice state's condition path references an invalid value.
            States.Array($.no) => NOT_IN_INPUT => States.Runtime: The function 'States.Array($.no)' had the following error: The JsonPath argument for the field '$.no' could not be found in the input '{"a":1}'
            States.MathAdd(1, 'x') => INVALID_PATH => States.IntrinsicFailure: The function 'States.MathAdd(1, 'x')' had the following error: Argument 2 of States.MathAdd must be a number but was "x"
            """)
    void aPathThatLeadsNowhereIsToldInItsFieldsWords(String path, PathField.Wording wording, String message) {
        assertThatExceptionOfType(StatesError.class)
                .isThrownBy(() -> field(path, wording).get(Frames.of("{\"a\":1}")))
                .withMessage(message);
    }

    @Test
    void aPathGivesWhatItLeadsTo() {
        assertThat(field("$.l", PathField.Wording.CHOICE).get(FRAME)).isEqualTo(List.of(1L, 2L));
        assertThat(field("$.l", PathField.Wording.CHOICE).path()).isInstanceOf(JsonPath.class);
    }

    private static NumberField byPath(String path) {
        return new NumberField("TheFieldPath", field(path, PathField.Wording.INVALID_PATH));
    }

    private static NumberField byExpression(String expression) {
        return new NumberField("TheField", Template.compile("TheField", "{% " + expression + " %}", (m, l) -> {}));
    }

    @Test
    void aNumberIsALiteralAPathOrAnExpression() {
        assertThat(new NumberField("F", Value.literal(3L)).whole(FRAME)).isEqualTo(3);
        assertThat(new NumberField("F", Value.literal(3.0)).whole(FRAME)).isEqualTo(3);
        assertThat(byPath("$.five").whole(FRAME)).isEqualTo(5);
        assertThat(byPath("$.text").whole(FRAME)).isEqualTo(17);
        assertThat(byExpression("2 + 2").whole(FRAME)).isEqualTo(4);
        assertThat(new NumberField("F", Value.literal(3L)).number(FRAME)).isEqualTo(3.0);
        assertThat(byPath("$.half").number(FRAME)).isEqualTo(2.5);
        assertThat(byPath("$.text").number(FRAME)).isEqualTo(17.0);
        assertThat(byExpression("5 / 2").number(FRAME)).isEqualTo(2.5);
        assertThat(byPath("$.a").isGiven()).isTrue();
        assertThat(new NumberField("F", Value.literal(0L), false).isGiven()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            $.bad => integer => The TheFieldPath field refers to value "x" which is not a valid integer: $.bad
            $.o => integer => The TheFieldPath field refers to value "{}" which is not a valid integer: $.o
            $.half => integer => The TheFieldPath field refers to value "2.5" which is not a valid integer: $.half
            $.whole => integer => The TheFieldPath field refers to value "5.0" which is not a valid integer: $.whole
            $.n => integer => The TheFieldPath field refers to value "null" which is not a valid integer: $.n
            $.bad => float => The TheFieldPath field refers to value "x" which is not a valid float: $.bad
            $.o => float => The TheFieldPath field refers to value "{}" which is not a valid float: $.o
            """)
    void aPathToWhatIsNoNumberFailsTheState(String path, String kind, String cause) {
        NumberField field = byPath(path);
        assertThatExceptionOfType(StatesError.class)
                .isThrownBy(() -> {
                    if (kind.equals("integer")) {
                        field.whole(FRAME);
                    } else {
                        field.number(FRAME);
                    }
                })
                .withMessage("States.Runtime: " + cause);
    }

    @Test
    void anExpressionOrALiteralThatIsNoNumberFailsTheState() {
        assertThatExceptionOfType(StatesError.class)
                .isThrownBy(() -> byExpression("1.5").whole(FRAME))
                .withMessageEndingWith("Expected 'integer', but was 'number' for value: 1.5");
        assertThatExceptionOfType(StatesError.class)
                .isThrownBy(() -> byExpression("'7'").whole(FRAME))
                .withMessageEndingWith("Expected 'integer', but was 'string' for value: \"7\"");
        assertThatExceptionOfType(StatesError.class)
                .isThrownBy(() -> byExpression("'7'").number(FRAME))
                .withMessageEndingWith("Expected 'number', but was 'string' for value: \"7\"");
        assertThatExceptionOfType(StatesError.class)
                .isThrownBy(() -> new NumberField("F", Value.literal("7")).number(FRAME))
                .withMessage("States.Runtime: The F field must be a number but is \"7\"");
        assertThatExceptionOfType(StatesError.class)
                .isThrownBy(() -> new NumberField("F", Value.literal(1.5)).whole(FRAME))
                .withMessage("States.Runtime: The F field must be a number but is 1.5");
    }
}
