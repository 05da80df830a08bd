package io.thermolake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParseException;
import io.thermolake.run.Handle;
import io.thermolake.run.Progress;
import io.thermolake.run.Run;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordJsonTest {
    private static final Run RUN = new Run("run-1", "arn", Instant.parse("2026-03-31T00:00:00Z"), 3);

    @Test
    void aRecordIsReadBackAsItWasWritten() {
        Progress progress = new Progress(
                Progress.State.RUNNING,
                List.of(new Handle(Handle.Kind.CRAWL, "raw", "run-1", RUN.now(), RUN.now())),
                Map.of("attempt", 2L, "ratio", 0.5, "path", "a<b>'&=é"));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        new RecordJson().toJson(progress, bytes, Progress.class);
        Progress read = new RecordJson().fromJson(new ByteArrayInputStream(bytes.toByteArray()), Progress.class);

        assertThat(read).isEqualTo(progress);
        assertThat(bytes.toString(UTF_8)).contains("a<b>'&=é").contains("\"2026-03-31T00:00:00Z\"");
    }

    @Test
    void unknownFieldsAreIgnored() {
        assertThat(new RecordJson()
                        .<Run>fromJson(
                                "{\"id\":\"run-1\",\"executionArn\":\"arn\",\"now\":\"2026-03-31T00:00:00Z\","
                                        + "\"base\":3,\"more\":{\"x\":[1]}}",
                                Run.class))
                .isEqualTo(RUN);
    }

    @Test
    void aWholeNumberOfUnknownTypeIsALong() {
        Map<?, ?> map = new RecordJson().fromJson("{\"a\":3,\"b\":3.5}", Map.class);

        assertThat(map.get("a")).isEqualTo(3L);
        assertThat(map.get("b")).isEqualTo(3.5);
    }

    @Test
    void aTimeThatIsNoneIsABadDocumentAndNamesItself() {
        assertThatThrownBy(() -> RecordJson.gson().fromJson("{\"now\":\"yesterday\"}", Run.class))
                .isInstanceOf(JsonParseException.class)
                .hasMessageContaining("yesterday")
                .hasMessageContaining("$.now");
    }

    @Test
    void aRecordChecksItself() {
        assertThatThrownBy(() -> RecordJson.gson().fromJson("{\"id\":\"x\"}", Run.class))
                .hasStackTraceContaining("run.executionArn is null");
    }

    private record Inner(String day, @Nullable Integer count) {}

    private record Outer(String room, @Flat Inner inner, boolean used) {}

    @Test
    void aFlatComponentHasNoLevelOfItsOwn() {
        Outer outer = new Outer("lab", new Inner("2026-03-31", 3), true);

        String json = RecordJson.gson().toJson(outer);

        assertThat(json).isEqualTo("{\"room\":\"lab\",\"day\":\"2026-03-31\",\"count\":3,\"used\":true}");
        assertThat(RecordJson.gson().fromJson(json, Outer.class)).isEqualTo(outer);
    }

    @Test
    void whatAFlatComponentLacksIsNull() {
        assertThat(RecordJson.gson().fromJson("{\"used\":false,\"day\":\"x\",\"other\":1}", Outer.class))
                .isEqualTo(new Outer(null, new Inner("x", null), false));
        assertThat(RecordJson.gson().toJson(new Outer("lab", new Inner("x", null), false)))
                .isEqualTo("{\"room\":\"lab\",\"day\":\"x\",\"used\":false}");
    }

    @Test
    void aFlatRecordIsReadFromAnObjectOnly() {
        assertThatThrownBy(() -> RecordJson.gson().fromJson("[1]", Outer.class))
                .isInstanceOf(JsonParseException.class)
                .hasMessageContaining("no JSON object");
        assertThat(RecordJson.gson().fromJson("null", Outer.class)).isNull();
    }
}
