package io.thermolake.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParseException;
import io.thermolake.RecordJson;
import io.thermolake.fake.FakeContext;
import io.thermolake.fake.FakeGlue;
import io.thermolake.fake.Lab;
import io.thermolake.run.Handle;
import io.thermolake.run.Progress;
import io.thermolake.run.store.Handles;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrawlerHandlersTest {
    private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");
    private static final Instant DEADLINE = START.plusSeconds(600);

    private final Lab lab = new Lab();
    private final FakeGlue glue = new FakeGlue();

    @ParameterizedTest
    @CsvSource({"history,history", "external_db,db", "raw,raw"})
    void theCrawlerIsStartedAndOnRecord(String crawler, String name) {
        Progress progress = start(crawler);

        assertThat(progress.state()).isEqualTo(Progress.State.RUNNING);
        Handle handle = progress.handles().get(0);
        assertThat(handle.name()).isEqualTo(name);
        assertThat(handle.deadline()).isEqualTo(DEADLINE);
        assertThat(new Handles(lab.store).of("run-1")).extracting(Handle::name).containsExactly(name);
    }

    @Test
    void anotherCrawlerIsRefused() {
        assertThatThrownBy(() -> start("lake"))
                .isInstanceOf(JsonParseException.class)
                .hasMessageContaining("'lake'");
    }

    @Test
    void theCrawlBeforeOursIsNotOurs() {
        glue.withCrawler("raw", "READY", "SUCCEEDED", START.minusSeconds(60));

        Progress started = start("raw");

        assertThat(check(started.handles(), 10)).isEqualTo(started);
        glue.withCrawler("raw", "READY", "SUCCEEDED", START.plusSeconds(1));
        assertThat(check(started.handles(), 70)).isEqualTo(Progress.succeeded(Map.of("crawler", "raw")));
    }

    @ParameterizedTest
    @CsvSource({"SUCCEEDED", "FAILED", "CANCELLED"})
    void aCrawlThatBeganBeforeOursIsWaitedForAndThenOursIsStarted(String end) {
        glue.withCrawler("raw", "RUNNING", "SUCCEEDED", START.minusSeconds(6000));

        Progress waiting = start("raw");

        assertThat(check(waiting.handles(), 10)).isEqualTo(waiting);
        assertThat(glue.crawls).isEmpty();
        glue.withCrawler("raw", "READY", end, START.minusSeconds(30));
        assertThat(check(waiting.handles(), 20)).isEqualTo(waiting);
        assertThat(glue.crawls).containsExactly("raw");
        assertThat(check(waiting.handles(), 30)).isEqualTo(waiting);
        assertThat(glue.crawls).containsExactly("raw");
        glue.withCrawler("raw", "READY", "SUCCEEDED", START.plusSeconds(20));
        assertThat(check(waiting.handles(), 700).state()).isEqualTo(Progress.State.SUCCEEDED);
    }

    @Test
    void waitingForTwoCrawlsIsBoundedByTheTimeOfTwo() {
        glue.withCrawler("raw", "RUNNING", null, null);

        Progress waiting = start("raw");

        assertThat(check(waiting.handles(), 1199)).isEqualTo(waiting);
        assertThatThrownBy(() -> check(waiting.handles(), 1200)).isInstanceOf(CrawlTimedOutException.class);
    }

    @Test
    void aCrawlOfSomebodyElseThatBeganAfterOurRequestIsOursAsWell() {
        glue.withCrawler("raw", "RUNNING", null, null);
        Progress waiting = start("raw");

        glue.withCrawler("raw", "READY", "SUCCEEDED", START.plusSeconds(5));
        assertThat(check(waiting.handles(), 20).state()).isEqualTo(Progress.State.SUCCEEDED);
        assertThat(glue.crawls).isEmpty();
    }

    @Test
    void startedTwiceThereIsOneCrawl() {
        glue.withCrawler("raw", "READY", null, null);
        start("raw");
        Progress second = start("raw");

        glue.withCrawler("raw", "READY", "SUCCEEDED", START);
        assertThat(check(second.handles(), 60).state()).isEqualTo(Progress.State.SUCCEEDED);
    }

    @Test
    void aFailedCrawlSaysWhyAndWhereItsLogIs() {
        glue.withCrawler("raw", "READY", "FAILED", START);

        assertThatThrownBy(() -> check(List.of(handle()), 10))
                .isInstanceOf(CrawlFailedException.class)
                .hasMessage("Crawler raw ended FAILED: Access denied. Its log is /aws-glue/crawlers/raw");
    }

    @Test
    void aCrawlThatIsOnPastItsDeadlineIsStoppedAndFails() {
        glue.withCrawler("raw", "RUNNING", null, null);

        assertThat(check(List.of(handle()), 599).state()).isEqualTo(Progress.State.RUNNING);
        assertThat(glue.stopped).isEmpty();
        assertThatThrownBy(() -> check(List.of(handle()), 600))
                .isInstanceOf(CrawlTimedOutException.class)
                .hasMessageContaining("Crawler raw was not done at 2026-11-24T12:10:00Z and was stopped")
                .hasMessageContaining("CRAWL_TIMEOUT");
        assertThat(glue.stopped).containsExactly("raw");
    }

    @Test
    void aCrawlThatNeverBeganFailsPastItsDeadlineToo() {
        glue.withCrawler("raw", "READY", "SUCCEEDED", START.minusSeconds(60));

        assertThatThrownBy(() -> check(List.of(handle()), 601)).isInstanceOf(CrawlTimedOutException.class);
    }

    @Test
    void aCrawlThatEndedWellPastItsDeadlineIsDone() {
        glue.withCrawler("raw", "READY", "SUCCEEDED", START);

        assertThat(check(List.of(handle()), 6000).state()).isEqualTo(Progress.State.SUCCEEDED);
    }

    private static Handle handle() {
        return new Handle(Handle.Kind.CRAWL, "raw", "run-1", START, DEADLINE);
    }

    private Progress start(String crawler) {
        return new StartCrawlerHandler(
                        Lab.settings(Map.of("DATABASE_CRAWLER", "db")),
                        glue,
                        lab.s3,
                        Clock.fixed(START, ZoneOffset.UTC))
                .handleRequest(
                        new StartCrawlerHandler.Request(
                                Lab.RUN, RecordJson.gson().fromJson(crawler, CrawlTarget.class)),
                        new FakeContext());
    }

    private Progress check(List<Handle> handles, int secondsLater) {
        return new CheckCrawlerHandler(glue, Clock.fixed(START.plusSeconds(secondsLater), ZoneOffset.UTC))
                .handleRequest(new CheckCrawlerHandler.Request(Lab.RUN, handles), new FakeContext());
    }
}
