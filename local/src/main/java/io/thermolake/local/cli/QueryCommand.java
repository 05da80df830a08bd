package io.thermolake.local.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.athena.model.Datum;
import software.amazon.awssdk.services.athena.model.QueryExecutionState;
import software.amazon.awssdk.services.athena.model.QueryExecutionStatus;
import software.amazon.awssdk.services.athena.model.Row;

/** Asks the lake in Athena's SQL. */
@Command(name = "query", mixinStandardHelpOptions = true, description = "Ask the lake, in Athena's SQL.")
final class QueryCommand implements Callable<Integer> {
    private static final int POLL_MILLIS = 30;

    @Mixin
    CloudFlags flags = new CloudFlags();

    @Parameters(paramLabel = "SQL", description = "For example: SELECT room_id, count(*) FROM temperatures GROUP BY 1")
    String sql = "";

    @Override
    public Integer call() throws InterruptedException {
        Console console = new Console(flags.json);
        try (CloudSession session = CloudSession.open(flags.existing(1))) {
            AthenaClient athena = session.client(AthenaClient.builder());
            String id = athena.startQueryExecution(b -> b.queryString(sql)
                            .workGroup(session.fact("workgroup"))
                            .queryExecutionContext(c -> c.database(session.fact("database"))))
                    .queryExecutionId();
            QueryExecutionStatus status = wait(athena, id);
            if (status.state() != QueryExecutionState.SUCCEEDED) {
                throw new CommandException(status.stateAsString() + ": " + status.stateChangeReason());
            }
            List<List<@Nullable String>> rows = new ArrayList<>();
            athena.getQueryResultsPaginator(b -> b.queryExecutionId(id)).stream()
                    .flatMap(page -> page.resultSet().rows().stream())
                    .map(Row::data)
                    .forEach(data -> rows.add(values(data)));
            print(console, rows);
            return 0;
        }
    }

    private static List<@Nullable String> values(List<Datum> data) {
        List<@Nullable String> values = new ArrayList<>();
        data.forEach(d -> values.add(d.varCharValue()));
        return values;
    }

    private static QueryExecutionStatus wait(AthenaClient athena, String id) throws InterruptedException {
        while (true) {
            QueryExecutionStatus status = athena.getQueryExecution(b -> b.queryExecutionId(id))
                    .queryExecution()
                    .status();
            if (status.state() != QueryExecutionState.QUEUED && status.state() != QueryExecutionState.RUNNING) {
                return status;
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private static void print(Console console, List<List<@Nullable String>> rows) {
        if (console.json()) {
            List<@Nullable String> names = rows.get(0);
            List<Map<String, @Nullable String>> objects = new ArrayList<>();
            for (List<@Nullable String> row : rows.subList(1, rows.size())) {
                Map<String, @Nullable String> object = new LinkedHashMap<>();
                for (int i = 0; i < row.size(); i++) {
                    object.put(String.valueOf(names.get(i)), row.get(i));
                }
                objects.add(object);
            }
            console.answer(objects);
            return;
        }
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        rows.forEach(row -> {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], text(row.get(i)).length());
            }
        });
        rows.forEach(row -> {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                String value = text(row.get(i));
                line.append(value).append(" ".repeat(widths[i] - value.length() + 2));
            }
            console.say("%s", line.toString().stripTrailing());
        });
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
