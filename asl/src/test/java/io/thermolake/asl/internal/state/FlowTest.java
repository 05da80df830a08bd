package io.thermolake.asl.internal.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.asl.ExecutionResult;
import io.thermolake.asl.Json;
import io.thermolake.asl.TaskException;
import io.thermolake.asl.internal.engine.Machines;
import io.thermolake.asl.internal.value.Frame;
import io.thermolake.asl.internal.value.Frames;
import io.thermolake.asl.internal.value.Payload;
import io.thermolake.asl.internal.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The way of the data through a state: the States Language, "Input and Output Processing", and AWS's for JSONata. */
class FlowTest {
    private static ExecutionResult run(Machines machines, String language, String state, String rest, String input) {
        machines.task("arn:t", arguments -> {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("got", arguments);
            return result;
        });
        machines.task("arn:fails", arguments -> {
            throw new TaskException("Bad", "it is");
        });
        return machines.run(
                "{\"QueryLanguage\":\"" + language + "\",\"StartAt\":\"S\",\"States\":{\"S\":" + state + rest + "}}",
                Json.parse(input));
    }

    private static String output(ExecutionResult result) {
        return result instanceof ExecutionResult.Succeeded succeeded
                ? Json.text(succeeded.output())
                : result.toString();
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            "Comment":"c" => {"got":{"a":{"b":1},"c":2}}
            "InputPath":"$.a" => {"got":{"b":1}}
            "InputPath":"$$.Execution.Name" => {"got":"run-1"}
            "InputPath":null => {"got":{}}
            "Parameters":{"x.$":"$.c"} => {"got":{"x":2}}
            "InputPath":"$.a","Parameters":{"x.$":"$.b"} => {"got":{"x":1}}
            "ResultSelector":{"y.$":"$.got.c","z":3} => {"y":2,"z":3}
            "ResultPath":"$.r" => {"a":{"b":1},"c":2,"r":{"got":{"a":{"b":1},"c":2}}}
            "ResultPath":null => {"a":{"b":1},"c":2}
            "InputPath":"$.a","ResultPath":"$.r" => {"a":{"b":1},"c":2,"r":{"got":{"b":1}}}
            "InputPath":"$.a","ResultSelector":{"y.$":"$.got.b"},"ResultPath":"$.a.r" => {"a":{"b":1,"r":{"y":1}},"c":2}
            "OutputPath":"$.got.a" => {"b":1}
            "OutputPath":null => {}
            "ResultPath":"$.r","OutputPath":"$.r.got.c" => 2
            """)
    void aJsonPathTasksDataGoesThroughSixFields(String fields, String output) {
        assertThat(output(run(
                        new Machines(),
                        "JSONPath",
                        "{\"Type\":\"Task\",\"Resource\":\"arn:t\"," + fields + ",\"End\":true}",
                        "",
                        "{\"a\":{\"b\":1},\"c\":2}")))
                .isEqualTo(output);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            "Comment":"c" => {"got":{"c":2}}
            "Arguments":{"x":"{% $states.input.c %}"} => {"got":{"x":2}}
            "Output":"{% $states.result.got.c * 10 + $states.input.c %}" => 22
            "Arguments":[1],"Output":{"r":"{% $states.result %}"} => {"r":{"got":[1]}}
            "Output":null => null
            """)
    void aJsonataTasksDataGoesThroughTwo(String fields, String output) {
        assertThat(output(run(
                        new Machines(),
                        "JSONata",
                        "{\"Type\":\"Task\",\"Resource\":\"arn:t\"," + fields + ",\"End\":true}",
                        "",
                        "{\"c\":2}")))
                .isEqualTo(output);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            {"Type":"Succeed","InputPath":"$.a"} => {"b":1}
            {"Type":"Succeed","OutputPath":"$.c"} => 2
            {"Type":"Succeed","InputPath":"$.a","OutputPath":"$.b"} => 1
            {"Type":"Wait","Seconds":1,"InputPath":"$.a","OutputPath":"$.b","End":true} => 1
            {"Type":"Pass","Result":{"r":1},"ResultPath":"$.a.r","End":true} => {"a":{"b":1,"r":{"r":1}},"c":2}
            {"Type":"Pass","InputPath":"$.a","ResultPath":"$.r","End":true} => {"a":{"b":1},"c":2,"r":{"b":1}}
            {"Type":"Pass","Parameters":{"p.$":"$.c"},"End":true} => {"p":2}
            """)
    void statesWithoutAResultHaveFewer(String state, String output) {
        assertThat(output(run(new Machines(), "JSONPath", state, "", "{\"a\":{\"b\":1},\"c\":2}")))
                .isEqualTo(output);
    }

    @Test
    void aResultWithoutAPlaceFailsTheStateAndCanBeCaught() {
        String state = "{\"Type\":\"Task\",\"Resource\":\"arn:t\",\"ResultPath\":\"$.a.b\",\"End\":true%s}";
        assertThat(run(new Machines(), "JSONPath", state.formatted(""), "", "{\"a\":1}"))
                .isEqualTo(new ExecutionResult.Failed(
                        "States.ResultPathMatchFailure",
                        "An error occurred while executing the state 'S' (entered at the event id #2). "
                                + "Unable to apply step \"b\" to input 1"));
        assertThat(output(run(
                        new Machines(),
                        "JSONPath",
                        state.formatted(
                                ",\"Catch\":[{\"ErrorEquals\":[\"States.ResultPathMatchFailure\"],\"Next\":\"C\",\"ResultPath\":\"$.e\"}]"),
                        ",\"C\":{\"Type\":\"Pass\",\"Parameters\":{\"e.$\":\"$.e.Error\",\"a.$\":\"$.a\"},\"End\":true}",
                        "{\"a\":1}")))
                .isEqualTo("{\"e\":\"States.ResultPathMatchFailure\",\"a\":1}");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            "ResultPath":"$.e" => {"c":2,"e":{"Error":"Bad","Cause":"it is"}}
            "ResultPath":null => {"c":2}
            "ResultPath":"$" => {"Error":"Bad","Cause":"it is"}
            "Comment":"c" => {"Error":"Bad","Cause":"it is"}
            """)
    void aJsonPathCatcherPlacesTheError(String fields, String output) {
        assertThat(output(run(
                        new Machines(),
                        "JSONPath",
                        "{\"Type\":\"Task\",\"Resource\":\"arn:fails\",\"OutputPath\":\"$.nowhere\",\"End\":true,"
                                + "\"Catch\":[{\"ErrorEquals\":[\"Bad\"],\"Next\":\"C\"," + fields + "}]}",
                        ",\"C\":{\"Type\":\"Succeed\"}",
                        "{\"c\":2}")))
                .isEqualTo(output);
    }

