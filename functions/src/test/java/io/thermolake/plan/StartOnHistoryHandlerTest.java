package io.thermolake.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import io.thermolake.RecordJson;
import io.thermolake.fake.FakeContext;
import io.thermolake.fake.FakeSfn;
import io.thermolake.fake.Lab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StartOnHistoryHandlerTest {
    private final FakeSfn sfn = new FakeSfn();
    private final FakeContext context = new FakeContext();

    @Test
    void theSampleEventStartsTheRunOfItsWindow() throws IOException {
        SQSEvent request =
                new RecordJson().fromJson(Files.readString(Path.of("../events/StartOnHistory.json")), SQSEvent.class);

        assertThat(at("2026-03-31T02:05:10Z").handleRequest(request, context).getBatchItemFailures())
                .isEmpty();
        assertThat(sfn.started).containsExactly(Map.entry("history-20260331T020000Z", "{\"startedBy\":\"history\"}"));
    }

    @ParameterizedTest
    @CsvSource({
        // arrived,              looked at,            starts,                   comes again
        "2026-03-31T02:00:00Z, 2026-03-31T02:05:10Z, history-20260331T020000Z, false",
        "2026-03-31T02:04:59Z, 2026-03-31T02:05:10Z, history-20260331T020000Z, false",
        "2026-03-31T02:05:00Z, 2026-03-31T02:10:10Z, history-20260331T020500Z, false",
        "2026-03-31T02:05:00Z, 2026-04-14T00:00:00Z, history-20260331T020500Z, false",
        "2026-03-31T02:04:59Z, 2026-03-31T02:05:09Z, '',                       true",
        "2026-03-31T02:05:00Z, 2026-03-31T02:05:10Z, '',                       true",
        "2036-03-31T02:05:00Z, 2026-03-31T02:05:10Z, '',                       true",
    })
    void aWindowsRunStartsWhenTheWindowIsOver(String arrived, String now, String starts, boolean again) {
        var answer = at(now).handleRequest(batch(event("1", arrived, "raw/history/a.csv", 1)), context);

        assertThat(String.join(" ", sfn.started.keySet())).isEqualTo(starts);
        assertThat(failures(answer)).isEqualTo(again ? List.of("1") : List.of());
    }

    /** Else every message would come twice, and after a few of those be a dead letter. */
    @Test
    void theQueueKeepsAMessageUntilItsWindowIsOver() throws IOException {
        Matcher delay = Pattern.compile("DelaySeconds: (\\d+)").matcher(Files.readString(Path.of("../template.yaml")));

        assertThat(delay.find()).isTrue();
        assertThat(Duration.ofSeconds(Long.parseLong(delay.group(1))))
                .isGreaterThanOrEqualTo(HistoryStarts.WINDOW.plus(HistoryStarts.SETTLE));
    }

    @Test
    void manyObjectsOfAWindowAreOneStartAndEachWindowHasItsOwn() {
        var batch = batch(
                event("1", "2026-03-31T02:00:00Z", "raw/history/a.csv", 1),
                event("2", "2026-03-31T02:03:00Z", "raw/history/b.csv", 1),
                event("3", "2026-03-31T02:07:00Z", "raw/history/c.csv", 1));

        at("2026-03-31T02:20:00Z").handleRequest(batch, context);
        at("2026-03-31T02:21:00Z").handleRequest(batch, context);
        sfn.ended("history-20260331T020000Z");
        var answer = at("2026-03-31T02:22:00Z").handleRequest(batch, context);

        assertThat(sfn.started).containsOnlyKeys("history-20260331T020000Z", "history-20260331T020500Z");
        assertThat(answer.getBatchItemFailures()).isEmpty();
        assertThat(context.logged).contains("history.known run=history-20260331T020000Z objects=2");
    }

    @ParameterizedTest
    @CsvSource({"raw/history/folder/, 0", "raw/live/a.gz, 5", "raw/history/empty.csv, 0"})
    void whatIsNoHistoryStartsNothing(String key, long size) {
        var answer =
                at("2026-03-31T02:20:00Z").handleRequest(batch(event("1", "2026-03-31T02:00:00Z", key, size)), context);

        assertThat(sfn.started).isEmpty();
        assertThat(answer.getBatchItemFailures()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "{}",
                "{\"time\":\"yesterday\",\"detail\":{\"object\":{\"key\":\"raw/history/a\",\"size\":1}}}",
                "{\"time\":\"2026-03-31T02:00:00Z\"}",
                "{\"time\":\"2026-03-31T02:00:00Z\",\"detail\":{\"object\":{\"size\":1}}}",
                "{\"detail\":{\"object\":{\"key\":\"raw/history/a\",\"size\":1}}}",
            })
    void whatNobodyCanReadComesAgainUntilItIsADeadLetter(String body) {
        var good = event("2", "2026-03-31T02:00:00Z", "raw/history/a.csv", 1);
        var answer = at("2026-03-31T02:20:00Z").handleRequest(batch(message("1", body), good), context);

        assertThat(failures(answer)).containsExactly("1");
        assertThat(sfn.started).hasSize(1);
        assertThat(context.logged).contains("history.unreadable message=1");
    }

    @Test
    void aRefusedStartComesAgain() {
        sfn.refusal = "Rate exceeded";

        var answer = at("2026-03-31T02:20:00Z")
                .handleRequest(batch(event("1", "2026-03-31T02:00:00Z", "raw/history/a.csv", 1)), context);

        assertThat(failures(answer)).containsExactly("1");
        assertThat(context.logged).anyMatch(l -> l.startsWith("history.refused run=history-20260331T020000Z why="));
    }

    @Test
    void anEmptyBatchIsNothing() {
        assertThat(at("2026-03-31T02:20:00Z")
                        .handleRequest(new SQSEvent(), context)
                        .getBatchItemFailures())
                .isEmpty();
    }

    private StartOnHistoryHandler at(String now) {
        return new StartOnHistoryHandler(Lab.settings(), sfn, Clock.fixed(Instant.parse(now), ZoneOffset.UTC));
    }

    private static SQSEvent batch(SQSMessage... records) {
        SQSEvent event = new SQSEvent();
        event.setRecords(List.of(records));
        return event;
    }

    private static SQSMessage event(String id, String time, @Nullable String key, long size) {
        return message(
                id,
                "{\"time\":\"%s\",\"detail\":{\"object\":{\"key\":\"%s\",\"size\":%d}}}".formatted(time, key, size));
    }

    private static SQSMessage message(String id, String body) {
        SQSMessage message = new SQSMessage();
        message.setMessageId(id);
        message.setBody(body);
        return message;
    }

    private static List<String> failures(SQSBatchResponse answer) {
        return answer.getBatchItemFailures().stream()
                .map(SQSBatchResponse.BatchItemFailure::getItemIdentifier)
                .toList();
    }
}
