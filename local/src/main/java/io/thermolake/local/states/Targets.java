package io.thermolake.local.states;

import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.StateMachineDeletingException;

/** From the ARN of a machine, of a version or of an alias to what it runs. */
final class Targets {
    /**
     * What a start would run.
     *
     * @param definition its id among {@link Definitions}
     * @param description a version's
     */
    record Target(
            MachineRecord machine,
            String definition,
            String roleArn,
            Instant created,
            @Nullable String revisionId,
            @Nullable String description,
            @Nullable String versionArn,
            @Nullable String aliasArn) {}

    private final Machines machines;
    private final Versions versions;
    private final Aliases aliases;
    private final RandomGenerator random;

    /** @param random picks an alias' version by its weight */
    Targets(Machines machines, Versions versions, Aliases aliases, RandomGenerator random) {
        this.machines = machines;
        this.versions = versions;
        this.aliases = aliases;
        this.random = random;
    }

    /** @throws software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException when there is none */
    Target find(String text) {
        Arn arn = Arn.parse(text, Arn.MACHINE);
        if (arn.label() != null) {
            throw SfnErrors.invalid(
                    "API_DOES_NOT_SUPPORT_LABELED_ARNS", "The API does not support labeled ARNs: '" + text + "'");
        }
        MachineRecord machine = machines.get(arn.machine()).orElseThrow(() -> SfnErrors.noMachine(text));
        if (arn.qualifier() == null) {
            return new Target(
                    machine,
                    machine.definition(),
                    machine.roleArn(),
                    machine.created(),
                    machine.revisionId(),
                    null,
                    null,
                    null);
        }
        String aliasArn = arn.isVersion() ? null : text;
        String versionArn = aliasArn == null
                ? text
                : aliases.get(aliasArn)
                        .orElseThrow(() -> SfnErrors.noMachine(text))
                        .pick(random.nextInt(100));
        Version version = versions.get(versionArn).orElseThrow(() -> SfnErrors.noMachine(text));
        return new Target(
                machine,
                version.definition(),
                version.roleArn(),
                version.created(),
                version.revisionId(),
                version.description(),
                versionArn,
                aliasArn);
    }

    /** The same of a machine that may be started. */
    Target startable(String text) {
        Target target = find(text);
        if (target.machine().deleting()) {
            throw StateMachineDeletingException.builder()
                    .message("State Machine Is Being Deleted: '"
                            + target.machine().arn() + "'")
                    .build();
        }
        return target;
    }
}