    @Test
    void aJsonataCatcherHasAnOutputOfItsOwn() {
        String state = "{\"Type\":\"Task\",\"Resource\":\"arn:fails\",\"Output\":\"not this\",\"End\":true,"
                + "\"Catch\":[{\"ErrorEquals\":[\"Bad\"],\"Next\":\"C\"%s}]}";
        String rest = ",\"C\":{\"Type\":\"Succeed\"}";
        assertThat(output(run(
                        new Machines(),
                        "JSONata",
                        state.formatted(",\"Output\":\"{% $states.errorOutput.Error & $states.input.c %}\""),
                        rest,
                        "{\"c\":2}")))
                .isEqualTo("\"Bad2\"");
        assertThat(output(run(new Machines(), "JSONata", state.formatted(""), rest, "{\"c\":2}")))
                .isEqualTo("{\"Error\":\"Bad\",\"Cause\":\"it is\"}");
    }

    private static final String READ =
            ",\"R\":{\"Type\":\"Pass\",\"QueryLanguage\":\"JSONata\",\"Output\":\"{% $v %}\",\"End\":true}";

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            {"Type":"Task","Resource":"arn:t","ResultSelector":{"s.$":"$.got"},"Assign":{"v.$":"$.s.c"},"Next":"R"} => 2
            {"Type":"Task","Resource":"arn:t","ResultPath":"$.r","Assign":{"v.$":"$"},"Next":"R"} => {"got":{"a":{"b":1},"c":2}}
            {"Type":"Pass","InputPath":"$.a","Assign":{"v.$":"$"},"Next":"R"} => {"b":1}
            {"Type":"Wait","Seconds":1,"InputPath":"$.a","Assign":{"v.$":"$.b"},"Next":"R"} => 1
            {"Type":"Choice","InputPath":"$.a","Choices":[{"Variable":"$.b","NumericEquals":1,"Assign":{"v.$":"$"},"Next":"R"}]} => {"b":1}
            {"Type":"Choice","Choices":[{"Variable":"$.c","NumericEquals":1,"Next":"R"}],"Assign":{"v":"default"},"Default":"R"} => "default"
            {"Type":"Task","Resource":"arn:fails","Catch":[{"ErrorEquals":["Bad"],"Assign":{"v.$":"$.Cause"},"ResultPath":null,"Next":"R"}],"Assign":{"v":"not"},"Next":"R"} => "it is"
            """)
    void whatAJsonPathAssignSees(String state, String value) {
        assertThat(output(run(new Machines(), "JSONPath", state, READ, "{\"a\":{\"b\":1},\"c\":2}")))
                .isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            {"Type":"Task","Resource":"arn:t","Output":1,"Assign":{"v":"{% $states.result.got.c %}"},"Next":"R"} => 2
            {"Type":"Pass","Output":1,"Assign":{"v":"{% $states.input %}"},"Next":"R"} => {"c":2}
            {"Type":"Wait","Seconds":1,"Assign":{"v":"{% $states.input.c %}"},"Next":"R"} => 2
            {"Type":"Choice","Choices":[{"Condition":"{% true %}","Assign":{"v":"{% $states.input.c %}"},"Next":"R"}],"Assign":{"v":"not"}} => 2
            {"Type":"Choice","Choices":[{"Condition":"{% false %}","Next":"R"}],"Assign":{"v":"default"},"Default":"R"} => "default"
            {"Type":"Task","Resource":"arn:fails","Catch":[{"ErrorEquals":["Bad"],"Assign":{"v":"{% $states.errorOutput.Cause %}"},"Next":"R"}],"Next":"R"} => "it is"
            """)
    void whatAJsonataAssignSees(String state, String value) {
        assertThat(output(run(new Machines(), "JSONata", state, READ, "{\"c\":2}")))
                .isEqualTo(value);
    }

    @Test
    void eachStepOfTheWayIsNoted() {
        Map<String, Object> notes = new LinkedHashMap<>();
        Frame frame = Frames.of(Json.parse("{\"a\":{\"b\":1}}"), notes::put);
        Flow flow = new Flow.Path(
                payload("{\"in.$\":\"$.a\"}"),
                payload("{\"p.$\":\"$.in.b\"}"),
                payload("{\"s.$\":\"$\"}"),
                io.thermolake.asl.internal.path.ResultPath.parse("$.r"),
                null,
                null);
        Object effective = flow.effective(frame);
        flow.arguments(frame.at(effective));
        flow.worked(frame, 7L);
        assertThat(Json.text(notes))
                .isEqualTo("{\"afterInputPath\":{\"in\":{\"b\":1}},\"afterParameters\":{\"p\":1},"
                        + "\"afterResultSelector\":{\"s\":7},\"afterResultPath\":{\"a\":{\"b\":1},\"r\":{\"s\":7}}}");
        notes.clear();
        Flow jsonata = new Flow.Jsonata(Value.literal(1L), null, null);
        assertThat(jsonata.effective(frame)).isEqualTo(frame.input());
        jsonata.arguments(frame);
        assertThat(notes).isEqualTo(Map.of("afterArguments", 1L));
    }

    private static Value payload(String template) {
        return Payload.compile(Json.parse(template), "", (m, l) -> {});
    }
}
