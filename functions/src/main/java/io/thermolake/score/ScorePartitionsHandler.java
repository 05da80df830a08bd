package io.thermolake.score;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.thermolake.PipelineException;
import io.thermolake.Settings;
import io.thermolake.lake.LakeLayout;
import io.thermolake.lake.Manifest;
import io.thermolake.lake.store.CatalogSync;
import io.thermolake.lake.store.Clients;
import io.thermolake.lake.store.LakeStore;
import io.thermolake.lake.store.Manifests;
import io.thermolake.model.ModelCard;
import io.thermolake.model.store.Forests;
import io.thermolake.model.store.Models;
import io.thermolake.model.store.RoomFiles;
import io.thermolake.run.Run;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sagemakerruntime.SageMakerRuntimeClient;

/**
 * Scores the dates of a room that its model has not scored, as many as the function's time allows; the machine calls again
 * with the cursor until it is done. Then it commits the room's scores and alarms, and brings the alarms' file and the
 * catalog up to them. A room without a model is scored by its sensor's rules.
 */
public final class ScorePartitionsHandler
        implements RequestHandler<ScorePartitionsHandler.Request, ScorePartitionsHandler.Answer> {
    /** Enough for one more date and for the commit. */
    private static final int RESERVE_MILLIS = 30_000;

    /** From which the time between two readings of a room without a model is taken. */
    private static final int SENSOR_ONLY_DAYS = 14;

    /** @param cursor of the last answer; it only shows where scoring goes on, the run's draft says what is done */
    public record Request(
            Run run,
            String room,
            @Nullable String endpoint,
            @Nullable String cursor) {}

    /**
     * @param cursor the date to go on with, null when done
     * @param scored readings that this run scored so far
     * @param alarms all alarms of the room
     * @param version of the model in use, null where there is none
     */
    public record Answer(
            boolean done,
            @Nullable String cursor,
            long scored,
            int alarms,
            @Nullable String version) {}

    private final Settings settings;
    private final LakeStore store;
    private final Models models;
    private final Forests forests;
    private final CatalogSync catalog;

    /** Called by Lambda, once for each execution environment. */
    public ScorePartitionsHandler() {
        this(Settings.from(System.getenv()), Clients.sageMakerRuntime(), Clients.s3(), Clients.glue());
    }

    ScorePartitionsHandler(Settings settings, SageMakerRuntimeClient runtime, S3Client s3, GlueClient glue) {
        this.settings = settings;
        this.store = new LakeStore(s3, settings.lake().bucket());
        this.models = new Models(store);
        this.forests = new Forests(store, runtime);
        this.catalog = new CatalogSync(
                glue, settings.lake().database(), settings.lake().bucket());
    }

    @Override
    public Answer handleRequest(Request request, Context context) {
        RoomFiles files = new RoomFiles(store, newest(), request.room());
        if (files.partitions().isEmpty()) {
            context.getLogger().log("score.skipped room=%s reason=\"no readings\"".formatted(request.room()));
            return new Answer(true, null, 0, 0, null);
        }
        Scorer scorer = scorer(request, files);
        RoomScoring scoring = new RoomScoring(
                store,
                request.run(),
                files,
                request.room(),
                scorer,
                settings.detection().coolDown());
        if (!scoring.nothingToDo()) {
            Optional<String> next = scoring.score(() -> context.getRemainingTimeInMillis() > RESERVE_MILLIS);
            if (next.isPresent()) {
                return answer(scoring.index(), request.run(), next.get(), context);
            }
            publish(scoring, scoring.commit());
        }
        return answer(scoring.index(), request.run(), null, context);
    }

    private Scorer scorer(Request request, RoomFiles files) {
        return models.current(request.room())
                .map(current -> store.need(
                        LakeLayout.modelCard(request.room(), current.version()),
                        ModelCard.class,
                        "; force a new training"))
                .map(card -> Scorer.of(card, () -> forests.of(card.recipe(), card.artifact(), request.endpoint())))
                .orElseGet(() -> Scorer.sensorOnly(files.newest(SENSOR_ONLY_DAYS)));
    }

    private Manifest newest() {
        return new Manifests(store)
                .newest()
                .orElseThrow(() ->
                        new PipelineException("The lake of s3://%s has no manifest yet; run the pipeline from its start"
                                .formatted(store.bucket())));
    }

    private void publish(RoomScoring scoring, ScoreIndex committed) {
        store.put(LakeLayout.alarms(committed.room()), committed.alarmLines());
        Map<List<String>, String> partitions = new LinkedHashMap<>();
        scoring.unpublished().forEach((date, folder) -> partitions.put(List.of(committed.room(), date), folder));
        catalog.sync(LakeLayout.SCORES_TABLE, partitions);
        scoring.published();
    }

    private static Answer answer(ScoreIndex index, Run run, @Nullable String cursor, Context context) {
        Answer answer = new Answer(
                cursor == null,
                cursor,
                index.scoredBy(run.id()),
                index.alarms().size(),
                SensorOnly.is(index.model()) ? null : index.model());
        context.getLogger()
                .log("score.%s room=%s scored=%d alarms=%d version=%s cursor=%s"
                        .formatted(
                                answer.done() ? "finished" : "paused",
                                index.room(),
                                answer.scored(),
                                answer.alarms(),
                                answer.version(),
                                cursor));
        return answer;
    }
}
