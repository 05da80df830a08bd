package io.thermolake.asl.internal.definition;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thermolake.asl.InvalidDefinitionException;
import io.thermolake.asl.Json;
import io.thermolake.asl.engine.Definition;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of fields that a definition cannot have, found before anything runs. */
class RefusedFieldsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'Type':'Task','Resource':'arn:r','Arguments':'{% $states.result %}'| Field '$states.result' does not exist. at /States/S/Arguments",
                "'Type':'Wait','Seconds':1,'Output':'{% $states . result.a %}'| Field '$states.result' does not exist. at /States/S/Output",
                "'Type':'Task','Resource':'arn:r','Output':{'a':['{% $states.errorOutput %}']}| Field '$states.errorOutput' does not exist. at /States/S/Output/a[0]",
                "'Type':'Task','Resource':'arn:r','Catch':[{'ErrorEquals':['E'],'Next':'S','Output':'{% $states.result %}'}]| Field '$states.result' does not exist. at /States/S/Catch[0]/Output",
            })
    void aResultOrErrorThatIsNotThereIsRefused(String fields, String problem) {
        assertThatThrownBy(() -> Definition.parse(jsonata(fields)))
                .isInstanceOf(InvalidDefinitionException.class)
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'Type':'Task','Resource':'arn:r','Output':'{% $states.result %}','Assign':{'a':'{% $states.result %}'}",
                "'Type':'Task','Resource':'arn:r','Catch':[{'ErrorEquals':['E'],'Next':'S','Assign':{'a':'{% $states.errorOutput %}'}}]",
                "'Type':'Task','Resource':'arn:r','Arguments':'{% $lookup({}, /* $states.result */ 1) %}'",
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
                "JSONPath | 'And':[] | Value cannot be empty at /States/S/Choices[0]/And",
                "JSONata | 'Condition':'true' | Expected value of type Boolean or a JSONata expression at /States/S/Choices[0]/Condition",
                "JSONata | 'Condition':1 | Expected value of type Boolean or a JSONata expression at /States/S/Choices[0]/Condition",
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
