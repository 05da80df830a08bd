package io.thermolake.plan;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.google.gson.annotations.SerializedName;
import io.thermolake.Settings;
import io.thermolake.lake.store.Clients;
import io.thermolake.plan.store.PipelineStarts;
import io.thermolake.run.RunInput;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sfn.SfnClient;

/** Starts the pipeline for objects that arrived in raw/history/: the queue's messages come in batches. */
public final class StartOnHistoryHandler
        implements RequestHandler<StartOnHistoryHandler.Request, StartOnHistoryHandler.Answer> {
    /** A batch of SQS, as far as it is needed. */
    public record Request(
            @SerializedName("Records") @Nullable List<QueueRecord> records) {}

    public record QueueRecord(String messageId, @Nullable String body) {}

    /** @param batchItemFailures what SQS is to deliver again, and in the end puts into the dead-letter queue */
    public record Answer(List<Failure> batchItemFailures) {}

    public record Failure(String itemIdentifier) {}

    private final PipelineStarts starts;
    private final Clock clock;

    /** Called by Lambda, once for each execution environment. */
    public StartOnHistoryHandler() {
        this(Settings.from(System.getenv()), Clients.stepFunctions(), Clock.systemUTC());
    }

    StartOnHistoryHandler(Settings settings, SfnClient sfn, Clock clock) {
        this.starts = new PipelineStarts(sfn, settings.stack().pipelineArn());
        this.clock = clock;
    }

    @Override
    public Answer handleRequest(Request request, Context context) {
        List<QueueRecord> records = request.records() == null ? List.of() : request.records();
        HistoryStarts decided = HistoryStarts.of(
                records.stream()
                        .map(r -> new HistoryStarts.Message(r.messageId(), r.body() == null ? "" : r.body()))
                        .toList(),
                clock.instant());
        decided.notes().forEach(context.getLogger()::log);
        List<String> again = new ArrayList<>(decided.again());
        decided.starts().forEach((name, messages) -> {
            if (!start(name, messages.size(), context.getLogger())) {
                again.addAll(messages);
            }
        });
        return new Answer(again.stream().map(Failure::new).toList());
    }

    /** A start that is refused leaves the other windows alone. */
    private boolean start(String name, int objects, LambdaLogger log) {
        try {
            boolean fresh = starts.start(name, RunInput.ofHistory());
            log.log("history.%s run=%s objects=%d".formatted(fresh ? "started" : "known", name, objects));
            return true;
        } catch (SdkException e) {
            log.log("history.refused run=%s why=\"%s\"".formatted(name, e.getMessage()));
            return false;
        }
    }
}
