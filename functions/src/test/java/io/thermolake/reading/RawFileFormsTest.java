package io.thermolake.reading;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Raw files as devices, spreadsheets and accidents write them. */
class RawFileFormsTest {
    private static final String HEADER = "timestamp,room_id,temperature\n";

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void anyEndEndsALine(String end) {
        String csv = HEADER + "1,lab,20\n\n2,lab,21\n";
        assertThat(values(csv.replace("\n", end).getBytes(UTF_8))).containsExactly("1/lab/20", "2/lab/21");
        assertThat(read(("{\"a\":1}\n\n{\"a\":2}").replace("\n", end).getBytes(UTF_8), "json"))
                .extracting(RawRecord::line)
                .containsExactly(1L, 3L);
    }

    @Test
    void aLineEndAcrossTwoReadsIsOne() {
        InputStream bytes = new SequenceInputStream(Collections.enumeration(List.of(
                new ByteArrayInputStream("{\"a\":1}\r".getBytes(UTF_8)),
                new ByteArrayInputStream("\n\r".getBytes(UTF_8)),
                new ByteArrayInputStream("{\"a\":2}\r".getBytes(UTF_8)),
                new ByteArrayInputStream("\n".getBytes(UTF_8)))));
        List<RawRecord> records = new ArrayList<>();
        new RawFile(bytes, "json").forEachRemaining(records::add);
        assertThat(records).extracting(RawRecord::line).containsExactly(1L, 3L);
    }

    @Test
    void aLoneCarriageReturnInsideAHistoryFileEndsItsLine() {
        assertThat(values((HEADER + "1,lab,20\r2,lab,21\n3,lab,22\n").getBytes(UTF_8)))
                .containsExactly("1/lab/20", "2/lab/21", "3/lab/22");
    }

    @Test
    void aRowMayHaveLineBreaksInsideOfQuotes() {
        String csv =
                "note,temperature,room_id,timestamp\n\"window\nopen\n\n\",20,lab,1\n\"a \"\"b\"\"\r\nc\",21,lab,2\n";
        assertThat(values(csv.getBytes(UTF_8))).containsExactly("1/lab/20", "2/lab/21");
        assertThat(read(csv.getBytes(UTF_8), "csv")).extracting(RawRecord::line).containsExactly(2L, 6L);
    }

