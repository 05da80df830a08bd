package io.thermolake.model.promotion;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.thermolake.Settings;
import io.thermolake.lake.store.Clients;
import io.thermolake.lake.store.LakeStore;
import io.thermolake.model.CurrentModel;
import io.thermolake.model.store.Examination;
import io.thermolake.model.store.Forests;
import io.thermolake.model.store.Promotions;
import io.thermolake.run.Run;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sagemakerruntime.SageMakerRuntimeClient;

/**
 * Learns how great a trained forest's scores may be from its scores of all its training rows, keeps that with the model,
 * and puts the version in use if it is not worse than the model in use on days that neither has learned from. Asked by hand, it puts the version in use that it is told, or the one before.
 */
public final class PromoteModelHandler
        implements RequestHandler<PromoteModelHandler.Request, PromoteModelHandler.Answer> {
    /**
     * @param run null where a person decides
     * @param version to put in use; by hand also {@value Promotions#PREVIOUS}
     * @param endpoint that serves the models, empty where there is none
     * @param by {@value CurrentModel#HAND} where a person decides, else null
     */
    public record Request(
            @Nullable Run run,
            String room,
            String version,
            @Nullable String endpoint,
            @Nullable String by) {
        public Request {
            requireNonNull(room, "room is null");
            requireNonNull(version, "version is null");
            if (by != null && !by.equals(CurrentModel.HAND)) {
                throw new IllegalArgumentException(
                        "by must be '%s', or absent where a run decides, but is '%s'".formatted(CurrentModel.HAND, by));
            }
            if (by == null && run == null) {
                throw new IllegalArgumentException("without 'by' it needs the run; to decide by hand say \"by\": \"%s\""
                        .formatted(CurrentModel.HAND));
            }
        }
    }

    /** @param promoted whether it was this run that put the version in use */
    public record Answer(String version, boolean promoted, String reason) {}

    private final Settings settings;
    private final Forests forests;
    private final LakeStore store;
    private final Promotions promotions;
    private final Clock clock;

    /** Called by Lambda, once for each execution environment. */
    public PromoteModelHandler() {
        this(Settings.from(System.getenv()), Clients.sageMakerRuntime(), Clients.s3(), Clock.systemUTC());
    }

    PromoteModelHandler(Settings settings, SageMakerRuntimeClient runtime, S3Client s3, Clock clock) {
        this.settings = settings;
        this.store = new LakeStore(s3, settings.lake().bucket());
        this.forests = new Forests(store, runtime);
        this.promotions = new Promotions(store);
        this.clock = clock;
    }

    @Override
    public Answer handleRequest(Request request, Context context) {
        Run run = request.run();
        PutInUse done = request.by() != null || run == null
                ? promotions.byHand(request.room(), request.version(), clock.instant())
                : byRule(run, request);
        context.getLogger()
                .log("model.promoted room=%s version=%s promoted=%s reason=\"%s\""
                        .formatted(request.room(), done.version(), done.promoted(), done.reason()));
        return new Answer(done.version(), done.promoted(), done.reason());
    }

    private PutInUse byRule(Run run, Request request) {
        Examination examination = new Examination(
                store,
                forests,
                request.room(),
                request.version(),
                request.endpoint(),
                settings.detection().coolDown());
        return promotions.byRun(run, examination.card(), examination.budget(), examination::against);
    }
}
