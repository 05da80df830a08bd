package io.thermolake.local.states;

import io.thermolake.local.aws.JsonStore;
import io.thermolake.local.aws.Pages;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.ListStateMachineVersionsRequest;
import software.amazon.awssdk.services.sfn.model.ListStateMachineVersionsResponse;
import software.amazon.awssdk.services.sfn.model.ServiceQuotaExceededException;
import software.amazon.awssdk.services.sfn.model.StateMachineVersionListItem;

/** Published versions of machines. */
final class Versions {
    /** "Number of published versions" in the quotas of Step Functions. */
    private static final int MOST = 1000;
    /** Names the revision of a machine that was never updated. */
    private static final String INITIAL = "INITIAL";

    /** @param last the newest version's number, also after that version was deleted */
    private record Counter(long last) {}

    private final JsonStore<Version> versions;
    private final JsonStore<Counter> counters;
    private final Clock clock;

    Versions(Path folder, Clock clock) {
        this.versions = new JsonStore<>(folder.resolve("versions"), Version.class);
        this.counters = new JsonStore<>(folder.resolve("version-counters"), Counter.class);
        this.clock = clock;
    }

    Optional<Version> get(String arn) {
        return versions.get(arn);
    }

    /** Newest first. */
    List<Version> of(String machineArn) {
        return versions.list().stream()
                .filter(v -> v.machineArn().equals(machineArn))
                .sorted(Comparator.comparingLong(Version::number).reversed())
                .toList();
    }

    /**
     * Publishes the machine as it is now; a revision has one version.
     *
     * @param revisionId the one that is expected, INITIAL for none; null for any
     */
    synchronized Version publish(MachineRecord machine, @Nullable String revisionId, @Nullable String description) {
        if (revisionId != null && !revisionId.equals(Objects.requireNonNullElse(machine.revisionId(), INITIAL))) {
            throw SfnErrors.conflict(
                    "Failed to publish the State Machine version for revision %s. The current State Machine revision is %s."
                            .formatted(revisionId, Objects.requireNonNullElse(machine.revisionId(), INITIAL)));
        }
        List<Version> before = of(machine.arn());
        for (Version version : before) {
            if (Objects.equals(version.revisionId(), machine.revisionId())) {
                return version;
            }
        }
        if (before.size() >= MOST) {
            throw ServiceQuotaExceededException.builder()
                    .message("The state machine has " + MOST + " versions; delete one first")
                    .build();
        }
        long number = counters.get(machine.arn()).map(Counter::last).orElse(0L) + 1;
        counters.put(machine.arn(), new Counter(number));
        Version version = new Version(
                machine.arn() + ":" + number,
                machine.arn(),
                number,
                machine.definition(),
                machine.roleArn(),
                machine.revisionId(),
                description,
                clock.instant());
        versions.put(version.arn(), version);
        return version;
    }

    ListStateMachineVersionsResponse list(MachineRecord machine, ListStateMachineVersionsRequest request) {
        Pages.Page<Version> page = SfnPages.PAGES.page(
                "ListStateMachineVersions " + machine.arn(),
                of(machine.arn()),
                Version::arn,
                request.maxResults(),
                request.nextToken());
        return ListStateMachineVersionsResponse.builder()
                .stateMachineVersions(page.items().stream()
                        .map(v -> StateMachineVersionListItem.builder()
                                .stateMachineVersionArn(v.arn())
                                .creationDate(v.created())
                                .build())
                        .toList())
                .nextToken(page.nextToken())
                .build();
    }

    /**
     * Deletes a version; one that is not there is no error.
     *
     * @throws software.amazon.awssdk.services.sfn.model.ConflictException when an alias routes to it
     */
    void delete(String text, Aliases aliases) {
        Arn arn = Arn.parse(text, Arn.MACHINE);
        if (!arn.isVersion()) {
            throw SfnErrors.invalid("'" + text + "' is not the ARN of a version");
        }
        List<String> routed = aliases.of(arn.machine()).stream()
                .filter(a -> a.routes().stream().anyMatch(r -> r.versionArn().equals(text)))
                .map(Alias::name)
                .toList();
        if (!routed.isEmpty()) {
            throw SfnErrors.conflict(
                    "Version to be deleted must not be referenced by an alias. Current list of aliases referencing this version: "
                            + routed);
        }
        versions.delete(text);
    }

    void deleteAll(String machineArn) {
        of(machineArn).forEach(v -> versions.delete(v.arn()));
        counters.delete(machineArn);
    }
}