    @Test
    void theHeaderMayHaveLineBreaksInsideOfQuotes() {
        assertThat(values("\"note\nof it\",temperature,room_id,timestamp\n,20,lab,1\n".getBytes(UTF_8)))
                .containsExactly("1/lab/20");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"1,lab,20        | never closed",
                "1,lab,\"20        | never closed, in the last cell",
                "1,\"lab,20        | never closed, in the middle",
                "\"1\"\"           | a doubled quote closes nothing",
            })
    void aQuoteThatIsNotClosedCostsItsOwnLine(String bad, String why) {
        StringBuilder csv =
                new StringBuilder(HEADER).append("0,lab,19\n").append(bad).append('\n');
        for (int i = 1; i <= 300; i++) {
            csv.append(i).append(i == 250 ? ",\"lab\",20\n" : ",lab,20\n");
        }
        List<RawRecord> records = read(csv.toString().getBytes(UTF_8), "csv");
        assertThat(records).as(why).hasSize(302);
        assertThat(records.get(1).broken()).isEqualTo(Reason.MALFORMED);
        assertThat(records.get(1).text()).isEqualTo(bad);
        assertThat(records.stream().filter(r -> r.broken() == null)).hasSize(301);
        assertThat(records).extracting(RawRecord::line).isSorted();
    }

    @Test
    void aQuoteThatALaterRowClosesByChanceCostsItsOwnLineOnly() {
        String csv = HEADER + "1,\"lab,20\n2,lab,21\n3,lab,22\"\n4,lab,23\n";
        assertThat(read(csv.getBytes(UTF_8), "csv"))
                .extracting(r -> r.broken() == null ? r.value("timestamp") : "bad")
                .containsExactly("bad", "2", "3", "4");
    }

    @Test
    void manyOpenQuotesAreReadInTimeThatGrowsWithTheFile() {
        String csv = HEADER + ("\"x,lab,20\n" + "y\"\"y,lab,20\n".repeat(120)).repeat(300);
        assertThat(read(csv.getBytes(UTF_8), "csv")).hasSize(300 * 121);
    }

    @Test
    void aFileThatIsCutOffBehindAnOpenQuoteStillGivesItsLines() throws IOException {
        StringBuilder csv = new StringBuilder(HEADER).append("\"1,lab,20\n");
        Random random = new Random(5);
        for (int i = 0; i < 5000; i++) {
            csv.append(i).append(",lab,").append(random.nextDouble()).append('\n');
        }
        byte[] whole = gzip(csv.toString().getBytes(UTF_8));
        for (int length : new int[] {100, 200, 400, 1000, whole.length - 9}) {
            List<RawRecord> records = read(Arrays.copyOf(whole, length), "csv");
            assertThat(records.get(records.size() - 1).broken()).isEqualTo(Reason.UNREADABLE);
            assertThat(records.stream()
                            .filter(r -> r.broken() == Reason.MALFORMED)
                            .count())
                    .isLessThanOrEqualTo(1);
        }
        assertThat(read(Arrays.copyOf(whole, whole.length - 9), "csv")).hasSize(5002);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1, \"lab\",20        | 1/lab/20",
                "1,\"lab\" ,20        | 1/lab/20",
                "\"1\"\t,\t\"lab\",20 | 1/lab/20",
                "1,lab,20,            | 1/lab/20",
                "1,lab,20,\"\",       | 1/lab/20",
                "1,\u00A0lab,20       | 1/lab/20",
                "1,lab,\"20,5\"       | 1/lab/20,5",
            })
    void aCellIsReadAsItIsMeant(String row, String values) {
        assertThat(values((HEADER + row + "\n").getBytes(UTF_8))).containsExactly(values);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"sep=,|,", "\"sep=,\"|,", "sep=;|;", "SEP=\t|\t", "sep=|\t"})
    void excelsFirstLineSaysTheSeparator(String first, String separator) {
        String sign = separator == null ? "\t" : separator;
        String csv = first + "\n" + (HEADER + "1,lab,20\n,lab,\n,,\n").replace(",", sign);
        assertThat(values(csv.getBytes(UTF_8))).containsExactly("1/lab/20", "/lab/", "//");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-8"})
    void aByteOrderMarkSaysTheEncoding(String name) throws IOException {
        byte[] csv = ("\uFEFF" + "note," + HEADER + "é😀\u0D0A,1,lab,20\r\n" + "\u200A,2,lab,21\n".repeat(9000))
                .getBytes(Charset.forName(name));
        List<String> values = values(csv);
        assertThat(values).hasSize(9001).startsWith("1/lab/20", "2/lab/21");
        assertThat(read(csv, "csv").get(0).fields()).containsEntry("note", "é😀\u0D0A");
        assertThat(values(gzip(csv))).isEqualTo(values);
    }

    @Test
    void halfACharacterAtTheEndOfUtf16IsOneBrokenCharacter() {
        byte[] csv = (HEADER + "1,lab,20\n2,lab,21").getBytes(UTF_16);
        assertThat(values(Arrays.copyOf(csv, csv.length - 1))).containsExactly("1/lab/20", "2/lab/2\uFFFD");
    }

    @Test
    void utf16WithoutAMarkAndLatin1CostTheirOwnRecords() {
        assertThat(read((HEADER + "1,lab,20\n").getBytes(UTF_16LE), "csv")).hasSize(2);
        assertThat(values((HEADER + "1,küche,20\n2,lab,21\n").getBytes(ISO_8859_1)))
                .containsExactly("1/k\uFFFDche/20", "2/lab/21");
    }

    @Test
    void aNameThatStandsTwiceIsNeitherValueWhereTheyDiffer() {
        assertThat(values("timestamp,room_id,temperature,temperature,,\n1,lab,20,61,a,b\n2,lab,20,20,,\n3,lab,,21,,\n"
                        .getBytes(UTF_8)))
                .containsExactly("1/lab/20 | 61", "2/lab/20", "3/lab/21");
    }

    @Test
    void headersThatDifferInCaseAndOddNamesStopNothing() {
        assertThat(values("Humidity,TEMPERATURE,humidity,\u0000,\"\",Room_ID,TimeStamp\n61.5,20,62,x,y,lab,1\n"
                        .getBytes(UTF_8)))
                .containsExactly("1/lab/20");
    }

    @Test
    void aHeaderThatCannotBeReadLeavesNoRowToGuessAt() {
        assertThat(read(("timestamp,\"room\n1,lab,20\n2,lab,20\n").getBytes(UTF_8), "csv"))
                .extracting(RawRecord::broken)
                .containsExactly(Reason.MALFORMED, Reason.MALFORMED);
        assertThat(read(("x".repeat(3 << 20) + "\n1,lab,20\n").getBytes(UTF_8), "csv"))
                .extracting(RawRecord::broken)
                .containsExactly(Reason.MALFORMED, Reason.MALFORMED);
    }

    @ParameterizedTest
    @CsvSource({"UEsDBBQACAgIAA==, .xlsx", "QlpoOTFBWSZTWQ==, bzip2", "/Td6WFoAAATm1rRG, XZ", "UEFSMRUEFQ==, Parquet"})
    void aFileThatIsNoTextIsOneRecordThatSaysWhatItIs(String head, String kind) {
        byte[] bytes = Arrays.copyOf(java.util.Base64.getDecoder().decode(head), 5000);
        Arrays.fill(bytes, 100, 5000, (byte) '\n');
        for (String format : List.of("csv", "json")) {
            List<RawRecord> records = read(bytes, format);
            assertThat(records).extracting(RawRecord::broken).containsExactly(Reason.UNREADABLE);
            assertThat(records.get(0).text()).contains(kind).contains("unpack or export it");
        }
    }

    @Test
    void anyBytesAreRead() throws IOException {
        Random random = new Random(17);
        for (int i = 0; i < 3000; i++) {
            byte[] bytes = new byte[random.nextInt(400)];
            random.nextBytes(bytes);
            if (i % 3 == 0) {
                bytes = gzip(bytes);
            } else if (i % 3 == 1) {
                byte[] text = (HEADER + "1,\"lab\r\n\",20\r2,lab,21\n").getBytes(i % 2 == 0 ? UTF_8 : UTF_16);
                System.arraycopy(text, 0, bytes, 0, Math.min(text.length, bytes.length));
            }
            for (String format : List.of("csv", "json")) {
                List<RawRecord> records = read(bytes, format);
                assertThat(records).extracting(RawRecord::line).isSorted();
                assertThat(records)
                        .allSatisfy(r -> assertThat(r.fields() == null).isEqualTo(r.broken() != null));
            }
        }
    }

    /** A gzip of a megabyte may be such a line. */
    @Test
    void aLineOfAGigabyteIsOneRecord() {
        InputStream endless = new InputStream() {
            private long left = 1L << 30;

            @Override
            public int read() {
                return left-- > 0 ? 'x' : -1;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                if (left <= 0) {
                    return -1;
                }
                int count = (int) Math.min(left, length);
                Arrays.fill(buffer, offset, offset + count, (byte) 'x');
                left -= count;
                return count;
            }
        };
        List<RawRecord> records = new ArrayList<>();
        new RawFile(endless, "json").forEachRemaining(records::add);
        assertThat(records).extracting(RawRecord::broken).containsExactly(Reason.MALFORMED);
    }

    @Test
    void aLineOfObjectsWithoutEndIsReadOneByOne() {
        RawFile file = new RawFile(new ByteArrayInputStream("{}".repeat(500_000).getBytes(UTF_8)), "json");
        int count = 0;
        for (; file.hasNext(); count++) {
            assertThat(file.next().text()).isEqualTo("{}");
        }
        assertThat(count).isEqualTo(500_000);
    }

    @Test
    void aNestedValueOfAMebibyteCostsNothingButItsRoom() {
        String deep = "[".repeat(400_000) + "]".repeat(400_000);
        Map<String, String> fields = read(("{\"x\":" + deep + ",\"a\":1}").getBytes(UTF_8), "json")
                .get(0)
                .fields();
        assertThat(fields).containsEntry("a", "1");
    }

    private static List<String> values(byte[] bytes) {
        return read(bytes, "csv").stream()
                .map(r -> r.broken() == null
                        ? r.value("timestamp") + "/" + r.value("room_id") + "/" + r.value("temperature")
                        : String.valueOf(r.broken()))
                .toList();
    }

    private static List<RawRecord> read(byte[] bytes, String format) {
        List<RawRecord> records = new ArrayList<>();
        new RawFile(new ByteArrayInputStream(bytes), format).forEachRemaining(records::add);
        return records;
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }
}
