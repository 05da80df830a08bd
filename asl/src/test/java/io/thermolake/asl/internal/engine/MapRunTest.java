package io.thermolake.asl.internal.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.asl.HistoryEvent;
import io.thermolake.asl.Json;
import io.thermolake.asl.engine.Definition;
import io.thermolake.asl.testing.AslRunner;
import io.thermolake.asl.testing.MemoryObjects;
import io.thermolake.asl.testing.Mocks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MapRunTest {
    private static final String DISTRIBUTED =
            "{'StartAt':'M','States':{'M':{'Type':'Map',READER'ItemProcessor':{'ProcessorConfig':{'Mode':'DISTRIBUTED',"
                    + "'ExecutionType':'STANDARD'},'StartAt':'I','States':{'I':{'Type':'Pass','End':true}}},'End':true}}}";

    @Test
    void theEndOfTheStateFollowsTheStartOfItsRun() {
        List<String> chain = new ArrayList<>();
        run("", List.of(1L), Map.of(), event -> chain.add(event.type() + " after " + event.previousEventId()));
        assertThat(chain)
                .containsSubsequence(
                        "MapRunStarted after 3",
                        "MapRunSucceeded after 4",
                        "MapStateSucceeded after 5",
                        "MapStateExited after 4");
    }

    @Test
    void aRowOfCsvHasItsMembersInAwsOrder() {
        Map<String, Object> answer = run(
                "'ItemReader':{'Resource':'arn:aws:states:::s3:getObject','Parameters':{'Bucket':'b','Key':'k'},"
                        + "'ReaderConfig':{'InputType':'CSV','CSVHeaderLocation':'FIRST_ROW'}},",
                Map.of(),
                Map.of("b/k", "0,True,{}\n1,2,3\n".getBytes(UTF_8)),
                event -> {});
        assertThat(Json.text(answer.get("output"))).isEqualTo("[{\"0\":\"1\",\"{}\":\"3\",\"True\":\"2\"}]");
    }

    private static Map<String, Object> run(
            String reader,
            Object input,
            Map<String, byte[]> objects,
            java.util.function.Consumer<HistoryEvent> events) {
        return AslRunner.run(
                DISTRIBUTED.replace("READER", reader).replace('\'', '"'),
                Definition.Type.STANDARD,
                input,
                new Mocks(),
                new MemoryObjects(new TreeMap<>(objects)),
                true,
                events);
    }
}
