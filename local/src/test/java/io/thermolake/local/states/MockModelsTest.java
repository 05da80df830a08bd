package io.thermolake.local.states;

import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.asl.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MockModelsTest {
    private final MockModels models = new MockModels();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "lambda:invoke                | {\"StatusCode\":\"200\"}                       | false | Field 'StatusCode' must be a number",
                "lambda:invoke                | {\"Payload\":{\"any\":[1]},\"StatusCode\":200} | false | -",
                "dynamodb:putItem             | {\"ConsumedCapacity\":{\"CapacityUnits\":\"1\"}} | true | Field 'CapacityUnits' must be a number",
                "dynamodb:putItem             | {\"Attributes\":{\"id\":{\"S\":1}}}            | true  | Field 'S' must be a string",
                "dynamodb:putItem             | {\"Attributes\":[]}                           | true  | Field 'Attributes' must be an object",
                "events:putEvents             | {\"Entries\":[{\"EventId\":\"a\"},{\"EventId\":[]}]} | true | Field 'EventId' must be a string",
                "events:putEvents             | {\"Entries\":{}}                              | true  | Field 'Entries' must be an array",
                "events:putEvents             | {\"FailedEntryCount\":true}                   | true  | Field 'FailedEntryCount' must be a number",
                "events:putEvents             | {\"random\":1}                                | false | -",
                "states:startExecution        | {}                                            | false | Required field 'ExecutionArn' is missing",
                "states:startExecution        | {}                                            | true  | -",
                "states:startExecution        | {\"executionArn\":1}                          | true  | -",
                "states:startExecution        | {\"ExecutionArn\":\"a\",\"StartDate\":true}   | true  | Field 'StartDate' must be a string",
                "states:startExecution        | {\"ExecutionArn\":\"a\",\"StartDate\":1.5}    | false | -",
                "aws-sdk:s3:getObject         | {\"ContentLength\":\"9000\"}                  | true  | Field 'ContentLength' must be a number",
                "aws-sdk:s3:getObject         | {\"DeleteMarker\":\"yes\"}                    | true  | Field 'DeleteMarker' must be a boolean",
                "aws-sdk:ec2:describeInstances | {\"Reservations\":1}                         | false | -",
            })
    void aMockHasTheShapeOfTheResponse(String resource, String mock, boolean onlyPresent, String problem) {
        assertThat(models.problem("arn:aws:states:::" + resource, Json.parse(mock), onlyPresent))
                .isEqualTo(problem);
    }

    @ParameterizedTest
    @CsvSource({
        "arn:aws:states:::sqs:sendMessage,                        true",
        "arn:aws:states:::sqs:sendMessage.waitForTaskToken,       true",
        "arn:aws:states:::aws-sdk:ec2:describeInstances,          false",
        "arn:aws:states:::states:startExecution.sync:2,           false",
        "arn:aws:lambda:eu-central-1:000000000000:function:f,     true",
        "arn:aws:states:eu-central-1:000000000000:activity:a,     true",
    })
    void itSaysWhatItKnows(String resource, boolean known) {
        assertThat(models.knows(resource)).isEqualTo(known);
    }
}
