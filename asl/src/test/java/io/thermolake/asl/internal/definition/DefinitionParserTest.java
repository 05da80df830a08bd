package io.thermolake.asl.internal.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thermolake.asl.Diagnostic;
import io.thermolake.asl.InvalidDefinitionException;
import io.thermolake.asl.engine.Definition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DefinitionParserTest {
    private static final String SCHEMA = "SCHEMA_VALIDATION_FAILED: ";
    private static final String PASS = "'Type':'Pass','End':true";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{} {}",
                "{} x",
                "{'a':1,}",
                "{a:1}",
                "{'a':NaN}",
                "{'a':1e999}",
                "// no\n{}",
                "nul",
                "{'a':'\\x'}",
            })
    void whatIsNoJsonIsSaidToBeNone(String text) {
        assertThat(Faults.of(text)).singleElement().asString().startsWith("INVALID_JSON_DESCRIPTION: not JSON");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | MISSING_DESCRIPTION: The definition is empty",
                "` ` | SCHEMA_VALIDATION_FAILED: Definition must be a valid JSON object",
                "[] | SCHEMA_VALIDATION_FAILED: Definition must be a valid JSON object",
                "'x' | SCHEMA_VALIDATION_FAILED: Definition must be a valid JSON object",
                "null | SCHEMA_VALIDATION_FAILED: Definition must be a valid JSON object",
                "{} | SCHEMA_VALIDATION_FAILED: These fields are required: [States, StartAt] at /",
                "{'StartAt':'X'} | SCHEMA_VALIDATION_FAILED: These fields are required: [States] at /",
                "{'StartAt':'X','States':{}} | SCHEMA_VALIDATION_FAILED: Value cannot be empty at /States",
            })
    void whatIsNoMachineIsSaidToBeNone(String text, String first) {
        assertThat(Faults.of(text)).first().isEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'Coment':'x' | Field 'Coment' is not supported at /",
                "'Comment':1 | Expected value of type String at /Comment",
                "'Version':'2.0' | Value should be one of the following: [1.0] at /Version",
                "'Version':1.0 | Expected value of type String at /Version",
                "'QueryLanguage':'JSONPATH' | Value should be one of the following: [JSONPath, JSONata] at /QueryLanguage",
                "'QueryLanguage':1 | Expected value of type String at /QueryLanguage",
                "'TimeoutSeconds':-1 | Minimum value is 0 at /TimeoutSeconds",
                "'TimeoutSeconds':100000000 | Maximum value is 99999999 at /TimeoutSeconds",
                "'TimeoutSeconds':1.5 | Expected value of type Integer at /TimeoutSeconds",
                "'TimeoutSeconds':'60' | Expected value of type Integer at /TimeoutSeconds",
            })
    void aMachinesOwnFieldsAreChecked(String member, String fault) {
        assertThat(Faults.of("{" + member + ",'StartAt':'X','States':{'X':{" + PASS + "}}}"))
                .contains(SCHEMA + fault);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'Version':'1.0'",
                "'Comment':'x'",
                "'TimeoutSeconds':0",
                "'TimeoutSeconds':99999999",
                "'TimeoutSeconds':60.0",
                "'QueryLanguage':'JSONPath'",
                "'QueryLanguage':'JSONata'",
            })
    void whatAMachineMayHaveIsTaken(String member) {
        assertThat(Faults.of("{" + member + ",'StartAt':'X','States':{'X':{" + PASS + "}}}"))
                .isEmpty();
    }

    @Test
    void statesThatAreNoObjectsAreTold() {
        assertThat(Faults.of("{'StartAt':'A','States':{'A':1,'B':null,'C':[]}}"))
                .containsExactly(
                        SCHEMA + "Expected value of type Object at /States/A",
                        SCHEMA + "Expected value of type Object at /States/B",
                        SCHEMA + "Expected value of type Object at /States/C");
        assertThat(Faults.of("{'StartAt':'A','States':[]}"))
                .contains(SCHEMA + "Expected value of type Object at /States");
        assertThat(Faults.of("{'StartAt':1,'States':{'A':{" + PASS + "}}}"))
                .containsExactly(SCHEMA + "Expected value of type String at /StartAt");
    }

    @Test
    void aStatesNameHasAtMostEightyCharacters() {
        String longest = "n".repeat(79) + "\uD83D\uDE00";
        String machine = "{'StartAt':'%1$s','States':{'%1$s':{" + PASS + "}}}";
        assertThat(Faults.of(machine.formatted(longest))).isEmpty();
        assertThat(Faults.of(machine.formatted(longest + "n")))
                .containsExactly("INVALID_STATE_NAME: Invalid State name: State '" + longest
                        + "n' exceeds the 80-character limit allowed by the service at /States/" + longest + "n");
        assertThat(Faults.of(machine.formatted("")))
                .containsExactly("INVALID_STATE_NAME: Invalid State name: a state's name cannot be empty at /States/");
    }

    @Test
    void everyFaultIsToldAtOnce() {
        List<String> faults = Faults.of("""
                {'StartAt':'A','Coment':1,'States':{
                 'A':{'Type':'Pass','Next':'B','Foo':1},
                 'B':{'Type':'Wait','Seconds':-1,'Next':'Nowhere'},
                 'C':{'Type':'Task','End':true},
                 'D':{'Type':'Parallel','End':true,'Branches':[{'StartAt':'E','States':{'E':{'Type':'Nothing'}}}]}}}""");
        assertThat(faults)
                .containsExactly(
                        SCHEMA + "Field 'Coment' is not supported at /",
                        SCHEMA + "Field 'Foo' is not supported at /States/A",
                        SCHEMA + "Minimum value is 0 at /States/B/Seconds",
                        SCHEMA + "These fields are required: [Resource] at /States/C",
                        SCHEMA
                                + "The field 'Type' should have one of these values: [Task, Wait, Pass, Succeed, Fail, Choice, Parallel, Map] at /States/D/Branches[0]/States/E/Type",
                        "MISSING_TRANSITION_TARGET: Missing 'Next' target: Nowhere at /States/B/Next",
                        "MISSING_TRANSITION_TARGET: State \"C\" is not reachable. at /States/C",
                        "MISSING_TRANSITION_TARGET: State \"D\" is not reachable. at /States/D");
    }

    @Test
    void theExceptionSaysAllErrorsInAwsWords() {
        assertThatThrownBy(() ->
                        Definition.parse("{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Pass\",\"Next\":\"B\"}}}"))
                .isInstanceOfSatisfying(
                        InvalidDefinitionException.class,
                        e -> assertThat(e.diagnostics())
                                .extracting(Diagnostic::severity)
                                .containsOnly(Diagnostic.Severity.ERROR))
                .hasMessage(
                        "Invalid State Machine Definition: 'MISSING_TRANSITION_TARGET: Missing 'Next' target: B at /States/A/Next, MISSING_END_STATE: Workflow has no terminal state at null'");
    }

    @Test
    void warningsAreNotInTheExceptionsMessageButInItsDiagnostics() {
        assertThatThrownBy(
                        () -> Definition.parse(
                                "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Pass\",\"Comment\":\"1\",\"Comment\":\"2\"}}}"))
                .isInstanceOfSatisfying(
                        InvalidDefinitionException.class,
                        e -> assertThat(e.diagnostics())
                                .extracting(Diagnostic::code)
                                .contains("DUPLICATE_FIELD"))
                .hasMessageNotContaining("DUPLICATE_FIELD");
    }

    @Test
    void aDiagnosticHasAwsMembers() {
        assertThat(new Diagnostic(Diagnostic.Severity.ERROR, "C", "m", "/a").json())
                .isEqualTo(Map.of("severity", "ERROR", "code", "C", "message", "m", "location", "/a"));
        assertThat(new Diagnostic(Diagnostic.Severity.WARNING, "C", "m", null).json())
                .isEqualTo(Map.of("severity", "WARNING", "code", "C", "message", "m"));
        assertThat(new Diagnostic(Diagnostic.Severity.WARNING, "C", "m", null)).hasToString("C: m");
    }

    @Test
    void aDefinitionKeepsItsTextAndItsWarnings() {
        String text = "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Pass\",\"Result\":\"$.x\",\"End\":true}}}";
        Definition definition = Definition.parse(text);
        assertThat(definition.text()).isEqualTo(text);
        assertThat(definition.warnings()).extracting(Diagnostic::code).containsExactly("PASS_RESULT_IS_STATIC");
        assertThat(definition.timeoutSeconds()).isEmpty();
        assertThat(Definition.parse("{\"TimeoutSeconds\":7," + text.substring(1))
                        .timeoutSeconds())
                .hasValue(7L);
    }

    /** Values that no field expects everywhere: they may be refused or not, but nothing else may come of them. */
    static Stream<String> odd() {
        return Stream.of(
                "null",
                "true",
                "-1",
                "1e300",
                "9223372036854775807",
                "''",
                "'$'",
                "'$..'",
                "'{% %}'",
                "'{%'",
                "'{% $$ %}'",
                "'{% /[/ %}'",
                "'States.Format('",
                "[]",
                "[null]",
                "[[]]",
                "[{}]",
                "{}",
                "{'':null}",
                "{'a.$':null}",
                "{'ErrorEquals':{}}",
                "{'StartAt':null,'States':null}");
    }

    private static final List<String> MEMBERS = List.of(
            "Type",
            "Comment",
            "QueryLanguage",
            "Next",
            "End",
            "Assign",
            "InputPath",
            "OutputPath",
            "ResultPath",
            "Parameters",
            "ResultSelector",
            "Result",
            "Output",
            "Arguments",
            "Resource",
            "TimeoutSeconds",
            "TimeoutSecondsPath",
            "HeartbeatSeconds",
            "HeartbeatSecondsPath",
            "Credentials",
            "Retry",
            "Catch",
            "Choices",
            "Default",
            "Seconds",
            "SecondsPath",
            "Timestamp",
            "TimestampPath",
            "Error",
            "ErrorPath",
            "Cause",
            "CausePath",
            "Branches",
            "ItemProcessor",
            "Iterator",
            "Items",
            "ItemsPath",
            "ItemSelector",
            "ItemReader",
            "ItemBatcher",
            "ResultWriter",
            "Label",
            "MaxConcurrency",
            "MaxConcurrencyPath",
            "ToleratedFailureCount",
            "ToleratedFailureCountPath",
            "ToleratedFailurePercentage",
            "ToleratedFailurePercentagePath");

    private static final String DISTRIBUTED = "'ItemProcessor':{'ProcessorConfig':{'Mode':'DISTRIBUTED'}},";
    private static final Map<String, String> INNER = Map.ofEntries(
            Map.entry("'Type':'Task','Retry':[{'%s':%s}]", "ErrorEquals IntervalSeconds BackoffRate MaxAttempts"),
            Map.entry("'Type':'Task','Catch':[{'%s':%s}]", "ErrorEquals Next ResultPath Output Assign"),
            Map.entry("'Type':'Choice','Choices':[{'%s':%s}]", "Next Assign Output Condition And Or Not Variable"),
            Map.entry(
                    "'Type':'Choice','Choices':[{'Variable':'$.a','%s':%s}]",
                    "StringEquals StringEqualsPath IsPresent TimestampEquals StringMatches NumericEquals"),
            Map.entry("'Type':'Choice','Choices':[{'Not':{'%s':%s}}]", "And Not Variable Next"),
            Map.entry("'Type':'Parallel','Branches':[{'%s':%s}]", "StartAt States Comment"),
            Map.entry("'Type':'Map','Iterator':{'%s':%s}", "StartAt States ProcessorConfig"),
            Map.entry("'Type':'Map','ItemProcessor':{'ProcessorConfig':{'%s':%s}}", "Mode ExecutionType"),
            Map.entry(
                    "'Type':'Map'," + DISTRIBUTED + "'ItemReader':{'ReaderConfig':{'InputType':'CSV','%s':%s}}",
                    "CSVHeaders CSVHeaderLocation CSVDelimiter MaxItems MaxItemsPath ItemsPointer ManifestType"),
            Map.entry("'Type':'Map'," + DISTRIBUTED + "'ItemReader':{'%s':%s}", "Resource Parameters Arguments"),
            Map.entry(
                    "'Type':'Map'," + DISTRIBUTED + "'ItemBatcher':{'%s':%s}",
                    "MaxItemsPerBatch MaxInputBytesPerBatch MaxItemsPerBatchPath BatchInput"),
            Map.entry(
                    "'Type':'Map'," + DISTRIBUTED + "'ResultWriter':{'WriterConfig':{'%s':%s}}",
                    "Transformation OutputType"));

    @ParameterizedTest
    @MethodSource("odd")
    void nothingThatADefinitionHoldsThrowsAnythingElse(String value) {
        List<String> states = new ArrayList<>();
        for (String type : List.of("Pass", "Task", "Choice", "Wait", "Fail", "Parallel", "Map")) {
            MEMBERS.forEach(name -> states.add("'Type':'" + type + "','" + name + "':" + value));
        }
        states.removeIf(state -> state.contains(",'Type':"));
        states.add("'Type':" + value);
        INNER.forEach((form, names) -> {
            for (String name : names.split(" ")) {
                states.add(form.formatted(name, value));
            }
        });
        for (String state : states) {
            assertThatCode(() -> {
                        Faults.ofState(state);
                        Faults.ofJsonataState(state);
                    })
                    .as(state)
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 250, 254, 300, 5_000})
    void deepNestingIsAProblemOfTheDefinitionAtMost(int depth) {
        String deep = "[".repeat(depth) + "]".repeat(depth);
        assertThatCode(() -> Faults.of("{'StartAt':" + deep + "}")).doesNotThrowAnyException();
        String expression = "{% " + "(".repeat(depth) + "1" + ")".repeat(depth) + " %}";
        assertThatCode(() -> Faults.ofJsonataState("'Type':'Pass','End':true,'Output':'" + expression + "'"))
                .doesNotThrowAnyException();
    }

    @Test
    void twoStatesOfOneNameAreRefusedInAnyScopes() {
        String inner = "{'StartAt':'%1$s','States':{'%1$s':{'Type':'Succeed'}}}";
        assertThat(Faults.ofState("'Type':'Parallel','End':true,'Branches':[" + inner.formatted("X") + ","
                        + inner.formatted("A") + "," + inner.formatted("A") + "]"))
                .containsExactly(
                        "DUPLICATE_STATE_NAME: Duplicate State name: X at /States/X/Branches[0]/States/X",
                        "DUPLICATE_STATE_NAME: Duplicate State name: A at /States/X/Branches[2]/States/A");
        assertThat(Faults.of("{'StartAt':'A','States':{'A':{" + PASS + "},'A':{" + PASS + "}}}"))
                .containsExactly("DUPLICATE_STATE_NAME: Duplicate State name: A at /States/A");
        assertThat(Faults.ofState("'Type':'Map','End':true,'ItemProcessor':{'StartAt':'A','States':{'A':{" + PASS
                        + "},'A':{" + PASS + "}}}"))
                .containsExactly("DUPLICATE_STATE_NAME: Duplicate State name: A at /States/X/ItemProcessor/States/A");
    }

    @Test
    void aFieldThatIsThereTwiceIsToldAndTheLastCounts() {
        assertThat(
                        Faults.ofState(
                                "'Type':'Pass','End':true,'Result':{'a':1,'a':2,'States':{'s':1,'s':2}},'Parameters':[{'b':1,'b':2}]"))
                .containsExactly(
                        "DUPLICATE_FIELD: The field 'a' is there more than once: only the last counts at /States/X/Result/a",
                        "DUPLICATE_FIELD: The field 's' is there more than once: only the last counts at /States/X/Result/States/s",
                        "DUPLICATE_FIELD: The field 'b' is there more than once: only the last counts at /States/X/Parameters[0]/b");
    }

    @Test
    void aWarningFromBeforeTheLintsDoesNotStopThem() {
        String text =
                "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Pass\",\"Result\":\"$.a\",\"Comment\":\"1\",\"Comment\":\"2\",\"End\":true}}}";
        assertThat(Definition.parse(text).warnings())
                .extracting(Diagnostic::code)
                .containsExactly("DUPLICATE_FIELD", "PASS_RESULT_IS_STATIC");
    }

    @Test
    void twoLabelsOfOneNameAreRefused() {
        String map =
                "'Type':'Map','Label':'L','ItemProcessor':{'ProcessorConfig':{'Mode':'DISTRIBUTED','ExecutionType':'STANDARD'},'StartAt':'%1$s','States':{'%1$s':{'Type':'Succeed'}}}";
        assertThat(Faults.of("{'StartAt':'A','States':{'A':{" + map.formatted("I") + ",'Next':'B'},'B':{"
                        + map.formatted("J") + ",'End':true}}}"))
                .containsExactly("DUPLICATE_LABEL_NAME: Duplicate Label name: L at /States/B/Label");
    }

    @Test
    void anInnerScopeCannotAssignAVariableOfAnOuterOne() {
        String branch = "{'StartAt':'A','States':{'A':{'Type':'Pass','End':true,'Assign':{'v':1}}}}";
        assertThat(Faults.ofState("'Type':'Parallel','End':true,'Assign':{'v':1},'Branches':[" + branch + "]"))
                .containsExactly(
                        "DUPLICATE_VARIABLE_NAME: The variable name 'v' was already defined in a parent scope. at /States/X/Branches[0]/States/A/Assign/v");
        assertThat(
                        Faults.ofState(
                                "'Type':'Parallel','End':true,'Assign':{'v':1},'Branches':[{'StartAt':'A','States':{"
                                        + "'A':{'Type':'Task','Resource':'arn:t','End':true,'Catch':[{'ErrorEquals':['E'],'Next':'B','Assign':{'v.$':'$.a'}}]},'B':{'Type':'Succeed'}}}]"))
                .containsExactly(
                        "DUPLICATE_VARIABLE_NAME: The variable name 'v' was already defined in a parent scope. at /States/X/Branches[0]/States/A/Catch[0]/Assign/v.$");
        String map = "'Type':'Map','End':true,'Assign':{'v':1},'ItemProcessor':{'ProcessorConfig':{'Mode':'%s'%s},"
                + branch.substring(1);
        assertThat(Faults.ofState(map.formatted("INLINE", "")))
                .singleElement()
                .asString()
                .startsWith("DUPLICATE_VARIABLE_NAME");
        // Its children are executions of their own.
        assertThat(Faults.ofState(map.formatted("DISTRIBUTED", ",'ExecutionType':'STANDARD'")))
                .isEmpty();
    }

    @Test
    void aStateInsideCannotGoBackToJsonPath() {
        assertThat(Faults.ofJsonataState("'Type':'Parallel','End':true,'Branches':[{'StartAt':'A','States':{'A':{"
                        + "'QueryLanguage':'JSONPath'," + PASS + "}}}]"))
                .containsExactly(
                        SCHEMA
                                + "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine at /States/X/Branches[0]/States/A");
        assertThat(Faults.ofState("'QueryLanguage':'JSONata','Type':'Pass','End':true,'Output':'{% 1 %}'"))
                .isEmpty();
    }

    @Test
    void whatIsInsideOfAJsonataStateIsInTheMachinesLanguage() {
        assertThat(Faults.ofState("'QueryLanguage':'JSONata','Type':'Map','End':true,'ItemProcessor':{'StartAt':'A',"
                        + "'States':{'A':{'Type':'Pass','End':true,'Output':1}}}"))
                .containsExactly(
                        SCHEMA
                                + "The QueryLanguage is set to 'JSONPath', but field 'Output' is only supported for the 'JSONata' QueryLanguage at /States/X/ItemProcessor/States/A");
    }
}
