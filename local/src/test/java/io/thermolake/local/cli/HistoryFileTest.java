package io.thermolake.local.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class HistoryFileTest {
    private static final OwnData OWN = new OwnData("timestamp", "temperature", "room_id");
    private static final String HEADER = "timestamp,room_id,temperature,note\n";
    private static final String TEXT = HEADER + "2026-03-02 00:00:00,lab,20.0,20 °C\n";

    @TempDir
    Path folder;

    private HistoryFile read(byte[] bytes) throws IOException {
        return HistoryFile.of(Files.write(folder.resolve("mine.csv"), bytes), OWN, folder.resolve("copy"));
    }

    private String copied(byte[] bytes) throws IOException {
        return Files.readString(read(bytes).copy(), UTF_8);
    }

    private String copied(String text) throws IOException {
        return copied(text.getBytes(UTF_8));
    }

    private static byte[] joined(String hex, byte[] bytes) {
        byte[] mark = HexFormat.of().parseHex(hex);
        byte[] all = Arrays.copyOf(mark, mark.length + bytes.length);
        System.arraycopy(bytes, 0, all, mark.length, bytes.length);
        return all;
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream packed = new GZIPOutputStream(out)) {
            packed.write(bytes);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] bzip2(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream packed = new BZip2CompressorOutputStream(out)) {
            packed.write(bytes);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static Stream<Arguments> encodings() {
        byte[] utf8 = TEXT.getBytes(UTF_8);
        byte[] twice = Arrays.copyOf(gzip(HEADER.getBytes(UTF_8)), 2000);
        byte[] first = gzip(HEADER.getBytes(UTF_8));
        byte[] second = gzip(TEXT.substring(HEADER.length()).getBytes(UTF_8));
        System.arraycopy(second, 0, twice, first.length, second.length);
        return Stream.of(
                Arguments.of("UTF-8", utf8),
                Arguments.of("UTF-8 with a mark", joined("efbbbf", utf8)),
                Arguments.of("UTF-16LE with a mark", joined("fffe", TEXT.getBytes(UTF_16LE))),
                Arguments.of("UTF-16BE with a mark", joined("feff", TEXT.getBytes(UTF_16BE))),
                Arguments.of("UTF-16LE without one", TEXT.getBytes(UTF_16LE)),
                Arguments.of("UTF-16BE without one", TEXT.getBytes(UTF_16BE)),
                Arguments.of("UTF-32LE", joined("fffe0000", TEXT.getBytes(Charset.forName("UTF-32LE")))),
                Arguments.of("Latin-1", TEXT.getBytes(ISO_8859_1)),
                Arguments.of("gzip", gzip(utf8)),
                Arguments.of("gzip in two members", Arrays.copyOf(twice, first.length + second.length)),
                Arguments.of("gzip of UTF-16", gzip(joined("fffe", TEXT.getBytes(UTF_16LE)))),
                Arguments.of("bzip2", bzip2(utf8)),
                Arguments.of("CR LF", TEXT.replace("\n", "\r\n").getBytes(UTF_8)),
                Arguments.of("CR alone", TEXT.replace('\n', '\r').getBytes(UTF_8)),
                Arguments.of("no line end at the end", TEXT.strip().getBytes(UTF_8)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("encodings")
    void everyEncodingAndCompressionBecomesPlainUtf8(String name, byte[] bytes) throws IOException {
        assertThat(copied(bytes)).as(name).isEqualTo(TEXT);
    }

    @Test
    void howAFileIsPackedAndEncodedIsTold() throws IOException {
        assertThat(read(gzip(joined("fffe", TEXT.getBytes(UTF_16LE)))).notes())
                .containsExactly("it is packed with gzip", "it is UTF-16");
        assertThat(read(bzip2(TEXT.getBytes(UTF_8))).notes()).containsExactly("it is packed with bzip2");
        assertThat(read(TEXT.getBytes(UTF_8)).notes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'[{\"timestamp\": \"2026-03-02 00:00:00\"}]', is JSON; --history takes CSV",
        "'{\"timestamp\": 1}', is JSON; --history takes CSV",
        "'<html><table><tr><td>1</td></tr></table></html>', is HTML or XML",
    })
    void aTextThatIsNoCsvIsRefusedByWhatItIs(String text, String told) {
        assertThatThrownBy(() -> read(text.getBytes(UTF_8)))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining(told);
    }

    @Test
    void bytesWithoutAnyFormAreNoTextEither() {
        byte[] noise = new byte[300];
        new Random(1).nextBytes(noise);
        assertThatThrownBy(() -> read(noise))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("is no text");
    }

    @Test
    void aPlainTarIsRefusedByWhatItIs() {
        byte[] tar = new byte[10_240];
        byte[] name = "mine.csv".getBytes(UTF_8);
        System.arraycopy(name, 0, tar, 0, name.length);
        System.arraycopy("ustar".getBytes(UTF_8), 0, tar, 257, 5);
        byte[] content = TEXT.getBytes(UTF_8);
        System.arraycopy(content, 0, tar, 512, content.length);
        assertThatThrownBy(() -> read(tar)).isInstanceOf(CommandException.class).hasMessageContaining("tar archive");
    }

    @Test
    void aByteThatIsNoUtf8IsToldAndGarblesNoOtherLine() throws IOException {
        byte[] bytes = (HEADER + "1,lab,20,Küche\n2,lab,21,X\n").getBytes(UTF_8);
        bytes[bytes.length - 2] = (byte) 0xb0;
        HistoryFile read = read(bytes);
        assertThat(Files.readString(read.copy(), UTF_8)).isEqualTo(HEADER + "1,lab,20,Küche\n2,lab,21,°\n");
        assertThat(read.notes()).containsExactly("1 of its lines are no UTF-8 and were read as Windows-1252");
    }

    @ParameterizedTest
    @CsvSource({
        "504b030414000600, ZIP archive or an Excel workbook",
        "255044462d312e37, PDF document",
        "5041523115041500, Parquet",
        "d0cf11e0a1b11ae1, old Excel",
        "fd377a585a000004, packed with xz",
        "0001020300010203, is no text",
    })
    void aFileThatIsNoTextIsRefusedByWhatItIs(String head, String told) {
        assertThatThrownBy(() -> read(joined(head, TEXT.getBytes(UTF_8))))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining(told);
    }

    @Test
    void aDamagedArchiveIsRefusedInOneSentence() {
        byte[] text = (HEADER + "2026-03-02 00:00:00,lab,20.0,x\n".repeat(1000)).getBytes(UTF_8);
        for (byte[] packed : new byte[][] {gzip(text), bzip2(text)}) {
            byte[] cutOff = Arrays.copyOf(packed, packed.length / 2);
            byte[] broken = packed.clone();
            broken[packed.length / 2] ^= 0x55;
            for (byte[] bad : new byte[][] {cutOff, broken}) {
                assertThatThrownBy(() -> read(bad))
                        .isInstanceOf(CommandException.class)
                        .hasMessageContaining("could be read up to line")
                        .hasMessageContaining("Nothing of it was put");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"';'", "'\t'", "'|'"})
    void otherSeparatorsBecomeCommasAndADecimalCommaAPoint(String separator) throws IOException {
        String text = "timestamp,room_id,note,temperature\n1,lab,\"a,b\",\"20,5\"\n2,lab,c,-0.5\n";
        String theirs = "timestamp;room_id;note;temperature\n1;lab;a,b;20,5\n2;lab;c;-0.5\n".replace(";", separator);
        assertThat(copied(theirs)).isEqualTo(text.replace("\"20,5\"", "20.5"));
    }

    @Test
    void aQuotedCellMayGoOnOverLinesAndAStrayQuoteSwallowsNothing() throws IOException {
        assertThat(copied("""
                        timestamp;room_id;temperature;note
                        1;lab;20;"a
                        b"
                        2;lab;20;"stray
                        3;lab;20;5" x
                        4;lab;20;"also
                        5;lab;20;y
                        """)).isEqualTo("""
                        timestamp,room_id,temperature,note
                        1,lab,20,"a
                        b"
                        2,lab,20,stray
                        3,lab,20,"5"" x"
                        4,lab,20,also
                        5,lab,20,y
                        """);
    }

    @Test
    void excelsOwnLineNamesTheSeparator() throws IOException {
        assertThat(copied("sep=;\n" + TEXT.replace(',', ';'))).isEqualTo(TEXT);
        assertThat(copied("\"sep=,\"\r\n" + TEXT)).isEqualTo(TEXT);
        assertThat(copied("sep=\t\n" + TEXT.replace(',', '\t'))).isEqualTo(TEXT);
    }

    @Test
    void aHeaderMayBeQuotedHaveCommasAndGoOnOverLines() throws IOException {
        assertThat(copied("timestamp,\"room_id\",temperature,\"note, of\nwhom\"\n1,lab,20,x\n"))
                .isEqualTo("timestamp,room_id,temperature,\"note, of whom\"\n1,lab,20,x\n");
    }

    @Test
    void aLineWithoutAnEndIsNeverHeldWhole() throws IOException {
        HistoryFile read = read((HEADER + "1,lab,20,x\n" + "9".repeat(3 << 20) + "\n2,lab,20,x\n").getBytes(UTF_8));
        assertThat(Files.readString(read.copy(), UTF_8))
                .isEqualTo(HEADER + "1,lab,20,x\n" + "9".repeat(500) + "\n2,lab,20,x\n");
        assertThat(read.notes())
                .containsExactly("1 of its lines are longer than 1 MiB and no rows; they go to quarantine");
    }

    @Test
    void aFileWithNothingToBringIsRefused() {
        assertThatThrownBy(() -> read(new byte[0]))
                .hasMessageContaining("is empty; its first line must name the columns");
        assertThatThrownBy(() -> read(HEADER.getBytes(UTF_8))).hasMessageContaining("has a header and no rows");
        assertThatThrownBy(() -> HistoryFile.of(folder, OWN, folder.resolve("copy")))
                .hasMessageContaining("is a folder");
    }
}
