package io.thermolake.plan;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import io.thermolake.Settings;
import io.thermolake.lake.store.Clients;
import io.thermolake.plan.store.PipelineStarts;
import io.thermolake.run.RunInput;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sfn.SfnClient;

/**
 * Starts the pipeline for objects that arrived in raw/history/: the queue's messages come in batches. It answers which of them SQS is
 * to deliver again, and in the end puts into the dead-letter queue.
 */
public final class StartOnHistoryHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
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
    public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
        List<SQSMessage> records = event.getRecords() == null ? List.of() : event.getRecords();
        HistoryStarts decided = HistoryStarts.of(
                records.stream()
                        .map(r -> new HistoryStarts.Message(r.getMessageId(), r.getBody() == null ? "" : r.getBody()))
                        .toList(),
                clock.instant());
        decided.notes().forEach(context.getLogger()::log);
        List<String> again = new ArrayList<>(decided.again());
        decided.starts().forEach((name, messages) -> {
            if (!start(name, messages.size(), context.getLogger())) {
                again.addAll(messages);
            }
        });
        return new SQSBatchResponse(again.stream().map(BatchItemFailure::new).toList());
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
