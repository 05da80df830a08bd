package io.thermolake.asl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void jsonIsPlainJava() {
        assertThat(Json.parse("{\"b\":[1,1.5,\"x\",true,null],\"a\":{}}"))
                .isEqualTo(Map.of("b", Arrays.asList(1L, 1.5, "x", true, null), "a", Map.of()));
        assertThat(Json.text(Json.parse("{\"b\":1,\"a\":null,\"<\":\"é'&\"}")))
                .isEqualTo("{\"b\":1,\"a\":null,\"<\":\"é'&\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "{", "[1,]", "{a:1}", "'a'", "1 2", "{} x", "nul", "{\"a\":1,}", "NaN"})
    void whatIsNotJsonIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Json.parse(text)).withMessageStartingWith("not JSON: ");
    }

    @ParameterizedTest
    @CsvSource({"'', 0", "abc, 3", "é, 2", "€, 3", "a😀, 5", "\u007f, 1", "\u0080, 2"})
    void bytesAreCountedInUtf8(String text, int bytes) {
        assertThat(Json.bytes(text)).isEqualTo(bytes);
    }

    @Test
    void aCopyIsDeepAndInThePlainForm() {
        Map<Object, Object> map = new LinkedHashMap<>();
        map.put("list", new ArrayList<>(List.of(1, (short) 2, (byte) 3, 4L, 5.5f, 6.0, new BigDecimal("7.5"))));
        map.put(8, true);
        assertThat(Json.plain(map))
                .isEqualTo(Map.of("list", List.of(1L, 2L, 3L, 4L, 5.5, 6.0, 7.5), "8", true))
                .isNotSameAs(map);
        assertThat(Json.plain(null)).isNull();
    }

    @Test
    void jsonatasNumbersAreWholeWhenTheyAreWorthIt() {
        assertThat(Json.normal(List.of(1.0, 1.5, -2.0, 3, 4L, 9007199254740991.0, 9007199254740992.0, 1e300)))
                .isEqualTo(List.of(1L, 1.5, -2L, 3L, 4L, 9007199254740991L, 9007199254740992.0, 1e300));
        assertThat(Json.normal(Map.of("a", List.of(2.0)))).isEqualTo(Map.of("a", List.of(2L)));
        assertThat(Json.normal(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            1 => 1.0 => true
            1 => 2 => false
            1 => "1" => false
            0.1 => 0.10 => true
            9007199254740993 => 9007199254740992.0 => false
            null => null => true
            null => false => false
            "a" => "a" => true
            true => true => true
            {"a":1,"b":2} => {"b":2.0,"a":1} => true
            {"a":1} => {"a":1,"b":2} => false
            {"a":1,"b":2} => {"a":1} => false
            {"a":null} => {"b":null} => false
            {"a":1} => {"a":2} => false
            {} => [] => false
            [1,[2]] => [1.0,[2.0]] => true
            [1,2] => [2,1] => false
            [1] => [1,2] => false
            """)
    void valuesAreTheSameJson(String a, String b, boolean same) {
        assertThat(Json.same(Json.parse(a), Json.parse(b))).isEqualTo(same);
        assertThat(Json.same(Json.parse(b), Json.parse(a))).isEqualTo(same);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 2, -1",
        "2, 1, 1",
        "2, 2, 0",
        "1.5, 1, 1",
        "1, 1.5, -1",
        "1.0, 1, 0",
        "9007199254740993, 9007199254740992.0, 1"
    })
    void numbersAreOrderedExactly(String a, String b, int order) {
        assertThat(Json.compare((Number) Json.parse(a), (Number) Json.parse(b))).isEqualTo(order);
    }

    @ParameterizedTest
    @CsvSource({"{}, object", "[], array", "'\"a\"', string", "1, number", "1.5, number", "true, boolean", "null, null"
    })
    void aValueHasAType(String json, String type) {
        assertThat(Json.typeOf(Json.parse(json))).isEqualTo(type);
    }

    @Test
    void whatIsNoObjectOrListIsAnEmptyOne() {
        assertThat(Json.object(Map.of("a", 1))).isEqualTo(Map.of("a", 1));
        assertThat(Json.object("x")).isEmpty();
        assertThat(Json.list(List.of(1))).isEqualTo(List.of(1));
        assertThat(Json.list(null)).isEmpty();
    }
}
