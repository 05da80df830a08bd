package io.thermolake.local.states;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.thermolake.asl.InvalidDefinitionException;
import io.thermolake.asl.engine.Definition;
import io.thermolake.lake.Sha256;
import io.thermolake.local.aws.WholeFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The texts that machines, versions and executions run, a file each by its hash: what runs keeps what it began with. */
final class Definitions {
    /** "Maximum length" of a definition in the API reference, in characters. */
    static final int LARGEST = 1_048_576;

    private record Key(String id, Definition.Type type) {}

    private final Path folder;
    private final Map<Key, Definition> compiled = new ConcurrentHashMap<>();

    Definitions(Path folder) {
        this.folder = folder;
    }

    /**
     * Keeps a text. @return its id
     *
     * @throws software.amazon.awssdk.services.sfn.model.InvalidDefinitionException when it is none
     */
    String keep(String text, Definition.Type type) {
        String id = Sha256.of(text);
        compiled.computeIfAbsent(new Key(id, type), key -> compile(text, type));
        Path file = file(id);
        if (!Files.exists(file)) {
            WholeFiles.write(file, text);
        }
        return id;
    }

    private static Definition compile(String text, Definition.Type type) {
        try {
            return Definition.parse(text, type);
        } catch (InvalidDefinitionException e) {
            throw SfnErrors.invalidDefinition(String.valueOf(e.getMessage()));
        }
    }

    Definition get(String id, Definition.Type type) {
        return compiled.computeIfAbsent(new Key(id, type), key -> compile(text(id), type));
    }

    String text(String id) {
        try {
            return Files.readString(file(id), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("reading the definition " + id + " failed", e);
        }
    }

    private Path file(String id) {
        return folder.resolve(id + ".asl.json");
    }
}
