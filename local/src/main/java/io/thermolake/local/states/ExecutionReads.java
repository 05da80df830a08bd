package io.thermolake.local.states;

import io.thermolake.local.aws.Pages;
import io.thermolake.local.aws.SdkJson;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.sfn.model.CloudWatchEventsExecutionDataDetails;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionRequest;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineForExecutionRequest;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineForExecutionResponse;
import software.amazon.awssdk.services.sfn.model.GetExecutionHistoryRequest;
import software.amazon.awssdk.services.sfn.model.GetExecutionHistoryResponse;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/** DescribeExecution, GetExecutionHistory and DescribeStateMachineForExecution. */
final class ExecutionReads {
    private static final Set<String> DATA = Set.of("input", "output");

    private final Executions executions;
    private final Redrives redrives;
    private final Definitions definitions;
    private final Machines machines;
    private final MapStates mapStates;

    ExecutionReads(
            Executions executions, Redrives redrives, Definitions definitions, Machines machines, MapStates mapStates) {
        this.executions = executions;
        this.redrives = redrives;
        this.definitions = definitions;
        this.machines = machines;
        this.mapStates = mapStates;
    }

    DescribeExecutionResponse describe(DescribeExecutionRequest request) {
        ExecutionRecord e = executions.find(request.executionArn());
        boolean all = !"METADATA_ONLY".equals(request.includedDataAsString());
        Redrives.Status redrive = redrives.status(e);
        return DescribeExecutionResponse.builder()
                .executionArn(e.arn())
                .stateMachineArn(e.machineArn())
                .name(e.name())
                .status(e.status())
                .startDate(e.started())
                .stopDate(e.stopped())
                .input(all ? e.input() : null)
                .inputDetails(included(all))
                .output(all ? e.output() : null)
                .outputDetails(e.output() == null ? null : included(all))
                .error(e.error())
                .cause(e.cause())
                .mapRunArn(e.mapRunArn())
                .stateMachineVersionArn(e.versionArn())
                .stateMachineAliasArn(e.aliasArn())
                .redriveCount(e.redriveCount())
                .redriveDate(e.redriven())
                .redriveStatus(redrive.status())
                .redriveStatusReason(redrive.reason())
                .build();
    }

    static CloudWatchEventsExecutionDataDetails included(boolean included) {
        return CloudWatchEventsExecutionDataDetails.builder().included(included).build();
    }

    GetExecutionHistoryResponse history(GetExecutionHistoryRequest request) {
        String arn = executions.find(request.executionArn()).arn();
        boolean reverse = Boolean.TRUE.equals(request.reverseOrder());
        List<Map<?, ?>> events = executions.histories().of(arn);
        // Not by the events' ids: after a kill some may be there twice.
        List<Integer> places =
                new ArrayList<>(IntStream.range(0, events.size()).boxed().toList());
        if (reverse) {
            Collections.reverse(places);
        }
        Pages.Page<Integer> page = SfnPages.PAGES.page(
                "GetExecutionHistory " + arn + " " + reverse,
                places,
                String::valueOf,
                request.maxResults(),
                request.nextToken());
        boolean data = !Boolean.FALSE.equals(request.includeExecutionData());
        return GetExecutionHistoryResponse.builder()
                .events(page.items().stream()
                        .map(events::get)
                        .map(e -> (HistoryEvent) SdkJson.read(HistoryEvent.builder(), data ? e : withoutData(e)))
                        .toList())
                .nextToken(page.nextToken())
                .build();
    }

    private static Map<String, Object> withoutData(Map<?, ?> event) {
        Map<String, Object> without = new LinkedHashMap<>();
        event.forEach((key, value) -> {
            if (value instanceof Map<?, ?> details) {
                Map<Object, Object> kept = new LinkedHashMap<>(details);
                kept.keySet().removeAll(DATA);
                without.put(String.valueOf(key), kept);
            } else {
                without.put(String.valueOf(key), value);
            }
        });
        return without;
    }

    DescribeStateMachineForExecutionResponse machine(DescribeStateMachineForExecutionRequest request) {
        ExecutionRecord execution = executions.find(request.executionArn());
        ExecutionRecord.Origin origin = execution.origin();
        Arn arn = Arn.parse(execution.machineArn(), Arn.MACHINE);
        MachineRecord machine = machines.get(arn.machine()).orElse(null);
        String id = origin != null && origin.definition() != null
                ? origin.definition()
                : machine == null ? null : machine.definition();
        String text = execution.mapRunArn() == null
                ? id == null ? null : definitions.text(id)
                : mapStates.processor(execution);
        return DescribeStateMachineForExecutionResponse.builder()
                .stateMachineArn(execution.machineArn())
                .name(arn.name())
                .definition("METADATA_ONLY".equals(request.includedDataAsString()) ? null : text)
                .roleArn(origin != null ? origin.roleArn() : machine == null ? "" : machine.roleArn())
                .updateDate(machine == null || machine.updated() == null ? execution.started() : machine.updated())
                .loggingConfiguration(MachineReads.logging(machine == null ? null : machine.logging()))
                .tracingConfiguration(MachineReads.tracing(machine == null ? null : machine.tracing()))
                .mapRunArn(execution.mapRunArn())
                .label(arn.label())
                .revisionId(origin == null ? null : origin.revisionId())
                .encryptionConfiguration(MachineReads.OWNED)
                .build();
    }
}
