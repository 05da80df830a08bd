package io.thermolake.local.states;

import io.thermolake.local.aws.Pages;
import io.thermolake.local.aws.SdkJson;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineRequest;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineResponse;
import software.amazon.awssdk.services.sfn.model.EncryptionConfiguration;
import software.amazon.awssdk.services.sfn.model.ListStateMachinesRequest;
import software.amazon.awssdk.services.sfn.model.ListStateMachinesResponse;
import software.amazon.awssdk.services.sfn.model.LoggingConfiguration;
import software.amazon.awssdk.services.sfn.model.StateMachineListItem;
import software.amazon.awssdk.services.sfn.model.TracingConfiguration;

/** DescribeStateMachine and ListStateMachines. */
final class MachineReads {
    static final EncryptionConfiguration OWNED =
            EncryptionConfiguration.builder().type("AWS_OWNED_KEY").build();

    private final Machines machines;
    private final Targets targets;
    private final Definitions definitions;

    MachineReads(Machines machines, Targets targets, Definitions definitions) {
        this.machines = machines;
        this.targets = targets;
        this.definitions = definitions;
    }

    DescribeStateMachineResponse describe(DescribeStateMachineRequest request) {
        Targets.Target target = targets.find(request.stateMachineArn());
        MachineRecord machine = target.machine();
        return DescribeStateMachineResponse.builder()
                .stateMachineArn(request.stateMachineArn())
                .name(machine.name())
                .status(machine.status())
                .definition(
                        "METADATA_ONLY".equals(request.includedDataAsString())
                                ? null
                                : definitions.text(target.definition()))
                .roleArn(target.roleArn())
                .type(machine.type())
                .creationDate(target.created())
                .loggingConfiguration(logging(machine.logging()))
                .tracingConfiguration(tracing(machine.tracing()))
                .revisionId(target.revisionId())
                .description(target.description())
                .encryptionConfiguration(OWNED)
                .build();
    }

    static LoggingConfiguration logging(@Nullable Map<String, Object> given) {
        return given == null
                ? LoggingConfiguration.builder()
                        .level("OFF")
                        .includeExecutionData(false)
                        .build()
                : (LoggingConfiguration) SdkJson.read(LoggingConfiguration.builder(), given);
    }

    static TracingConfiguration tracing(@Nullable Map<String, Object> given) {
        return given == null
                ? TracingConfiguration.builder().enabled(false).build()
                : (TracingConfiguration) SdkJson.read(TracingConfiguration.builder(), given);
    }

    ListStateMachinesResponse list(ListStateMachinesRequest request) {
        Pages.Page<MachineRecord> page = SfnPages.PAGES.page(
                "ListStateMachines", machines.list(), MachineRecord::arn, request.maxResults(), request.nextToken());
        return ListStateMachinesResponse.builder()
                .stateMachines(page.items().stream()
                        .map(m -> StateMachineListItem.builder()
                                .stateMachineArn(m.arn())
                                .name(m.name())
                                .type(m.type())
                                .creationDate(m.created())
                                .build())
                        .toList())
                .nextToken(page.nextToken())
                .build();
    }
}
