package io.thermolake.asl.internal.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.asl.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Filters, as Jayway's library has them. */
class PredicateTest {
    private static final String ITEMS = """
            {"top":2,"s":"m","items":[
              {"id":"a","n":1,"s":"abc","l":[1,"x"],"o":{"k":1},"b":true,"z":null},
              {"id":"b","n":2.5,"s":"","l":[],"o":{},"b":false},
              {"id":"c","n":"1","s":"Abc","m":2,"p":2},
              {"id":"d","n":2}]}""";

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            @.n == 1 => ac
            @.n == 1.0 => a
            1 == @.n => ac
            1.0 == @.n => ac
            @.n == '1' => ac
            @.n == '1.0' => a
            @.n == 'x' =>
            @.s == abc => a
            abc == @.s => a
            @.s != abc => bcd
            @.s == abc && @.b == true => a
            @['n'] == 2 => d
            @.n != 1 => bd
            @.n < 2 => a
            @.n <= 2 => ad
            @.n > 2 => b
            @.n >= 2 => bd
            @.n>=2 => bd
            @.n > '0' => c
            @.n < $.top => a
            $.top == @.n => d
            @.s < $.s => abc
            @.s > 'A' => ac
            @.s >= 'Abc' => ac
            @.s <= 'Abc' => bc
            @.s == "abc" => a
            @.s == 'it\\'s' =>
            @.b == true => a
            @.b == false => b
            @.b < true =>
            @.z == null => a
            @.z != null => bcd
            @.z => a
            @.m => c
            @.no =>
            !@.m => abd
            !(@.n == 1) => bd
            @.no == @.nothing =>
            @.no != @.nothing => abcd
            @.m == @.p => c
            @.o == @.o => ab
            @.n == 1 || @.n == 2 => acd
            @.n == 1 && @.b == true => a
            @.n == 1 && @.b == false =>
            @.n == 2 || @.n == 1 && @.b == false => d
            (@.n == 2 || @.n == 1) && @.b == true => a
            @.n==1||@.n==2 => acd
            (@.m) => c
            ( @.m ) => c
            @.s =~ /a.*/ => a
            @.s =~ /a.*/i => ac
            @.s =~ /b/ =>
            @.n =~ /1/ => c
            @.n in [1, 2] => acd
            @.n in ['1', 2] => acd
            @.n nin [1, 2] => b
            @.n in $.items[*].n => abcd
            @.n in 1 =>
            @.n nin 1 => abcd
            @.s contains 'b' => ac
            @.l contains 'x' => a
            @.l contains 1 => a
            @.l contains 2 =>
            @.n contains 1 =>
            @.s size 3 => ac
            @.l size 2 => a
            @.o size 1 => a
            @.o size 0 => b
            @.n size 1 => c
            @.n size -1 =>
            @.s size 'x' =>
            @.s empty true => b
            @.s empty false => ac
            @.l empty true => b
            @.o empty false => a
            @.n empty false => c
            @.l[0] == 1 => a
            @.l[*] => a
            @.l.length() == 2 => a
            @.l[1] == 'x' => a
            @.n == -1 =>
            """)
    void aFilterKeepsTheElementsThatItHoldsFor(String filter, String ids) {
        Object found = JsonPath.parse("$.items[?(" + filter + ")].id").read(Given.roots(ITEMS));
        assertThat(String.join(
                        "", Json.list(found).stream().map(String::valueOf).toList()))
                .isEqualTo(ids == null ? "" : ids);
    }

    @Test
    void blanksAroundAFilterDoNotMatter() {
        assertThat(Json.text(JsonPath.parse("$.items[ ? ( @.n == 2 ) ].id").read(Given.roots(ITEMS))))
                .isEqualTo("[\"d\"]");
    }

    @Test
    void aFilterOnAnObjectTestsTheObjectItself() {
        Roots roots = Given.roots("{\"o\":{\"n\":1,\"in\":{\"n\":1}},\"t\":5}");
        assertThat(Json.text(JsonPath.parse("$.o[?(@.n == 1)]").read(roots))).isEqualTo("[{\"n\":1,\"in\":{\"n\":1}}]");
        assertThat(Json.text(JsonPath.parse("$.o[?(@.n == 2)]").read(roots))).isEqualTo("[]");
        assertThat(Json.text(JsonPath.parse("$.t[?(@.n == 2)]").read(roots))).isEqualTo("[]");
    }

    @Test
    void aFilterMayBeNestedAndMayTestTheElementItself() {
        assertThat(Json.text(JsonPath.parse("$.items[?(@.l[?(@ == 'x')])].id").read(Given.roots(ITEMS))))
                .isEqualTo("[\"a\"]");
        assertThat(Json.text(JsonPath.parse("$[?(@ > 1)]").read(Given.roots("[1,2,3,\"4\"]"))))
                .isEqualTo("[2,3]");
    }
}
