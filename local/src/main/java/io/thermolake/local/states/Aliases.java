package io.thermolake.local.states;

import io.thermolake.local.aws.JsonStore;
import io.thermolake.local.aws.Pages;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.CreateStateMachineAliasRequest;
import software.amazon.awssdk.services.sfn.model.CreateStateMachineAliasResponse;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineAliasResponse;
import software.amazon.awssdk.services.sfn.model.InvalidNameException;
import software.amazon.awssdk.services.sfn.model.ListStateMachineAliasesRequest;
import software.amazon.awssdk.services.sfn.model.ListStateMachineAliasesResponse;
import software.amazon.awssdk.services.sfn.model.RoutingConfigurationListItem;
import software.amazon.awssdk.services.sfn.model.ServiceQuotaExceededException;
import software.amazon.awssdk.services.sfn.model.StateMachineAliasListItem;
import software.amazon.awssdk.services.sfn.model.UpdateStateMachineAliasRequest;
import software.amazon.awssdk.services.sfn.model.UpdateStateMachineAliasResponse;

/** Aliases of versions. */
final class Aliases {
    /** "Number of state machine aliases" in the quotas of Step Functions. */
    private static final int MOST = 100;
    /** Something in it is no digit: a number is a version. */
    private static final Pattern NAME = Pattern.compile("(?=.*[a-zA-Z_\\-.])[a-zA-Z0-9_\\-.]{1,80}");

    private final JsonStore<Alias> aliases;
    private final Routing routing;
    private final Clock clock;

    Aliases(Path folder, Routing routing, Clock clock) {
        this.aliases = new JsonStore<>(folder.resolve("aliases"), Alias.class);
        this.routing = routing;
        this.clock = clock;
    }

    Optional<Alias> get(String arn) {
        return aliases.get(arn);
    }

    /** By name. */
    List<Alias> of(String machineArn) {
        return aliases.list().stream()
                .filter(a -> a.machineArn().equals(machineArn))
                .toList();
    }

    synchronized CreateStateMachineAliasResponse create(CreateStateMachineAliasRequest request) {
        String name = String.valueOf(request.name());
        if (!NAME.matcher(name).matches()) {
            throw InvalidNameException.builder()
                    .message("Invalid Name: '" + name + "'")
                    .build();
        }
        List<Alias.Route> routes = routing.check(request.routingConfiguration());
        String machine = Arn.parse(routes.get(0).versionArn(), Arn.MACHINE).machine();
        Alias before = aliases.get(machine + ":" + name).orElse(null);
        if (before != null) {
            if (before.routes().equals(routes) && Objects.equals(before.description(), request.description())) {
                return created(before);
            }
            throw SfnErrors.conflict(
                    "Failed to create alias because an alias with the same name and a different routing configuration already exists.");
        }
        if (of(machine).size() >= MOST) {
            throw ServiceQuotaExceededException.builder()
                    .message("The state machine has " + MOST + " aliases; delete one first")
                    .build();
        }
        Instant now = clock.instant();
        return created(keep(new Alias(machine + ":" + name, machine, name, request.description(), routes, now, now)));
    }

    private Alias keep(Alias alias) {
        aliases.put(alias.arn(), alias);
        return alias;
    }

    private static CreateStateMachineAliasResponse created(Alias alias) {
        return CreateStateMachineAliasResponse.builder()
                .stateMachineAliasArn(alias.arn())
                .creationDate(alias.created())
                .build();
    }

    private Alias find(String arn) {
        Arn.parse(arn, Arn.MACHINE);
        return aliases.get(arn).orElseThrow(() -> SfnErrors.notFound(arn));
    }

    synchronized UpdateStateMachineAliasResponse update(UpdateStateMachineAliasRequest request) {
        Alias before = find(request.stateMachineAliasArn());
        if (request.description() == null && !request.hasRoutingConfiguration()) {
            throw SfnErrors.invalid(
                    "MISSING_REQUIRED_PARAMETER",
                    "Either the description or the routing configuration must be specified");
        }
        @Nullable
        List<Alias.Route> routes =
                request.hasRoutingConfiguration() ? routing.check(request.routingConfiguration()) : before.routes();
        if (!Arn.parse(routes.get(0).versionArn(), Arn.MACHINE).machine().equals(before.machineArn())) {
            throw SfnErrors.invalid(
                    Routing.INVALID, "The routing configuration must name versions of " + before.machineArn());
        }
        Alias after = keep(new Alias(
                before.arn(),
                before.machineArn(),
                before.name(),
                request.description() == null ? before.description() : request.description(),
                routes,
                before.created(),
                clock.instant()));
        return UpdateStateMachineAliasResponse.builder()
                .updateDate(after.updated())
                .build();
    }

    DescribeStateMachineAliasResponse describe(String arn) {
        Alias alias = find(arn);
        return DescribeStateMachineAliasResponse.builder()
                .stateMachineAliasArn(alias.arn())
                .name(alias.name())
                .description(alias.description())
                .routingConfiguration(alias.routes().stream()
                        .map(r -> RoutingConfigurationListItem.builder()
                                .stateMachineVersionArn(r.versionArn())
                                .weight(r.weight())
                                .build())
                        .toList())
                .creationDate(alias.created())
                .updateDate(alias.updated())
                .build();
    }

    ListStateMachineAliasesResponse list(Arn of, ListStateMachineAliasesRequest request) {
        List<Alias> all = of(of.machine()).stream()
                .filter(a -> !of.isVersion()
                        || a.routes().stream().anyMatch(r -> r.versionArn().equals(of.text())))
                .toList();
        Pages.Page<Alias> page = SfnPages.PAGES.page(
                "ListStateMachineAliases " + of.text(), all, Alias::arn, request.maxResults(), request.nextToken());
        return ListStateMachineAliasesResponse.builder()
                .stateMachineAliases(page.items().stream()
                        .map(a -> StateMachineAliasListItem.builder()
                                .stateMachineAliasArn(a.arn())
                                .creationDate(a.created())
                                .build())
                        .toList())
                .nextToken(page.nextToken())
                .build();
    }

    synchronized void delete(String arn) {
        aliases.delete(find(arn).arn());
    }

    void deleteAll(String machineArn) {
        of(machineArn).forEach(a -> aliases.delete(a.arn()));
    }
}
