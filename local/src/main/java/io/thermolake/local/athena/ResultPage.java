package io.thermolake.local.athena;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.athena.model.Datum;
import software.amazon.awssdk.services.athena.model.Row;

/**
 * A page of a query's result. Its token is the byte of the file where its first row begins, so that no page needs those before it.
 *
 * @param nextToken null on the last page
 */
record ResultPage(List<Row> rows, @Nullable String nextToken) {
    private static final int MOST_ROWS = 1000;

    /**
     * @param maxResults null for as many as a page may have
     * @param token null for the first page
     * @throws software.amazon.awssdk.services.athena.model.InvalidRequestException when the token is none
     */
    static ResultPage read(Path csv, @Nullable Integer maxResults, @Nullable String token) {
        long from = place(token);
        try (FileChannel file = FileChannel.open(csv);
                ResultCsv reader = new ResultCsv(Channels.newInputStream(file.position(from)), from)) {
            int size = maxResults == null ? MOST_ROWS : Math.min(MOST_ROWS, maxResults);
            List<Row> rows = reader.rows(size).stream().map(ResultPage::row).toList();
            return new ResultPage(rows, reader.place() < file.size() ? String.valueOf(reader.place()) : null);
        } catch (IOException e) {
            throw new UncheckedIOException("reading the result " + csv + " failed", e);
        }
    }

    private static long place(@Nullable String token) {
        try {
            long place = token == null ? 0 : Long.parseLong(token);
            if (place >= 0) {
                return place;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw AthenaService.invalid("Invalid NextToken: " + token);
    }

    private static Row row(List<@Nullable String> values) {
        return Row.builder()
                .data(values.stream()
                        .map(v -> Datum.builder().varCharValue(v).build())
                        .toList())
                .build();
    }
}
