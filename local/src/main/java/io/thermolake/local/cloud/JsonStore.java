package io.thermolake.local.cloud;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.thermolake.RecordJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A service's resources, a JSON file each, written new and renamed: the state survives SIGKILL. */
public final class JsonStore<T> {
    private static final Logger LOG = LoggerFactory.getLogger(JsonStore.class);

    private final Path folder;
    private final Map<String, T> all = new ConcurrentSkipListMap<>();

    /** Reads what the folder holds. */
    public JsonStore(Path folder, Class<T> type) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith(".json")).toList()) {
                    Entry entry = RecordJson.gson().fromJson(Files.readString(file, UTF_8), Entry.class);
                    all.put(entry.id(), RecordJson.gson().fromJson(entry.value(), type));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading the state in " + folder + " failed", e);
        }
    }

    private record Entry(String id, com.google.gson.JsonElement value) {}

    /** Nobody sees what is not in its file yet. */
    public void put(String id, T value) {
        CloudFolder.write(
                file(id),
                RecordJson.gson().toJson(new Entry(id, RecordJson.gson().toJsonTree(value))));
        all.put(id, value);
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
        try {
            Files.deleteIfExists(file(id));
        } catch (IOException e) {
            throw new UncheckedIOException("deleting " + file(id) + " failed", e);
        }
    }

    private Path file(String id) {
        String name = URLEncoder.encode(id, UTF_8);
        // File names end at 255 bytes; the id itself stands inside.
        return folder.resolve((name.length() > 200 ? name.substring(0, 180) + id.hashCode() : name) + ".json");
    }
}
