package io.thermolake.asl.internal.definition;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a state's fields must be: each row is one state with one fault, and all that is said of it. */
class StateParserTest {
    private static final String SCHEMA = "SCHEMA_VALIDATION_FAILED: ";
    private static final String TASK = "'Type':'Task','Resource':'arn:aws:states:::lambda:invoke','End':true";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'End':true | These fields are required: [Type] at /States/X",
                "'Type':1,'End':true | Expected value of type String at /States/X/Type",
                "'Type':'pass','End':true | The field 'Type' should have one of these values: [Task, Wait, Pass, Succeed, Fail, Choice, Parallel, Map] at /States/X/Type",
                "'Type':'Pass','End':true,'Comment':1 | Expected value of type String at /States/X/Comment",
                "'Type':'Pass','End':true,'End ':1 | Field 'End ' is not supported at /States/X",
                "'Type':'Pass','End':'true','Next':'Y' | Expected value of type Boolean at /States/X/End",
                "'Type':'Pass','End':true,'Next':'Y' | There should only be one of the following fields: [Next, End] at /States/X",
                "'Type':'Wait','Seconds':1,'End':false | This object should have only one of the following fields: [Next, End] at /States/X",
                "'Type':'Pass','Next':null | Expected value of type String at /States/X/Next",
                "'Type':'Succeed','Next':'X' | Field 'Next' is not supported at /States/X",
                "'Type':'Fail','Catch':[] | Field 'Catch' is not supported at /States/X",
                "'Type':'Fail','Retry':[] | Field 'Retry' is not supported at /States/X",
                "'Type':'Fail','Assign':{} | Field 'Assign' is not supported at /States/X",
                "'Type':'Pass','End':true,'Retry':[] | Field 'Retry' is not supported at /States/X",
                "'Type':'Pass','End':true,'Catch':[] | Field 'Catch' is not supported at /States/X",
                "'Type':'Wait','Seconds':1,'End':true,'TimeoutSeconds':1 | Field 'TimeoutSeconds' is not supported at /States/X",
                "'Type':'Wait','Seconds':1,'End':true,'ResultPath':'$.a' | Field 'ResultPath' is not supported at /States/X",
                "'Type':'Pass','End':true,'Resource':'arn:x' | Field 'Resource' is not supported at /States/X",
                "'Type':'Pass','End':true,'Output':1 | The QueryLanguage is set to 'JSONPath', but field 'Output' is only supported for the 'JSONata' QueryLanguage at /States/X",
                "'Type':'Pass','End':true,'InputPath':1 | Expected value of type String at /States/X/InputPath",
                "'Type':'Pass','End':true,'InputPath':'a.b' | Value must be a valid JSONPath. at /States/X/InputPath",
                "'Type':'Pass','End':true,'OutputPath':'$.a[' | Value must be a valid JSONPath. at /States/X/OutputPath",
                "'Type':'Pass','End':true,'ResultPath':'$.a[*]' | Value is not a Reference Path. at /States/X/ResultPath",
                "'Type':'Pass','End':true,'ResultPath':'$$.a' | Value is not a Reference Path. at /States/X/ResultPath",
                "'Type':'Pass','End':true,'ResultPath':1 | Expected value of type String at /States/X/ResultPath",
                "'Type':'Pass','End':true,'Parameters':{'a.$':'b'} | The value for the field 'a.$' must be a valid JSONPath or a valid intrinsic function call at /States/X/Parameters/a.$",
                "'Type':'Pass','End':true,'Parameters':{'a.$':1} | The value for the field 'a.$' must be a valid JSONPath or a valid intrinsic function call at /States/X/Parameters/a.$",
                "'Type':'Pass','End':true,'Parameters':{'l':[{'a.$':'States.Nothing()'}]} | The value for the field 'a.$' must be a valid JSONPath or a valid intrinsic function call at /States/X/Parameters/l[0]/a.$",
                "'Type':'Pass','End':true,'Assign':[] | Expected value of type Object at /States/X/Assign",
                "'Type':'Pass','End':true,'Assign':'{% {} %}' | Expected value of type Object at /States/X/Assign",
            })
    void aFaultOfAnyState(String state, String fault) {
        assertFault(Faults.ofState(state), SCHEMA + fault);
    }

    /** What this engine's own parsers say in detail stands between AWS's words and the place. */
    private static void assertFault(java.util.List<String> faults, String expected) {
        int place = expected.lastIndexOf(" at /");
        assertThat(faults)
                .singleElement()
                .asString()
                .startsWith(expected.substring(0, place))
                .endsWith(expected.substring(place));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'Type':'Task','End':true | These fields are required: [Resource] at /States/X",
                "'Type':'Task','End':true,'Resource':1 | Expected value of type String at /States/X/Resource",
                "'Type':'Task','End':true,'Resource':'lambda' | Value is not a valid resource ARN at /States/X/Resource",
                "'Type':'Task','End':true,'Resource':'arn:aws:states:::sqs:sendMessage.waitForToken' | The resource provided arn:aws:states:::sqs:sendMessage.waitForToken is not recognized at /States/X/Resource",
                "'Type':'Task','End':true,'Resource':'arn:aws:states:::dynamodb:query' | The resource provided arn:aws:states:::dynamodb:query is not recognized at /States/X/Resource",
                "'Type':'Task','End':true,'Resource':'arn:aws:states:eu-central-1:1:sqs:receiveMessage' | The resource provided arn:aws:states:eu-central-1:1:sqs:receiveMessage is not recognized at /States/X/Resource",
                "'Type':'Task','End':true,'Resource':'arn:aws:states:::glue:startCrawler.sync' | The resource provided arn:aws:states:::glue:startCrawler.sync is not recognized at /States/X/Resource",
                "'Type':'Task','End':true,'Resource':'${lambdaArn' | Value is not a valid resource ARN: a placeholder begins with '${' and is not closed by '}' at /States/X/Resource",
                "'Type':'Task','End':true,'Resource':'${a}:${b' | Value is not a valid resource ARN: a placeholder begins with '${' and is not closed by '}' at /States/X/Resource",
                "'Type':'Task','End':true,'Resource':'arn:aws:states:::ecs:runTask.sync:3' | The resource provided arn:aws:states:::ecs:runTask.sync:3 is not recognized at /States/X/Resource",
                "'Type':'Task','End':true,'Resource':'arn:aws:states:::lambda' | The resource provided arn:aws:states:::lambda is not recognized at /States/X/Resource",
                "'Type':'Task','End':true,'Resource':'arn:aws:states:us-east-1:1:stateMachine:m' | The resource provided arn:aws:states:us-east-1:1:stateMachine:m is not recognized at /States/X/Resource",
                "@,'TimeoutSeconds':0 | Minimum value is 1 at /States/X/TimeoutSeconds",
                "@,'TimeoutSeconds':100000000 | Maximum value is 99999999 at /States/X/TimeoutSeconds",
                "@,'TimeoutSeconds':'60' | Expected value of type Integer at /States/X/TimeoutSeconds",
                "@,'HeartbeatSeconds':-5 | Minimum value is 1 at /States/X/HeartbeatSeconds",
                "@,'HeartbeatSeconds':1.5 | Expected value of type Integer at /States/X/HeartbeatSeconds",
                "@,'TimeoutSeconds':60,'HeartbeatSeconds':60 | HeartbeatSeconds must be smaller than TimeoutSeconds at /States/X/HeartbeatSeconds",
                "@,'TimeoutSeconds':60,'TimeoutSecondsPath':'$.t' | There should only be one of the following fields: [TimeoutSeconds, TimeoutSecondsPath] at /States/X",
                "@,'TimeoutSecondsPath':'$.t[*]' | Value is not a Reference Path at /States/X/TimeoutSecondsPath",
                "@,'HeartbeatSecondsPath':'$$.t' | Value is not a Reference Path at /States/X/HeartbeatSecondsPath",
                "@,'Credentials':1 | Expected value of type Object at /States/X/Credentials",
                "@,'Credentials':{'Role':'r'} | The field 'RoleArn' is required but was missing at /States/X/Credentials",
                "@,'Retry':{} | Expected value of type Array at /States/X/Retry",
                "@,'Retry':[1] | Expected value of type Object at /States/X/Retry[0]",
                "@,'Retry':[{}] | These fields are required: [ErrorEquals] at /States/X/Retry[0]",
                "@,'Retry':[{'ErrorEquals':[]}] | Value cannot be empty at /States/X/Retry[0]/ErrorEquals",
                "@,'Retry':[{'ErrorEquals':'E'}] | Expected value of type Array at /States/X/Retry[0]/ErrorEquals",
                "@,'Retry':[{'ErrorEquals':['E',1]}] | Expected value of type String at /States/X/Retry[0]/ErrorEquals[1]",
                "@,'Retry':[{'ErrorEquals':['E'],'Next':'Y'}] | Field 'Next' is not supported at /States/X/Retry[0]",
                "@,'Retry':[{'ErrorEquals':['E'],'IntervalSeconds':-1}] | Minimum value is 0 at /States/X/Retry[0]/IntervalSeconds",
                "@,'Retry':[{'ErrorEquals':['E'],'IntervalSeconds':100000000}] | Maximum value is 99999999 at /States/X/Retry[0]/IntervalSeconds",
                "@,'Retry':[{'ErrorEquals':['E'],'BackoffRate':0.9}] | Minimum value is 1.0 at /States/X/Retry[0]/BackoffRate",
                "@,'Retry':[{'ErrorEquals':['E'],'BackoffRate':'2'}] | Expected value of type Number at /States/X/Retry[0]/BackoffRate",
                "@,'Retry':[{'ErrorEquals':['E'],'MaxAttempts':-1}] | Minimum value is 0 at /States/X/Retry[0]/MaxAttempts",
                "@,'Retry':[{'ErrorEquals':['E'],'MaxAttempts':100000000}] | Maximum value is 99999999 at /States/X/Retry[0]/MaxAttempts",
                "@,'Retry':[{'ErrorEquals':['E'],'MaxDelaySeconds':0}] | Minimum value is 1 at /States/X/Retry[0]/MaxDelaySeconds",
                "@,'Retry':[{'ErrorEquals':['E'],'MaxDelaySeconds':31622401}] | Maximum value is 31622400 at /States/X/Retry[0]/MaxDelaySeconds",
                "@,'Retry':[{'ErrorEquals':['E'],'JitterStrategy':'HALF'}] | Value should be one of the following: [NONE, FULL] at /States/X/Retry[0]/JitterStrategy",
                "@,'Retry':[{'ErrorEquals':['E','States.ALL']}] | States.ALL must appear alone and at end of list at /States/X/Retry[0]/ErrorEquals[1]",
                "@,'Retry':[{'ErrorEquals':['States.ALL']},{'ErrorEquals':['E']}] | States.ALL must appear alone and at end of list at /States/X/Retry[0]/ErrorEquals[0]",
                "@,'Catch':[{'ErrorEquals':['E']}] | These fields are required: [Next] at /States/X/Catch[0]",
                "@,'Catch':[{'ErrorEquals':['E'],'Next':1}] | Expected value of type String at /States/X/Catch[0]/Next",
                "@,'Catch':[{'ErrorEquals':['E'],'Next':'Y','Output':1}] | The QueryLanguage is set to 'JSONPath', but field 'Output' is only supported for the 'JSONata' QueryLanguage at /States/X/Catch[0]",
                "@,'Catch':[{'ErrorEquals':['E'],'Next':'Y','ResultPath':'x'}] | Value is not a Reference Path. at /States/X/Catch[0]/ResultPath",
                "@,'Catch':[{'ErrorEquals':['States.ALL'],'Next':'Y'},{'ErrorEquals':['E'],'Next':'Y'}] | States.ALL must appear alone and at end of list at /States/X/Catch[0]/ErrorEquals[0]",
            })
    void aFaultOfATask(String state, String fault) {
        assertThat(Faults.ofState(state.replace("@", TASK)))
                .filteredOn(f -> !f.startsWith("MISSING_TRANSITION_TARGET: State \"Y\"") && !f.startsWith("NEVER"))
                .singleElement()
                .asString()
                .startsWith(SCHEMA + fault.substring(0, fault.lastIndexOf(" at /")))
                .endsWith(fault.substring(fault.lastIndexOf(" at /")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'Type':'Task','End':true,'Resource':'arn:aws:lambda:us-east-1:1:function:f:LIVE'",
                "'Type':'Task','End':true,'Resource':'arn:aws-cn:states:::aws-sdk:s3:getObject'",
                "'Type':'Task','End':true,'Resource':'arn:aws:states:::aws-sdk:sfn:sendTaskSuccess.waitForTaskToken'",
                "'Type':'Task','End':true,'Resource':'arn:aws:states:::states:startExecution.sync:2'",
                "'Type':'Task','End':true,'Resource':'arn:aws:states:::glue:startJobRun.sync'",
                "'Type':'Task','End':true,'Resource':'arn:aws:states:us-east-1:1:activity:a'",
                "'Type':'Task','End':true,'Resource':'${FunctionArn}'",
                "@,'TimeoutSeconds':2,'HeartbeatSeconds':1",
                "@,'TimeoutSecondsPath':'$var','HeartbeatSecondsPath':'$.a[0].b'",
                "@,'Credentials':{'RoleArn':'r'}",
                "@,'Credentials':{'RoleArn.$':'$.r'}",
                "@,'Retry':[]",
                "@,'Retry':[{'ErrorEquals':['E'],'IntervalSeconds':0,'BackoffRate':1,'MaxAttempts':0,'MaxDelaySeconds':1,'JitterStrategy':'NONE','Comment':'c'}]",
                "@,'Retry':[{'ErrorEquals':['E']},{'ErrorEquals':['States.ALL'],'MaxDelaySeconds':31622400}]",
                "@,'ResultPath':null,'InputPath':null,'OutputPath':null",
                "'Type':'Fail','End':true",
                "'Type':'Succeed','End':true",
                "'Type':'Pass','End':true,'Result':null",
            })
    void whatATaskMayHaveIsTaken(String state) {
        assertThat(Faults.ofState(state.replace("@", TASK)))
                .filteredOn(f -> f.startsWith("SCHEMA"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "arn:aws:states:::ecs:runTask.sync | Express state machine does not support '.sync' service integration",
                "arn:aws:states:::states:startExecution.sync:2 | Express state machine does not support '.sync' service integration",
                "arn:aws:states:::sqs:sendMessage.waitForTaskToken | `Express state machine does not support '.waitForTaskToken' service integration `",
                "arn:aws:states:us-east-1:1:activity:a | Express state machine does not support Activity ARN",
            })
    void anExpressMachineDoesNotWait(String resource, String fault) {
        String state = "'Type':'Task','End':true,'Resource':'" + resource + "'";
        assertThat(Faults.ofExpressState(state)).containsExactly(SCHEMA + fault + " at /States/X/Resource");
        assertThat(Faults.ofState(state)).isEmpty();
    }

    @Test
    void anActivityTakesNoCredentials() {
        assertThat(
                        Faults.ofState(
                                "'Type':'Task','End':true,'Resource':'arn:aws:states:us-east-1:1:activity:a','Credentials':{'RoleArn':'r'}"))
                .containsExactly(
                        SCHEMA + "The field 'Credentials' is not supported for activities at /States/X/Credentials");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'End':true | This object should have only one of the following fields: [SecondsPath, Seconds, TimestampPath, Timestamp] at /States/X",
                "'End':true,'Seconds':1,'TimestampPath':'$.t' | There should only be one of the following fields: [SecondsPath, Seconds, TimestampPath, Timestamp] at /States/X",
                "'End':true,'Seconds':'1' | Expected value of type Integer at /States/X/Seconds",
                "'End':true,'Seconds':1.5 | Expected value of type Integer at /States/X/Seconds",
                "'End':true,'Seconds':-1 | Minimum value is 0 at /States/X/Seconds",
                "'End':true,'Seconds':100000000 | Maximum value is 99999999 at /States/X/Seconds",
                "'End':true,'SecondsPath':1 | Expected value of type String at /States/X/SecondsPath",
                "'End':true,'SecondsPath':'x' | Value must be a valid JSONPath. at /States/X/SecondsPath",
                "'End':true,'TimestampPath':'$.' | Value must be a valid JSONPath. at /States/X/TimestampPath",
                "'End':true,'Timestamp':'2016-12-05 21:29:29Z' | String does not match RFC3339 timestamp at /States/X/Timestamp",
                "'End':true,'Timestamp':'2016-12-05T21:29:29' | String does not match RFC3339 timestamp at /States/X/Timestamp",
                "'End':true,'Timestamp':'2016-13-05T21:29:29Z' | String does not match RFC3339 timestamp at /States/X/Timestamp",
                "'End':true,'Timestamp':5 | Expected value of type String at /States/X/Timestamp",
                "'End':true,'Timestamp':null | Expected value of type String at /States/X/Timestamp",
            })
    void aFaultOfAWait(String members, String fault) {
        assertFault(Faults.ofState("'Type':'Wait'," + members), SCHEMA + fault);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'Type':'Wait','End':true | This object should have only one of the following fields: [Seconds, Timestamp] at /States/X",
                "'Type':'Wait','End':true,'Seconds':'5' | Expected value of type Integer at /States/X/Seconds",
                "'Type':'Wait','End':true,'Timestamp':'tomorrow' | String does not match RFC3339 timestamp at /States/X/Timestamp",
                "'Type':'Pass','End':true,'Parameters':{} | The QueryLanguage is set to 'JSONata', but field 'Parameters' is only supported for the 'JSONPath' QueryLanguage at /States/X",
                "'Type':'Pass','End':true,'Arguments':{} | Field 'Arguments' is not supported at /States/X",
                "@,'TimeoutSecondsPath':'$.a' | The QueryLanguage is set to 'JSONata', but field 'TimeoutSecondsPath' is only supported for the 'JSONPath' QueryLanguage at /States/X",
                "@,'Credentials':{'RoleArn.$':'$.r'} | The field 'RoleArn' is required but was missing at /States/X/Credentials",
                "'Type':'Fail','ErrorPath':'$.a' | The QueryLanguage is set to 'JSONata', but field 'ErrorPath' is only supported for the 'JSONPath' QueryLanguage at /States/X",
                "'Type':'Fail','Error':1 | Expected value of type String at /States/X/Error",
                "'Type':'Fail','Cause':null | Expected value of type String at /States/X/Cause",
                "@,'Catch':[{'ErrorEquals':['E'],'Next':'Y','ResultPath':'$.a'}] | The QueryLanguage is set to 'JSONata', but field 'ResultPath' is only supported for the 'JSONPath' QueryLanguage at /States/X/Catch[0]",
            })
    void aFaultOfAJsonataState(String state, String fault) {
        assertFault(Faults.ofJsonataState(state.replace("@", TASK)), SCHEMA + fault);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'Type':'Wait','End':true,'Seconds':'{% 5 %}'",
                "'Type':'Wait','End':true,'Timestamp':'{% $now() %}'",
                "'Type':'Wait','End':true,'Timestamp':'2016-12-05T21:29:29+01:00'",
                "@,'TimeoutSeconds':'{% 5 %}','HeartbeatSeconds':'{% 1 %}'",
                "@,'Credentials':'{% {} %}'",
                "@,'Credentials':{'RoleArn':'{% $states.input.r %}'}",
                "@,'Arguments':'text','Output':'{% $states.result %}','Assign':{'x':'{% $states.result %}'}",
                "'Type':'Fail','Error':'{% $states.input.e %}','Cause':'c'",
            })
    void whatAJsonataStateMayHaveIsTaken(String state) {
        assertThat(Faults.ofJsonataState(state.replace("@", TASK))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'Error':1 | Expected value of type String at /States/X/Error",
                "'ErrorPath':'$.a','Error':'e' | There should only be one of the following fields: [Error, ErrorPath] at /States/X",
                "'CausePath':'$.a','Cause':'e' | There should only be one of the following fields: [Cause, CausePath] at /States/X",
                "'CausePath':'States.Format(' | Value must be a valid JSONPath. at /States/X/CausePath",
                "'InputPath':'$.a' | Field 'InputPath' is not supported at /States/X",
            })
    void aFaultOfAFail(String members, String fault) {
        assertFault(Faults.ofState("'Type':'Fail'," + members), SCHEMA + fault);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'Type':'Parallel','End':true | These fields are required: [Branches] at /States/X",
                "'Type':'Parallel','End':true,'Branches':[] | Value cannot be empty at /States/X/Branches",
                "'Type':'Parallel','End':true,'Branches':{} | Expected value of type Array at /States/X/Branches",
                "'Type':'Parallel','End':true,'Branches':[1] | Expected value of type Object at /States/X/Branches[0]",
                "'Type':'Parallel','End':true,'Branches':[{}] | These fields are required: [States, StartAt] at /States/X/Branches[0]",
                "'Type':'Parallel','End':true,'Branches':[{'StartAt':'A','States':{'A':{'Type':'Succeed'}},'ProcessorConfig':{}}] | Field 'ProcessorConfig' is not supported at /States/X/Branches[0]",
                "'Type':'Parallel','End':true,'Branches':[{'StartAt':'A','States':{'A':{'Type':'Succeed'}},'QueryLanguage':'JSONata'}] | Field 'QueryLanguage' is not supported at /States/X/Branches[0]",
            })
    void aFaultOfAParallel(String state, String fault) {
        assertFault(Faults.ofState(state), SCHEMA + fault);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'Default':'Y' | These fields are required: [Choices] at /States/X",
                "'Choices':[],'Default':'Y' | Value cannot be empty at /States/X/Choices",
                "'Choices':{},'Default':'Y' | Expected value of type Array at /States/X/Choices",
                "'Choices':['a'],'Default':'Y' | Expected value of type Object at /States/X/Choices[0]",
                "'Choices':[{'Variable':'$.a','IsNull':true}],'Default':'Y' | These fields are required: [Next] at /States/X/Choices[0]",
                "'Choices':[{'Variable':'$.a','IsNull':true,'Next':'Y'}],'Default':1 | Expected value of type String at /States/X/Default",
                "'Choices':[{'Next':'Y'}],'Default':'Y' | The object must have only one of the following fields, [And, Or, Not, Variable] at /States/X/Choices[0]",
                "'Choices':[{'Variable':'$.a','And':[],'Next':'Y'}],'Default':'Y' | The object must have only one of the following fields, [And, Or, Not, Variable] at /States/X/Choices[0]",
                "'Choices':[{'Not':{'Variable':'$.a','IsNull':true},'IsNull':true,'Next':'Y'}],'Default':'Y' | A rule of And, Or or Not has no comparison of its own, at /States/X/Choices[0]",
                "'Choices':[{'And':[],'Next':'Y'}],'Default':'Y' | Value cannot be empty at /States/X/Choices[0]/And",
                "'Choices':[{'Or':{},'Next':'Y'}],'Default':'Y' | Expected value of type Array at /States/X/Choices[0]/Or",
                "'Choices':[{'Or':[{'Variable':'$.a','IsNull':true,'Next':'Y'}],'Next':'Y'}],'Default':'Y' | Field 'Next' is not supported at /States/X/Choices[0]/Or[0]",
                "'Choices':[{'Variable':'$.a','Next':'Y'}],'Default':'Y' | A rule with a Variable has exactly one comparison, at /States/X/Choices[0]",
                "'Choices':[{'Variable':'$.a','IsNull':true,'IsString':true,'Next':'Y'}],'Default':'Y' | A rule with a Variable has exactly one comparison, at /States/X/Choices[0]",
                "'Choices':[{'Variable':'a','IsNull':true,'Next':'Y'}],'Default':'Y' | Value must be a valid JSONPath. at /States/X/Choices[0]/Variable",
                "'Choices':[{'Variable':'$.a','IsNull':'true','Next':'Y'}],'Default':'Y' | Expected value of type Boolean at /States/X/Choices[0]/IsNull",
                "'Choices':[{'Variable':'$.a','IsPresent':1,'Next':'Y'}],'Default':'Y' | Expected value of type Boolean at /States/X/Choices[0]/IsPresent",
                "'Choices':[{'Variable':'$.a','StringMatches':1,'Next':'Y'}],'Default':'Y' | Expected value of type String at /States/X/Choices[0]/StringMatches",
                "'Choices':[{'Variable':'$.a','StringEquals':1,'Next':'Y'}],'Default':'Y' | Expected value of type String at /States/X/Choices[0]/StringEquals",
                "'Choices':[{'Variable':'$.a','NumericEquals':'1','Next':'Y'}],'Default':'Y' | Expected value of type Number at /States/X/Choices[0]/NumericEquals",
                "'Choices':[{'Variable':'$.a','BooleanEquals':'1','Next':'Y'}],'Default':'Y' | Expected value of type Boolean at /States/X/Choices[0]/BooleanEquals",
                "'Choices':[{'Variable':'$.a','TimestampEquals':'today','Next':'Y'}],'Default':'Y' | String does not match RFC3339 timestamp at /States/X/Choices[0]/TimestampEquals",
                "'Choices':[{'Variable':'$.a','NumericEqualsPath':'b','Next':'Y'}],'Default':'Y' | Value must be a valid JSONPath. at /States/X/Choices[0]/NumericEqualsPath",
                "'Choices':[{'Variable':'$.a','IsNull':true,'Next':'Y','Output':1}],'Default':'Y' | The QueryLanguage is set to 'JSONPath', but field 'Output' is only supported for the 'JSONata' QueryLanguage at /States/X/Choices[0]",
                "'Choices':[{'Variable':'$.a','IsNull':true,'Next':'Y'}],'Default':'Y','Next':'Y' | Field 'Next' is not supported at /States/X",
                "'Choices':[{'Variable':'$.a','IsNull':true,'Next':'Y'}],'Default':'Y','Parameters':{} | Field 'Parameters' is not supported at /States/X",
            })
    void aFaultOfAChoice(String members, String fault) {
        assertFault(Faults.ofState("'Type':'Choice'," + members), SCHEMA + fault);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"BooleanLessThan", "NumericMatches", "StringEqual", "StringMatchesPath", "IsPresentPath", "and"})
    void aComparisonThatIsNoneIsRefusedByName(String operator) {
        assertThat(Faults.ofState("'Type':'Choice','Choices':[{'Variable':'$.a','" + operator
                        + "':true,'Next':'Y'}],'Default':'Y'"))
                .contains(SCHEMA + "Field '" + operator + "' is not supported at /States/X/Choices[0]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'Choices':[{'Next':'Y'}],'Default':'Y' | These fields are required: [Condition] at /States/X/Choices[0]",
                "'Choices':[{'Condition':'{% true %}','Next':'Y','Variable':'$.a'}],'Default':'Y' | The QueryLanguage is set to 'JSONata', but field 'Variable' is only supported for the 'JSONPath' QueryLanguage at /States/X/Choices[0]",
                "'Choices':[{'Condition':'{% true %}','Next':'Y','Condtion':1}],'Default':'Y' | Field 'Condtion' is not supported at /States/X/Choices[0]",
            })
    void aFaultOfAJsonataChoice(String members, String fault) {
        assertFault(Faults.ofJsonataState("'Type':'Choice'," + members), SCHEMA + fault);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "states | RESERVED_VARIABLE_NAME: Cannot assign to reserved variable '$states'.",
                "a-b | INVALID_VARIABLE_NAME: Invalid variable name 'a-b': the variable name contains invalid characters.",
                "1a | INVALID_VARIABLE_NAME: Invalid variable name '1a': the variable name contains invalid characters.",
                "`` | INVALID_VARIABLE_NAME: Invalid variable name '': the variable name contains invalid characters.",
                "_a | INVALID_VARIABLE_NAME: Invalid variable name '_a': the variable name contains invalid characters.",
            })
    void aVariableMustHaveAName(String name, String fault) {
        String assign = "'Assign':{'" + name + "':1}";
        assertThat(Faults.ofState("'Type':'Pass','End':true," + assign))
                .containsExactly(fault + " at /States/X/Assign/" + name);
        assertThat(Faults.ofState(TASK + ",'Catch':[{'ErrorEquals':['E'],'Next':'Y'," + assign + "}]"))
                .containsExactly(fault + " at /States/X/Catch[0]/Assign/" + name);
        assertThat(Faults.ofJsonataState(
                        "'Type':'Choice','Default':'Y','Choices':[{'Condition':'{% true %}','Next':'Y'," + assign
                                + "}]"))
                .containsExactly(fault + " at /States/X/Choices[0]/Assign/" + name);
    }

    @Test
    void aVariablesNameHasAtMostEightyCharactersWithoutTheMarkOfAPath() {
        String longest = "v".repeat(80);
        assertThat(Faults.ofState("'Type':'Pass','End':true,'Assign':{'" + longest + ".$':'$.a','größe_2':1}"))
                .isEmpty();
        assertThat(Faults.ofState("'Type':'Pass','End':true,'Assign':{'" + longest + "v':1}"))
                .containsExactly("INVALID_VARIABLE_NAME: Invalid variable name '" + longest
                        + "v': the variable name is longer than 80 characters. at /States/X/Assign/" + longest + "v");
        assertThat(Faults.ofJsonataState("'Type':'Pass','End':true,'Assign':{'a.$':1}"))
                .singleElement()
                .asString()
                .startsWith("INVALID_VARIABLE_NAME: Invalid variable name 'a.$'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'Output':'{% 1 + %}' | INVALID_JSONATA_EXPRESSION: Unexpected end of expression at /States/X/Output",
                "'Output':{'a':{'b':['{% [1,2) %}']}} | INVALID_JSONATA_EXPRESSION: Expected `]`, got `)` at /States/X/Output/a/b[0]",
                "'Output':'{% phone %}' | UNSUPPORTED_JSONATA_EXPRESSION: Reference to 'phone' at the top level is not supported. at /States/X/Output",
                "'Output':{'v':['{% $.phone %}']} | UNSUPPORTED_JSONATA_EXPRESSION: Reference to '$' at the top level is not supported. at /States/X/Output/v[0]",
                "'Output':'{% $$ %}' | UNSUPPORTED_JSONATA_EXPRESSION: Reference to '$$' is not supported. at /States/X/Output",
                "'Assign':{'v':'{% $states.errorOutput %}'} | UNSUPPORTED_JSONATA_EXPRESSION: Field '$states.errorOutput' does not exist. at /States/X/Assign/v",
                "'Arguments':{'v':'{% $states.result %}'} | UNSUPPORTED_JSONATA_EXPRESSION: Field '$states.result' does not exist. at /States/X/Arguments/v",
                "'Output':'{% $states.inptu %}' | UNSUPPORTED_JSONATA_EXPRESSION: Unknown reserved states field: inptu at /States/X/Output",
                "'Catch':[{'ErrorEquals':['E'],'Next':'Y','Output':'{% $states.result %}'}] | UNSUPPORTED_JSONATA_EXPRESSION: Field '$states.result' does not exist. at /States/X/Catch[0]/Output",
                "'Output':'{% 1 ' | INVALID_JSONATA_EXPRESSION: An expression must begin with '{%' and end with '%}' at /States/X/Output",
                "'Output':' {% 1 %}' | INVALID_JSONATA_EXPRESSION: An expression must begin with '{%' and end with '%}' at /States/X/Output",
                "'Arguments':'{% /[/ %}' | INVALID_JSONATA_EXPRESSION: at /States/X/Arguments",
                "'TimeoutSeconds':'{% timeout %}' | UNSUPPORTED_JSONATA_EXPRESSION: Reference to 'timeout' at the top level is not supported. at /States/X/TimeoutSeconds",
            })
    void anExpressionHasOnlyWhatStepFunctionsOffers(String member, String fault) {
        assertFault(Faults.ofJsonataState(TASK + "," + member), fault.replace('`', '"'));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'Catch':[{'ErrorEquals':['E'],'Next':'Y','Output':'{% $states.errorOutput %}','Assign':{'v':'{% $states.errorOutput %}'}}]",
                "'Comment':'{% phone %}'",
                "'Retry':[{'ErrorEquals':['{% phone %}']}]",
                "'Output':'{% $states.input.items[phone > 3] %}'",
                "'Output':'{% $states.context.Execution.Id %}'",
            })
    void whatIsNotReadAsAnExpressionMayLookLikeOne(String member) {
        assertThat(Faults.ofJsonataState(TASK + "," + member)).isEmpty();
    }

    @Test
    void aPathMachineHasNoExpressions() {
        assertThat(Faults.ofState("'Type':'Pass','End':true,'Parameters':{'v':'{% phone %}'}"))
                .isEmpty();
    }
}
