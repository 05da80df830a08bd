package io.thermolake.ingest;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.thermolake.Settings;
import io.thermolake.lake.store.Clients;
import io.thermolake.lake.store.LakeStore;
import io.thermolake.run.Handle;
import io.thermolake.run.Progress;
import io.thermolake.run.Run;
import io.thermolake.run.store.Handles;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.CrawlerRunningException;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Starts a crawler. A crawl that is on began before this request, so it may have looked before our data was there: it is
 * waited for, and {@link CheckCrawlerHandler} starts ours after it.
 */
public final class StartCrawlerHandler implements RequestHandler<StartCrawlerHandler.Request, Progress> {
    /** Glue's clock and ours may differ by a little. */
    static final Duration SKEW = Duration.ofSeconds(2);

    /** @param crawler {@code history}, {@code external_db} or {@code raw} */
    public record Request(Run run, CrawlTarget crawler) {
        /** @throws IllegalArgumentException when it is missing */
        public Request {
            if (crawler == null) {
                throw new IllegalArgumentException("crawler must be history, external_db or raw");
            }
        }
    }

    private final Settings settings;
    private final GlueClient glue;
    private final Handles handles;
    private final Clock clock;

    /** Called by Lambda, once for each execution environment. */
    public StartCrawlerHandler() {
        this(Settings.from(System.getenv()), Clients.glue(), Clients.s3(), Clock.systemUTC());
    }

    StartCrawlerHandler(Settings settings, GlueClient glue, S3Client s3, Clock clock) {
        this.settings = settings;
        this.glue = glue;
        this.handles = new Handles(new LakeStore(s3, settings.lake().bucket()));
        this.clock = clock;
    }

    @Override
    public Progress handleRequest(Request request, Context context) {
        String name = request.crawler().crawler(settings);
        Instant start = clock.instant();
        Handle handle = handle(request.run(), name, start, settings.crawlers().timeout());
        handles.record(request.run(), handle);
        try {
            glue.startCrawler(b -> b.name(name));
            context.getLogger().log("crawl.started crawler=" + name);
        } catch (CrawlerRunningException e) {
            // Two crawls one after the other have the time of two.
            handle = handle(
                    request.run(), name, start, settings.crawlers().timeout().multipliedBy(2));
            context.getLogger().log("crawl.awaited crawler=" + name);
        }
        return Progress.running(List.of(handle));
    }

    private static Handle handle(Run run, String name, Instant start, Duration timeout) {
        return new Handle(Handle.Kind.CRAWL, name, run.id(), start.minus(SKEW), start.plus(timeout));
    }
}
