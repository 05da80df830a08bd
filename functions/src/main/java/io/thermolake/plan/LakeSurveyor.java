package io.thermolake.plan;

import io.thermolake.Settings;
import io.thermolake.lake.LakeLayout;
import io.thermolake.lake.Manifest;
import io.thermolake.lake.Sha256;
import io.thermolake.lake.store.LakeStore;
import io.thermolake.lake.store.LakeStore.Listed;
import io.thermolake.lake.store.Manifests;
import io.thermolake.reading.Source;
import io.thermolake.run.Run;
import io.thermolake.run.RunPlan;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Looks at the lake and at what is new outside it. */
final class LakeSurveyor {
    /** Firehose may deliver late: how far back arrivals are looked for. */
    private static final Duration LOOK_BACK = Duration.ofHours(48);
    /** And how often everything is listed, for what came later still. */
    private static final Duration LIST_ALL_EVERY = Duration.ofDays(7);

    private final LakeStore store;
    private final Settings settings;
    private final Clock clock;

    LakeSurveyor(LakeStore store, Settings settings, Clock clock) {
        this.store = store;
        this.settings = settings;
        this.clock = clock;
    }

    Survey look(Run run, @Nullable Manifest newest, boolean force) {
        Instant wall = clock.instant();
        boolean all = force
                || newest == null
                || newest.listedAllAt() == null
                || newest.listedAllAt().plus(LIST_ALL_EVERY).isBefore(wall);
        Set<String> consumed = force ? Set.of() : consumed(newest, all ? Instant.EPOCH : oldestHour(wall));
        List<Listed> live = live(all, wall);
        List<RunPlan.Live> unread = live.stream()
                .filter(o -> !consumed.contains(o.key()))
                .map(o -> new RunPlan.Live(o.key(), o.size()))
                .toList();
        List<Listed> history =
                store.list(LakeLayout.HISTORY).filter(o -> o.size() > 0).toList();
        Map<String, String> schemas = new TreeMap<>();
        if (!unread.isEmpty()) {
            String newestKey = unread.get(unread.size() - 1).key();
            schemas.put(
                    Source.LIVE.key(),
                    LiveSchema.of(store.head(newestKey, LiveSchema.HEAD_BYTES).orElse(new byte[0])));
        }
        if (!history.isEmpty()) {
            schemas.put(Source.HISTORY.key(), "imported");
        }
        if (!settings.crawlers().database().isEmpty()) {
            schemas.put(Source.EXTERNAL_DB.key(), "imported");
        }
        return new Survey(
                newest == null ? Survey.Committed.EMPTY : lake(newest),
                new Survey.LiveObjects(unread, live.size(), all),
                new Survey.HistoryState(
                        history.size(), fingerprint(history), newest == null ? null : newest.historyFingerprint()),
                database(newest),
                new Survey.Schemas(schemas, newest == null ? Map.of() : newest.crawledSchemas()),
                newest == null
                        ? RoomsDue.none(settings.forest().embedded())
                        : RoomSurveyor.look(store, settings, run, newest, rooms(newest)));
    }

    private Survey.Committed lake(Manifest newest) {
        return new Survey.Committed(newest.number(), new ArrayList<>(rooms(newest)), reported(newest));
    }

    private Survey.DatabaseState database(@Nullable Manifest newest) {
        return new Survey.DatabaseState(
                !settings.crawlers().database().isEmpty(),
                newest == null ? null : newest.databaseImportedAt(),
                newest == null ? null : newest.databaseHighWaterMark(),
                settings.jobs().databaseEvery(),
                settings.jobs().databaseOverlap());
    }

    static Set<String> rooms(Manifest manifest) {
        Set<String> rooms = new TreeSet<>();
        manifest.partitions().forEach(p -> rooms.addAll(p.rooms().keySet()));
        return rooms;
    }

    private List<Listed> live(boolean all, Instant wall) {
        if (all) {
            return store.list(LakeLayout.LIVE).filter(o -> o.size() > 0).toList();
        }
        List<Listed> live = new ArrayList<>();
        for (Instant hour = oldestHour(wall);
                !hour.isAfter(wall.plus(Duration.ofHours(1)));
                hour = hour.plus(Duration.ofHours(1))) {
            store.list(LakeLayout.liveHour(hour)).filter(o -> o.size() > 0).forEach(live::add);
        }
        return live;
    }

    /** The beginning of the oldest hour that is listed: its prefix holds the whole hour. */
    private static Instant oldestHour(Instant wall) {
        return wall.minus(LOOK_BACK).truncatedTo(ChronoUnit.HOURS);
    }

    /** Keys that runs have read, from the manifests that were committed since then and the one before them. */
    private Set<String> consumed(@Nullable Manifest newest, Instant since) {
        if (newest == null) {
            return Set.of();
        }
        Set<String> keys = new HashSet<>();
        new Manifests(store)
                .backFrom(newest, m -> m.committedAt().isAfter(since))
                .forEach(m -> keys.addAll(m.consumed()));
        return keys;
    }

    private static String fingerprint(List<Listed> objects) {
        Sha256 digest = new Sha256();
        objects.forEach(o -> digest.add(o.key() + ' ' + o.etag() + '\n'));
        return digest.hex().substring(0, 32);
    }

    private boolean reported(Manifest newest) {
        return store.text(LakeLayout.report(newest.runId())).isPresent()
                || store.text(LakeLayout.reportOf(newest.number())).isPresent();
    }
}
