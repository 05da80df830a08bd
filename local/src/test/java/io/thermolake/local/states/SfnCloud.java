package io.thermolake.local.states;

import io.thermolake.asl.Json;
import io.thermolake.local.cloud.Cloud;
import io.thermolake.local.cloud.CloudOptions;
import io.thermolake.local.stack.Stack;
import java.nio.file.Path;
import java.util.Map;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/** The laptop cloud on the project's own template, and the SDK's client for its Step Functions. */
final class SfnCloud implements AutoCloseable {
    static final String ROLE = "arn:aws:iam::000000000000:role/test";
    static final String PIPELINE = machineArn("thermolake-pipeline");
    static final Path HOME = Path.of("..").toAbsolutePath().normalize();

    final Cloud cloud;
    final SfnClient sfn;

    SfnCloud(Path folder) {
        cloud = Cloud.start(new CloudOptions(HOME, folder, 0, 0, 0.01, CloudOptions.Database.none()));
        sfn = SfnClient.builder()
                .endpointOverride(cloud.endpoint())
                .region(Region.of(Stack.REGION))
                .credentialsProvider(cloud.key().provider())
                // Else StartSyncExecution goes to sync-127.0.0.1.
                .overrideConfiguration(
                        c -> c.putAdvancedOption(SdkAdvancedClientOption.DISABLE_HOST_PREFIX_INJECTION, true))
                .build();
    }

    static String machineArn(String name) {
        return "arn:aws:states:eu-central-1:000000000000:stateMachine:" + name;
    }

    static String executionArn(String machine, String name) {
        return "arn:aws:states:eu-central-1:000000000000:execution:" + machine + ":" + name;
    }

    /** A machine of one state, S. */
    static String one(String state) {
        return "{\"QueryLanguage\":\"JSONata\",\"StartAt\":\"S\",\"States\":{\"S\":" + state + "}}";
    }

    static String pass(String output) {
        return one("{\"Type\":\"Pass\",\"Output\":" + output + ",\"End\":true}");
    }

    static final String FAIL = one("{\"Type\":\"Fail\",\"Error\":\"Bad\",\"Cause\":\"very\"}");

    /** Waits for what never comes. */
    static String waits(String activityArn) {
        return one("{\"Type\":\"Task\",\"Resource\":\"" + activityArn + "\",\"End\":true}");
    }

    String create(String name, String definition) {
        return create(name, "STANDARD", definition);
    }

    String create(String name, String type, String definition) {
        return sfn.createStateMachine(
                        b -> b.name(name).type(type).definition(definition).roleArn(ROLE))
                .stateMachineArn();
    }

    String activity(String name) {
        return sfn.createActivity(b -> b.name(name)).activityArn();
    }

    String start(String machineArn, String name, String input) {
        return sfn.startExecution(b -> b.stateMachineArn(machineArn).name(name).input(input))
                .executionArn();
    }

    DescribeExecutionResponse over(String arn) throws InterruptedException {
        until(
                arn + " did not end",
                () -> sfn.describeExecution(b -> b.executionArn(arn)).status() != ExecutionStatus.RUNNING);
        return sfn.describeExecution(b -> b.executionArn(arn));
    }

    void until(String otherwise, java.util.function.BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 3000; i++) {
            if (condition.getAsBoolean()) {
                return;
            }
            Thread.sleep(10);
        }
        throw new AssertionError(otherwise);
    }

    Map<String, Object> output(String arn) throws InterruptedException {
        DescribeExecutionResponse execution = over(arn);
        if (execution.status() != ExecutionStatus.SUCCEEDED) {
            throw new AssertionError(execution.error() + ": " + execution.cause());
        }
        return Json.object(Json.parse(execution.output()));
    }

    java.util.List<String> events(String arn) {
        return sfn.getExecutionHistory(b -> b.executionArn(arn)).events().stream()
                .map(HistoryEvent::typeAsString)
                .toList();
    }

    @Override
    public void close() {
        sfn.close();
        cloud.close();
    }
}
