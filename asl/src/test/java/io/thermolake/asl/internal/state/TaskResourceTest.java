package io.thermolake.asl.internal.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskResourceTest {
    @ParameterizedTest
    @CsvSource({
        "arn:aws:states:::lambda:invoke, lambda, invoke, false, false",
        "arn:aws:states:::lambda:invoke.waitForTaskToken, lambda, invoke.waitForTaskToken, true, false",
        "arn:aws:states:::states:startExecution.sync, states, startExecution.sync, false, true",
        "arn:aws:states:::states:startExecution.sync:2, states, startExecution.sync:2, false, true",
        "arn:aws:states:::aws-sdk:glue:getCrawler, aws-sdk:glue, getCrawler, false, false",
        "arn:aws-cn:states:cn-north-1::sqs:sendMessage, sqs, sendMessage, false, false",
        "arn:aws:states:::http:invoke, http, invoke, false, false",
        "arn:aws:states:us-east-1:123456789012:aws-sdk:s3:listBuckets, aws-sdk:s3, listBuckets, false, false",
        "arn:aws:states:us-east-1:123456789012:states:startExecution.sync:2, states, startExecution.sync:2, false, true",
        "arn:aws:states:us-east-1:123456789012:sqs:sendMessage.waitForTaskToken, sqs, sendMessage.waitForTaskToken, true, false",
    })
    void anIntegrationHasATypeAndAnAction(String arn, String type, String action, boolean token, boolean sync) {
        TaskResource resource = TaskResource.of(arn);
        assertThat(resource.family()).isEqualTo(TaskResource.Family.INTEGRATION);
        assertThat(resource.type()).isEqualTo(type);
        assertThat(resource.action()).isEqualTo(action);
        assertThat(resource.waitsForToken()).isEqualTo(token);
        assertThat(resource.isSync()).isEqualTo(sync);
        assertThat(resource.named()).isEqualTo(Map.of("resourceType", type, "resource", action));
    }

    @ParameterizedTest
    @CsvSource({
        "arn:aws:lambda:eu-central-1:1:function:f, LAMBDA",
        "arn:aws:lambda:eu-central-1:1:function:f.sync, LAMBDA",
        "arn:aws:lambda:eu-central-1:1:function:f.waitForTaskToken, LAMBDA",
        "arn:aws:states:eu-central-1:1:activity:a, ACTIVITY",
        "arn:aws:states:eu-central-1:1:stateMachine:m, LAMBDA",
        "arn:aws:states:eu-central-1:1:execution:m:run, LAMBDA",
        "anything, LAMBDA",
    })
    void theOthersAreNamedByTheirArnAlone(String arn, TaskResource.Family family) {
        TaskResource resource = TaskResource.of(arn);
        assertThat(resource).isEqualTo(new TaskResource(arn, family, "", arn));
        assertThat(resource.waitsForToken()).isFalse();
        assertThat(resource.isSync()).isFalse();
        assertThat(resource.named()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "arn:aws:states:us-east-1:123456789012:aws-sdk:s3:listBuckets, arn:aws:states:::aws-sdk:s3:listBuckets",
        "arn:aws-cn:states:cn-north-1::states:startExecution.sync:2, arn:aws-cn:states:::states:startExecution.sync:2",
        "arn:aws:states:::lambda:invoke, arn:aws:states:::lambda:invoke",
        "arn:aws:states:eu-central-1:1:activity:a, arn:aws:states:eu-central-1:1:activity:a",
        "arn:aws:lambda:eu-central-1:1:function:f, arn:aws:lambda:eu-central-1:1:function:f",
    })
    void anIntegrationIsTheSameWithoutRegionAndAccount(String arn, String bare) {
        assertThat(TaskResource.of(arn).bare()).isEqualTo(bare);
    }

    @Test
    void aFamilyNamesItsEventsAndTheirDetails() {
        assertThat(TaskResource.Family.LAMBDA.event("Failed")).isEqualTo("LambdaFunctionFailed");
        assertThat(TaskResource.Family.LAMBDA.details("Failed")).isEqualTo("lambdaFunctionFailedEventDetails");
        assertThat(TaskResource.Family.ACTIVITY.details("Started")).isEqualTo("activityStartedEventDetails");
        assertThat(TaskResource.Family.INTEGRATION.event("Submitted")).isEqualTo("TaskSubmitted");
    }
}
