package io.thermolake.local.states;

import io.thermolake.local.aws.Pages;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ListExecutionsRequest;
import software.amazon.awssdk.services.sfn.model.ListExecutionsResponse;

/** ListExecutions: newest first, of a machine, a version, an alias or a Map Run. */
final class ExecutionLists {
    private final Executions executions;
    private final Targets targets;
    private final MapRuns mapRuns;
    private final MapStates mapStates;

    ExecutionLists(Executions executions, Targets targets, MapRuns mapRuns, MapStates mapStates) {
        this.executions = executions;
        this.targets = targets;
        this.mapRuns = mapRuns;
        this.mapStates = mapStates;
    }

    ListExecutionsResponse list(ListExecutionsRequest request) {
        String status = request.statusFilterAsString();
        String redriven = request.redriveFilterAsString();
        check(
                "statusFilter",
                status,
                request.statusFilter() == null ? "" : request.statusFilter().name());
        check(
                "redriveFilter",
                redriven,
                request.redriveFilter() == null ? "" : request.redriveFilter().name());
        List<ExecutionRecord> all = executions.list().stream()
                .filter(of(request))
                .filter(e -> status == null || e.status().equals(status))
                .filter(e -> redriven == null || redriven.equals("REDRIVEN") == (e.redriveCount() > 0))
                .sorted(Comparator.comparing(ExecutionRecord::started)
                        .thenComparing(ExecutionRecord::arn)
                        .reversed())
                .toList();
        Pages.Page<ExecutionRecord> page = SfnPages.PAGES.page(
                String.join(
                        " ",
                        "ListExecutions",
                        String.valueOf(request.stateMachineArn()),
                        String.valueOf(request.mapRunArn()),
                        String.valueOf(status),
                        String.valueOf(redriven)),
                all,
                ExecutionRecord::arn,
                request.maxResults(),
                request.nextToken());
        return ListExecutionsResponse.builder()
                .executions(page.items().stream().map(this::item).toList())
                .nextToken(page.nextToken())
                .build();
    }

    private static void check(String member, @Nullable String value, String known) {
        if (known.equals("UNKNOWN_TO_SDK_VERSION")) {
            throw SfnErrors.constraint(member, value, "satisfy enum value set");
        }
    }

    private Predicate<ExecutionRecord> of(ListExecutionsRequest request) {
        if ((request.stateMachineArn() == null) == (request.mapRunArn() == null)) {
            throw SfnErrors.invalid("Exactly one of stateMachineArn and mapRunArn must be specified");
        }
        if (request.mapRunArn() != null) {
            String run = mapRuns.find(request.mapRunArn()).arn();
            return e -> run.equals(e.mapRunArn());
        }
        Targets.Target target = targets.find(request.stateMachineArn());
        if (target.machine().express()) {
            throw SfnErrors.wrongType();
        }
        String alias = target.aliasArn();
        String version = target.versionArn();
        if (alias != null) {
            return e -> alias.equals(e.aliasArn());
        }
        return version != null
                ? e -> version.equals(e.versionArn())
                : e -> e.machineArn().equals(target.machine().arn());
    }

    private ExecutionListItem item(ExecutionRecord e) {
        return ExecutionListItem.builder()
                .executionArn(e.arn())
                .stateMachineArn(e.machineArn())
                .name(e.name())
                .status(e.status())
                .startDate(e.started())
                .stopDate(e.stopped())
                .mapRunArn(e.mapRunArn())
                .itemCount(e.mapRunArn() == null ? null : mapStates.items(e))
                .stateMachineVersionArn(e.versionArn())
                .stateMachineAliasArn(e.aliasArn())
                .redriveCount(e.redriveCount())
                .redriveDate(e.redriven())
                .build();
    }
}
