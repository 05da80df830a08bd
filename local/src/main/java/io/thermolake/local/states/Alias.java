package io.thermolake.local.states;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A name for one version of a machine, or for two by weight. */
record Alias(
        String arn,
        String machineArn,
        String name,
        @Nullable String description,
        List<Route> routes,
        Instant created,
        Instant updated) {
    /** @param weight percent */
    record Route(String versionArn, int weight) {}

    Alias {
        routes = List.copyOf(routes);
    }

    /** @param percent 0 to 99. @return the version's ARN that this share of the starts goes to */
    String pick(int percent) {
        int below = 0;
        for (Route route : routes) {
            below += route.weight();
            if (percent < below) {
                return route.versionArn();
            }
        }
        return routes.get(routes.size() - 1).versionArn();
    }
}
