package io.thermolake.asl.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.asl.ExecutionResult;
import io.thermolake.asl.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the library answers otherwise than jsonata-js, and what Step Functions adds to it. */
class JsonataFunctionsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "$number('0x1F') + $number('0b11') + $number('0o17') | 49",
                "$number('-1.5e2') | -150",
                "[$number(true), $number(5)] | [1,5]",
                "$map(['1','2'], $number) | [1,2]",
                "$match('abab', /b/, 1).index | 1",
                "$count($match('abab', /b/, 5)) | 2",
                "$replace('hello', /l/, '$$') | \"he$$o\"",
                "$replace('abc', /(b)(c)?/, '<$1$2$3$0>') | \"a<bcbc>\"",
                "$replace('abc', /(b)/, '$12') | \"ab2c\"",
                "$replace('aaa', /a/, 'b', 2) | \"bba\"",
                "$replace('aaa', 'a', '$1') | \"$1$1$1\"",
                "$replace('hello', /l/, function($m) { $uppercase($m.match) }) | \"heLLo\"",
                "$pad('a', -4, 'xy') | \"xyxa\"",
                "$encodeUrl('https://x.y/a b?c=é#z') | \"https://x.y/a%20b?c=%C3%A9#z\"",
                "$map([[1,2,3],[4]], $partition(?, 2)) | [[[1,2],[3]],[[4]]]",
                "$map(['a'], $hash(?, 'MD5')) | \"0cc175b9c0f1b6a831c399e269772661\"",
                "['1','2'].$parse() | [1,2]",
            })
    void aFunctionAnswersAsTheReferenceDoes(String expression, String expected) {
        assertThat(run(expression)).isEqualTo(new ExecutionResult.Succeeded(Json.parse(expected)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "$number('abc') | D3030: Unable to cast value to a number: \"abc\"",
                "$number(' 5 ') | D3030: Unable to cast value to a number: \" 5 \"",
                "$number(null) | T0410: Argument 1 of function \"number\" does not match function signature",
                "$uppercase(1) | T0410: Argument 1 of function \"uppercase\" does not match function signature",
                "$toMillis('x') | D3110: The argument of the toMillis function must be an ISO 8601 formatted timestamp. Given \"x\"",
                "$replace('a', '', 'x') | D3010: Second argument of replace function cannot be an empty string",
                "$replace('a', /x*/, 'y') | D1004: Regular expression matches zero length string",
                "$sqrt(-1) | D3060: The sqrt function cannot be applied to a negative number: -1",
                "$single([1,2], function($v) { $v = 5 }) | D3139: The $single() function expected exactly 1 matching result.",
                "$sort([1, 'a']) | D3070: The single argument form of the sort function can only be applied to",
                "{1: 2} | T1003: Key in object structure must evaluate to a string; got: 1",
                "$error('boom') | D3137: boom",
                "$pad('', 1000000000) | Expression evaluation memory limit exceeded",
            })
    void anErrorHasTheReferencesCodeAndWords(String expression, String message) {
        assertThat(run(expression))
                .isInstanceOfSatisfying(
                        ExecutionResult.Failed.class,
                        failed -> assertThat(failed.cause()).contains("threw an error during evaluation. " + message));
    }

    @Test
    void anExpressionThatCallsItselfForEverFails() {
        assertThat(run("($f := function($n) { $n + $f($n + 1) }; $f(1))"))
                .isInstanceOfSatisfying(
                        ExecutionResult.Failed.class,
                        failed -> assertThat(failed.error()).isEqualTo("States.QueryEvaluationError"));
    }

    private static ExecutionResult run(String expression) {
        return new Machines()
                .run(
                        "\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true,\"Output\":"
                                + Json.text("{% " + expression + " %}") + "}}",
                        Map.of());
    }
}
