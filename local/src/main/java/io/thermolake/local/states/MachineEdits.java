package io.thermolake.local.states;

import io.thermolake.asl.engine.Definition;
import io.thermolake.local.aws.SdkJson;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.sfn.model.CreateStateMachineRequest;
import software.amazon.awssdk.services.sfn.model.CreateStateMachineResponse;
import software.amazon.awssdk.services.sfn.model.EncryptionConfiguration;
import software.amazon.awssdk.services.sfn.model.InvalidEncryptionConfigurationException;
import software.amazon.awssdk.services.sfn.model.MissingRequiredParameterException;
import software.amazon.awssdk.services.sfn.model.StateMachineAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.StateMachineDeletingException;
import software.amazon.awssdk.services.sfn.model.UpdateStateMachineRequest;
import software.amazon.awssdk.services.sfn.model.UpdateStateMachineResponse;

/** Makes, changes and deletes machines beside the template's. */
final class MachineEdits {
    private final Machines machines;
    private final Definitions definitions;
    private final Versions versions;
    private final Aliases aliases;
    private final Tags tags;
    private final Predicate<String> runs;
    private final Clock clock;

    /** @param runs whether executions of a machine run */
    MachineEdits(
            Machines machines,
            Definitions definitions,
            Versions versions,
            Aliases aliases,
            Tags tags,
            Predicate<String> runs,
            Clock clock) {
        this.machines = machines;
        this.definitions = definitions;
        this.versions = versions;
        this.aliases = aliases;
        this.tags = tags;
        this.runs = runs;
        this.clock = clock;
    }

    synchronized CreateStateMachineResponse create(CreateStateMachineRequest request) {
        String name = SfnErrors.name(request.name());
        String arn = Arn.of(Arn.MACHINE, name);
        String type = request.type() == null ? "STANDARD" : request.typeAsString();
        boolean publish = Boolean.TRUE.equals(request.publish());
        checkDescription(publish, request.versionDescription());
        checkEncryption(request.encryptionConfiguration());
        if (request.roleArn() == null) {
            throw SfnErrors.constraint("roleArn", null, "not be null");
        }
        MachineRecord fresh = new MachineRecord(
                arn,
                name,
                type,
                keep(request.definition(), type),
                request.roleArn(),
                clock.instant(),
                null,
                null,
                MachineRecord.ACTIVE,
                json(request.loggingConfiguration()),
                json(request.tracingConfiguration()),
                false);
        MachineRecord machine = machines.get(arn).orElse(null);
        if (machine == null) {
            machine = fresh;
            tags.addNew(arn, request.tags());
            machines.put(machine);
        } else if (machine.deleting()) {
            throw deleting(arn);
        } else if (!same(machine, fresh)) {
            throw StateMachineAlreadyExistsException.builder()
                    .message("State Machine Already Exists: '" + arn + "'")
                    .build();
        }
        return CreateStateMachineResponse.builder()
                .stateMachineArn(arn)
                .creationDate(machine.created())
                .stateMachineVersionArn(
                        publish
                                ? versions.publish(machine, null, request.versionDescription())
                                        .arn()
                                : null)
                .build();
    }

    /** Whether a second request is the first one again; role and tags do not count. */
    private static boolean same(MachineRecord one, MachineRecord other) {
        return one.type().equals(other.type())
                && one.definition().equals(other.definition())
                && Objects.equals(one.logging(), other.logging())
                && Objects.equals(one.tracing(), other.tracing());
    }

    private String keep(@Nullable String definition, String type) {
        int length = definition == null ? 0 : definition.length();
        if (definition == null || length == 0 || length > Definitions.LARGEST) {
            throw SfnErrors.constraint(
                    "definition", "of " + length + " characters", "have length between 1 and " + Definitions.LARGEST);
        }
        Definition.Type kind;
        try {
            kind = Definition.Type.valueOf(type);
        } catch (IllegalArgumentException e) {
            throw SfnErrors.constraint("type", type, "satisfy enum value set: [STANDARD, EXPRESS]");
        }
        return definitions.keep(definition, kind);
    }

