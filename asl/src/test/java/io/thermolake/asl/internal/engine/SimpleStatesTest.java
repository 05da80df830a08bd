package io.thermolake.asl.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.asl.ExecutionResult;
import io.thermolake.asl.HistoryEvent;
import io.thermolake.asl.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pass, Wait, Choice, Succeed, Fail: what they give, and what their histories say. */
class SimpleStatesTest {
    private final Lab lab = new Lab();

    @Test
    void theWholeHistoryOfAMachineOfPasses() {
        ExecutionResult result = lab.run("""
                {'StartAt':'A','States':{'A':{'Type':'Pass','Result':{'x':1},'Next':'B'},'B':{'Type':'Pass','End':true}}}""", Map.of("in", 1L));
        assertThat(result).isEqualTo(new ExecutionResult.Succeeded(Map.of("x", 1L)));
        assertThat(lab.lines())
                .containsExactly(
                        "1<0 ExecutionStarted {'input':'{'in':1}'}",
                        "2<0 PassStateEntered {'name':'A','input':'{'in':1}'}",
                        "3<2 PassStateExited {'name':'A','output':'{'x':1}'}",
                        "4<3 PassStateEntered {'name':'B','input':'{'x':1}'}",
                        "5<4 PassStateExited {'name':'B','output':'{'x':1}'}",
                        "6<5 ExecutionSucceeded {'output':'{'x':1}'}");
    }

    @Test
    void detailsAreUnderAwsKeysAndSayThatNothingIsTruncated() {
        lab.run(
                "{'StartAt':'A','States':{'A':{'Type':'Pass','Assign':{'v':[1]},'Next':'B'},'B':{'Type':'Succeed'}}}",
                1L);
        Map<String, Object> whole = Map.of("truncated", false);
        assertThat(lab.history.get(0).details())
                .isEqualTo(Map.of("input", "1", "inputDetails", whole, "roleArn", "arn:aws:iam::111111111111:role/r"));
        assertThat(lab.history.get(1).details()).isEqualTo(Map.of("name", "A", "input", "1", "inputDetails", whole));
        assertThat(lab.history.get(2).details())
                .isEqualTo(Map.of(
                        "name",
                        "A",
                        "output",
                        "1",
                        "outputDetails",
                        whole,
                        "assignedVariables",
                        Map.of("v", "[1]"),
                        "assignedVariablesDetails",
                        whole));
        assertThat(lab.history.get(5).details()).isEqualTo(Map.of("output", "1", "outputDetails", whole));
        assertThat(lab.history.stream().map(HistoryEvent::detailsKey))
                .containsExactly(
                        "executionStartedEventDetails",
                        "stateEnteredEventDetails",
                        "stateExitedEventDetails",
                        "stateEnteredEventDetails",
                        "stateExitedEventDetails",
                        "executionSucceededEventDetails");
        assertThat(lab.history).allSatisfy(e -> assertThat(e.timestamp()).isEqualTo(Lab.START));
    }

