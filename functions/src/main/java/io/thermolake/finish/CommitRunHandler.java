package io.thermolake.finish;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.thermolake.Settings;
import io.thermolake.lake.Counts;
import io.thermolake.lake.LakeLayout;
import io.thermolake.lake.Manifest;
import io.thermolake.lake.store.CatalogRoll;
import io.thermolake.lake.store.CatalogSync;
import io.thermolake.lake.store.Clients;
import io.thermolake.lake.store.LakeStore;
import io.thermolake.lake.store.Manifests;
import io.thermolake.run.Run;
import io.thermolake.run.RunPlan;
import io.thermolake.run.StepName;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.s3.S3Client;

/** Reconciles the counts, writes the next manifest (which IS the commit), and brings the catalog up to it. */
public final class CommitRunHandler implements RequestHandler<CommitRunHandler.Request, CommitRunHandler.Answer> {
    /** @param attempt of the room job that ended well; @param extracted whether the room job ran */
    public record Request(Run run, int attempt, boolean extracted) {}

    /** @param rooms whose detection is due: those with new readings, and those that the plan names */
    public record Answer(long manifest, List<String> rooms, Counts counts) {}

    private final Settings settings;
    private final LakeStore store;
    private final Manifests manifests;
    private final CatalogRoll catalog;
    private final Clock clock;

    /** Called by Lambda, once for each execution environment. */
    public CommitRunHandler() {
        this(Settings.from(System.getenv()), Clients.s3(), Clients.glue(), Clock.systemUTC());
    }

    CommitRunHandler(Settings settings, S3Client s3, GlueClient glue, Clock clock) {
        this.settings = settings;
        this.store = new LakeStore(s3, settings.lake().bucket());
        this.manifests = new Manifests(store);
        this.catalog = new CatalogRoll(
                store,
                new CatalogSync(
                        glue, settings.lake().database(), settings.lake().bucket()));
        this.clock = clock;
    }

    @Override
    public Answer handleRequest(Request request, Context context) {
        Run run = request.run();
        RunPlan plan = read(LakeLayout.plan(run.id()), RunPlan.class);
        if (!request.extracted()) {
            return new Answer(run.base(), plan.due(), Counts.none());
        }
        Commitment.Extracted extracted =
                read(LakeLayout.extractResult(run.id(), request.attempt()), Commitment.Extracted.class);
        Commitment.check(extracted.counts(), settings.lake().maxQuarantineRatio(), run.id(), request.attempt());
        Manifest base = run.base() == 0 ? null : manifests.numbered(run.base()).orElse(null);
        Commitment.Imported imported = plan.runs(StepName.ImportDatabase)
                ? read(LakeLayout.databaseResult(run.id()), Commitment.Imported.class)
                : null;
        Manifest committed = commit(Commitment.next(base, plan, extracted, imported, clock.instant()));
        catalog.forward(committed);
        context.getLogger()
                .log("commit.done manifest=%d read=%d clean=%d"
                        .formatted(
                                committed.number(),
                                committed.counts().read(),
                                committed.counts().clean()));
        return new Answer(committed.number(), rooms(plan, extracted), committed.counts());
    }

    private Manifest commit(Manifest next) {
        long newest = manifests.newest().map(Manifest::number).orElse(0L);
        boolean committed = newest == next.number() - 1 && manifests.commit(next);
        if (committed) {
            return next;
        }
        // A second try, of this function or of the SDK, finds what the first had committed.
        Manifest stored = manifests.numbered(next.number()).orElse(null);
        if (stored != null && stored.runId().equals(next.runId()) && newest <= next.number()) {
            return stored;
        }
        throw new StaleRunException(
                "Run %s was planned from manifest %d, but the newest is %d by now. Nothing was committed; start a new run"
                        .formatted(next.runId(), next.number() - 1, Math.max(newest, next.number())));
    }

    private static List<String> rooms(RunPlan plan, Commitment.Extracted extracted) {
        TreeSet<String> rooms = new TreeSet<>(plan.due());
        extracted.partitions().forEach(p -> rooms.addAll(p.rooms().keySet()));
        if (plan.rooms() != null) {
            rooms.retainAll(plan.rooms());
        }
        return new ArrayList<>(rooms);
    }

    private <T> T read(String key, Class<T> type) {
        return store.need(key, type, ", so the run cannot be committed; start a new run");
    }
}
