package io.thermolake.asl.internal.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.asl.Json;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VariablesTest {
    @Test
    void aStateAssignsInEveryAssign() {
        assertThat(Variables.assigned(Json.object(Json.parse("""
                        {"Assign":{"a":1,"b.$":"$.x"},"Choices":[{"Assign":{"c":1}},{"Next":"N"}],
                         "Catch":[{"Assign":{"d.$":"$.Error","a":2}}],"Output":{"Assign":{"no":1}}}""")))).containsExactly("a", "b", "c", "d");
        assertThat(Variables.assigned(Json.object(Json.parse("{\"Type\":\"Pass\"}"))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            {"Output":"{% $a + $b_2 %}"} => a b_2
            {"Output":{"x":["{% $a %}",{"y":"{% $b %}"}]}} => a b
            {"Output":"$a"} =>
            {"Output":"{% $states.input.x & $states.context.y %}"} =>
            {"Output":"{% $sum($a) %}"} => a
            {"Output":"{% $mine($a) %}"} => a
            {"Output":"{% $map($a, $uppercase) %}"} => a
            {"Output":"{% ($t := $a; $t + 1) %}"} => a
            {"Output":"{% $map($a, function($v, $i) { $v + $i + $b }) %}"} => a b
            {"Output":"{% $map($a, λ($v) { $v }) %}"} => a
            {"Output":"{% '$no' & \\"$no\\" & $a /* $no */ %}"} => a
            {"Output":"{% 'it\\\\'s $no' & $a %}"} => a
            {"Choices":[{"Condition":"{% $a > 1 %}","Next":"N"}]} => a
            {"Comment":"{% $a %}","Result":"{% $a %}","Branches":["{% $a %}"],"Iterator":{"x":"{% $a %}"},"ItemProcessor":{"x":"{% $a %}"}} =>
            """)
    void whatAJsonataStateReads(String state, String names) {
        assertThat(String.join(" ", new ArrayList<>(Variables.read(Json.object(Json.parse(state)), true))))
                .isEqualTo(names == null ? "" : names);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            {"Parameters":{"x.$":"$a","y.$":"$b.c[0]","z":"$d"}} => a b
            {"InputPath":"$a","OutputPath":"$b.x","SecondsPath":"$.s"} => a b
            {"Choices":[{"Variable":"$a","NumericEqualsPath":"$b","Next":"$c"}]} => a b
            {"Parameters":{"x.$":"States.Format('{} $no', $a, States.Array($b, $.c, $$.d))"}} => a b
            {"Parameters":{"x.$":"no path $a"}} =>
            {"Parameters":{"x.$":5}} =>
            {"Parameters":[{"x.$":"$a"}]} => a
            {"Parameters":"{% $a %}"} =>
            {"Result":{"x.$":"$a"},"Comment":"$a"} =>
            """)
    void whatAJsonPathStateReads(String state, String names) {
        assertThat(String.join(" ", new ArrayList<>(Variables.read(Json.object(Json.parse(state)), false))))
                .isEqualTo(names == null ? "" : names);
    }
}
