package io.thermolake.local.states;

import java.util.List;
import software.amazon.awssdk.services.sfn.model.RoutingConfigurationListItem;

/** What an alias' routing configuration has to be: one version, or two of one machine whose weights make 100. */
final class Routing {
    static final String INVALID = "INVALID_ROUTING_CONFIGURATION";
    private static final int WHOLE = 100;

    private final Versions versions;

    Routing(Versions versions) {
        this.versions = versions;
    }

    List<Alias.Route> check(List<RoutingConfigurationListItem> given) {
        if (given.isEmpty() || given.size() > 2) {
            throw SfnErrors.constraint(
                    "routingConfiguration",
                    given,
                    "have length less than or equal to 2 and greater than or equal to 1");
        }
        List<Alias.Route> routes = given.stream()
                .map(r -> new Alias.Route(
                        String.valueOf(r.stateMachineVersionArn()), r.weight() == null ? 0 : r.weight()))
                .toList();
        for (Alias.Route route : routes) {
            Arn arn = Arn.parse(route.versionArn(), Arn.MACHINE);
            if (!arn.isVersion()) {
                throw SfnErrors.invalid(INVALID, "'" + route.versionArn() + "' is not the ARN of a version");
            }
            if (route.weight() < 0 || route.weight() > WHOLE) {
                throw SfnErrors.constraint(
                        "routingConfiguration.weight", route.weight(), "have value less than or equal to " + WHOLE);
            }
            if (!arn.machine()
                    .equals(Arn.parse(routes.get(0).versionArn(), Arn.MACHINE).machine())) {
                throw SfnErrors.invalid(INVALID, "The routing configuration must name versions of one state machine");
            }
            if (versions.get(route.versionArn()).isEmpty()) {
                throw SfnErrors.notFound(route.versionArn());
            }
        }
        if (routes.stream().map(Alias.Route::versionArn).distinct().count() < routes.size()) {
            throw SfnErrors.invalid(INVALID, "The routing configuration must name different versions");
        }
        List<Integer> weights = routes.stream().map(Alias.Route::weight).toList();
        if (weights.stream().mapToInt(w -> w).sum() != WHOLE) {
            throw SfnErrors.invalid(
                    INVALID, "Sum of routing configuration weights must equal 100. Received: " + weights);
        }
        return routes;
    }
}
