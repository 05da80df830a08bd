package io.thermolake.asl.internal.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.thermolake.asl.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPathTest {
    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            $.limit => 10
            $.store.bicycle['price','color'] => {"price":19,"color":"red"}
            $.store.bicycle['color', "price" ] => {"color":"red","price":19}
            $.store.bicycle['price','no'] => {"price":19}
            $.store.bicycle['no','nothing'] => {}
            $['limit'] => 10
            $["limit"] => 10
            $[ 'limit' ] => 10
            $.store.bicycle.color => "red"
            $.store['bicycle'].color => "red"
            $.store.['bicycle'].color => "red"
            $.['a b'].['it\\'s'] => 1
            $['a b']['it\\'s'] => 1
            $['a b']["it's"] => 1
            $['a b']["q\\""] => 2
            $['a b']['q"'] => 2
            $.n => null
            $.de-tail => 5
            $.été => 6
            $.list[0] => 0
            $.list[4] => 4
            $.list[-1] => 4
            $.list[-5] => 0
            $.list[ 2 ] => 2
            $.nested[1][0] => 3
            $.store.book[1].title => "B"
            $.store.book[1].sold => null
            $$.Execution.Name => "run-1"
            $$.Execution.Input.k[1] => 8
            $$.Nothing => null
            $$['Execution']['Name'] => "run-1"
            $x => 5
            $obj.a[1].b => 2
            $obj['a'][0] => 1
            """)
    void aDefinitePathGivesItsOneNode(String path, String expected) {
        JsonPath parsed = JsonPath.parse(path);
        assertThat(parsed.definite()).isTrue();
        assertThat(Json.text(parsed.read(Given.store()))).isEqualTo(expected);
        assertThat(Json.text(parsed.nodes(Given.store()))).isEqualTo("[" + expected + "]");
    }

    @Test
    void theRootsThemselvesArePaths() {
        Roots roots = Given.store();
        assertThat(JsonPath.parse("$").read(roots)).isEqualTo(roots.document());
        assertThat(JsonPath.parse("$$").read(roots)).isEqualTo(roots.context().get());
        assertThat(JsonPath.parse("$").read(roots.at("other"))).isEqualTo("other");
        assertThat(JsonPath.parse("$x").read(roots.at("other"))).isEqualTo(5L);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            $.store.book[*].title => ["A","B","C"]
            $.store.book.*.title => ["A","B","C"]
            $.store.bicycle.* => ["red",19]
            $.store.bicycle[*] => ["red",19]
            $.text[*] => []
            $.none[*] => []
            $.no[*] => []
            $.no[*].at.all => []
            $.list[1:3] => [1,2]
            $.list[:2] => [0,1]
            $.list[3:] => [3,4]
            $.list[:] => [0,1,2,3,4]
            $.list[-2:] => [3,4]
            $.list[:-3] => [0,1]
            $.list[-9:2] => [0,1]
            $.list[3:99] => [3,4]
            $.list[99:] => []
            $.list[3:1] => []
            $.list[ 1 : 3 ] => [1,2]
            $.list[ 1 : 3 : 1 ] => [1,2]
            $.list[ : 2 ] => [0,1]
            $.list[ * ] => [0,1,2,3,4]
            $.list[0:5:2] => [0,2,4]
            $.list[::3] => [0,3]
            $.list[1::1] => [1,2,3,4]
            $.text[0:1] => []
            $.store[0:1] => []
            $.list[0,2] => [0,2]
            $.list[ 4 , 0 ] => [4,0]
            $.list[-1,-5,5,-6] => [4,0]
            $.text[0,1] => []
            $.store.book[*]['title','isbn'] => [{"title":"A","isbn":"i-1"},{"title":"B"},{"title":"C","isbn":"i-3"}]
            $.store['book','bicycle'].price => [19]
            $.store['book','bicycle'][0].title => ["A"]
            $.nested[*][*] => [1,2,3]
            $.nested[*][0] => [1,3]
            $.nested[*][-1] => [2,3]
            $.nested[*][1] => [2]
            $.nested[*][-2] => [1]
            $..price => [8,12.5,22,19]
            $..book[0].title => ["A"]
            $..book[*].title => ["A","B","C"]
            $.store..color => ["red"]
            $.nested..[0] => [[1,2],1,3]
            $.nested..* => [[1,2],[3],1,2,3]
            $.words.. => refused
            $$.Execution.Input.k[*] => [7,8]
            $obj..b => [2]
            $obj.a[*].b => [2]
            $unknown[*] => []
            """)
    void anIndefinitePathGivesTheListOfWhatItFinds(String path, String expected) {
        if (expected.equals("refused")) {
            assertThatIllegalArgumentException().isThrownBy(() -> JsonPath.parse(path));
            return;
        }
        JsonPath parsed = JsonPath.parse(path);
        assertThat(parsed.definite()).isFalse();
        assertThat(Json.text(parsed.read(Given.store()))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            $.no => No results for path: $['no']
            $.text['a','b'] => Expected to find an object with property ['a','b'] in path $['text'] but found string.
            $.store.no => No results for path: $['store']['no']
            $.no.such => Missing property in path $['no']
            $.store.no.such => Missing property in path $['store']['no']
            $.text.a => Expected to find an object with property ['a'] in path $['text'] but found string.
            $.n.a => Expected to find an object with property ['a'] in path $['n'] but found null.
            $.list.a => Expected to find an object with property ['a'] in path $['list'] but found array.
            $.list[0].a => Expected to find an object with property ['a'] in path $['list'][0] but found number.
            $.list[5] => No results for path: $['list'][5]
            $.list[-6] => No results for path: $['list'][-6]
            $.nested[0][7] => No results for path: $['nested'][0][7]
            $.text[0] => Filter: [0] can only be applied to arrays. Current context is: "abc"
            $.e[-1] => Filter: [-1] can only be applied to arrays. Current context is: {}
            $nope => Variable 'nope' was not found: no state before this one assigned it
            $nope.a => Variable 'nope' was not found: no state before this one assigned it
            $obj.z => No results for path: $['z']
            $$.Execution.No => No results for path: $['Execution']['No']
            """)
    void aDefinitePathThatLeadsNowhereSaysWhereItEnds(String path, String message) {
        assertThatExceptionOfType(PathException.class)
                .isThrownBy(() -> JsonPath.parse(path).read(Given.store()))
                .withMessage(message)
                .satisfies(e -> assertThat(e.kind()).isEqualTo(PathException.Kind.NOT_FOUND));
        assertThat(JsonPath.parse(path).nodes(Given.store())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            limit => '$' is missing at character 1
            .limit => '$' is missing at character 1
            $.limit x => unexpected ' ' at character 8
            $) => unexpected ')' at character 2
            $. => a name is missing at character 3
            $.. => a name is missing at character 4
            $.a..  => a name is missing at character 6
            $.a...b => a name is missing at character 6
            $.a.size.x() => the function x() is not known at character 11
            $.a[ => an index, a name, * or ? is missing at character 5
            $.a[] => an index, a name, * or ? is missing at character 5
            $.a[b] => an index, a name, * or ? is missing at character 5
            $.a[1 => ']' is missing at character 6
            $.a[1,] => an index is missing at character 7
            $.a[1,b] => an index is missing at character 7
            $.a[-] => '-' is no index at character 6
            $.a[99999999999] => '99999999999' is no index at character 16
            $.a[0:1:0] => the step of a slice must be at least 1 at character 10
            $.a[0:1:-1] => the step of a slice must be at least 1 at character 11
            $.a[1:2 => ']' is missing at character 8
            $.a['b\\ => ''' is missing at character 8
            $.a[?(@b == 1)] => ')' is missing at character 8
            $.a['b => ''' is missing at character 7
            $.a["b'] => '"' is missing at character 9
            $.a['b' => ']' is missing at character 8
            $.a[*  => ']' is missing at character 6
            $.a[?@.b] => '(' is missing at character 6
            $.a[?(@.b] => ')' is missing at character 10
            $.a[?(@.b)  => ']' is missing at character 11
            $.a[?(1)] => a comparison is missing at character 8
            $.a[?('x')] => a comparison is missing at character 10
            $.a[?($.x)] => a comparison is missing at character 10
            $.a[?(@.b == 1x)] => '1x' is no value at character 16
            $.a[?(@.b == )] => '' is no value at character 14
            $.a[?(@.b === 1)] => '' is no value at character 13
            $.a[?(@.b in [1, 2)] => '[1, 2)]' is no value at character 21
            $.a[?(@.b =~ x)] => '/' is missing at character 14
            $.a[?(@.b =~ /x)] => '/' is missing at the end of a pattern at character 15
            $.a[?(@.b =~ /(/)] => '(' is no pattern: Unclosed group at character 17
            $.a[?((@.b)] => ']' is missing
            $.a[?(@.b subsetof [1])] => ')' is missing at character 11
            """)
    void whatIsNoPathIsRefusedWithItsPlace(String path, String message) {
        if (message.equals("']' is missing")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> JsonPath.parse(path))
                    .withMessageStartingWith("'" + path + "' is no JSONPath: ");
            return;
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonPath.parse(path))
                .withMessage("'" + path + "' is no JSONPath: " + message);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            $ => true
            $.a => true
            $.a['b c'][0] => true
            $.a[*] => false
            $.a.* => false
            $..a => false
            $.a[0:1] => false
            $.a[0,1] => false
            $['a','b'] => false
            $.a[?(@.b)] => false
            $.a.length() => false
            $$.a => false
            $a => false
            """)
    void aReferencePathOnlyNamesAPlaceInTheDocument(String path, boolean reference) {
        assertThat(JsonPath.parse(path).isReference()).isEqualTo(reference);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            $ => => false
            $.x => => false
            $$ => => true
            $$.x => => true
            $x => x => false
            $x_1.y => x_1 => false
            $état[0] => état => false
            """)
    void aPathKnowsWhereItStarts(String path, String variable, boolean context) {
        JsonPath parsed = JsonPath.parse(path);
        assertThat(parsed.variable()).isEqualTo(variable);
        assertThat(parsed.fromContext()).isEqualTo(context);
        assertThat(parsed.text()).isEqualTo(path);
        assertThat(parsed).hasToString(path);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            $.list[9] => true
            $.list[-9] => true
            $.nested[0][5] => true
            $.none[0] => true
            $$.Execution.Input.k[2] => true
            $.text[0] => false
            $.no[0] => false
            $.list.a => false
            $ => false
            """)
    void anIndexPastTheEndOfAnArrayIsToldFromOtherMisses(String path, boolean past) {
        assertThat(JsonPath.parse(path).endsPastAnArray(Given.store())).isEqualTo(past);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            $.list.length() => 5
            $.list.size() => 5
            $.none.length() => 0
            $.text.length() => 3
            $.store.bicycle.length() => 2
            $.store.bicycle.size() => 2
            $.limit.length() => null
            $.n.size() => null
            $.numbers.min() => 2.0
            $.numbers.max() => 6.5
            $.numbers.sum() => 12.5
            $.list.avg() => 2.0
            $.nested[0].stddev() => 0.5
            $.numbers.stddev() => 1.8408935028645435
            $.list.first() => 0
            $.list.last() => 4
            $.words.first() => "b"
            $.words.last() => "a"
            $.store.bicycle.keys() => ["color","price"]
            $.list.keys() => null
            $.text.keys() => null
            $.nested[*].length() => [2,1]
            """)
    void aPathMayEndWithAFunction(String path, String expected) {
        assertThat(Json.text(JsonPath.parse(path).read(Given.store()))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$.none.min()",
                "$.none.max()",
                "$.none.sum()",
                "$.none.avg()",
                "$.none.stddev()",
                "$.none.first()",
                "$.none.last()",
                "$.words.min()",
                "$.words.max()",
                "$.words.sum()",
                "$.words.avg()",
                "$.words.stddev()",
                "$.text.sum()",
                "$.limit.first()",
                "$.e.min()"
            })
    void anAggregationOverNoNumberFails(String path) {
        assertThatExceptionOfType(PathException.class)
                .isThrownBy(() -> JsonPath.parse(path).read(Given.store()))
                .withMessage("Aggregation function attempted to calculate value using empty array");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            $.a['b'][1] => $['a']['b'][1]
            $['a','b'] => $['a','b']
            $[0, 2] => $[0,2]
            $[1:] => $[1:]
            $[:3] => $[:3]
            $.* => $[*]
            $..a => $..['a']
            $[?(@.x)] => $[?]
            $.a.sum() => $['a'].sum()
            """)
    void stepsArePrintedInBrackets(String path, String printed) {
        StringBuilder all = new StringBuilder("$");
        JsonPath.parse(path).tokens().forEach(token -> all.append(token.printed()));
        assertThat(all).hasToString(printed);
    }
}
