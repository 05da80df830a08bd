package io.thermolake.asl.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.asl.ExecutionResult;
import io.thermolake.asl.InvalidDefinitionException;
import io.thermolake.asl.Json;
import java.util.List;
import java.util.Map;
import java.util.Random;
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
                "$exists($contains('Hello World', $states.input.nothing)) | false",
                "$contains('Hello World', /o w/i) | true",
                "$replace('t = 68F today', /(-?\\d+)F/, function($m) { $m.groups[0] }) | \"t = 68 today\"",
                "$replace('abab', /b/, function($m) { $string($m.start) & '-' & $string($m.end) }, 1) | \"a1-2ab\"",
                "$replace('a.b.c', '.', '-', 1) | \"a-b.c\"",
                "$split('a1b2c', /[0-9]/, 2) | [\"a\",\"b\"]",
                "$split('abc', '') | [\"a\",\"b\",\"c\"]",
                "$fromMillis(1359720000000, '[w] of [xNn]') | \"5 of January\"",
                "$fromMillis(1359720000000, '[[w] [w01]-[x]') | \"[w] 05-1\"",
                "$toMillis('2020-01-01T00:00:00') | 1577836800000",
                "$sum([0.1, 0.2, 0.3]) | 0.6000000000000001",
                "$sort([2147483648, 1.5, 10]) | [1.5,10,2147483648]",
                "$map([[1],[2,3]], $sum) | [1,5]",
                "[1,2,3][-1.5] | 2",
                "[1,2] in [[1,2],3] | false",
                "1 in [1.0, 2] | true",
                "$substring('a😀bc', 1, 2) | \"😀b\"",
                "(1 % 0) | \"NaN\"",
                "$string({'a': [1.0, 1e21, 0.1 + 0.2, null]}) | \"{\\\"a\\\":[1,1e+21,0.3,null]}\"",
                "$string([1], true) | \"[\\n  1\\n]\"",
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
                "$map(['a'], $sum) | T0412: Argument 1 of function \"sum\" must be an array of \"numbers\"",
                "$floor(null) | T0410: Argument 1 of function \"floor\" does not match function signature",
                "-'a' | D1002: Cannot negate a non-numeric value: \"a\"",
                "1 < 'a' | T2009: The values 1 and \"a\" either side of operator \"<\" must be of the same data type",
                "$replace('a', /a/, function($m) { 1 }) | D3012: Attempted to replace a matched string with a non-string value",
                "$replace('a', /a/, function($m) { $error('inside') }) | D3137: inside",
                "$contains('a', function($s) { $s }) | A function in place of a regular expression is not implemented here",
                "{'a': 1}('b') | T1006: Attempted to invoke a non-function",
                "$pad('', 1000000000) | Expression evaluation memory limit exceeded",
            })
    void anErrorHasTheReferencesCodeAndWords(String expression, String message) {
        assertThat(run(expression))
                .isInstanceOfSatisfying(
                        ExecutionResult.Failed.class,
                        failed -> assertThat(failed.cause()).contains("threw an error during evaluation. " + message));
    }

    /** Whatever a function gets, the cause is in JSONata's words. */
    @Test
    void noCauseNamesAClassOfJava() {
        Random random = new Random(42);
        List<String> values = List.of(
                "null",
                "1",
                "-1",
                "1.5",
                "1e308",
                "''",
                "'a'",
                "'[w]'",
                "true",
                "[]",
                "[1,2]",
                "['a']",
                "[null]",
                "{}",
                "{'a':null}",
                "$nothing.a",
                "function($x){$x}",
                "function($x,$y){$y}",
                "/a/",
                "/x*/",
                "$sum",
                "[[1],2]");
        List<String> functions = List.of(
                ("abs append assert average base64decode base64encode boolean ceil contains count decodeUrl decodeUrlComponent distinct each encodeUrl encodeUrlComponent exists filter floor formatBase formatInteger formatNumber fromMillis hash join keys length lookup lowercase map match max merge millis min "
                                + "not now number pad parse parseInteger partition power reduce replace reverse round sift single sort split spread sqrt string substring substringAfter substringBefore sum toMillis trim type uppercase zip")
                        .split(" "));
        List<String> operators = List.of("+", "-", "*", "/", "%", "=", "!=", "<", ">=", "&", "in", "and", "~>");
        for (int i = 0; i < 1500; i++) {
            String function = "$" + pick(functions, random);
            String a = pick(values, random);
            String b = pick(values, random);
            String expression = List.of(
                            function + "(" + a + ")",
                            function + "(" + a + ", " + b + ")",
                            function + "(" + a + ", " + b + ", " + pick(values, random) + ")",
                            "$map(" + a + ", " + function + ")",
                            a + " ~> " + function,
                            "(" + a + ") " + pick(operators, random) + " (" + b + ")",
                            "(" + a + ")[" + b + "]",
                            "(" + a + ")^($)",
                            "{'a':1} ~> |$|" + b + "|",
                            "(" + a + ")(" + b + ")")
                    .get(random.nextInt(10));
            ExecutionResult result;
            try {
                result = run("($nothing := {}; " + expression + ")");
            } catch (InvalidDefinitionException e) {
                assertThat(e.getMessage()).as(expression).doesNotContain("java.", "dashjoin");
                continue;
            }
            if (result instanceof ExecutionResult.Failed failed) {
                assertThat(failed.cause())
                        .as(expression)
                        .doesNotContain("java.", "dashjoin", "Exception", "The engine failed", "Object ", "{{")
                        .doesNotContainPattern("@[0-9a-f]{5,}");
            }
        }
    }

    private static String pick(List<String> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }

    @Test
    void oneValueThatIsLeftOfAnArrayStaysAnArray() {
        assertThat(run("[$distinct(['a', 'a'])[], $type($distinct(['a', 'a'])), $type($distinct([['a'], ['a']].$))]"))
                .isInstanceOfSatisfying(
                        ExecutionResult.Succeeded.class,
                        done -> assertThat(done.output()).isEqualTo(List.of("a", "array", "string")));
    }

    @Test
    void theTimeIsTheEvaluationsOwn() {
        long before = System.currentTimeMillis();
        assertThat(run("$millis()"))
                .isInstanceOfSatisfying(
                        ExecutionResult.Succeeded.class,
                        done -> assertThat((Long) done.output()).isBetween(before, before + 60_000));
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
