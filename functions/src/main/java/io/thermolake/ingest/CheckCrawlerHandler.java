package io.thermolake.ingest;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.thermolake.lake.store.Clients;
import io.thermolake.run.Handle;
import io.thermolake.run.Progress;
import io.thermolake.run.Run;
import io.thermolake.run.Waiting;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Crawler;
import software.amazon.awssdk.services.glue.model.CrawlerNotRunningException;
import software.amazon.awssdk.services.glue.model.CrawlerRunningException;
import software.amazon.awssdk.services.glue.model.CrawlerState;
import software.amazon.awssdk.services.glue.model.CrawlerStoppingException;
import software.amazon.awssdk.services.glue.model.LastCrawlInfo;

/**
 * Asks whether our crawl has ended, and how; past its deadline it stops the crawl and fails. Where the crawler rests and its
 * last crawl began before ours was asked for, ours has not begun: it is started.
 */
public final class CheckCrawlerHandler implements RequestHandler<CheckCrawlerHandler.Request, Progress> {
    public record Request(Run run, List<Handle> handles) {}

    private final GlueClient glue;
    private final Waiting waiting;

    /** Called by Lambda, once for each execution environment. */
    public CheckCrawlerHandler() {
        this(Clients.glue(), Clock.systemUTC());
    }

    CheckCrawlerHandler(GlueClient glue, Clock clock) {
        this.glue = glue;
        this.waiting = new Waiting(clock);
    }

    @Override
    public Progress handleRequest(Request request, Context context) {
        Handle handle = request.handles().get(0);
        Crawler crawler = glue.getCrawler(b -> b.name(handle.name())).crawler();
        LastCrawlInfo last = crawler.lastCrawl();
        CrawlProgress progress = CrawlProgress.of(
                String.valueOf(crawler.stateAsString()),
                last == null ? null : last.statusAsString(),
                last == null ? null : last.startTime(),
                handle.startedAt());
        context.getLogger().log("crawl.checked crawler=%s progress=%s".formatted(handle.name(), progress));
        return switch (progress) {
            case SUCCEEDED -> Progress.succeeded(Map.of("crawler", handle.name()));
            case FAILED ->
                throw new CrawlFailedException("Crawler %s ended %s: %s. Its log is %s/%s"
                        .formatted(
                                handle.name(),
                                last == null ? "" : last.statusAsString(),
                                last == null || last.errorMessage() == null
                                        ? "Glue gave no message"
                                        : last.errorMessage(),
                                last == null ? "" : last.logGroup(),
                                last == null ? "" : last.logStream()));
            case RUNNING -> stillRunning(request, handle, crawler, context);
        };
    }

    private Progress stillRunning(Request request, Handle handle, Crawler crawler, Context context) {
        Progress progress = waiting.goesOn(
                request.handles(),
                () -> stop(handle.name()),
                late -> new CrawlTimedOutException(
                        "Crawler %s was not done at %s and was stopped. Look at its log, or raise CRAWL_TIMEOUT"
                                .formatted(late.name(), late.deadline())));
        if (crawler.state() == CrawlerState.READY) {
            begin(handle.name(), context);
        }
        return progress;
    }

    private void stop(String crawler) {
        try {
            glue.stopCrawler(b -> b.name(crawler));
        } catch (CrawlerNotRunningException | CrawlerStoppingException e) {
            // It ends by itself; the run does not wait for it any longer.
        }
    }

    private void begin(String crawler, Context context) {
        try {
            glue.startCrawler(b -> b.name(crawler));
            context.getLogger().log("crawl.started crawler=" + crawler);
        } catch (CrawlerRunningException e) {
            // It has begun, and Glue did not show it yet.
        }
    }
}
