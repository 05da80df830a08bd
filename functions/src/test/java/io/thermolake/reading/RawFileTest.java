package io.thermolake.reading;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RawFileTest {
    private static final String READING = "{\"room_id\":\"lab\",\"temperature\":21.5}";

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n\r\n", "   \n\t\n", "\uFEFF", "\uFEFF\n"})
    void aFileWithoutRecordsHasNone(String text) {
        assertThat(json(text)).isEmpty();
        assertThat(csv(text)).isEmpty();
    }

    @Test
    void anEmptyGzipFileHasNoRecords() throws IOException {
        assertThat(all(gzip(""), "json")).isEmpty();
    }

    @Test
    void aHeaderAloneIsNoRecord() {
        assertThat(csv("timestamp,room_id,temperature\n")).isEmpty();
    }

    @Test
    void twoObjectsOnOneLineAreTwoRecords() {
        List<RawRecord> records = json("{\"a\":1}{\"a\":2}\n{\"a\":3} {\"a\":4}");

        assertThat(records).extracting(r -> r.fields().get("a")).containsExactly("1", "2", "3", "4");
        assertThat(records).extracting(RawRecord::line).containsExactly(1L, 1L, 2L, 2L);
        assertThat(records).extracting(RawRecord::text).startsWith("{\"a\":1}", "{\"a\":2}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1}x               | 2 | the rest of the line is one record",
                "{\"a\":1}{               | 2 | an object that is not closed",
                "}{                       | 1 | no object at all",
                "{\"a\":1                 | 1 | cut off",
                "{\"a\":\"1               | 1 | a text that is not closed",
                "{\"a\":\"\\u12\"}        | 1 | half of an escape",
                "{\"a\":\"\\q\"}          | 1 | no such escape",
                "{\"a\" 1}                | 1 | no colon",
                "{a:1}                    | 1 | a name without quotes",
                "{\"a\":}                 | 1 | no value",
                "{\"a\":1,}               | 1 | a comma too many",
                "{\"a\":wrong}            | 1 | no JSON word",
                "{\"a\":[1}               | 1 | a list that is not closed",
                "[1,2]                    | 1 | a list",
                "\"text\"                 | 1 | a text",
                "null                     | 1 | nothing",
                "timestamp,room_id        | 1 | CSV",
            })
    void aMalformedLineIsOneBadRecordAndTheNextLineGoesOn(String line, int records, String why) {
        List<RawRecord> read = json(line + "\n" + READING + "\n");

        assertThat(read).as(why).hasSize(records + 1);
        assertThat(read.get(records - 1).broken()).as(why).isEqualTo(Reason.MALFORMED);
        assertThat(read.get(records).broken()).isNull();
        assertThat(read.get(records).line()).isEqualTo(2);
    }

    @Test
    void valuesAreTextsAsTheyStand() {
        Map<String, String> fields = json("{\"a\":-1.50e1,\"b\":\"q\\\"\\u00e9\\n\\/\",\"c\":null,\"d\":true,"
                        + "\"e\":{\"x\":[1,\"}\"]},\"f\":NaN,\"g\":\"\"}")
                .get(0)
                .fields();

        assertThat(fields)
                .containsEntry("a", "-1.50e1")
                .containsEntry("b", "q\"é\n/")
                .containsEntry("c", null)
                .containsEntry("d", "true")
                .containsEntry("e", "{\"x\":[1,\"}\"]}")
                .containsEntry("f", "NaN")
                .containsEntry("g", "");
    }

    @Test
    void aByteOrderMarkIsPassedOver() {
        assertThat(json("\uFEFF" + READING).get(0).broken()).isNull();
        assertThat(csv("\uFEFFtimestamp,room_id\n1,lab").get(0).fields()).containsEntry("timestamp", "1");
    }

    @Test
    void blankLinesCountAsLinesButNotAsRecords() {
        assertThat(json("\n\n" + READING + "\r\n\n" + READING))
                .extracting(RawRecord::line)
                .containsExactly(3L, 5L);
    }

    @Test
    void theLastLineNeedsNoEnd() {
        assertThat(json(READING + "\n" + READING)).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1,lab,2          | 1 | lab   | 2",
                " 1 , lab ,2      | 1 | lab   | 2",
                "\"1\",\"lab\",2  | 1 | lab   | 2",
                "1,\"l,b\",2      | 1 | l,b   | 2",
                "1,\"l\"\"b\",2   | 1 | l\"b  | 2",
                "1,\"\",2         | 1 |       | 2",
                "1,,2             | 1 |       | 2",
                "1,lab,           | 1 | lab   |",
                ",,               |   |       |",
            })
    void aRowIsReadAsSpreadsheetsWriteIt(String row, String timestamp, String room, String temperature) {
        RawRecord record =
                csv("timestamp,\"room_id\",temperature\r\n" + row + "\r\n").get(0);

        assertThat(record.broken()).isNull();
        assertThat(record.fields())
                .containsEntry("timestamp", timestamp)
                .containsEntry("room_id", room)
                .containsEntry("temperature", temperature);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1,lab", "1,lab,2,3", "1,\"lab,2", "1,\"lab\"x,2"})
    void aRowThatDoesNotFitTheHeaderIsMalformed(String row) {
        List<RawRecord> records = csv("timestamp,room_id,temperature\n" + row + "\n1,lab,2\n");

        assertThat(records).extracting(RawRecord::broken).containsExactly(Reason.MALFORMED, null);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 30, 50, 80, 99})
    void aTruncatedGzipFileGivesWhatCanBeReadAndOneRecordForTheRest(int percent) throws IOException {
        byte[] whole = gzip(lines(20_000));
        byte[] cut = Arrays.copyOf(whole, whole.length * percent / 100);
        long good = readable(cut).chars().filter(c -> c == '\n').count();

        List<RawRecord> records = all(cut, "json");

        assertThat(records).hasSize((int) good + 1);
        assertThat(records.subList(0, (int) good))
                .allSatisfy(r -> assertThat(r.broken()).isNull());
        RawRecord rest = records.get((int) good);
        assertThat(rest.broken()).isEqualTo(Reason.UNREADABLE);
        assertThat(rest.line()).isEqualTo(good + 1);
        assertThat(rest.text()).contains("after line " + good);
    }

    @Test
    void aGzipFileThatIsNothingButItsFirstBytesIsOneRecord() {
        assertThat(all(new byte[] {0x1f, (byte) 0x8b}, "json"))
                .extracting(RawRecord::broken)
                .containsExactly(Reason.UNREADABLE);
    }

    @Test
    void aGzipFileWithADamagedEndGivesItsLinesAndOneRecordForTheRest() throws IOException {
        byte[] damaged = gzip(lines(100));
        damaged[damaged.length - 6] ^= 1;

        List<RawRecord> records = all(damaged, "json");

        assertThat(records).hasSize(101);
        assertThat(records.get(100).broken()).isEqualTo(Reason.UNREADABLE);
    }

    @Test
    void gzipFilesPutOneAfterTheOtherAreReadToTheEnd() throws IOException {
        InputStream both = new SequenceInputStream(
                new ByteArrayInputStream(gzip(lines(10))), new ByteArrayInputStream(gzip(lines(5))));

        assertThat(all(both, "json"))
                .hasSize(15)
                .allSatisfy(r -> assertThat(r.broken()).isNull());
    }

    /** The network's failure is no property of the data: the job's attempt fails and reads again. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aReadThatFailsForAnotherReasonIsNoBadData(boolean compressed) throws IOException {
        byte[] content = compressed ? gzip(lines(20_000)) : lines(20_000).getBytes(UTF_8);
        InputStream broken =
                new SequenceInputStream(new ByteArrayInputStream(content, 0, content.length / 2), new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("Connection reset");
                    }
                });

        assertThatThrownBy(() -> all(broken, "json"))
                .isInstanceOf(UncheckedIOException.class)
                .hasRootCauseMessage("Connection reset");
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "csv"})
    void aLineAboveAMebibyteIsOneMalformedRecord(String format) {
        String first = format.equals("csv") ? "a,b\n" : "";
        String good = format.equals("csv") ? "1,2\n" : READING + "\n";

        List<RawRecord> records = all(
                (first + "x".repeat(3 << 20) + "\n" + good + "x" + " ".repeat(2 << 20) + "\n" + good).getBytes(UTF_8),
                format);

        assertThat(records)
                .extracting(RawRecord::broken)
                .containsExactly(Reason.MALFORMED, null, Reason.MALFORMED, null);
        assertThat(records.get(0).text()).hasSize(1000);
    }

    @Test
    void aFileThatWasReadToItsEndIsClosed() throws IOException {
        boolean[] closed = {false};
        try (RawFile file = new RawFile(
                new ByteArrayInputStream(READING.getBytes(UTF_8)) {
                    @Override
                    public void close() {
                        closed[0] = true;
                    }
                },
                "json")) {
            file.forEachRemaining(r -> {});
        }

        assertThat(closed[0]).isTrue();
    }

    private static List<RawRecord> json(String text) {
        return all(text.getBytes(UTF_8), "json");
    }

    private static List<RawRecord> csv(String text) {
        return all(text.getBytes(UTF_8), "csv");
    }

    private static List<RawRecord> all(byte[] bytes, String format) {
        return all(new ByteArrayInputStream(bytes), format);
    }

    private static List<RawRecord> all(InputStream bytes, String format) {
        List<RawRecord> records = new ArrayList<>();
        new RawFile(bytes, format).forEachRemaining(records::add);
        return records;
    }

    /** Lines that gzip cannot make tiny. */
    private static String lines(int count) {
        Random random = new Random(7);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            lines.append("{\"room_id\":\"room-é\",\"temperature\":")
                    .append(random.nextDouble() * 30)
                    .append("}\n");
        }
        return lines.toString();
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    /** What the JDK gets out of a cut gzip file, byte by byte. */
    private static String readable(byte[] cut) {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(cut))) {
            for (int b = in.read(); b >= 0; b = in.read()) {
                read.write(b);
            }
        } catch (IOException e) {
            // The cut.
        }
        return read.toString(UTF_8);
    }
}
