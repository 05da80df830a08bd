package io.thermolake.asl.internal.jsonata;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReferencesTest {
    private static List<String> split(String list) {
        return list == null ? List.of() : List.of(list.split(" "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "phone | phone",
                "phone.number | phone",
                "`first-name`.x | first-name",
                "\"quoted\".x | quoted",
                "'quoted' |",
                "aaa + bbb * aaa | aaa bbb",
                "a and b or c in d | a b c d",
                "and | and",
                "true = false | ",
                "null |",
                "$ | $",
                "$.a | $",
                "$$ | $$",
                "$x[$$.a] | $$",
                "$states.input.phone |",
                "$states.input.items[phone > 3 and $ != 1] |",
                "$x^(>price, <name) |",
                "$x{category: $sum(price)} |",
                "phone{category: price} | phone",
                "$map($states.input.a, function($v, $i){ $v.phone }) |",
                "$map($states.input.a, λ($v){ phone }) | phone",
                "$map($x, function($v)<n:n>{ $v }) |",
                "[a, b][0] | a b",
                "[1..5].(a) |",
                "{'k': a}.b | a",
                "(a; b) | a b",
                "($y := a; $y) | a",
                "x ? y : z | x y z",
                "-a | a",
                "$f(a, b) | a b",
                "f(a) | f a",
                "$x.$f(a) |",
                "$match(a, /b[c.d](e)\\/f/im) | a",
                "$x / a / b | a b",
                "a /* b */ | a",
                "1.5e-3 + a | a",
                "$x.y@$z.w#$i.v |",
                "** | ",
                "$x.**.a |",
                "$x.%.a |",
                "function | function",
                "größe | größe",
                "$f(?, a) | a",
                "a ?: b | a b",
                "a ?? b | a b",
                "$x ~> $f | ",
                "a := 1 | a",
            })
    void aNameAtTheTopLevelIsFound(String expression, String names) {
        assertThat(References.of(expression).topLevel()).containsExactlyElementsOf(split(names));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "$x | x",
                "$x + $y | x y",
                "$states.input |",
                "$sum($x) | x",
                "$x := $y | y",
                "($x := 1; $x) |",
                "($x := $x + 1; $x) | x",
                "(($y := 1; $y) + $y) | y",
                "$map($l, function($v){ $v + $w }) | l w",
                "function($v){ $v }($v) | v",
                "$a@$b.($b + $c) | a c",
                "$list#$i.($i) | list",
                "'$x' & \"$y\" |",
                "/* $x */ 1 |",
                "$x.y[$z] | x z",
                "$f($g) | g",
                "[$a, {'k': $b}] | a b",
            })
    void aVariableThatTheExpressionDoesNotBindIsRead(String expression, String names) {
        assertThat(References.of(expression).variables()).containsExactlyElementsOf(split(names));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "$exists($x) ? $x : 1 | x",
                "$exists( $x ) | x",
                "$exists($x.y) |",
                "$exists($ ) |",
                "$exist($x) |",
            })
    void aVariableWhosePresenceIsAskedForIsTested(String expression, String names) {
        assertThat(References.of(expression).tested()).containsExactlyElementsOf(split(names));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "$states.input.a + $states . result | input result",
                "$states |",
                "$states['input'] |",
                "$states.* |",
                "$x.input |",
            })
    void theMembersOfStatesAreFound(String expression, String names) {
        assertThat(References.of(expression).states()).containsExactlyElementsOf(split(names));
    }

    @Test
    void aTransformLooksUpItsNamesInWhatItTransforms() {
        assertThat(References.of("$x ~> |a.b|{'c': d}, ['e', f]| ~> $sum(g)").topLevel())
                .containsExactly("g");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "(",
                ")",
                "[",
                "{",
                "function(",
                "function($x",
                "$f(",
                "a.",
                "^",
                "/",
                "/[",
                "\"",
                "'\\",
                "`",
                "|",
                "@",
                "/*",
                "1.",
                "$states.",
                "$exists(",
                "a ^",
                "$x :="
            })
    void whatIsNoExpressionIsReadToItsEnd(String expression) {
        assertThat(References.of(expression).variables()).isNotNull();
    }
}
