package io.thermolake.report.store;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.athena.model.ColumnInfo;
import software.amazon.awssdk.services.athena.model.Datum;
import software.amazon.awssdk.services.athena.model.GetQueryResultsResponse;
import software.amazon.awssdk.services.athena.model.Row;

/** The rows of a finished query. */
public final class QueryRows {
    private final AthenaClient athena;

    public QueryRows(AthenaClient athena) {
        this.athena = requireNonNull(athena, "athena is null");
    }

    /** @return column to value, a row each, in the query's order; a null value has no entry */
    public List<Map<String, String>> of(String queryExecutionId) {
        List<Map<String, String>> rows = new ArrayList<>();
        boolean first = true;
        for (GetQueryResultsResponse page :
                athena.getQueryResultsPaginator(b -> b.queryExecutionId(queryExecutionId))) {
            List<String> columns = page.resultSet().resultSetMetadata().columnInfo().stream()
                    .map(ColumnInfo::name)
                    .toList();
            for (Row row : page.resultSet().rows()) {
                // The first row of a SELECT's first page repeats the columns' names.
                if (!(first && values(row).equals(columns))) {
                    rows.add(row(columns, row.data()));
                }
                first = false;
            }
        }
        return rows;
    }

    private static List<String> values(Row row) {
        return row.data().stream().map(d -> String.valueOf(d.varCharValue())).toList();
    }

    private static Map<String, String> row(List<String> columns, List<Datum> data) {
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < columns.size() && i < data.size(); i++) {
            String value = data.get(i).varCharValue();
            if (value != null) {
                row.put(columns.get(i), value);
            }
        }
        return row;
    }
}