    private static @Nullable Map<String, Object> json(@Nullable SdkPojo given) {
        return given == null ? null : SdkJson.write(given);
    }

    private static void checkDescription(boolean publish, @Nullable String description) {
        if (description != null && !publish) {
            throw SfnErrors.invalid("Version description can only be set when publish is true");
        }
    }

    static void checkEncryption(@Nullable EncryptionConfiguration given) {
        if (given != null && "CUSTOMER_MANAGED_KMS_KEY".equals(given.typeAsString())) {
            throw InvalidEncryptionConfigurationException.builder()
                    .message(
                            "The laptop cloud has no KMS: only AWS_OWNED_KEY can be asked for, and nothing is encrypted")
                    .build();
        }
    }

    private static StateMachineDeletingException deleting(String arn) {
        return StateMachineDeletingException.builder()
                .message("State Machine Is Being Deleted: '" + arn + "'")
                .build();
    }

    synchronized UpdateStateMachineResponse update(UpdateStateMachineRequest request) {
        MachineRecord before = owned(request.stateMachineArn());
        if (before.deleting()) {
            throw deleting(before.arn());
        }
        boolean publish = Boolean.TRUE.equals(request.publish());
        checkDescription(publish, request.versionDescription());
        checkEncryption(request.encryptionConfiguration());
        if (request.definition() == null
                && request.roleArn() == null
                && request.loggingConfiguration() == null
                && request.tracingConfiguration() == null
                && request.encryptionConfiguration() == null) {
            throw MissingRequiredParameterException.builder()
                    .message(
                            "Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified")
                    .build();
        }
        String definition =
                request.definition() == null ? before.definition() : keep(request.definition(), before.type());
        String role = request.roleArn() == null ? before.roleArn() : request.roleArn();
        boolean changed = !definition.equals(before.definition()) || !role.equals(before.roleArn());
        Instant now = clock.instant();
        MachineRecord after = new MachineRecord(
                before.arn(),
                before.name(),
                before.type(),
                definition,
                role,
                before.created(),
                now,
                changed ? UUID.randomUUID().toString() : before.revisionId(),
                before.status(),
                request.loggingConfiguration() == null ? before.logging() : json(request.loggingConfiguration()),
                request.tracingConfiguration() == null ? before.tracing() : json(request.tracingConfiguration()),
                false);
        machines.put(after);
        return UpdateStateMachineResponse.builder()
                .updateDate(now)
                .revisionId(after.revisionId())
                .stateMachineVersionArn(
                        publish
                                ? versions.publish(after, null, request.versionDescription())
                                        .arn()
                                : null)
                .build();
    }

    /** A machine of clients, which they may change. */
    private MachineRecord owned(String text) {
        Arn arn = Arn.parse(text, Arn.MACHINE);
        if (arn.qualifier() != null || arn.label() != null) {
            throw SfnErrors.invalid("The ARN must be a state machine's own, without a qualifier: '" + text + "'");
        }
        MachineRecord machine = machines.find(text);
        if (machine.ofTemplate()) {
            throw SfnErrors.invalid(
                    "The state machine " + machine.name()
                            + " is the template's, which makes it anew at each start: change the template and its definition's file");
        }
        return machine;
    }

    /** Deletes a machine with its versions, aliases and tags; one that is not there is no error. Executions run on. */
    synchronized void delete(String text) {
        if (machines.get(Arn.parse(text, Arn.MACHINE).machine()).isEmpty()) {
            return;
        }
        MachineRecord machine = owned(text);
        if (runs.test(machine.arn())) {
            machines.put(machine.as(MachineRecord.DELETING));
        } else {
            remove(machine.arn());
        }
    }

    private void remove(String arn) {
        machines.remove(arn);
        versions.deleteAll(arn);
        aliases.deleteAll(arn);
        tags.forget(arn);
    }

    /** An execution of the machine is over: what waited for the last one to be deleted goes now. */
    synchronized void ended(String machineArn) {
        machines.get(machineArn)
                .filter(m -> m.deleting() && !runs.test(machineArn))
                .ifPresent(m -> remove(machineArn));
    }
}
