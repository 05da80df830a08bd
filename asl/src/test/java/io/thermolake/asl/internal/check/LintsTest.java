package io.thermolake.asl.internal.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.asl.Diagnostic;
import io.thermolake.asl.engine.Definition;
import io.thermolake.asl.internal.definition.Faults;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LintsTest {
    private static final String TASK = "'Type':'Task','Resource':'arn:aws:states:::lambda:invoke','End':true";

    private static String jsonata(String states) {
        return "{'QueryLanguage':'JSONata','StartAt':'A','States':{" + states + "}}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'Parameters':{'a':'$.b'} | Parameters/a",
                "'Parameters':{'a':{'b':['x',{'c':'$$.Execution.Id'}]}} | Parameters/a/b[1]/c",
                "'Parameters':{'a':'States.UUID()'} | Parameters/a",
                "'Parameters':{'a':'$[0]'} | Parameters/a",
                "'ResultSelector':{'a':'$.b'} | ResultSelector/a",
                "'Assign':{'a':'$.b'} | Assign/a",
                "'Credentials':{'RoleArn':'$.b'} | Credentials/RoleArn",
            })
    void aPathWithoutTheMarkOfOneIsWarnedOf(String member, String place) {
        assertThat(Faults.ofState(TASK + "," + member))
                .singleElement()
                .asString()
                .startsWith("NO_DOLLAR: The value of '" + place.replaceAll(".*/", "") + "' looks like a JSONPath")
                .endsWith(" at /States/X/" + place);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'Parameters':{'a.$':'$.b'}",
                "'Parameters':{'a':'$5 off'}",
                "'Parameters':{'a':'States.Nothing()'}",
                "'Parameters':{'a':'States'}",
                "'Comment':'$.b'",
            })
    void whatOnlyResemblesAPathIsNotWarnedOf(String member) {
        assertThat(Faults.ofState(TASK + "," + member)).isEmpty();
    }

    @Test
    void aPathInAFieldThatTakesNoneIsWarnedOf() {
        assertThat(Faults.ofState("'Type':'Fail','Error':'$.e','Cause':'c'"))
                .containsExactly(
                        "NO_PATH: The value of 'Error' looks like a path, but the field's name does not end with 'Path' at /States/X/Error");
        assertThat(Faults.ofJsonataState("'Type':'Fail','Error':'$.e'")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"'$.a'", "{'a':'$.b'}", "{'a.$':'$.b'}", "[{'x':['$.a']}]"})
    void aPathInAPassesResultIsWarnedOf(String result) {
        assertThat(Faults.ofState("'Type':'Pass','End':true,'Result':" + result))
                .containsExactly(
                        "PASS_RESULT_IS_STATIC: Result is taken as it stands: a path in it is not evaluated at /States/X/Result");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'a'", "{'a.$':'b'}", "[1,null]", "{'a':{'b':2}}"})
    void aResultWithoutAPathIsNotWarnedOf(String result) {
        assertThat(Faults.ofState("'Type':'Pass','End':true,'Result':" + result))
                .isEmpty();
    }

    @Test
    void aChoiceWithoutADefaultIsWarnedOf() {
        assertThat(Faults.ofState("'Type':'Choice','Choices':[{'Variable':'$.a','IsNull':true,'Next':'Y'}]"))
                .singleElement()
                .asString()
                .startsWith("CHOICE_WITHOUT_DEFAULT: ")
                .endsWith(" at /States/X");
        assertThat(Faults.ofState(
                        "'Type':'Choice','Choices':[{'Variable':'$.a','IsNull':true,'Next':'Y'}],'Default':'Y'"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "States.TaskFail | Step Functions raises no error of the name 'States.TaskFail'; did you mean 'States.TaskFailed'?",
                "States.All | Step Functions raises no error of the name 'States.All'; did you mean 'States.ALL'?",
                "State.Timeout | Step Functions raises no error of the name 'State.Timeout'; did you mean 'States.Timeout'?",
                "States.Nothing | Step Functions raises no error of the name 'States.Nothing'",
                "Lambda.TooManyRequestException | The error's name 'Lambda.TooManyRequestException' is close to a known one; did you mean 'Lambda.TooManyRequestsException'?",
                "Lambda.ServicException | The error's name 'Lambda.ServicException' is close to a known one; did you mean 'Lambda.ServiceException'?",
                "lambda.unknown | The error's name 'lambda.unknown' is close to a known one; did you mean 'Lambda.Unknown'?",
                "Sandbox.TimedOut | The error's name 'Sandbox.TimedOut' is close to a known one; did you mean 'Sandbox.Timedout'?",
            })
    void aMisspeltErrorIsWarnedOf(String name, String message) {
        assertThat(Faults.ofState(TASK + ",'Retry':[{'ErrorEquals':['" + name + "']}],'Catch':[{'ErrorEquals':['" + name
                        + "'],'Next':'Y'}]"))
                .containsExactly(
                        "UNKNOWN_ERROR_NAME: " + message + " at /States/X/Retry[0]/ErrorEquals",
                        "UNKNOWN_ERROR_NAME: " + message + " at /States/X/Catch[0]/ErrorEquals");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "States.TaskFailed",
                "States.Http.StatusCode.404",
                "Lambda.ResourceNotReadyException",
                "Lambda.ENILimitReachedException",
                "Glue.ConcurrentRunsExceededException",
                "com.example.NoData",
                "Timeout",
                "Lambda",
            })
    void aKnownOrOwnErrorIsNotWarnedOf(String name) {
        assertThat(Faults.ofState(TASK + ",'Retry':[{'ErrorEquals':['" + name + "']}]"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"kitten, sitting, 3", "abc, abc, 0", "'', abc, 3", "abc, '', 3", "abc, acb, 2", "abcd, bcd, 1"})
    void theDistanceOfTwoNamesIsCountedInLetters(String one, String other, int distance) {
        assertThat(ErrorNames.distance(one, other)).isEqualTo(distance);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "['States.Runtime'] | Retry[0]/ErrorEquals",
                "['E'] ['E'] | Retry[1]",
                "['E','F'] ['E','G'] ['F','E'] | Retry[2]",
                "['States.TaskFailed'] ['E'] | Retry[1]",
                "['States.TaskFailed'] ['States.DataLimitExceeded'] | Retry[1]",
                "['States.Timeout'] ['States.HeartbeatTimeout'] | Retry[1]",
                "['States.HeartbeatTimeout'] | ``",
                "['States.TaskFailed'] ['States.Timeout'] | ``",
                "['States.TaskFailed'] ['States.HeartbeatTimeout'] | ``",
                "['States.TaskFailed'] ['States.ALL'] | ``",
                "['E'] ['F'] ['E','G'] | ``",
            })
    void aRetrierThatCanNeverMatchIsWarnedOf(String retriers, String place) {
        String retry = java.util.Arrays.stream(retriers.split(" "))
                .map(errors -> "{'ErrorEquals':" + errors + "}")
                .collect(java.util.stream.Collectors.joining(","));
        List<String> faults = Faults.ofState(TASK + ",'HeartbeatSeconds':5,'Retry':[" + retry + "]");
        if (place.isEmpty()) {
            assertThat(faults).isEmpty();
        } else {
            assertThat(faults)
                    .singleElement()
                    .asString()
                    .startsWith("NEVER_MATCHES: ")
                    .endsWith("/States/X/" + place);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "States.HeartbeatTimeout, a Task with HeartbeatSeconds",
        "States.ItemReaderFailed, a Map with an ItemReader",
        "States.ResultWriterFailed, a Map with a ResultWriter",
        "States.ExceedToleratedFailureThreshold, a distributed Map",
        "States.NoChoiceMatched, a Choice",
        "States.BranchFailed, a Parallel",
    })
    void anErrorThatATaskDoesNotRaiseIsWarnedOf(String error, String raises) {
        assertThat(Faults.ofState(TASK + ",'Retry':[{'ErrorEquals':['" + error + "','E']}]"))
                .containsExactly(
                        "NEVER_MATCHES: Only " + raises + " raises " + error + " at /States/X/Retry[0]/ErrorEquals");
        // What is inside of a Parallel may raise it.
        assertThat(Faults.ofState(
                        "'Type':'Parallel','End':true,'Branches':[{'StartAt':'B','States':{'B':{'Type':'Succeed'}}}],'Retry':[{'ErrorEquals':['"
                                + error + "']}]"))
                .isEmpty();
    }

    @Test
    void aVariableThatNoStateAssignsIsWarnedOf() {
        assertThat(Faults.of(jsonata("'A':{'Type':'Pass','Output':'{% $x %}','End':true}")))
                .containsExactly("UNASSIGNED_VARIABLE: The variable $x is read, but no state assigns it at /States/A");
        assertThat(Faults.ofState("'Type':'Pass','End':true,'Parameters':{'a.$':'States.Format(\\'{}\\', $y.z)'}"
                        .replace("\\'", "\\u0027")))
                .containsExactly("UNASSIGNED_VARIABLE: The variable $y is read, but no state assigns it at /States/X");
    }

    @Test
    void aVariableThatOnlyALaterStateAssignsIsWarnedOf() {
        String machine =
                "'A':{'Type':'Pass','Output':'{% $x %}','Next':'B'},'B':{'Type':'Pass','Assign':{'x':1},'End':true}";
        assertThat(Faults.of(jsonata(machine)))
                .containsExactly(
                        "UNASSIGNED_VARIABLE: The variable $x is read, but no state that comes before assigns it at /States/A");
        assertThat(Faults.of(jsonata("'A':{'Type':'Pass','Assign':{'x':'{% $x + 1 %}'},'End':true}")))
                .singleElement()
                .asString()
                .startsWith("UNASSIGNED_VARIABLE");
    }

    @Test
    void aVariableIsThereInTheStatesAfterItsAssignment() {
        assertThat(Faults.of(jsonata("'A':{'Type':'Pass','Assign':{'x':1},'Next':'B'},"
                        + "'B':{'Type':'Wait','Seconds':1,'Next':'C'},'C':{'Type':'Succeed','Output':'{% $x %}'}")))
                .isEmpty();
    }

    private static final String FORK =
            "'A':{'Type':'Choice','Choices':[{'Condition':'{%% true %%}','Next':'B'}],'Default':'C'%s},"
                    + "'B':{'Type':'Pass','Assign':{'x':1},'Next':'C'},'C':{'Type':'Succeed','Output':'{%% %s %%}'}";

    @Test
    void aVariableThatOneWayLeavesUnassignedIsWarnedOf() {
        assertThat(Faults.of(jsonata(FORK.formatted("", "$x"))))
                .containsExactly(
                        "MAYBE_UNASSIGNED_VARIABLE: The variable $x is read, but there is a way to this state on which nothing assigns it at /States/C");
    }

    @Test
    void whoAsksWhetherTheVariableExistsIsNotWarned() {
        assertThat(Faults.of(jsonata(FORK.formatted("", "$exists($x) ? $x : 0"))))
                .isEmpty();
    }

    @Test
    void aDefaultHasTheChoicesOwnAssign() {
        assertThat(Faults.of(jsonata(FORK.formatted(",'Assign':{'x':0}", "$x"))))
                .isEmpty();
    }

    @Test
    void aRuleHasOnlyItsOwnAssign() {
        String machine =
                "'A':{'Type':'Choice','Assign':{'x':0},'Choices':[{'Condition':'{%% true %%}','Next':'C'%s}],'Default':'C'},"
                        + "'C':{'Type':'Succeed','Output':'{%% $x %%}'}";
        assertThat(Faults.of(jsonata(machine.formatted(""))))
                .singleElement()
                .asString()
                .startsWith("MAYBE_UNASSIGNED_VARIABLE");
        assertThat(Faults.of(jsonata(machine.formatted(",'Assign':{'x':1}")))).isEmpty();
    }

    private static final String CAUGHT = "'A':{'Type':'Task','Resource':'arn:t','Assign':{'x':1},'Next':'C','Catch':["
            + "{'ErrorEquals':['E'],'Next':'H'%s},{'ErrorEquals':['F'],'Next':'H'%s}]},"
            + "'H':{'Type':'Pass','Output':'{%% %s %%}','Next':'C'},'C':{'Type':'Succeed','Output':'{%% $x %%}'}";

    @Test
    void aCatcherHasOnlyItsOwnAssign() {
        assertThat(Faults.of(jsonata(CAUGHT.formatted("", "", "$x"))))
                .containsExactly(
                        "UNASSIGNED_VARIABLE: The variable $x is read, but no state that comes before assigns it at /States/H");
        assertThat(Faults.of(jsonata(CAUGHT.formatted(",'Assign':{'x':2}", "", "$x"))))
                .containsExactly(
                        "MAYBE_UNASSIGNED_VARIABLE: The variable $x is read, but there is a way to this state on which nothing assigns it at /States/H");
        assertThat(Faults.of(jsonata(CAUGHT.formatted(",'Assign':{'x':2}", ",'Assign':{'x':3}", "$x"))))
                .isEmpty();
    }

    @Test
    void aWayThatAnErrorTookDoesNotCountWhereThereIsOneWithout() {
        assertThat(Faults.of(jsonata(CAUGHT.formatted("", "", "1")))).isEmpty();
        assertThat(Faults.of(jsonata(CAUGHT.formatted("", "", "1")
                        .replace("'Next':'H'", "'Next':'C'")
                        .replace("'H':{'Type':'Pass','Output':'{% 1 %}','Next':'C'},", ""))))
                .isEmpty();
    }

    @Test
    void aLoopKeepsWhatWasAssignedBeforeIt() {
        assertThat(Faults.of(jsonata("'A':{'Type':'Pass','Assign':{'n':0},'Next':'B'},"
                        + "'B':{'Type':'Pass','Assign':{'n':'{% $n + 1 %}'},'Next':'C'},"
                        + "'C':{'Type':'Choice','Choices':[{'Condition':'{% $n < 3 %}','Next':'B'}],'Default':'D'},"
                        + "'D':{'Type':'Succeed'}")))
                .isEmpty();
        // The first time round, $n is not there.
        assertThat(Faults.of(jsonata("'A':{'Type':'Pass','Next':'B'},"
                        + "'B':{'Type':'Pass','Assign':{'n':'{% $n + 1 %}'},'Next':'C'},"
                        + "'C':{'Type':'Choice','Choices':[{'Condition':'{% $n < 3 %}','Next':'B'}],'Default':'D'},"
                        + "'D':{'Type':'Succeed'}")))
                .containsExactly(
                        "MAYBE_UNASSIGNED_VARIABLE: The variable $n is read, but there is a way to this state on which nothing assigns it at /States/B");
    }

    private static final String INNER =
            "'A':{'Type':'Pass','Assign':{'x':1},'Next':'M'},'M':{%s,'End':true,'Output':'{%% $y %%}'}";
    private static final String SCOPE =
            "'StartAt':'I','States':{'I':{'Type':'Pass','Assign':{'y':'{% $x %}'},'End':true}}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'Type':'Parallel','Branches':[{@}] | 1",
                "'Type':'Map','ItemProcessor':{@} | 1",
                "'Type':'Map','Iterator':{@} | 1",
                "'Type':'Map','ItemProcessor':{@,'ProcessorConfig':{'Mode':'DISTRIBUTED','ExecutionType':'EXPRESS'}} | 2",
            })
    void anInnerScopeSeesTheOuterVariablesButNotTheReverse(String state, int faults) {
        List<String> found = Faults.of(jsonata(INNER.formatted(state.replace("@", SCOPE))));
        assertThat(found).hasSize(faults).anyMatch(f -> f.endsWith("$y is read, but no state assigns it at /States/M"));
        if (faults == 2) {
            assertThat(found).anyMatch(f -> f.startsWith("UNASSIGNED_VARIABLE: The variable $x"));
        }
    }

    @Test
    void whereAPathAsksForThePresenceOfAVariableItIsNotWarnedOf() {
        String machine =
                "{'StartAt':'A','States':{'A':{'Type':'Choice','Choices':[{'Variable':'$.a','IsNull':true,'Next':'B'}],'Default':'C'},"
                        + "'B':{'Type':'Pass','Assign':{'x.$':'$.y'},'Next':'C'},"
                        + "'C':{'Type':'Choice','Choices':[{'Variable':'$x','%s','Next':'D'}],'Default':'D'},'D':{'Type':'Succeed'}}}";
        assertThat(Faults.of(machine.formatted("IsPresent':true,'Comment':'c"))).isEmpty();
        assertThat(Faults.of(machine.formatted("IsNull':true,'Comment':'c")))
                .singleElement()
                .asString()
                .startsWith("MAYBE_UNASSIGNED_VARIABLE: The variable $x");
    }

    @Test
    void aFunctionOfJsonataIsNoVariable() {
        assertThat(Faults.of(jsonata("'A':{'Type':'Pass','Output':'{% $map([1], $string) %}','End':true}")))
                .isEmpty();
    }

    @Test
    void aLoopThatNothingLeavesIsWarnedOf() {
        String loop = "'B':{'Type':'Wait','Seconds':1,'Next':'C'},'C':{'Type':'Pass','Next':'B'}";
        String start =
                "'A':{'Type':'Choice','Choices':[{'Variable':'$.a','IsNull':true,'Next':'B'}],'Default':'D'},'D':{'Type':'Succeed'},";
        assertThat(Faults.of("{'StartAt':'A','States':{" + start + loop + "}}"))
                .containsExactly(
                        "UNBOUNDED_LOOP: No transition leaves the loop of [B, C]: it runs until the history of 25,000 events is full at /States/B");
    }

    @Test
    void aChoiceWhoseEveryWayStaysLeavesNoLoop() {
        String machine =
                "{'StartAt':'A','States':{'A':{'Type':'Choice','Choices':[{'Variable':'$.a','IsNull':true,'Next':'B'}],'Default':'E'},"
                        + "'B':{'Type':'Choice','Choices':[{'Variable':'$.a','IsNull':true,'Next':'C'}],'Default':'%s'},"
                        + "'C':{'Type':'Pass','Next':'B'},'E':{'Type':'Succeed'}}}";
        assertThat(Faults.of(machine.formatted("B"))).singleElement().asString().startsWith("UNBOUNDED_LOOP");
        assertThat(Faults.of(machine.formatted("E"))).isEmpty();
    }

    @Test
    void aStateThatLeadsToItselfIsALoop() {
        String branch =
                "'Type':'Parallel','End':true,'Branches':[{'StartAt':'L','States':{'L':{'Type':'Pass','Next':'L'}}}]";
        assertThat(Faults.ofState(branch))
                .containsExactly(
                        "UNBOUNDED_LOOP: No transition leaves the loop of [L]: it runs until the history of 25,000 events is full at /States/X/Branches[0]/States/L");
    }

    @Test
    void aCatcherLeavesALoop() {
        assertThat(Faults.ofState(
                        "'Type':'Task','Resource':'arn:t','Next':'X','Catch':[{'ErrorEquals':['E'],'Next':'Y'}]"))
                .isEmpty();
    }

    @Test
    void aWarningDoesNotKeepADefinitionFromRunning() {
        assertThat(Definition.parse(
                                "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Pass\",\"Result\":\"$.a\",\"End\":true}}}")
                        .warnings())
                .singleElement()
                .satisfies(d -> assertThat(d.severity()).isEqualTo(Diagnostic.Severity.WARNING));
    }
}
