package io.thermolake.ingest.store;

import io.thermolake.PipelineException;
import io.thermolake.RecordJson;
import io.thermolake.ingest.ColumnNames;
import io.thermolake.lake.LakeLayout;
import io.thermolake.lake.Manifest;
import io.thermolake.lake.store.LakeStore;
import io.thermolake.lake.store.Manifests;
import io.thermolake.reading.Columns;
import io.thermolake.reading.InputLine;
import io.thermolake.reading.RawKeys;
import io.thermolake.reading.Source;
import io.thermolake.run.Run;
import io.thermolake.run.RunPlan;
import io.thermolake.run.StepName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;

/** Writes what the room job reads: once a run, so that what arrives meanwhile belongs to the next. */
public final class InputList {
    private final LakeStore store;
    private final GlueClient glue;
    private final String database;

    public InputList(LakeStore store, GlueClient glue, String database) {
        this.store = store;
        this.glue = glue;
        this.database = database;
    }

    /** @return bytes to read */
    public long write(Run run, RunPlan plan) {
        String key = LakeLayout.inputs(run.id());
        String existing = store.text(key).map(LakeStore.Stored::value).orElse(null);
        if (existing == null) {
            existing = text(inputs(run, plan));
            store.create(key, existing);
        }
        store.put(LakeLayout.basePartitions(run.id()), run.base() == 0 ? "" : partitions(run.base()));
        return existing.lines().mapToLong(line -> InputLine.parse(line).size()).sum();
    }

    /** Not of an empty lake when the manifest is gone: the job would rewrite dates without the readings that they have. */
    private String partitions(long number) {
        Manifest base = new Manifests(store)
                .numbered(number)
                .orElseThrow(() -> new PipelineException(
                        "%s is missing, which the run was planned from. Restore it: without it the lake's readings cannot be kept"
                                .formatted(store.uri(LakeLayout.manifest(number)))));
        StringBuilder lines = new StringBuilder();
        base.partitions()
                .forEach(p -> lines.append(RecordJson.gson()
                                .toJson(new TreeMap<>(Map.of("date", p.date(), "location", p.location()))))
                        .append('\n'));
        return lines.toString();
    }

    private List<InputLine> inputs(Run run, RunPlan plan) {
        List<InputLine> inputs = new ArrayList<>();
        if (!plan.live().isEmpty()) {
            Columns columns = liveColumns(plan);
            plan.live()
                    .forEach(o -> inputs.add(
                            new InputLine(o.key(), Source.LIVE, RawKeys.format(o.key()), columns, o.size())));
        }
        if (plan.runs(StepName.ImportS3)) {
            add(inputs, LakeLayout.IMPORTED_HISTORY, Source.HISTORY);
            store.list(LakeLayout.HISTORY)
                    .filter(o -> o.size() > 0 && RawKeys.isData(o.key()))
                    // Whatever its name: the visual job reads CSV only.
                    .forEach(
                            o -> inputs.add(new InputLine(o.key(), Source.HISTORY_FILE, "csv", Columns.OWN, o.size())));
        }
        if (plan.runs(StepName.ImportDatabase)) {
            add(inputs, LakeLayout.importedDatabase(run.id()), Source.EXTERNAL_DB);
        }
        return inputs;
    }

    private void add(List<InputLine> inputs, String prefix, Source source) {
        List<LakeStore.Listed> objects =
                store.list(prefix).filter(o -> o.size() > 0).toList();
        if (!objects.isEmpty()) {
            Columns columns = columns(source);
            objects.forEach(
                    o -> inputs.add(new InputLine(o.key(), source, RawKeys.format(o.key()), columns, o.size())));
        }
    }

    private static String text(List<InputLine> inputs) {
        StringBuilder lines = new StringBuilder();
        inputs.forEach(i -> lines.append(RecordJson.gson().toJson(i.fields())).append('\n'));
        return lines.toString();
    }

    /** When a crawl found no record, or none of readings, each record goes to quarantine under its own reason. */
    private Columns liveColumns(RunPlan plan) {
        String table = LakeLayout.RAW_TABLE_PREFIX + Source.LIVE.key();
        try {
            List<String> names = names(table);
            return ColumnNames.anyIn(names) ? ColumnNames.of(table, names) : Columns.OWN;
        } catch (EntityNotFoundException e) {
            if (plan.runs(StepName.CrawlRaw)) {
                return Columns.OWN;
            }
            throw uncrawled(table, e);
        }
    }

    private Columns columns(Source source) {
        String table = LakeLayout.RAW_TABLE_PREFIX + source.key();
        try {
            return ColumnNames.of(table, names(table));
        } catch (EntityNotFoundException e) {
            throw uncrawled(table, e);
        }
    }

    private List<String> names(String table) {
        return glue.getTable(b -> b.databaseName(database).name(table)).table().storageDescriptor().columns().stream()
                .map(Column::name)
                .toList();
    }

    private PipelineException uncrawled(String table, EntityNotFoundException e) {
        return new PipelineException(
                "The table %s.%s is missing: the raw zone was never crawled. Start a run from CrawlRaw"
                        .formatted(database, table),
                e);
    }
}
