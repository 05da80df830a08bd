package io.thermolake.local.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.thermolake.RecordJson;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the checks find. A file that cannot be read is a finding, and never the end of the check. */
final class Findings {
    /** Damaged JSON may be something that a record's own check refuses, too. */
    interface Reading<T> {
        @Nullable
        T from(byte[] bytes) throws IOException;
    }

    private final LakeFiles lake;
    private final List<Problem> problems = new ArrayList<>();

    Findings(LakeFiles lake) {
        this.lake = lake;
    }

    void tell(String what, String mend, Path... files) {
        problems.add(new Problem(List.of(files).stream().map(lake::name).toList(), what, mend));
    }

    /** An object by its key. */
    void tell(String what, String mend, String key) {
        tell(what, mend, lake.bucket().resolve(key));
    }

    boolean names(Path file) {
        return problems.stream().anyMatch(p -> p.files().contains(lake.name(file)));
    }

    List<Problem> all() {
        return Collections.unmodifiableList(problems);
    }

    /** The object read as a record; where it is missing or damaged that is told. */
    <T> Optional<T> json(String key, Class<T> type, String mend) {
        return read(
                lake.bucket().resolve(key),
                type.getSimpleName(),
                mend,
                bytes -> RecordJson.gson().fromJson(text(bytes), type));
    }

    /** What damage makes a check throw is told of its file, and the next check goes on. */
    void guard(String key, String mend, Runnable check) {
        try {
            check.run();
        } catch (RuntimeException e) {
            tell("It cannot be checked: " + root(e), mend, key);
        }
    }

    /** A text file's lines; where it is missing or damaged that is told. */
    Optional<List<String>> lines(Path file, String mend) {
        return read(file, "text", mend, bytes -> text(bytes).lines().toList());
    }

    <T> Optional<T> read(Path file, String kind, String mend, Reading<T> reading) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            T value = reading.from(bytes);
            if (value == null) {
                tell("It is empty", mend, file);
            }
            return Optional.ofNullable(value);
        } catch (NoSuchFileException e) {
            tell("It is missing", mend, file);
        } catch (CharacterCodingException e) {
            tell("It is no UTF-8", mend, file);
        } catch (IOException | RuntimeException e) {
            tell("It is no readable %s: %s".formatted(kind, root(e)), mend, file);
        }
        return Optional.empty();
    }

    static String text(byte[] bytes) throws CharacterCodingException {
        return UTF_8.newDecoder().decode(java.nio.ByteBuffer.wrap(bytes)).toString();
    }

    private static String root(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage() == null ? root : root.getMessage())
                .lines()
                .findFirst()
                .orElse("");
    }
}
