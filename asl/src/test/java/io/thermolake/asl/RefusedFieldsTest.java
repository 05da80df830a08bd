package io.thermolake.asl;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of fields that a definition cannot have, found before anything runs. */
class RefusedFieldsTest {
    private static final String PROCESSOR = "'ItemProcessor':{'ProcessorConfig':{'Mode':'DISTRIBUTED',"
            + "'ExecutionType':'STANDARD'},'StartAt':'I','States':{'I':{'Type':'Succeed'}}},";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'Type':'Pass','Assign':[1] | Expected value of type [OBJECT] at /States/S/Assign",
                "'Type':'Task','Resource':'r','Retry':[{'ErrorEquals':['E'],'MaxAttempts':1.5}] | [INTEGER] at /States/S/Retry[0]/MaxAttempts",
                "'Type':'Wait','Seconds':1.5 | Expected value of type [INTEGER] that is not negative at /States/S/Seconds",
                "'Type':'Wait','Seconds':100000000 | should be a number from 0 to 99999999 at /States/S/Seconds",
                "'Type':'Wait','Timestamp':5 | Expected value of type [STRING] at /States/S/Timestamp",
                "'Type':'Wait','Timestamp':null | Expected value of type [STRING] at /States/S/Timestamp",
                "'Type':'Task','Resource':'r','TimeoutSeconds':0 | from 1 to 99999999 at /States/S/TimeoutSeconds",
                "'Type':'Task','Resource':'r','HeartbeatSeconds':0.5 | [INTEGER] that is not negative at /States/S/HeartbeatSeconds",
                "'Type':'Map','ToleratedFailurePercentage':'x' | [NUMBER] that is not negative at /States/S/ToleratedFailurePercentage",
                "'Type':'Map','MaxConcurrency':1.5 | [INTEGER] that is not negative at /States/S/MaxConcurrency",
            })
    void aNumberOrTimestampOutOfItsRangeIsRefused(String fields, String problem) {
        String processor = fields.contains("'Map'") ? PROCESSOR : "";
        assertThatThrownBy(() -> Definition.parse(
                        ("{'StartAt':'S','States':{'S':{" + processor + fields + ",'End':true}}}").replace('\'', '"')))
                .isInstanceOf(InvalidDefinitionException.class)
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'Type':'Task','Resource':'r','Arguments':'{% $states.result %}' | $states.result is not available in this field at /States/S/Arguments",
                "'Type':'Wait','Seconds':1,'Output':'{% $states . result.a %}' | $states.result is not available in this field at /States/S/Output",
                "'Type':'Task','Resource':'r','Output':{'a':['{% $states.errorOutput %}']} | $states.errorOutput is not available in this field at /States/S/Output",
                "'Type':'Task','Resource':'r','Catch':[{'ErrorEquals':['E'],'Next':'S','Output':'{% $states.result %}'}] | $states.result is not available in this field at /States/S/Catch",
            })
    void aResultOrErrorThatIsNotThereIsRefused(String fields, String problem) {
        assertThatThrownBy(() -> Definition.parse(jsonata(fields)))
                .isInstanceOf(InvalidDefinitionException.class)
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'Type':'Task','Resource':'r','Output':'{% $states.result %}','Assign':{'a':'{% $states.result %}'}",
                "'Type':'Task','Resource':'r','Catch':[{'ErrorEquals':['E'],'Next':'S','Assign':{'a':'{% $states.errorOutput %}'}}]",
                "'Type':'Task','Resource':'r','Arguments':'{% $lookup({}, /* $states.result */ 1) %}'",
            })
    void aResultOrErrorThatIsThereMayBeRead(String fields) {
        assertThatCode(() -> Definition.parse(jsonata(fields))).doesNotThrowAnyException();
    }

    private static String jsonata(String fields) {
        return ("{'QueryLanguage':'JSONata','StartAt':'S','States':{'S':{" + fields + ",'End':true}}}")
                .replace('\'', '"');
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "JSONPath | 'And':[] | The field 'And' should be non-empty at /States/S/Choices[0]/And",
                "JSONata | 'Condition':'true' | [BOOLEAN] or a JSONata expression at /States/S/Choices[0]/Condition",
                "JSONata | 'Condition':1 | [BOOLEAN] or a JSONata expression at /States/S/Choices[0]/Condition",
            })
    void aRuleThatCanNeverHoldIsRefused(String language, String rule, String problem) {
        String machine = "{'QueryLanguage':'" + language + "','StartAt':'S','States':{'S':{'Type':'Choice','Choices':[{"
                + rule + ",'Next':'E'}],'Default':'E'},'E':{'Type':'Succeed'}}}";
        assertThatThrownBy(() -> Definition.parse(machine.replace('\'', '"')))
                .isInstanceOf(InvalidDefinitionException.class)
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "States.Format('one\\n{}', $.a)",
                "States.StringToJson('{\"a\":\\\"b\\\"}')",
                "States.Format('open\\",
            })
    void anIntrinsicFunctionKnowsNoOtherEscapes(String call) {
        Map<String, ?> pass = Map.of("Type", "Pass", "End", true, "Parameters", Map.of("x.$", call));
        String machine = Json.text(Map.of("StartAt", "S", "States", Map.of("S", pass)));
        assertThatThrownBy(() -> Definition.parse(machine))
                .isInstanceOf(InvalidDefinitionException.class)
                .hasMessageContaining(
                        "The value for the field 'x.$' must be a valid JSONPath or a valid intrinsic function call");
    }
}
