package io.thermolake.asl.internal.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.thermolake.asl.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResultPathTest {
    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            $ => {"a":1} => "R"
            $ => null => "R"
            $.r => {"a":1} => {"a":1,"r":"R"}
            $.a => {"a":1,"b":2} => {"a":"R","b":2}
            $.r => {} => {"r":"R"}
            $.x.y.z => {"a":1} => {"a":1,"x":{"y":{"z":"R"}}}
            $.a.c => {"a":{"b":1}} => {"a":{"b":1,"c":"R"}}
            $['x y'] => {} => {"x y":"R"}
            $.l[0] => {"l":[1,2]} => {"l":["R",2]}
            $.l[1].a => {"l":[1,{"b":2}]} => {"l":[1,{"b":2,"a":"R"}]}
            $[1] => [1,2] => [1,"R"]
            """)
    void theResultIsPutInItsPlace(String path, String input, String expected) {
        Object given = Json.parse(input);
        assertThat(Json.text(ResultPath.parse(path).put(given, "R"))).isEqualTo(expected);
        assertThat(Json.text(given)).isEqualTo(input);
    }

    @Test
    void theResultReplacesTheInputOrIsDropped() {
        assertThat(ResultPath.REPLACE.put("I", "R")).isEqualTo("R");
        assertThat(ResultPath.REPLACE.put("I", null)).isNull();
        assertThat(ResultPath.DROP.put("I", "R")).isEqualTo("I");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            $.r => "text" => Unable to apply step "r" to input "text"
            $.r => [1] => Unable to apply step "r" to input [1]
            $.r => null => Unable to apply step "r" to input null
            $.a.b => {"a":1} => Unable to apply step "b" to input 1
            $.a.b => {"a":null} => Unable to apply step "b" to input null
            $.l[2] => {"l":[1,2]} => Unable to apply step "2" to input [1,2]
            $.l[-1] => {"l":[1,2]} => Unable to apply step "-1" to input [1,2]
            $.l[0] => {"l":{}} => Unable to apply step "0" to input {}
            $.l[0] => {} => Unable to apply step "0" to input {}
            """)
    void whatIsNoPlaceFails(String path, String input, String message) {
        assertThatExceptionOfType(PathException.class)
                .isThrownBy(() -> ResultPath.parse(path).put(Json.parse(input), "R"))
                .withMessage(message)
                .satisfies(e -> assertThat(e.kind()).isEqualTo(PathException.Kind.NO_PLACE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"$$.a", "$a", "$.a[*]", "$..a", "$.a[0:1]", "$.a[?(@.b)]", "$.a.length()", "$['a','b']"})
    void onlyAReferencePathNamesAPlace(String path) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ResultPath.parse(path))
                .withMessage("'" + path + "' is no reference path: only names and single indexes from $");
    }
}
