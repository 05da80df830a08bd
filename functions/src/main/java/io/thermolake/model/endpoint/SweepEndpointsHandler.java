package io.thermolake.model.endpoint;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.thermolake.Settings;
import io.thermolake.lake.store.Clients;
import io.thermolake.model.endpoint.Leftover.Kind;
import io.thermolake.model.store.EndpointRuns;
import io.thermolake.model.store.Leftovers;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sagemaker.model.SageMakerException;
import software.amazon.awssdk.services.sfn.SfnClient;

/**
 * Deletes what runs that are over have left of their endpoints. A run takes its own endpoint down on every path that is
 * left to it; this is for the others: a refused deletion, a function that died, a permission that was missing.
 *
 * <p>One thing that fails stops no other. An endpoint that SageMaker is still creating may refuse to be deleted; it is
 * named, and tried again by the next sweep. Anything else that is left fails the sweep at its end.
 */
public final class SweepEndpointsHandler
        implements RequestHandler<SweepEndpointsHandler.Request, SweepEndpointsHandler.Answer> {
    /** Nothing: all there is to know lies in the tags. */
    public record Request() {}

    /**
     * @param deleted such as {@code endpoint/tl-…}
     * @param waiting what is to go and is on its way to where it can, with why it is still there
     */
    public record Answer(List<String> deleted, List<String> waiting) {}

    private final Settings settings;
    private final Leftovers leftovers;
    private final EndpointRuns executions;

    /** Called by Lambda, once for each execution environment. */
    public SweepEndpointsHandler() {
        this(Settings.from(System.getenv()), Clients.sageMaker(), Clients.stepFunctions());
    }

    SweepEndpointsHandler(Settings settings, SageMakerClient sagemaker, SfnClient sfn) {
        this.settings = settings;
        this.leftovers = new Leftovers(sagemaker);
        this.executions = new EndpointRuns(sfn);
    }

    @Override
    public Answer handleRequest(Request request, Context context) {
        Sweep sweep = new Sweep(settings.stack().name(), executions::state);
        List<String> deleted = new ArrayList<>();
        List<String> waiting = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        leftovers.forEach(thing -> {
            switch (sweep.judge(thing)) {
                case DELETE -> delete(thing, sweep, deleted, waiting, failed);
                case GOING -> waiting.add(thing.id() + " is being deleted");
                case NEEDED -> waiting.add(thing.id() + " is needed by its endpoint");
                case UNKNOWN -> failed.add(thing.id() + ": whether its run is over could not be told");
                case NOT_OURS, IN_USE -> {}
            }
        });
        context.getLogger().log("sweep.done deleted=%s waiting=%s failed=%s".formatted(deleted, waiting, failed));
        if (!failed.isEmpty()) {
            throw new SweepFailedException(
                    "Of what runs left behind, %s; deleted were %s. Delete the others by hand, they may cost money: %s"
                            .formatted(failed.size() + " could not be deleted", deleted, String.join("; ", failed)));
        }
        return new Answer(deleted, waiting);
    }

    private void delete(Leftover thing, Sweep sweep, List<String> deleted, List<String> waiting, List<String> failed) {
        try {
            if (leftovers.delete(thing)) {
                deleted.add(thing.id());
            }
        } catch (SdkException e) {
            if (thing.kind() == Kind.ENDPOINT) {
                sweep.stands(thing);
            }
            boolean inBetween = thing.kind() == Kind.ENDPOINT
                    && EndpointStatus.of(thing.status()) == EndpointStatus.STARTING
                    && e instanceof SageMakerException refusal
                    && SageMakerErrors.validation(refusal);
            if (inBetween) {
                waiting.add("%s is %s; the next sweep tries again".formatted(thing.id(), thing.status()));
            } else {
                failed.add("%s: %s".formatted(thing.id(), e.getMessage()));
            }
        }
    }
}
