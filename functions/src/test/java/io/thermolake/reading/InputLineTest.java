package io.thermolake.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thermolake.RecordJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class InputLineTest {
    @ParameterizedTest
    @EnumSource(Source.class)
    void aLineIsReadAsItWasWritten(Source source) {
        InputLine line = new InputLine("raw/a \"b\"\\é.csv", source, "csv", new Columns("ts", "raum", "°C"), 1L << 40);

        assertThat(InputLine.parse(RecordJson.gson().toJson(line.fields()))).isEqualTo(line);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no json", "{}", "{\"object\":\"a\",\"source\":\"cellar\"}"})
    void whatIsNoLineIsRefused(String line) {
        assertThatThrownBy(() -> InputLine.parse(line))
                .isInstanceOfAny(IllegalArgumentException.class, NullPointerException.class);
    }

    /** Two meanings of one rank would let a reading win that does not count. */
    @Test
    void whatTheLakeHasStaysAndThenWhatIsCuratedComesBeforeWhatIsLive() {
        assertThat(Source.values())
                .extracting(Source::key)
                .containsExactly("lake", "external_db", "history", "live", "history_source");
        assertThat(Source.values())
                .extracting(Source::rank)
                .doesNotHaveDuplicates()
                .isSorted();
    }

    @Test
    void aSourceThatIsNoneIsNamed() {
        assertThatThrownBy(() -> Source.of("cellar")).hasMessageContaining("'cellar' is no source");
    }
}
