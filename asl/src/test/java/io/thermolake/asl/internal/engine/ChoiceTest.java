package io.thermolake.asl.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thermolake.asl.ExecutionResult;
import io.thermolake.asl.InvalidDefinitionException;
import io.thermolake.asl.Json;
import io.thermolake.asl.internal.state.Condition;
import io.thermolake.asl.internal.value.StatesError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of a Choice in JSONPath: the States Language, "Choice State", and what AWS was recorded to answer. */
class ChoiceTest {
    private static final List<?> VALUES = Json.list(Json.parse("""
            ["a","b","B",1,2,2.0,3,true,false,null,[2],{"b":2},"2026-01-01T00:00:00Z","2026-01-02T01:00:00+01:00",
             "2026-01-03T00:00:00.5Z","2026-01-02"]"""));

    private static boolean applies(String rule, Object input) {
        Map<String, Object> choice = new LinkedHashMap<>(Json.object(Json.parse(rule)));
        choice.put("Next", "Yes");
        String machine =
                "{\"QueryLanguage\":\"JSONPath\",\"StartAt\":\"C\",\"States\":{\"C\":{\"Type\":\"Choice\",\"Choices\":["
                        + Json.text(choice)
                        + "],\"Default\":\"No\"},\"Yes\":{\"Type\":\"Pass\",\"Result\":true,\"End\":true},"
                        + "\"No\":{\"Type\":\"Pass\",\"Result\":false,\"End\":true}}}";
        ExecutionResult result = new Machines().run(machine, input);
        if (result instanceof ExecutionResult.Failed failed) {
            throw StatesError.given(failed.error(), failed.cause());
        }
        return Boolean.TRUE.equals(((ExecutionResult.Succeeded) result).output());
    }

