package io.thermolake.report;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.thermolake.PipelineException;
import io.thermolake.Settings;
import io.thermolake.lake.LakeLayout;
import io.thermolake.lake.Manifest;
import io.thermolake.lake.store.Clients;
import io.thermolake.lake.store.LakeStore;
import io.thermolake.lake.store.Manifests;
import io.thermolake.model.Refusal;
import io.thermolake.model.store.Models;
import io.thermolake.report.Report.Detected;
import io.thermolake.report.Report.FailedRoom;
import io.thermolake.report.store.QueryRows;
import io.thermolake.run.Run;
import io.thermolake.score.ScoreIndex;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.s3.S3Client;

/** Makes the report's page from the queries' rows and the rooms' score indexes, and puts it into the lake. */
public final class PublishReportHandler
        implements RequestHandler<PublishReportHandler.Request, PublishReportHandler.Answer> {
    /**
     * @param queries query to execution id
     * @param failedRooms whose detection failed
     * @param refusals rooms that a quota left without what they needed
     */
    public record Request(
            Run run,
            Map<String, String> queries,
            @Nullable List<FailedRoom> failedRooms,
            @Nullable List<Refusal> refusals) {}

    /** @param report the page's key */
    public record Answer(String report) {}

    /** Tells the next run's plan that the manifest is reported with all its alarms. */
    private record Mark(String report) {}

    private final QueryRows queryRows;
    private final LakeStore store;
    private final Models models;

    /** Called by Lambda, once for each execution environment. */
    public PublishReportHandler() {
        this(Settings.from(System.getenv()), Clients.athena(), Clients.s3());
    }

    PublishReportHandler(Settings settings, AthenaClient athena, S3Client s3) {
        this.queryRows = new QueryRows(athena);
        this.store = new LakeStore(s3, settings.lake().bucket());
        this.models = new Models(store);
    }

    @Override
    public Answer handleRequest(Request request, Context context) {
        Manifest manifest = new Manifests(store)
                .newest()
                .orElseThrow(() ->
                        new PipelineException("The lake of s3://%s has no manifest yet; there is nothing to report"
                                .formatted(store.bucket())));
        List<FailedRoom> failed = request.failedRooms() == null ? List.of() : request.failedRooms();
        List<Refusal> refusals = request.refusals() == null ? List.of() : request.refusals();
        Report report = Report.of(request.run(), manifest, rows(request.queries()), this::detected, failed, refusals);
        String key = LakeLayout.report(request.run().id());
        store.put(key, new ReportPage(BiFiles.text("report.html"), report).html());
        if (failed.isEmpty()) {
            store.put(LakeLayout.reportOf(manifest.number()), new Mark(key));
        }
        context.getLogger()
                .log("report.published key=%s rooms=%d failedRooms=%d"
                        .formatted(key, report.rooms().size(), failed.size()));
        return new Answer(key);
    }

    private Map<String, List<Map<String, String>>> rows(Map<String, String> queries) {
        Map<String, List<Map<String, String>>> rows = new HashMap<>();
        for (NamedQuery query : NamedQuery.ALL) {
            String id = queries.get(query.name());
            if (id == null) {
                throw new IllegalArgumentException(
                        "queries lacks %s; it has %s".formatted(query.name(), queries.keySet()));
            }
            rows.put(query.name(), queryRows.of(id));
        }
        return rows;
    }

    private Detected detected(String room) {
        return new Detected(
                store.read(LakeLayout.scoreIndex(room), ScoreIndex.class)
                        .map(stored -> stored.value().alarms())
                        .orElse(List.of()),
                models.currentCard(room).orElse(null));
    }
}
