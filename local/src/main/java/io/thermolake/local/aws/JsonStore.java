package io.thermolake.local.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import io.thermolake.RecordJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A service's resources, a JSON file each, written new and renamed: the state survives SIGKILL. A file that is broken all the
 * same (a full disk, a hand) costs its own resource: see {@link BrokenFile}.
 */
public final class JsonStore<T> {
    private static final String SUFFIX = ".json";
    private static final Logger LOG = LoggerFactory.getLogger(JsonStore.class);

    private final Path folder;
    private final Map<String, T> all = new ConcurrentSkipListMap<>();
    private final Set<String> lost = new ConcurrentSkipListSet<>();

    /**
     * Reads what the folder holds.
     *
     * @throws UncheckedIOException when the folder or a file cannot be read at all, naming it
     */
    public JsonStore(Path folder, Class<T> type) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
            List<Path> files;
            try (Stream<Path> list = Files.list(folder)) {
                files = list.sorted().toList();
            }
            for (Path file : files) {
                if (file.toString().endsWith(SUFFIX)) {
                    read(file, type);
                }
            }
            for (Path file : files) {
                String name = file.getFileName().toString();
                int broken = name.indexOf(SUFFIX + BrokenFile.SUFFIX);
                if (broken > 0) {
                    lost.add(id(name.substring(0, broken)));
                }
            }
            lost.removeAll(all.keySet());
        } catch (IOException e) {
            throw new UncheckedIOException("reading the state in " + folder + " failed", e);
        }
    }

    private void read(Path file, Class<T> type) throws IOException {
        try {
            Entry entry = RecordJson.gson().fromJson(Files.readString(file, UTF_8), Entry.class);
            if (entry == null || entry.id() == null || entry.value() == null) {
                throw new JsonParseException(
                        entry == null ? "it is empty" : "it has no id or no value, so it is no whole state");
            }
            T value = RecordJson.gson().fromJson(entry.value(), type);
            if (value == null) {
                throw new JsonParseException("its value is null");
            }
            all.put(entry.id(), value);
        } catch (CharacterCodingException | RuntimeException e) {
            String name = file.getFileName().toString();
            String id = id(name.substring(0, name.length() - SUFFIX.length()));
            lost.add(id);
            BrokenFile.moveAside(file, "'" + id + "' of " + folder.getFileName(), e);
        }
    }

    private record Entry(@Nullable String id, @Nullable JsonElement value) {}

    /** Nobody sees what is not in its file yet. */
    public void put(String id, T value) {
        WholeFiles.write(
                file(id),
                RecordJson.gson().toJson(new Entry(id, RecordJson.gson().toJsonTree(value))));
        all.put(id, value);
        lost.remove(id);
    }

    /** Whose files were broken and that nobody has put since, as far as the files' names tell. */
    public Set<String> lost() {
        return Set.copyOf(lost);
    }

    /** Takes it for right that these are gone. */
    public void forget(Collection<String> ids) {
        ids.forEach(id -> {
            if (lost.remove(id)) {
                remove(file(id).resolveSibling(file(id).getFileName() + BrokenFile.SUFFIX));
            }
        });
    }

    /**
     * The same for what has ended already: it is known from now on even where its file cannot be written, since whoever waits
     * for it would wait for ever. A later start of the cloud then takes it for cut off.
     */
    public void putEnd(String id, T value) {
        try {
            put(id, value);
        } catch (UncheckedIOException e) {
            LOG.warn("state.unwritten {}", e.getMessage());
            all.put(id, value);
        }
    }

    public Optional<T> get(String id) {
        return Optional.ofNullable(all.get(id));
    }

    /** In the order of ids. */
    public List<T> list() {
        return List.copyOf(all.values());
    }

    /** A copy, in the order of ids. */
    public Map<String, T> entries() {
        return new TreeMap<>(all);
    }

    public void delete(String id) {
        all.remove(id);
        remove(file(id));
        forget(Set.of(id));
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("deleting " + file + " failed", e);
        }
    }

    private static String id(String name) {
        try {
            return URLDecoder.decode(name, UTF_8);
        } catch (IllegalArgumentException e) {
            return name; // A long name is cut, perhaps within an escape.
        }
    }

    private Path file(String id) {
        String name = URLEncoder.encode(id, UTF_8);
        // File names end at 255 bytes; the id itself stands inside.
        return folder.resolve((name.length() > 200 ? name.substring(0, 180) + id.hashCode() : name) + SUFFIX);
    }
}