    private static String matching(String rule, Object with) {
        List<Object> matching = new ArrayList<>();
        for (Object value : VALUES) {
            Map<String, Object> input = new LinkedHashMap<>();
            input.put("v", value);
            input.put("with", with);
            if (applies(rule, input)) {
                matching.add(value);
            }
        }
        return Json.text(matching);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            StringEquals => "b" => ["b"]
            StringLessThan => "b" => ["a","B","2026-01-01T00:00:00Z","2026-01-02T01:00:00+01:00","2026-01-03T00:00:00.5Z","2026-01-02"]
            StringGreaterThan => "a" => ["b"]
            StringLessThanEquals => "B" => ["B","2026-01-01T00:00:00Z","2026-01-02T01:00:00+01:00","2026-01-03T00:00:00.5Z","2026-01-02"]
            StringGreaterThanEquals => "a" => ["a","b"]
            NumericEquals => 2 => [2,2.0]
            NumericEquals => 2.0 => [2,2.0]
            NumericLessThan => 2 => [1]
            NumericGreaterThan => 2 => [3]
            NumericLessThanEquals => 2 => [1,2,2.0]
            NumericGreaterThanEquals => 2 => [2,2.0,3]
            BooleanEquals => true => [true]
            BooleanEquals => false => [false]
            TimestampEquals => "2026-01-02T00:00:00Z" => ["2026-01-02T01:00:00+01:00"]
            TimestampLessThan => "2026-01-02T00:00:00Z" => ["2026-01-01T00:00:00Z"]
            TimestampGreaterThan => "2026-01-02T00:00:00Z" => ["2026-01-03T00:00:00.5Z"]
            TimestampLessThanEquals => "2026-01-02T00:00:00Z" => ["2026-01-01T00:00:00Z","2026-01-02T01:00:00+01:00"]
            TimestampGreaterThanEquals => "2026-01-02T00:00:00Z" => ["2026-01-02T01:00:00+01:00","2026-01-03T00:00:00.5Z"]
            """)
    void aComparisonHoldsForItsOwnTypeOnly(String operator, String literal, String expected) {
        Object with = Json.parse(literal);
        String rule = "{\"Variable\":\"$.v\",\"%s\":%s}";
        assertThat(matching(rule.formatted(operator, literal), with)).isEqualTo(expected);
        assertThat(matching(rule.formatted(operator + "Path", "\"$.with\""), with))
                .isEqualTo(expected);
        List<?> others = VALUES.stream()
                .filter(v -> !expected.contains(Json.text(v))
                        || Json.list(Json.parse(expected)).stream().noneMatch(e -> e != null && e.equals(v)))
                .toList();
        assertThat(matching("{\"Not\":" + rule.formatted(operator, literal) + "}", with))
                .isEqualTo(Json.text(others));
    }

    @ParameterizedTest
    @CsvSource({
        "StringEqualsPath, 2",
        "NumericEqualsPath, '\"2\"'",
        "NumericLessThanEqualsPath, null",
        "BooleanEqualsPath, '\"true\"'",
        "TimestampEqualsPath, '\"2026-01-02\"'",
        "TimestampLessThanPath, 5",
    })
    void aComparisonWithSomethingOfAnotherTypeIsFalse(String operator, String with) {
        assertThat(matching("{\"Variable\":\"$.v\",\"" + operator + "\":\"$.with\"}", Json.parse(with)))
                .isEqualTo("[]");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            IsNull => [null]
            IsBoolean => [true,false]
            IsNumeric => [1,2,2.0,3]
            IsString => ["a","b","B","2026-01-01T00:00:00Z","2026-01-02T01:00:00+01:00","2026-01-03T00:00:00.5Z","2026-01-02"]
            IsTimestamp => ["2026-01-01T00:00:00Z","2026-01-02T01:00:00+01:00","2026-01-03T00:00:00.5Z"]
            """)
    void aTypeTestHoldsForItsTypeAndItsNegationForAllOthers(String operator, String expected) {
        assertThat(matching("{\"Variable\":\"$.v\",\"" + operator + "\":true}", null))
                .isEqualTo(expected);
        String others = matching("{\"Variable\":\"$.v\",\"" + operator + "\":false}", null);
        assertThat(Json.list(Json.parse(others)))
                .hasSize(VALUES.size() - Json.list(Json.parse(expected)).size());
        assertThat(Json.list(Json.parse(others)).stream().map(Json::text))
                .doesNotContainAnyElementsOf(
                        Json.list(Json.parse(expected)).stream().map(Json::text).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "$.v, true",
        "$.n, true",
        "$.no, false",
        "$.v.deep, false",
        "$.l[0], true",
        "$.l[1], false",
        "$.l[*].x, true",
        "$$.Execution.Name, true",
        "$$.Execution.No, false",
        "$nope, false"
    })
    void presenceIsTheOnlyTestOfAPathThatMayLeadNowhere(String path, boolean present) {
        Object input = Json.parse("{\"v\":1,\"n\":null,\"l\":[1]}");
        assertThat(applies("{\"Variable\":\"" + path + "\",\"IsPresent\":true}", input))
                .isEqualTo(present);
        assertThat(applies("{\"Variable\":\"" + path + "\",\"IsPresent\":false}", input))
                .isEqualTo(!present);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"IsNull\":true",
                "\"StringEquals\":\"a\"",
                "\"StringMatches\":\"*\"",
                "\"NumericEqualsPath\":\"$.v\""
            })
    void aVariableThatLeadsNowhereFailsTheState(String comparison) {
        assertThatExceptionOfType(StatesError.class)
                .isThrownBy(() -> applies("{\"Variable\":\"$.no\"," + comparison + "}", Map.of("v", 1L)))
                .withMessageEndingWith(
                        "Invalid path '$.no': The choice state's condition path references an invalid value.");
    }

    @Test
    void aPathToCompareWithThatLeadsNowhereFailsTheState() {
        assertThatExceptionOfType(StatesError.class)
                .isThrownBy(() -> applies("{\"Variable\":\"$.v\",\"NumericEqualsPath\":\"$.no\"}", Map.of("v", 1L)))
                .withMessage(
                        "States.Runtime: An error occurred while executing the state 'C' (entered at the event id #2). "
                                + "Invalid path '$.no': The choice state's condition path references an invalid value.");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            log-*.txt => log-1.txt => true
            log-*.txt => log-.txt => true
            log-*.txt => log-1.txt.gz => false
            log-*.txt => a-log-1.txt => false
            * => anything => true
            *.* => a.b.c => true
            *a*b => xaxab => true
            *a*b => xaxa => false
            a**b => ab => true
            exact => exact => true
            exact => exac => false
            exact => exactly => false
            a.c => abc => false
            a\\* => a* => true
            a\\* => ab => false
            a\\\\b => a\\b => true
            a\\\\* => a\\xyz => true
            a\\b => a\\b => true
            a\\ => a\\ => true
            *\\** => x*y => true
            *\\** => xy => false
            """)
    void aPatternsStarStandsForAnything(String pattern, String text, boolean matches) {
        String rule = "{\"Variable\":\"$.v\",\"StringMatches\":" + Json.text(pattern) + "}";
        assertThat(applies(rule, Map.of("v", text))).isEqualTo(matches);
    }

    @Test
    void aPatternMatchesStringsOnlyAndTheEmptyOneToo() {
        assertThat(matching("{\"Variable\":\"$.v\",\"StringMatches\":\"*\"}", null))
                .isEqualTo(
                        "[\"a\",\"b\",\"B\",\"2026-01-01T00:00:00Z\",\"2026-01-02T01:00:00+01:00\",\"2026-01-03T00:00:00.5Z\",\"2026-01-02\"]");
        assertThat(applies("{\"Variable\":\"$.v\",\"StringMatches\":\"*\"}", Map.of("v", "")))
                .isTrue();
        assertThat(applies("{\"Variable\":\"$.v\",\"StringMatches\":\"\"}", Map.of("v", "")))
                .isTrue();
        assertThat(applies("{\"Variable\":\"$.v\",\"StringMatches\":\"\"}", Map.of("v", "a")))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void rulesAreJoined(boolean a, boolean b) {
        Map<String, Object> input = Map.of("a", a, "b", b);
        String both =
                "[{\"Variable\":\"$.a\",\"BooleanEquals\":true},{\"Variable\":\"$.b\",\"BooleanEquals\":true,\"Comment\":\"b\"}]";
        assertThat(applies("{\"And\":" + both + "}", input)).isEqualTo(a && b);
        assertThat(applies("{\"Or\":" + both + "}", input)).isEqualTo(a || b);
        assertThat(applies("{\"Not\":{\"And\":" + both + "}}", input)).isEqualTo(!(a && b));
        assertThat(applies("{\"Or\":[{\"Not\":{\"Or\":" + both + "}},{\"And\":" + both + "}]}", input))
                .isEqualTo(a == b);
    }

    @Test
    void whatAnEarlierPartDecidesIsNotLookedAtFurther() {
        String parts = "[{\"Variable\":\"$.a\",\"IsPresent\":%s},{\"Variable\":\"$.a\",\"IsNull\":true}]";
        assertThat(applies("{\"And\":" + parts.formatted("true") + "}", Map.of()))
                .isFalse();
        assertThat(applies("{\"Or\":" + parts.formatted("false") + "}", Map.of()))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            {"Variable":"$.v"} => A rule with a Variable has exactly one comparison, but this has [] at /States/C/Choices[0]
            {"Variable":"$.v","IsNull":true,"IsString":true} => A rule with a Variable has exactly one comparison, but this has [IsNull, IsString] at /States/C/Choices[0]
            {"IsNull":true} => The object must have only one of the following fields, [And, Or, Not, Variable] at /States/C/Choices[0]
            {"Variable":"$.v","Surprise":1} => Field 'Surprise' is not supported at /States/C/Choices[0]
            {"Variable":"$.v","SurprisePath":"$.w"} => Field 'SurprisePath' is not supported at /States/C/Choices[0]
            {"Variable":"$.v","BooleanLessThan":true} => Field 'BooleanLessThan' is not supported at /States/C/Choices[0]
            {"Variable":"$.v","IsNull":"true"} => Expected value of type Boolean at /States/C/Choices[0]/IsNull
            {"Variable":"$.v","IsPresent":1} => Expected value of type Boolean at /States/C/Choices[0]/IsPresent
            {"Variable":"$.v","StringMatches":1} => Expected value of type String at /States/C/Choices[0]/StringMatches
            {"Variable":"$.v","StringEquals":1} => Expected value of type String at /States/C/Choices[0]/StringEquals
            {"Variable":"$.v","NumericEquals":"1"} => Expected value of type Number at /States/C/Choices[0]/NumericEquals
            {"Variable":"$.v","BooleanEquals":"true"} => Expected value of type Boolean at /States/C/Choices[0]/BooleanEquals
            {"Variable":"$.v","TimestampEquals":1} => Expected value of type String at /States/C/Choices[0]/TimestampEquals
            {"Variable":"$.v","TimestampEquals":"2026-01-01"} => String does not match RFC3339 timestamp at /States/C/Choices[0]/TimestampEquals
            {"Variable":"$.v","NumericEqualsPath":1} => Expected value of type String at /States/C/Choices[0]/NumericEqualsPath
            {"Variable":"$.v","NumericEqualsPath":"v"} => Value must be a valid JSONPath. 'v' is no JSONPath: '$' is missing at character 1 at /States/C/Choices[0]/NumericEqualsPath
            {"Variable":"v","IsNull":true} => Value must be a valid JSONPath. 'v' is no JSONPath: '$' is missing at character 1 at /States/C/Choices[0]/Variable
            {"And":[{"Variable":"$.v","IsNull":true}],"Or":[]} => The object must have only one of the following fields, [And, Or, Not, Variable] at /States/C/Choices[0]
            {"Or":[{"Variable":"$.v","IsNull":true}],"Variable":"$.v"} => The object must have only one of the following fields, [And, Or, Not, Variable] at /States/C/Choices[0]
            {"Not":{"Variable":"$.v","IsNull":true},"Variable":"$.v"} => The object must have only one of the following fields, [And, Or, Not, Variable] at /States/C/Choices[0]
            {"Not":{"Variable":"$.v","IsNull":true,"Next":"Yes"}} => Field 'Next' is not supported at /States/C/Choices[0]/Not
            {"And":[{"Variable":"$.v","Surprise":1}]} => Field 'Surprise' is not supported at /States/C/Choices[0]/And[0]
            {"And":5} => Expected value of type Array at /States/C/Choices[0]/And
            {"And":[]} => Value cannot be empty at /States/C/Choices[0]/And
            {"Or":[]} => Value cannot be empty at /States/C/Choices[0]/Or
            {"Not":5} => Expected value of type Object at /States/C/Choices[0]/Not
            {"Condition":"{% true %}"} => The QueryLanguage is set to 'JSONPath', but field 'Condition' is only supported for the 'JSONata' QueryLanguage at /States/C/Choices[0]
            """)
    void aRuleThatMakesNoSenseIsRefused(String rule, String message) {
        assertThatThrownBy(() -> applies(rule, Map.of("v", 1L)))
                .isInstanceOf(InvalidDefinitionException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({"true, Yes", "false, No"})
    void aJsonataRuleIsACondition(String condition, String end) {
        String machine = """
                "StartAt":"C","States":{"C":{"Type":"Choice","Choices":[
                 {"Condition":"{%% %s %%}","Next":"Yes","Output":"by rule","Assign":{"seen":1},"Comment":"c"}],
                 "Default":"No","Output":"by default"},
                 "Yes":{"Type":"Pass","Output":["Yes","{%% $states.input %%}","{%% $seen %%}"],"End":true},
                 "No":{"Type":"Pass","Output":["No","{%% $states.input %%}"],"End":true}}""".formatted(condition);
        assertThat(new Machines().run(machine, Map.of()))
                .isEqualTo(new ExecutionResult.Succeeded(
                        end.equals("Yes") ? List.of("Yes", "by rule", 1L) : List.of("No", "by default")));
    }

    @Test
    void aJsonataConditionMustBeTrueOrFalse() {
        String machine = """
                "StartAt":"C","States":{"C":{"Type":"Choice","Choices":[{"Condition":"{% 'x' %}","Next":"Y"}],"Default":"Y"},
                 "Y":{"Type":"Succeed"}}""";
        assertThat(new Machines().run(machine, Map.of()))
                .isEqualTo(new ExecutionResult.Failed(
                        "States.QueryEvaluationError",
                        "An error occurred while executing the state 'C' (entered at the event id #2). "
                                + "The JSONata expression ''x'' specified for the field 'Choices[0]/Condition' returned an "
                                + "unexpected result type. Expected 'boolean', but was 'string' for value: \"x\""));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            {"Next":"Y"} => These fields are required: [Condition]
            {"Condition":"{% true %}"} => These fields are required: [Next]
            {"Condition":"{% true %}","Next":"Y","Variable":"$.v"} => The QueryLanguage is set to 'JSONata', but field 'Variable' is only supported for the 'JSONPath' QueryLanguage
            {"Condition":"{% 1 + %}","Next":"Y"} => INVALID_JSONATA_EXPRESSION
            """)
    void aJsonataRuleThatMakesNoSenseIsRefused(String rule, String message) {
        assertThatThrownBy(() -> new Machines()
                        .run(
                                "\"StartAt\":\"C\",\"States\":{\"C\":{\"Type\":\"Choice\",\"Choices\":[" + rule
                                        + "],\"Default\":\"Y\"},\"Y\":{\"Type\":\"Succeed\"}}",
                                Map.of()))
                .isInstanceOf(InvalidDefinitionException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aChoiceNeedsARule() {
        assertThatThrownBy(() -> new Machines()
                        .run(
                                "\"StartAt\":\"C\",\"States\":{\"C\":{\"Type\":\"Choice\",\"Choices\":[],"
                                        + "\"Default\":\"Y\"},\"Y\":{\"Type\":\"Succeed\"}}",
                                Map.of()))
                .hasMessageContaining("Value cannot be empty at /States/C/Choices");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-01T00:00:00Z, 2026-01-01T00:00:00Z",
        "2026-01-01T02:30:00+02:30, 2026-01-01T00:00:00Z",
        "2025-12-31T19:00:00-05:00, 2026-01-01T00:00:00Z",
        "2026-01-01T00:00:00.123456789Z, 2026-01-01T00:00:00.123456789Z",
        "2026-01-01t00:00:00Z,",
        "2026-01-01T00:00:00z,",
        "2026-01-01 00:00:00Z,",
        "2026-01-01T00:00:00,",
        "2026-01-01T00:00Z,",
        "2026-01-01T00:00+01:00,",
        "2026-13-01T00:00:00Z,",
        "2026-01-01T25:00:00Z,",
        "2026-01-01,",
        "now,",
    })
    void aTimestampHasACapitalTSecondsAndACapitalZOrAnOffset(String text, String instant) {
        assertThat(Condition.timestamp(text)).isEqualTo(instant == null ? null : java.time.Instant.parse(instant));
    }
}
