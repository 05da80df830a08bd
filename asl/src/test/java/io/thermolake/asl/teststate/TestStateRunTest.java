package io.thermolake.asl.teststate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.thermolake.asl.Json;
import io.thermolake.asl.Resources;
import io.thermolake.asl.testing.Mocks;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestStateRunTest {
    private static final String TASK = """
            {'Type':'Task','Resource':'arn:aws:states:::lambda:invoke','QueryLanguage':'JSONata','Next':'Done',
             'Arguments':{'n':'{% $n %}'},'Assign':{'m':'{% $states.result.v %}'},'Output':'{% $states.result.v %}',
             'Retry':[{'ErrorEquals':['Busy'],'IntervalSeconds':2,'BackoffRate':3,'MaxAttempts':2,'MaxDelaySeconds':5}],
             'Catch':[{'ErrorEquals':['Odd'],'Next':'No'},
                      {'ErrorEquals':['States.ALL'],'Next':'Rescue','Assign':{'why':'{% $states.errorOutput.Cause %}'},
                       'Output':'{% $states.errorOutput.Error %}'}]}""";
    private static final String PATH_TASK = """
            {'Type':'Task','Resource':'arn:aws:lambda:us-east-1:1:function:f','InputPath':'$.in','Parameters':{'a.$':'$.a'},
             'ResultSelector':{'r.$':'$.x'},'ResultPath':'$.out','OutputPath':'$.out','End':true}""";
    private static final String PARALLEL =
            "{'Type':'Parallel','End':true,'Branches':[{'StartAt':'A','States':{'A':{'Type':'Succeed'}}},{'StartAt':'B','States':{'B':{'Type':'Succeed'}}}]}";
    private static final String MAP =
            "{'Type':'Map','End':true,'MaxConcurrency':3,'ItemProcessor':{'StartAt':'I','States':{'I':{'Type':'Succeed'}}}}";
    private static final String DISTRIBUTED = """
            {'Type':'Map','End':true,'ToleratedFailurePercentage':40,'Retry':[{'ErrorEquals':['States.ExceedToleratedFailureThreshold']}],
             'ItemReader':{'Resource':'arn:aws:states:::s3:getObject','Parameters':{'Bucket':'b','Key':'k'},'ReaderConfig':{'InputType':'JSON'}},
             'ItemProcessor':{'ProcessorConfig':{'Mode':'DISTRIBUTED','ExecutionType':'STANDARD'},
              'StartAt':'I','States':{'I':{'Type':'Succeed'}}}}""";
    private static final Resources NOBODY = resource -> null;

    private static Map<String, Object> request(String json) {
        return new HashMap<>(Json.object(Json.parse(json.replace('\'', '"'))));
    }

    private static Map<String, Object> run(String definition, String request) {
        return TestStateRun.run(definition.replace('\'', '"'), request(request), NOBODY);
    }

    private static TestStateRun.Refused refused(String definition, String request) {
        return catchThrowableOfType(TestStateRun.Refused.class, () -> run(definition, request));
    }

    private static Object json(Object text) {
        return Json.parse(String.valueOf(text));
    }

    @Test
    void aMockedResultGoesTheStatesWay() {
        Map<String, Object> request = request("{'inspectionLevel':'DEBUG','input':'7'}");
        request.put("mock", Map.of("result", "{\"v\":5}"));
        request.put("variables", "{\"n\":1}");
        Map<String, Object> answer = TestStateRun.run(TASK.replace('\'', '"'), request, NOBODY);
        assertThat(answer)
                .containsEntry("status", "SUCCEEDED")
                .containsEntry("output", 5L)
                .containsEntry("nextState", "Done")
                .doesNotContainKeys("error", "cause");
        Map<String, Object> data = Json.object(answer.get("inspectionData"));
        assertThat(data).containsOnlyKeys("input", "afterArguments", "result", "variables");
        assertThat(json(data.get("input"))).isEqualTo(7L);
        assertThat(json(data.get("afterArguments"))).isEqualTo(Map.of("n", 1L));
        assertThat(json(data.get("variables"))).isEqualTo(Map.of("n", 1L, "m", 5L));
    }

    @Test
    void eachStepOfAPathStateIsSeen() {
        Map<String, Object> request = request("{'inspectionLevel':'TRACE'}");
        request.put("input", "{\"in\":{\"a\":1},\"z\":2}");
        request.put("mock", Map.of("result", "{\"x\":3}"));
        Map<String, Object> data = Json.object(
                TestStateRun.run(PATH_TASK.replace('\'', '"'), request, NOBODY).get("inspectionData"));
        assertThat(data)
                .containsOnlyKeys(
                        "input",
                        "afterInputPath",
                        "afterParameters",
                        "result",
                        "afterResultSelector",
                        "afterResultPath");
        assertThat(json(data.get("afterInputPath"))).isEqualTo(Map.of("a", 1L));
        assertThat(json(data.get("afterParameters"))).isEqualTo(Map.of("a", 1L));
        assertThat(json(data.get("result"))).isEqualTo(Map.of("x", 3L));
        assertThat(json(data.get("afterResultSelector"))).isEqualTo(Map.of("r", 3L));
    }

    @Test
    void infoShowsNoData() {
        assertThat(run("{'Type':'Pass','End':true}", "{}")).containsOnlyKeys("status", "output");
        assertThat(run("{'Type':'Pass','End':true}", "{'inspectionLevel':'INFO'}"))
                .containsOnlyKeys("status", "output");
    }

    @ParameterizedTest
    @CsvSource({
        "Busy, 0, RETRIABLE, 2",
        "Busy, 1, RETRIABLE, 5", // 6, but at most 5
        "Busy, 2, CAUGHT_ERROR, -1",
        "Other, 0, CAUGHT_ERROR, -1",
    })
    void aMockedErrorMeetsTheRetrierAndThenTheCatcher(String error, long before, String status, long backoff) {
        Map<String, Object> request = request("{'inspectionLevel':'DEBUG','stateConfiguration':{'retrierRetryCount':"
                + before + "},'mock':{'errorOutput':{'error':'" + error + "','cause':'why'}}}");
        request.put("variables", "{\"n\":1}");
        Map<String, Object> answer = TestStateRun.run(TASK.replace('\'', '"'), request, NOBODY);
        assertThat(answer)
                .containsEntry("status", status)
                .containsEntry("error", error)
                .containsEntry("cause", "why");
        Map<String, Object> details =
                Json.object(Json.object(answer.get("inspectionData")).get("errorDetails"));
        if (backoff >= 0) {
            assertThat(details).isEqualTo(Map.of("retryBackoffIntervalSeconds", backoff, "retryIndex", 0L));
            assertThat(answer).doesNotContainKeys("nextState");
        } else {
            assertThat(details).containsEntry("catchIndex", 1L);
            assertThat(answer).containsEntry("nextState", "Rescue").containsEntry("output", error);
            assertThat(json(Json.object(answer.get("inspectionData")).get("variables")))
                    .isEqualTo(Map.of("n", 1L, "why", "why"));
        }
    }

    @Test
    void anErrorThatNobodyHandlesFailsTheState() {
        assertThat(run(PATH_TASK, "{'input':'{}','mock':{'errorOutput':{'error':'E'}}}"))
                .containsEntry("status", "FAILED");
        Map<String, Object> request = request("{'mock':{'errorOutput':{'error':'E','cause':'c'}}}");
        request.put("input", "{\"in\":{\"a\":1}}");
        assertThat(TestStateRun.run(PATH_TASK.replace('\'', '"'), request, NOBODY))
                .isEqualTo(Map.of("status", "FAILED", "error", "E", "cause", "c"));
    }

    @Test
    void withoutAMockTheTaskIsDone() {
        Map<String, Object> request = request("{}");
        request.put("input", "{\"in\":{\"a\":4}}");
        Mocks tasks = new Mocks().answers("StateName", in -> Map.of("x", in));
        assertThat(TestStateRun.run(PATH_TASK.replace('\'', '"'), request, tasks))
                .containsEntry("output", Map.of("r", Map.of("a", 4L)));
    }

    @Test
    void aTaskThatNeverAnswersTimesOut() {
        Map<String, Object> request = request("{}");
        request.put("input", "{\"in\":{\"a\":4}}");
        Resources hanging = resource -> task -> new CompletableFuture<>();
        assertThat(TestStateRun.run(PATH_TASK.replace('\'', '"'), request, hanging))
                .containsEntry("status", "FAILED")
                .containsEntry("error", "States.Timeout");
    }

    @Test
    void aWaitTakesNoTime() {
        assertThat(run("{'Type':'Wait','Seconds':86400,'Next':'N'}", "{'input':'[1]'}"))
                .isEqualTo(Map.of("status", "SUCCEEDED", "output", java.util.List.of(1L), "nextState", "N"));
    }

    @Test
    void theContextObjectCanBeGiven() {
        Map<String, Object> request = request("{}");
        request.put("context", "{\"Execution\":{\"Name\":\"given\"}}");
        assertThat(TestStateRun.run(
                        "{\"Type\":\"Pass\",\"Parameters\":{\"n.$\":\"$$.Execution.Name\"},\"End\":true}",
                        request,
                        NOBODY))
                .containsEntry("output", Map.of("n", "given"));
    }

    private static final String MACHINE = """
            {'StartAt':'First','States':{'First':{'Type':'Pass','Result':1,'Next':'P'},
             'P':{'Type':'Parallel','End':true,'Branches':[{'StartAt':'M','States':{'M':{'Type':'Map','End':true,
              'ItemProcessor':{'StartAt':'Deep','States':{'Deep':{'Type':'Pass','Result':'deep','End':true}}}}}}]}}}""";

    @ParameterizedTest
    @CsvSource({"First, 1", "Deep, deep", ", 1"})
    void aStateOfAMachineIsFoundInWhateverScope(String name, String output) {
        Map<String, Object> answer = run(MACHINE, name == null ? "{}" : "{'stateName':'" + name + "'}");
        assertThat(answer.get("output")).asString().isEqualTo(output);
    }

    @Test
    void aMockedParallelAndMapAreWhatComesOut() {
        assertThat(run(PARALLEL, "{'mock':{'result':'[1,2]'}}")).containsEntry("output", java.util.List.of(1L, 2L));
        Map<String, Object> answer = run(MAP, "{'inspectionLevel':'DEBUG','input':'[7]','mock':{'result':'[1]'}}");
        assertThat(answer).containsEntry("output", java.util.List.of(1L));
        assertThat(Json.object(answer.get("inspectionData"))).containsEntry("maxConcurrency", 3L);
    }

    @ParameterizedTest
    @CsvSource({"0, SUCCEEDED", "1, SUCCEEDED", "2, SUCCEEDED", "3, RETRIABLE"})
    void tooManyFailedIterationsFailTheMap(int failures, String status) {
        // 2 of 5 are the 40 % that are tolerated.
        assertThat(run(
                        DISTRIBUTED,
                        "{'stateConfiguration':{'mapIterationFailureCount':" + failures
                                + ",'mapItemReaderData':'[1,2,3,4,5]'},'mock':{'result':'[1,2,3,4,5]'}}"))
                .containsEntry("status", status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'inputs':1} | The member 'inputs' of TestState's request is not supported",
                "{'input':{}} | input must be a string",
                "{'input':'{'} | Value of 'input' must be valid JSON: not JSON",
                "{'variables':'[]'} | Value of 'variables' must be a JSON object",
                "{'variables':'x'} | Value of 'variables' must be valid JSON: not JSON",
                "{'context':'1'} | Value of 'context' must be a JSON object",
                "{'inspectionLevel':'ALL'} | inspectionLevel must be one of [INFO, DEBUG, TRACE], not 'ALL'",
                "{'inspectionLevel':1} | inspectionLevel must be a string",
                "{'stateName':''} | Parameter validation failed:",
                "{'stateName':'X'} | stateName 'X' needs a whole state machine, but the definition is one state",
                "{'revealSecrets':true} | revealSecrets is not supported: this engine has no connections that hold secrets",
                "{'revealSecrets':'yes'} | revealSecrets must be a boolean",
                "{'revealSecrets':true,'mock':{'result':'1'}} | TestState does not support RevealSecrets when a mock is specified.",
                "{'mock':1} | mock must be an object",
                "{'mock':{'results':'1'}} | The member 'results' of mock is not supported",
                "{'mock':{'fieldValidationMode':'NONE'}} | A mock must have one of the following fields: [result, errorOutput]",
                "{'mock':{'result':'1','errorOutput':{}}} | A mock must have one of the following fields: [result, errorOutput]",
                "{'mock':{'result':1}} | result must be a string",
                "{'mock':{'errorOutput':'E'}} | errorOutput must be an object",
                "{'mock':{'errorOutput':{'Error':'E'}}} | The member 'Error' of errorOutput is not supported",
                "{'mock':{'errorOutput':{'error':5}}} | error must be a string",
                "{'stateConfiguration':[]} | stateConfiguration must be an object",
                "{'stateConfiguration':{'retries':1}} | The member 'retries' of stateConfiguration is not supported",
                "{'stateConfiguration':{'retrierRetryCount':-1}} | retrierRetryCount must be a whole number that is not negative",
                "{'stateConfiguration':{'retrierRetryCount':1.5}} | retrierRetryCount must be a whole number that is not negative",
                "{'stateConfiguration':{'retrierRetryCount':'1'}} | retrierRetryCount must be a whole number that is not negative",
                "{'stateConfiguration':{'mapIterationFailureCount':0}} | TestState does not support MapIterationFailureCount when a mock is not specified.",
                "{'stateConfiguration':{'mapIterationFailureCount':1},'mock':{'result':'1'}} | mapIterationFailureCount is only supported for a Map",
                "{'stateConfiguration':{'errorCausedByState':'A'},'mock':{'result':'1'}} | errorCausedByState 'A' is no state inside of 'StateName'",
                "{'stateConfiguration':{'mapItemReaderData':'[]'},'mock':{'result':'1'}} | mapItemReaderData is only supported for a Map with an ItemReader",
                "{'mock':{'result':'{'}} | Mocked result must be valid JSON",
            })
    void aRequestThatIsNotUnderstoodIsRefusedByName(String request, String message) {
        TestStateRun.Refused refused = refused(TASK, request);
        assertThat(refused).hasMessageStartingWith(message);
        assertThat(refused.code()).isEqualTo("ValidationException");
    }

    @ParameterizedTest
    @CsvSource({"2, SUCCEEDED", "3, FAILED"})
    void aMapToleratesSoManyFailures(int failures, String status) {
        String map = DISTRIBUTED
                .replace("'ToleratedFailurePercentage':40", "'ToleratedFailureCount':2")
                .replace("'Retry':[{'ErrorEquals':['States.ExceedToleratedFailureThreshold']}],", "");
        assertThat(run(
                        map,
                        "{'stateConfiguration':{'mapIterationFailureCount':" + failures
                                + "},'mock':{'result':'[1,2,3,4,5]'}}"))
                .containsEntry("status", status);
    }

    @Test
    void aLiteralResultHidesWhatWasSelectedBeforeIt() {
        Object data = run("{'Type':'Pass','End':true,'Result':1}", "{'inspectionLevel':'DEBUG'}")
                .get("inspectionData");
        assertThat(Json.object(data)).containsKey("result").doesNotContainKey("afterInputPath");
        Object plain =
                run("{'Type':'Pass','End':true}", "{'inspectionLevel':'DEBUG'}").get("inspectionData");
        assertThat(Json.object(plain)).containsKey("afterInputPath");
        Object parallel = run(PARALLEL, "{'inspectionLevel':'DEBUG','mock':{'result':'[1,2]'}}")
                .get("inspectionData");
        assertThat(Json.object(parallel)).containsOnlyKeys("input", "afterResultSelector", "afterResultPath");
    }

    @ParameterizedTest
    @CsvSource({"Pass", "Succeed", "Fail", "Choice", "Wait"})
    void aStateWithoutWorkTakesNoMock(String type) {
        String more = switch (type) {
            case "Choice" -> ",'Choices':[{'Variable':'$.a','IsNull':true,'Next':'N'}]";
            case "Wait" -> ",'Seconds':1,'End':true";
            case "Pass" -> ",'End':true";
            default -> "";
        };
        assertThat(refused("{'Type':'" + type + "'" + more + "}", "{'mock':{'result':'1'}}"))
                .hasMessage("State type '" + type + "' is not supported when a mock is specified");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[1] | Mocked result must contain the same number of items as number of Parallel branches.",
                "{} | Mocked result must contain the same number of items as number of Parallel branches.",
            })
    void aParallelsMockHasAnItemForEachBranch(String result, String message) {
        assertThat(refused(PARALLEL, "{'mock':{'result':'" + result + "'}}")).hasMessage(message);
    }

    @Test
    void aMapsMockIsAList() {
        assertThat(refused(MAP, "{'mock':{'result':'{}'}}")).hasMessage("Mocked result must be an array.");
        String written = DISTRIBUTED.replace(
                "'ItemReader'", "'ResultWriter':{'WriterConfig':{'OutputType':'JSON'}},'ItemReader'");
        assertThat(run(written, "{'mock':{'result':'{}'}}")).containsEntry("status", "SUCCEEDED");
    }

    @Test
    void theStateThatCausedTheErrorMustBeInside() {
        String request = "{'stateConfiguration':{'errorCausedByState':'%s'},'mock':{'errorOutput':{'error':'E'}}}";
        assertThat(run(MAP, request.formatted("I"))).containsEntry("status", "FAILED");
        assertThat(refused(MAP, request.formatted("J"))).hasMessageContaining("errorCausedByState 'J'");
    }

    @ParameterizedTest
    @CsvSource({
        "arn:aws:states:us-east-1:1:activity:a",
        "arn:aws:states:::glue:startJobRun.sync",
        "arn:aws:states:::sqs:sendMessage.waitForTaskToken"
    })
    void whatWaitsForOthersNeedsAMock(String resource) {
        String task = "{'Type':'Task','Resource':'" + resource + "','End':true}";
        TestStateRun.Refused refused = refused(task, "{}");
        assertThat(refused.code()).isEqualTo("InvalidDefinition");
        assertThat(refused).hasMessage("TestState does not support the resource " + resource + " without a mock");
        assertThat(run(task, "{'mock':{'result':'1'}}")).containsEntry("output", 1L);
    }

    @Test
    void aCallbacksMockedErrorIsTheTokens() {
        assertThat(run(
                        "{'Type':'Task','Resource':'arn:aws:states:::sqs:sendMessage.waitForTaskToken','End':true}",
                        "{'mock':{'errorOutput':{'error':'E','cause':'c'}}}"))
                .isEqualTo(Map.of("status", "FAILED", "error", "E", "cause", "c"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ | Invalid State Machine Definition: 'not JSON",
                "[] | Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: These fields are required: [Type] at /'",
                "{'Type':'Pass'} | Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: This object should have only one of the following fields: [Next, End] at /'",
                "{'StartAt':'A','States':{'A':{}}} | Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: These fields are required: [Type] at /States/A'",
            })
    void aFaultyDefinitionIsRefused(String definition, String message) {
        TestStateRun.Refused refused = refused(definition, "{}");
        assertThat(refused.code()).isEqualTo("InvalidDefinition");
        assertThat(refused).hasMessageStartingWith(message);
    }

    @Test
    void aParallelWithoutAMockIsRefused() {
        TestStateRun.Refused refused = refused(PARALLEL, "{}");
        assertThat(refused.code()).isEqualTo("InvalidDefinition");
        assertThat(refused).hasMessageStartingWith("TestState API does not support Map or Parallel states.");
        assertThat(refused(MACHINE, "{'stateName':'None'}")).hasMessage("The definition has no state 'None'");
    }
}
