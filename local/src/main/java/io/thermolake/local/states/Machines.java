package io.thermolake.local.states;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.thermolake.asl.engine.Definition;
import io.thermolake.local.aws.JsonStore;
import io.thermolake.local.stack.Stack;
import io.thermolake.local.stack.StackResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Every state machine there is: the template's, read at each start, and those that clients made, kept in files. */
final class Machines {
    private final Map<String, MachineRecord> template = new LinkedHashMap<>();
    private final JsonStore<MachineRecord> made;
    private final Definitions definitions;

    Machines(Stack stack, Path folder, Definitions definitions) {
        this.definitions = definitions;
        this.made = new JsonStore<>(folder, MachineRecord.class);
        stack.ofType("AWS::Serverless::StateMachine").forEach(m -> template.put(m.arn(), machine(m)));
    }

    private MachineRecord machine(StackResource resource) {
        String text = text(resource);
        Object given = resource.properties().get("Type");
        String type = given == null ? "STANDARD" : given.toString();
        String id = definitions.keep(text, Definition.Type.valueOf(type));
        String role = String.valueOf(resource.properties().getOrDefault("Role", ""));
        return new MachineRecord(
                resource.arn(),
                resource.physicalId(),
                type,
                id,
                role,
                Instant.EPOCH,
                null,
                // The same text is the same revision, at every start.
                UUID.nameUUIDFromBytes((id + role).getBytes(UTF_8)).toString(),
                MachineRecord.ACTIVE,
                null,
                null,
                true);
    }

    private static String text(StackResource resource) {
        Path file = Path.of(resource.file())
                .resolveSibling(String.valueOf(resource.properties().get("DefinitionUri")));
        try {
            String text = Files.readString(file, UTF_8);
            if (resource.properties().get("DefinitionSubstitutions") instanceof Map<?, ?> substitutions) {
                for (Map.Entry<?, ?> substitution : substitutions.entrySet()) {
                    text = text.replace("${" + substitution.getKey() + "}", String.valueOf(substitution.getValue()));
                }
            }
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException("The definition " + file + " cannot be read", e);
        }
    }

    /** @param arn of the machine itself */
    Optional<MachineRecord> get(String arn) {
        return template.containsKey(arn) ? Optional.ofNullable(template.get(arn)) : made.get(arn);
    }

    /** @throws software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException when there is none */
    MachineRecord find(String arn) {
        return get(arn).orElseThrow(() -> SfnErrors.noMachine(arn));
    }

    /** By name. */
    List<MachineRecord> list() {
        return Stream.concat(template.values().stream(), made.list().stream())
                .sorted(Comparator.comparing(MachineRecord::name))
                .toList();
    }

    void put(MachineRecord machine) {
        made.put(machine.arn(), machine);
    }

    void remove(String arn) {
        made.delete(arn);
    }
}