    @Test
    void aMachineInJsonataWithoutAssignmentsSaysNothingOfVariables() {
        lab.run("{'QueryLanguage':'JSONata','StartAt':'A','States':{'A':{'Type':'Pass','Assign':{},'End':true}}}", 1L);
        assertThat(lab.details("PassStateExited")).containsOnlyKeys("name", "output", "outputDetails");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'Error':'E','Cause':'C'     | E | C | 3<2 ExecutionFailed {'error':'E','cause':'C'}",
                "'Error':'E'                 | E |   | 3<2 ExecutionFailed {'error':'E'}",
                "'Cause':'C'                 |   | C | 3<2 ExecutionFailed {'cause':'C'}",
                "'Comment':'says nothing'    |   |   | 3<2 ExecutionFailed",
                "'ErrorPath':'$.e','CausePath':'$.n' | x | 5 | 3<2 ExecutionFailed {'error':'x','cause':'5'}",
                "'QueryLanguage':'JSONata','Error':'{% $states.input.e %}' | x |   | 3<2 ExecutionFailed {'error':'x'}",
            },
            quoteCharacter = '`')
    void aFailEndsTheExecutionWithoutAnExitedEvent(String fields, String error, String cause, String last) {
        ExecutionResult result =
                lab.run("{'StartAt':'F','States':{'F':{'Type':'Fail'," + fields + "}}}", Map.of("e", "x", "n", 5L));
        assertThat(result).isEqualTo(new ExecutionResult.Failed(error, cause));
        assertThat(lab.types()).containsExactly("ExecutionStarted", "FailStateEntered", "ExecutionFailed");
        assertThat(lab.lines()).endsWith(last);
    }

    @Test
    void aFailWhoseErrorIsNoTextFailsWithTheExpressionsError() {
        ExecutionResult result = lab.run("""
                {'QueryLanguage':'JSONata','StartAt':'F','States':{'F':{'Type':'Fail','Error':'{% 1 %}'}}}""", 1L);
        assertThat(result)
                .isInstanceOfSatisfying(
                        ExecutionResult.Failed.class,
                        failed -> assertThat(failed.error()).isEqualTo("States.QueryEvaluationError"));
        assertThat(lab.types())
                .containsExactly("ExecutionStarted", "FailStateEntered", "EvaluationFailed", "ExecutionFailed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'Seconds':90                                | 90",
                "'Seconds':0                                 | 0",
                "'SecondsPath':'$.s'                         | 7",
                "'Timestamp':'2026-01-01T00:01:00Z'          | 60",
                "'TimestampPath':'$.t'                       | 3600",
                "'Timestamp':'2020-01-01T00:00:00Z'          | 0",
                "'QueryLanguage':'JSONata','Seconds':'{% 2 + 3 %}' | 5",
                "'QueryLanguage':'JSONata','Timestamp':'{% $states.input.t %}' | 3600",
            })
    void aWaitWaitsExactlySoLong(String field, long seconds) {
        Map<String, Object> input = Map.of("s", 7L, "t", "2026-01-01T02:00:00+01:00");
        ExecutionResult result =
                lab.run("{'StartAt':'W','States':{'W':{'Type':'Wait'," + field + ",'End':true}}}", input);
        assertThat(result).isEqualTo(new ExecutionResult.Succeeded(input));
        assertThat(lab.elapsed()).isEqualTo(Duration.ofSeconds(seconds));
        assertThat(lab.history.get(1).timestamp()).isEqualTo(Lab.START);
        assertThat(lab.history.get(2).timestamp()).isEqualTo(Lab.START.plusSeconds(seconds));
        assertThat(lab.types())
                .containsExactly("ExecutionStarted", "WaitStateEntered", "WaitStateExited", "ExecutionSucceeded");
    }

    @Test
    void anExpressionThatFailsAfterTheWaitHangsOnTheWaitsEntering() {
        lab.run("""
                {'QueryLanguage':'JSONata','StartAt':'P','States':{'P':{'Type':'Pass','Next':'W'},
                 'W':{'Type':'Wait','Seconds':1,'Output':'{% $nothing %}','End':true}}}""", 1L);
        assertThat(lab.linesFrom(4).get(1)).startsWith("5<4 EvaluationFailed {'error':'States.QueryEvaluationError',");
        assertThat(lab.details("EvaluationFailed"))
                .containsEntry("location", "Output")
                .containsEntry("state", "W");
        assertThat(lab.history.get(5).previousEventId()).isEqualTo(5);
    }

    @Test
    void anExpressionThatFailsElsewhereHangsOnWhatCameBeforeTheState() {
        lab.run("""
                {'QueryLanguage':'JSONata','StartAt':'P','States':{'P':{'Type':'Pass','Next':'Q'},
                 'Q':{'Type':'Pass','Output':'{% $nothing %}','End':true}}}""", 1L);
        assertThat(lab.linesFrom(5).get(0)).startsWith("5<3 EvaluationFailed {'error':'States.QueryEvaluationError',");
        assertThat(lab.lines().get(5)).startsWith("6<5 ExecutionFailed ");
        assertThat((String) lab.details("ExecutionFailed").get("cause"))
                .startsWith(
                        "An error occurred while executing the state 'Q' (entered at the event id #4). The JSONata");
    }

    private static final String CHOICE = """
            {'QueryLanguage':'JSONata','StartAt':'C','States':{'C':{'Type':'Choice','Choices':[
              {'Condition':'{% $states.input = 1 %}','Next':'One','Assign':{'v':'first'}},
              {'Condition':'{% $states.input < 3 %}','Next':'Low','Output':'low'},
              {'Condition':'{% $states.input < 2 %}','Next':'One'}],
              'Default':'Other','Output':'none','Assign':{'v':'own'}},
             'One':{'Type':'Succeed','Output':'{% [$v, $states.input] %}'},'Low':{'Type':'Succeed'},
             'Other':{'Type':'Succeed','Output':'{% [$v, $states.input] %}'}}}""";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | [\"first\",\"none\"] | /States/C/Choices[0]",
                "2 | \"low\" | /States/C/Choices[1]",
                "0 | \"low\" | /States/C/Choices[1]",
                "3 | [\"own\",\"none\"] | /States/C/Default[0]",
            })
    void theFirstRuleThatHoldsDecides(long input, String output, String reached) {
        assertThat(lab.run(CHOICE, input)).isEqualTo(new ExecutionResult.Succeeded(Json.parse(output)));
        assertThat(lab.reached).contains(reached).hasSize(3).startsWith("/States/C");
    }

    @Test
    void aChoiceWithoutARuleThatHoldsIsARuntimeError() {
        ExecutionResult result = lab.run("""
                {'StartAt':'C','States':{'C':{'Type':'Choice','Choices':[{'Variable':'$.x','NumericEquals':1,'Next':'S'}]},'S':{'Type':'Succeed'}}}""", Map.of("x", 2L));
        assertThat(result)
                .isEqualTo(
                        new ExecutionResult.Failed(
                                "States.Runtime",
                                "An error occurred while executing the state 'C' (entered at the event id #2). Failed to transition out of the state. The state does not point to a next state."));
        assertThat(lab.types()).containsExactly("ExecutionStarted", "ChoiceStateEntered", "ExecutionFailed");
    }

    @Test
    void aSucceedEndsBeforeWhateverElseThereIs() {
        assertThat(lab.run("""
                {'StartAt':'C','States':{'C':{'Type':'Choice','Choices':[{'Variable':'$','IsNumeric':true,'Next':'S'}],'Default':'P'},
                 'S':{'Type':'Succeed'},'P':{'Type':'Pass','End':true}}}""", 1L)).isEqualTo(new ExecutionResult.Succeeded(1L));
        assertThat(lab.lines())
                .endsWith(
                        "4<3 SucceedStateEntered {'name':'S','input':'1'}",
                        "5<4 SucceedStateExited {'name':'S','output':'1'}",
                        "6<5 ExecutionSucceeded {'output':'1'}");
    }

    @Test
    void theContextObjectKnowsExecutionMachineAndState() {
        lab.answers("arn:t", 1L);
        ExecutionResult result = lab.run("""
                {'StartAt':'W','States':{'W':{'Type':'Wait','Seconds':2,'Next':'P'},
                 'P':{'Type':'Pass','Parameters':{'c.$':'$$'},'Next':'T'},'T':{'Type':'Task','Resource':'arn:t','Parameters':{'c.$':'$$.State'},'ResultPath':null,'End':true}}}""", Map.of("in", 1L));
        Map<String, Object> context = Map.of(
                "Execution",
                Map.of(
                        "Id", "arn:aws:states:us-east-1:111111111111:execution:machine:run-1",
                        "Input", Map.of("in", 1L),
                        "StartTime", "2026-01-01T00:00:00.000Z",
                        "Name", "run-1",
                        "RoleArn", "arn:aws:iam::111111111111:role/r",
                        "RedriveCount", 0L),
                "StateMachine",
                Map.of("Id", "arn:aws:states:us-east-1:111111111111:stateMachine:machine", "Name", "machine"),
                "State",
                Map.of("Name", "P", "EnteredTime", "2026-01-01T00:00:02.000Z"));
        assertThat(result).isEqualTo(new ExecutionResult.Succeeded(Map.of("c", context)));
        assertThat(lab.calls.get(0).arguments())
                .isEqualTo(
                        Map.of("c", Map.of("Name", "T", "EnteredTime", "2026-01-01T00:00:02.000Z", "RetryCount", 0L)));
    }

    @Test
    void anExpressExecutionHasNoRedriveCount() {
        lab.identity = Lab.identity(":express:machine:run-1:1");
        ExecutionResult result = lab.run(
                "{'StartAt':'P','States':{'P':{'Type':'Pass','Parameters':{'e.$':'$$.Execution'},'OutputPath':'$.e','End':true}}}",
                1L);
        assertThat(((ExecutionResult.Succeeded) result).output())
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsOnlyKeys("Id", "Input", "StartTime", "Name", "RoleArn");
    }

    @Test
    void everyStateThatIsEnteredIsReached() {
        lab.run("{'StartAt':'A','States':{'A':{'Type':'Pass','Next':'B'},'B':{'Type':'Succeed'}}}", 1L);
        assertThat(lab.reached).isEqualTo(List.of("/States/A", "/States/B"));
        assertThat(lab.snapshots).as("one for each state, none of the end").hasSize(2);
    }
}
