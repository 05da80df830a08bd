package io.thermolake.asl.internal.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.thermolake.asl.Json;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The 18 functions of the States Language's appendix B and AWS's guide, "Intrinsics for JSONPath states". */
class IntrinsicTest {
    private static final String DATA = """
            {"name":"Ann","n":3,"half":1.5,"b":true,"z":null,"o":{"a":1,"l":[1,"x",null]},"l":[1,2,3,4,5],"e":[],
             "json":"{\\"a\\":[1,2.5]}","bad":"{a","back":"a\\\\","open":"a{","s":"a-b c","mixed":[1,1.0,"1",[1],[1],{"k":1},{"k":1.0},null,null]}""";

    private static Object read(String call) {
        return Intrinsic.parse(call).read(Given.roots(DATA));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            States.Format('plain') => "plain"
            States.Format('') => ""
            States.Format('Hi {}, {}!', $.name, $.n) => "Hi Ann, 3!"
            States.Format('{}{}', 1, 'x') => "1x"
            States.Format('{}', $.half) => "1.5"
            States.Format('{} {} {}', true, null, -2) => "true null -2"
            States.Format('{}', $.o) => "{a=1, l=[1, x, null]}"
            States.Format('{}', $.l) => "[1, 2, 3, 4, 5]"
            States.Format('\\{\\} {}', $.n) => "{} 3"
            States.Format('it\\'s \\\\ {}', 'it\\'s') => "it's \\\\ it's"
            States.Format('{ } {x} {', 0) => refused
            States.Format('{ } {x} {') => "{ } {x} {"
            States.Format($json.no) => refused
            States.Format($.back) => "a\\\\"
            States.Base64Encode($.back) => "YVw="
            States.Format($.open) => "a{"
            States.Format($text, 5) => "it's 5"
            States.Format('{}', '{}') => "{}"
            States.Format('{}', $$.Execution.Name) => "run-1"
            States.StringToJson($.json) => {"a":[1,2.5]}
            States.StringToJson('[1,{"a":null}]') => [1,{"a":null}]
            States.StringToJson('"it\\'s"') => "it's"
            States.StringToJson('') => null
            States.StringToJson('  ') => null
            States.StringToJson('-0') => 0
            States.StringToJson('true') => true
            States.JsonToString($.o) => "{\\"a\\":1,\\"l\\":[1,\\"x\\",null]}"
            States.JsonToString($.name) => "\\"Ann\\""
            States.JsonToString('it\\'s') => "\\"it's\\""
            States.JsonToString(null) => "null"
            States.JsonToString(1.5) => "1.5"
            States.Array() => []
            States.Array($.n) => [3]
            States.Array(1, 'a', null, false, $.o.l) => [1,"a",null,false,[1,"x",null]]
            States.Array('it\\'s', '\\{', '\\\\') => ["it's","{","\\\\"]
            States.Array(-1.5e1) => [-15.0]
            States.ArrayPartition($.l, 2) => [[1,2],[3,4],[5]]
            States.ArrayPartition($.l, 5) => [[1,2,3,4,5]]
            States.ArrayPartition($.l, 9) => [[1,2,3,4,5]]
            States.ArrayPartition($.l, 9999999999) => [[1,2,3,4,5]]
            States.ArrayPartition($.l, 1.5) => [[1,2],[3,4],[5]]
            States.ArrayPartition($.l, 1) => [[1],[2],[3],[4],[5]]
            States.ArrayPartition($.e, 3) => []
            States.ArrayContains($.l, 3) => true
            States.ArrayContains($.l, 3.0) => true
            States.ArrayContains($.l, 6) => false
            States.ArrayContains($.l, '3') => false
            States.ArrayContains($.e, null) => false
            States.ArrayContains($.mixed, null) => true
            States.ArrayContains($.mixed, $.o) => false
            States.ArrayContains(States.Array('it\\'s'), 'it\\'s') => true
            States.ArrayRange(1, 9, 2) => [1,3,5,7,9]
            States.ArrayRange(0, 10, 3) => [0,3,6,9]
            States.ArrayRange(1, 9, 9) => [1]
            States.ArrayRange(5, 5, 1) => [5]
            States.ArrayRange(5, 5, -1) => [5]
            States.ArrayRange(3, 1, -1) => [3,2,1]
            States.ArrayRange(3, -3, -2) => [3,1,-1,-3]
            States.ArrayRange(1, 3, -1) => []
            States.ArrayRange(3, 1, 1) => []
            States.ArrayRange(9000, 1, 1) => []
            States.ArrayRange(0.5, 2.4, 1) => [1,2]
            States.ArrayGetItem($.l, 0) => 1
            States.ArrayGetItem($.l, 4) => 5
            States.ArrayGetItem($.o.l, 2) => null
            States.ArrayLength($.l) => 5
            States.ArrayLength($.e) => 0
            States.ArrayUnique($.mixed) => [1,"1",[1],{"k":1},null]
            States.ArrayUnique($.e) => []
            States.Base64Encode('Data to encode') => "RGF0YSB0byBlbmNvZGU="
            States.Base64Encode('') => ""
            States.Base64Encode('it\\'s') => "aXQncw=="
            States.Base64Encode('é') => "w6k="
            States.Base64Decode('RGF0YSB0byBlbmNvZGU=') => "Data to encode"
            States.Base64Decode('w6k=') => "é"
            States.Base64Decode('') => ""
            States.Hash('input data', 'MD5') => "812f45842bc6d66ee14572ce20db8e86"
            States.Hash('input data', 'SHA-1') => "aaff4a450a104cd177d28d18d74485e8cae074b7"
            States.Hash(3, 'MD5') => "eccbc87e4b5ce2fe28308fd9f2a7baf3"
            States.Hash($.n, 'MD5') => "eccbc87e4b5ce2fe28308fd9f2a7baf3"
            States.Hash('it\\'s', 'MD5') => "706dc2ee585fb5dcb18e3ac08da7ce0c"
            States.JsonMerge($.o, States.StringToJson('{"a":{"b":2},"c":3}'), false) => {"a":{"b":2},"l":[1,"x",null],"c":3}
            States.MathAdd(111, -1) => 110
            States.MathAdd(1.49, 1.5) => 3
            States.MathAdd(-1.5, 0) => -1
            States.MathAdd(-1.51, 0) => -2
            States.MathAdd(-0.5, 0) => 0
            States.MathAdd(2.5, $.half) => 5
            States.MathAdd(9007199254740993, 0) => 9007199254740993
            States.StringSplit('1,2,3,4,5', ',') => ["1","2","3","4","5"]
            States.StringSplit('This.is+a,test=string', '.+,=') => ["This","is","a","test","string"]
            States.StringSplit(',,,,', ',') => []
            States.StringSplit('a,,b,', ',') => ["a","b"]
            States.StringSplit('abc', '') => ["abc"]
            States.StringSplit('', '') => []
            States.StringSplit('', ',') => []
            States.StringSplit('it\\'s', '\\'') => ["it","s"]
            States.StringSplit($.s, '- ') => ["a","b","c"]
            """)
    void whatAFunctionGives(String call, String expected) {
        if (expected.equals("refused")) {
            assertThatExceptionOfType(PathException.class).isThrownBy(() -> read(call));
            return;
        }
        assertThat(Json.text(read(call))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            States.Format(5) => Argument 1 of States.Format must be a string but was 5
            States.Format('{}') => Invalid number of arguments: the template of States.Format has more {} than arguments
            States.Format('{}', 1, 2) => Invalid number of arguments: the template of States.Format has fewer {} than arguments
            States.Format('\\{\\}', 1) => Invalid number of arguments: the template of States.Format has fewer {} than arguments
            States.StringToJson($.bad) => The argument of States.StringToJson is not valid JSON: {a
            States.StringToJson($.n) => Argument 1 of States.StringToJson must be a string but was 3
            States.ArrayPartition($.n, 1) => Argument 1 of States.ArrayPartition must be an array but was 3
            States.ArrayPartition($.l, 'x') => Argument 2 of States.ArrayPartition must be a number but was "x"
            States.ArrayPartition($.l, 0) => The chunk size of States.ArrayPartition must be a positive integer but was 0
            States.ArrayPartition($.l, -1) => The chunk size of States.ArrayPartition must be a positive integer but was -1
            States.ArrayContains($.o, 1) => Argument 1 of States.ArrayContains must be an array but was {"a":1,"l":[1,"x",null]}
            States.ArrayRange(1, 5, 0) => The step of States.ArrayRange must not be zero
            States.ArrayRange(1, 1000, 1) => ok
            States.ArrayRange(0, 1000, 1) => States.ArrayRange cannot make more than 1000 elements
            States.ArrayRange(0, -1000, -1) => States.ArrayRange cannot make more than 1000 elements
            States.ArrayRange('1', 5, 1) => Argument 1 of States.ArrayRange must be a number but was "1"
            States.ArrayGetItem($.l, 5) => The index 5 of States.ArrayGetItem is outside of the array of 5
            States.ArrayGetItem($.l, -1) => The index -1 of States.ArrayGetItem is outside of the array of 5
            States.ArrayLength(null) => Argument 1 of States.ArrayLength must be an array but was null
            States.ArrayUnique('x') => Argument 1 of States.ArrayUnique must be an array but was "x"
            States.Base64Encode(1) => Argument 1 of States.Base64Encode must be a string but was 1
            States.Base64Decode('*') => The argument of States.Base64Decode is not valid Base64
            States.Hash('x', 'SHA-3') => The hash must be one of [MD5, SHA-1, SHA-256, SHA-384, SHA-512] but is SHA-3
            States.Hash('x', 1) => Argument 2 of States.Hash must be a string but was 1
            States.JsonMerge($.o, 1, false) => States.JsonMerge merges two objects
            States.JsonMerge(1, $.o, false) => States.JsonMerge merges two objects
            States.JsonMerge($.o, $.o, true) => States.JsonMerge only merges shallowly: its third argument must be false
            States.JsonMerge($.o, $.o, 'false') => States.JsonMerge only merges shallowly: its third argument must be false
            States.MathRandom(5, 5) => The end 5 of States.MathRandom must be above its start 5
            States.MathRandom(5, 4) => The end 4 of States.MathRandom must be above its start 5
            States.MathRandom('a', 4) => Argument 1 of States.MathRandom must be a number but was "a"
            States.MathAdd(null, 4) => Argument 1 of States.MathAdd must be a number but was null
            States.MathAdd(1, true) => Argument 2 of States.MathAdd must be a number but was true
            States.MathAdd(9223372036854775807, 1) => The sum of States.MathAdd is outside of the integers from -9223372036854775808 to 9223372036854775807
            States.StringSplit(1, ',') => Argument 1 of States.StringSplit must be a string but was 1
            States.StringSplit('a', 1) => Argument 2 of States.StringSplit must be a string but was 1
            """)
    void whatAFunctionRefusesIsAnIntrinsicFailureThatNamesTheCall(String call, String message) {
        if (message.equals("ok")) {
            assertThat(Json.list(read(call))).hasSize(1000);
            return;
        }
        assertThatExceptionOfType(PathException.class)
                .isThrownBy(() -> read(call))
                .withMessage("The function '" + call + "' had the following error: " + message)
                .satisfies(e -> assertThat(e.kind()).isEqualTo(PathException.Kind.INTRINSIC));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            States.Array($.no) => The JsonPath argument for the field '$.no' could not be found in the input '{"a":1}'
            States.Array($$.no.way) => The JsonPath argument for the field '$.no.way' could not be found in the input '{"a":1}'
            States.Array($.a[0]) => Filter: [0] can only be applied to arrays. Current context is: 1
            States.Array($nope) => Variable 'nope' was not found: no state before this one assigned it
            States.Array(States.Array($.no)) => The JsonPath argument for the field '$.no' could not be found in the input '{"a":1}'
            """)
    void aPathThatLeadsNowhereIsNamedTogetherWithTheInput(String call, String message) {
        assertThatExceptionOfType(PathException.class)
                .isThrownBy(() -> Intrinsic.parse(call).read(Given.roots("{\"a\":1}")))
                .withMessage("The function '" + call + "' had the following error: " + message)
                .satisfies(e -> assertThat(e.kind()).isEqualTo(PathException.Kind.NOT_FOUND));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            States.Format('{}.{}', States.ArrayGetItem(States.StringSplit($.s, ' '), 1), States.MathAdd($.n, 1)) => "c.4"
            States.Array(States.Array(), States.Array(States.Array(1))) => [[],[[1]]]
            States.Array( $.n ,'a' , States.MathAdd( 1 ,2 ) ) => [3,"a",3]
            States.Array($.l[0,1], $.o['a','l'], $.l[?(@ > 4)]) => [[1,2],{"a":1,"l":[1,"x",null]},[5]]
            States.Array($.l[?(@ in [4, 5])].length(), 1) => [[null,null],1]
            States.Array($.o['a'], $['o,)\\'']) => refused
            States.Array($.l[(1)]) => refused
            States.Array('),(', 1) => ["),(",1]
            States.Array($.l.length()) => [5]
            """)
    void callsAreNestedAndPathsKeepTheirOwnBracketsAndCommas(String call, String expected) {
        if (expected.equals("refused")) {
            assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> read(call));
            return;
        }
        assertThat(Json.text(read(call))).isEqualTo(expected);
    }

    @Test
    void aQuoteInAPathsNameIsEscaped() {
        Roots roots = Given.roots("{\"a,)'b\":1,\"c\":2}");
        assertThat(Intrinsic.parse("States.Array($['a,)\\'b'], $.c)").read(roots))
                .isEqualTo(java.util.List.of(1L, 2L));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            States.Format => '(' is missing
            States.Nothing() => the intrinsic function States.Nothing is not known
            States.format('x') => the intrinsic function States.format is not known
            States.Array( => the argument  must be a number, true, false, null, a path or in '…'
            States.Array(1 => ')' is missing
            States.Array('a' 'b') => ')' is missing
            States.Array(1,) => the argument  must be a number, true, false, null, a path or in '…'
            States.Array(x) => the argument x must be a number, true, false, null, a path or in '…'
            States.Array("x") => the argument "x" must be a number, true, false, null, a path or in '…'
            States.Array({}) => the argument {} must be a number, true, false, null, a path or in '…'
            States.Array([]) => the argument [] must be a number, true, false, null, a path or in '…'
            States.Array('x => the closing ' is missing
            States.Array('x\\') => the closing ' is missing
            States.Array('x\\ => the closing ' is missing
            States.Array('x\\y') => only ', {, } and \\ may follow a \\
            States.Array() x => unexpected 'x'
            States.Array()) => unexpected ')'
            States.Array(States.UUID() => ')' is missing
            States.UUID(1) => States.UUID does not take 1 arguments
            States.Format() => States.Format does not take 0 arguments
            States.StringToJson() => States.StringToJson does not take 0 arguments
            States.StringToJson('a', 'b') => States.StringToJson does not take 2 arguments
            States.JsonToString() => States.JsonToString does not take 0 arguments
            States.ArrayPartition($.l) => States.ArrayPartition does not take 1 arguments
            States.ArrayContains($.l) => States.ArrayContains does not take 1 arguments
            States.ArrayRange(1, 2) => States.ArrayRange does not take 2 arguments
            States.ArrayGetItem($.l) => States.ArrayGetItem does not take 1 arguments
            States.ArrayLength() => States.ArrayLength does not take 0 arguments
            States.ArrayUnique() => States.ArrayUnique does not take 0 arguments
            States.Base64Encode() => States.Base64Encode does not take 0 arguments
            States.Base64Decode('a', 1) => States.Base64Decode does not take 2 arguments
            States.Hash('a') => States.Hash does not take 1 arguments
            States.JsonMerge($.a, $.b) => States.JsonMerge does not take 2 arguments
            States.MathRandom(1) => States.MathRandom does not take 1 arguments
            States.MathRandom(1, 2, 3, 4) => States.MathRandom does not take 4 arguments
            States.MathAdd(1) => States.MathAdd does not take 1 arguments
            States.StringSplit('a') => States.StringSplit does not take 1 arguments
            """)
    void whatIsNoCallIsRefused(String call, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Intrinsic.parse(call))
                .withMessage("'" + call + "' is no intrinsic function call: " + message);
    }

    @Test
    void aPathInACallIsParsedWithIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Intrinsic.parse("States.Array($.a[)"))
                .withMessageContaining("is no JSONPath");
    }

    @Test
    void atMostTenCallsAreNestedInAField() {
        String nine = "States.Array(".repeat(9) + ")".repeat(9);
        assertThat(read("States.Array(" + nine + ")")).isNotNull();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Intrinsic.parse("States.Array(States.UUID(), " + nine + ")"))
                .withMessageContaining("a field may have at most 10 intrinsic functions, not 11");
    }

    @Test
    void aCallKnowsItsTextAndItsPaths() {
        Intrinsic call = Intrinsic.parse("States.Array($.a, 'x', States.Format('{}', $x), $$.b)");
        assertThat(call.paths().stream().map(JsonPath::text)).containsExactly("$.a", "$x", "$$.b");
        assertThat(call.text()).isEqualTo("States.Array($.a, 'x', States.Format('{}', $x), $$.b)");
        assertThat(call).hasToString(call.text());
    }

    @Test
    void aRandomNumberLiesFromItsStartToBelowItsEnd() {
        Roots roots = Given.roots("{}");
        Intrinsic call = Intrinsic.parse("States.MathRandom(0.5, 3.5)");
        Set<Object> seen = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            seen.add(call.read(roots));
        }
        assertThat(seen).containsExactlyInAnyOrder(1L, 2L, 3L);
    }

    @Test
    void aSeedGivesTheSameRandomNumberAgain() {
        Intrinsic call = Intrinsic.parse("States.MathRandom(1, 1000000, 42)");
        Roots roots = Given.roots("{}");
        assertThat(call.read(roots)).isEqualTo(call.read(roots));
        assertThat(Intrinsic.parse("States.MathRandom(1, 1000000)").read(roots))
                .isNotEqualTo(Intrinsic.parse("States.MathRandom(1, 1000000)").read(roots));
        assertThat(Intrinsic.parse("States.MathRandom(1, 1000000, 43)").read(roots))
                .isNotEqualTo(call.read(roots));
    }

    @Test
    void uuidsAreOfVersionFourAndDiffer() {
        Roots roots = Given.roots("{}");
        Intrinsic call = Intrinsic.parse("States.UUID()");
        Object first = call.read(roots);
        assertThat(first).asString().matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        assertThat(call.read(roots)).isNotEqualTo(first);
    }

    private static Stream<Arguments> limited() {
        return Stream.of(
                Arguments.of("States.Base64Encode($)", "Base64Encode", "x"),
                Arguments.of("States.Base64Decode($)", "Base64Decode", "A"),
                Arguments.of("States.Hash($, 'MD5')", "Hash", "😀"));
    }

    @ParameterizedTest
    @MethodSource("limited")
    void whatIsEncodedOrHashedHasAtMostTenThousandCharacters(String call, String name, String character) {
        Roots roots = Given.roots("null");
        assertThat(Intrinsic.parse(call).read(roots.at(character.repeat(10_000))))
                .isInstanceOf(String.class);
        assertThatExceptionOfType(PathException.class)
                .isThrownBy(() -> Intrinsic.parse(call).read(roots.at(character.repeat(10_001))))
                .withMessageEndingWith("The argument of States." + name + " is longer than 10000 characters");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            $.a => true
            $$.Execution => true
            $['a'] => true
            $[0] => true
            $.a b => false
            $. => false
            $ => false
            $x => false
            text => false
            States.UUID() => true
            States.UUID => false
            States.No() => false
            States.UUID() or so => false
            my States.UUID() => false
            """)
    void aTextMayLookLikeAPathOrACall(String text, boolean looks) {
        assertThat(PathExpression.looksLikeOne(text)).isEqualTo(looks);
    }

    @ParameterizedTest
    @ValueSource(strings = {"States.UUID()", "$.a"})
    void anExpressionIsACallOrAPath(String text) {
        assertThat(PathExpression.parse(text))
                .isInstanceOf(text.startsWith("$") ? JsonPath.class : Intrinsic.class)
                .hasToString(text);
    }
}
