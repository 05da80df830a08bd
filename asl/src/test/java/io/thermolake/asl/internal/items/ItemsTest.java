package io.thermolake.asl.internal.items;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.thermolake.asl.Json;
import io.thermolake.asl.ObjectStore;
import io.thermolake.asl.internal.value.Frame;
import io.thermolake.asl.internal.value.Frames;
import io.thermolake.asl.internal.value.NumberField;
import io.thermolake.asl.internal.value.PathField;
import io.thermolake.asl.internal.value.Payload;
import io.thermolake.asl.internal.value.StatesError;
import io.thermolake.asl.internal.value.Value;
import io.thermolake.asl.testing.MemoryObjects;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Where a distributed Map's items come from: AWS, "ItemReader (Map)" and "ItemBatcher (Map)". */
class ItemsTest {
    private static final Frame FRAME = Frames.of("{\"n\":2,\"less\":-1,\"key\":\"k.json\"}");
    private final Map<String, byte[]> objects = new HashMap<>();

    private static String csv(String text, List<String> headers, char delimiter) {
        return Json.text(new ItemFormat("CSV", headers, delimiter, null).items(text.getBytes(UTF_8)));
    }

    private static Stream<Arguments> tables() {
        return Stream.of(
                Arguments.of("a,b\n1,2\n3,4", "[{\"a\":\"1\",\"b\":\"2\"},{\"a\":\"3\",\"b\":\"4\"}]"),
                Arguments.of("a,b\n1,2\n", "[{\"a\":\"1\",\"b\":\"2\"}]"),
                Arguments.of("a,b\r\n1,2\r\n3,4\r\n", "[{\"a\":\"1\",\"b\":\"2\"},{\"a\":\"3\",\"b\":\"4\"}]"),
                Arguments.of("a,b\r1,2", "[{\"a\":\"1\",\"b\":\"2\"}]"),
                Arguments.of("a,b\n\n1,2\n\n", "[{\"a\":\"1\",\"b\":\"2\"}]"),
                Arguments.of("a,b,c\n1", "[{\"a\":\"1\",\"b\":\"\",\"c\":\"\"}]"),
                Arguments.of("a,b\n1,2,3", "[{\"a\":\"1\",\"b\":\"2\"}]"),
                Arguments.of("a,b\n,", "[{\"a\":\"\",\"b\":\"\"}]"),
                Arguments.of("a,b\n1,", "[{\"a\":\"1\",\"b\":\"\"}]"),
                Arguments.of("a,b\n 1 , 2", "[{\"a\":\" 1 \",\"b\":\" 2\"}]"),
                Arguments.of("a,b\n\"1,x\",\"2\ny\"", "[{\"a\":\"1,x\",\"b\":\"2\\ny\"}]"),
                Arguments.of("a,b\n\"say \"\"hi\"\"\",\"\"", "[{\"a\":\"say \\\"hi\\\"\",\"b\":\"\"}]"),
                Arguments.of("a,b\n1\"2,3", "[{\"a\":\"1\\\"2\",\"b\":\"3\"}]"),
                Arguments.of("\"a\",\"b\"\n1,2", "[{\"a\":\"1\",\"b\":\"2\"}]"),
                Arguments.of("a,b", "[]"));
    }

    @ParameterizedTest
    @MethodSource("tables")
    void theFirstRowNamesTheColumns(String text, String items) {
        assertThat(csv(text, null, ',')).isEqualTo(items);
    }

    @Test
    void anEmptyFileHasNoItems() {
        assertThat(csv("", null, ',')).isEqualTo("[]");
        assertThat(csv("", List.of("a"), ',')).isEqualTo("[]");
        assertThat(csv("\n\n", null, ',')).isEqualTo("[]");
    }

    @Test
    void givenHeadersNameTheColumnsAndEveryRowIsAnItem() {
        assertThat(csv("1,2\n3\n4,5,6", List.of("x", "y"), ','))
                .isEqualTo("[{\"x\":\"1\",\"y\":\"2\"},{\"x\":\"3\",\"y\":\"\"},{\"x\":\"4\",\"y\":\"5\"}]");
    }

    @ParameterizedTest
    @CsvSource({"COMMA, ','", "PIPE, |", "SEMICOLON, ;", "SPACE, ' '", "TAB, '\t'"})
    void aDelimiterHasAName(String name, char delimiter) {
        assertThat(ItemFormat.delimiter(name)).isEqualTo(delimiter);
        assertThat(csv("a" + delimiter + "b\n1" + delimiter + "2", null, ItemFormat.delimiter(name)))
                .isEqualTo("[{\"a\":\"1\",\"b\":\"2\"}]");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            [1,{"a":null}] => => [1,{"a":null}]
            [] => => []
            {"a":[1,2]} => /a => [1,2]
            {"a":{"b c":[1]}} => /a/b c => [1]
            {"a/b":{"~":[1]}} => /a~1b/~0 => [1]
            {"~1":[1]} => /~01 => [1]
            {"":[1]} => / => [1]
            [[1],[2,3]] => /1 => [2,3]
            [[1],[2,3]] => /0 => [1]
            {"a":[{"b":[7]}]} => /a/0/b => [7]
            """)
    void jsonIsAnArrayOrHasOneWhereThePointerLeads(String text, String pointer, String items) {
        assertThat(Json.text(new ItemFormat("JSON", null, ',', pointer).items(text.getBytes(UTF_8))))
                .isEqualTo(items);
    }

    @Test
    void theEmptyPointerIsTheWholeDocument() {
        assertThat(new ItemFormat("JSON", null, ',', "").items("[1]".getBytes(UTF_8)))
                .isEqualTo(List.of(1L));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            JSON => {"a":1} => => Attempting to map over non-iterable node.
            JSON => {"a":1} => /a => Attempting to map over non-iterable node.
            JSON => {"a":1} => /b/c => Attempting to map over non-iterable node.
            JSON => [[1]] => /2 => Attempting to map over non-iterable node.
            JSON => [[1]] => /1 => Attempting to map over non-iterable node.
            JSON => [[1]] => /00 => Attempting to map over non-iterable node.
            JSON => [[1]] => /-1 => Attempting to map over non-iterable node.
            JSON => {"a":[1]} => a => Unable to parse the items as JSON: the ItemsPointer 'a' does not start with '/'
            JSON => [1 => => Unable to parse the items as JSON: not JSON
            JSONL => {a => => Unable to parse the items as JSONL: not JSON
            """)
    void whatHasNoItemsFailsTheReader(String type, String text, String pointer, String cause) {
        assertThatExceptionOfType(StatesError.class)
                .isThrownBy(() -> new ItemFormat(type, null, ',', pointer).items(text.getBytes(UTF_8)))
                .satisfies(e -> {
                    assertThat(e.error).isEqualTo("States.ItemReaderFailed");
                    assertThat(e.cause).startsWith(cause);
                });
    }

    @Test
    void jsonLinesAreOneValueEach() {
        assertThat(Json.text(
                        new ItemFormat("JSONL", null, ',', null).items("{\"a\":1}\n\n[2]\r\n\"é\"\n".getBytes(UTF_8))))
                .isEqualTo("[{\"a\":1},[2],\"é\"]");
    }

    private static ItemReader reader(String type, boolean athena, Value where, NumberField most) {
        return new ItemReader(false, where, new ItemFormat(type, null, ',', null), athena, false, most);
    }

    private static NumberField most(long most) {
        return new NumberField("MaxItems", Value.literal(most));
    }

    private static Value at(String key) {
        return Value.literal(Map.of("Bucket", "b", "Key", key));
    }

    private List<Object> read(ItemReader reader) {
        return reader.read(FRAME, new MemoryObjects(objects));
    }

    private void object(String key, String text) {
        objects.put("b/" + key, text.getBytes(UTF_8));
    }

    private void packed(String key, String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(UTF_8));
        }
        objects.put("b/" + key, bytes.toByteArray());
    }

    @ParameterizedTest
    @CsvSource({"0, 3", "1, 1", "2, 2", "3, 3", "4, 3"})
    void atMostSoManyItemsAreRead(long bound, int items) {
        object("k.json", "[1,2,3]");
        assertThat(read(reader("JSON", false, at("k.json"), most(bound)))).hasSize(items);
        assertThat(read(reader("JSON", false, at("k.json"), most(bound)))).startsWith(1L);
    }

    @Test
    void theBoundAndThePlaceMayBeEvaluated() {
        object("k.json", "[1,2,3]");
        NumberField path = new NumberField(
                "MaxItemsPath",
                new PathField(
                        "MaxItemsPath",
                        io.thermolake.asl.internal.path.JsonPath.parse("$.n"),
                        PathField.Wording.INVALID_PATH));
        Value where = Payload.compile(Json.parse("{\"Bucket\":\"b\",\"Key.$\":\"$.key\"}"), "", (m, l) -> {});
        assertThat(read(reader("JSON", false, where, path))).isEqualTo(List.of(1L, 2L));
    }

    @Test
    void aNegativeBoundFailsTheReader() {
        assertThatExceptionOfType(StatesError.class)
                .isThrownBy(() -> read(reader("JSON", false, at("k.json"), most(-1))))
                .withMessage("States.ItemReaderFailed: field MaxItems must be positive");
    }

    @Test
    void anObjectThatIsNotThereFailsTheReader() {
        assertThatExceptionOfType(StatesError.class)
                .isThrownBy(() -> read(reader("JSON", false, at("k.json"), most(0))))
                .withMessage("States.ItemReaderFailed: The object s3://b/k.json does not exist");
        assertThatExceptionOfType(StatesError.class)
                .isThrownBy(() -> reader("JSON", false, at("k.json"), most(0)).read(FRAME, ObjectStore.NONE))
                .withMessage(
                        "States.ItemReaderFailed: This engine was given no object store to read s3://b/k.json from");
    }

    private static ItemReader listing(Map<String, Object> where, boolean flatten) {
        return new ItemReader(
                true, Value.literal(where), new ItemFormat("JSON", null, ',', null), false, flatten, most(0));
    }

    @Test
    void aListingsItemsAreTheObjectsOfThePrefix() {
        object("p/1.json", "[1]");
        object("p/2.json", "[2,3]");
        object("q.json", "[4]");
        List<Object> items = read(listing(Map.of("Bucket", "b", "Prefix", "p/"), false));
        assertThat(items).hasSize(2);
        assertThat(Json.object(items.get(1)).keySet())
                .containsExactly("Etag", "Key", "LastModified", "Size", "StorageClass");
        assertThat(Json.object(items.get(1)))
                .containsEntry("Key", "p/2.json")
                .containsEntry("Size", 5L)
                .containsEntry("LastModified", 0L)
                .containsEntry("StorageClass", "STANDARD");
        assertThat(Json.object(items.get(1)).get("Etag"))
                .asString()
                .startsWith("\"")
                .endsWith("\"");
        assertThat(read(listing(Map.of("Bucket", "b"), false))).hasSize(3);
        assertThat(read(listing(Map.of("Bucket", "other"), false))).isEmpty();
    }

    @Test
    void aFlattenedListingsItemsAreInTheObjects() {
        object("p/1.json", "[1]");
        object("p/2.json", "[2,3]");
        assertThat(read(listing(Map.of("Bucket", "b", "Prefix", "p/"), true))).isEqualTo(List.of(1L, 2L, 3L));
    }

    @Test
    void athenasManifestListsTheObjectsThemselves() throws IOException {
        objects.put("b/m.csv", "\"s3://b/1.csv\"\ns3://c/deep/2.json \n\ns3://b/3.csv.gz\nno object\n".getBytes(UTF_8));
        object("1.csv", "h\n1\n");
        objects.put("c/deep/2.json", "{\"h\":2}\n{\"h\":3}".getBytes(UTF_8));
        packed("3.csv.gz", "h\n4\n");
        assertThat(Json.text(read(reader("MANIFEST", true, at("m.csv"), most(0)))))
                .isEqualTo("[{\"h\":\"1\"},{\"h\":2},{\"h\":3},{\"h\":\"4\"}]");
    }

    @Test
    void theInventorysManifestListsFilesAndNamesTheirColumns() throws IOException {
        object(
                "m.json",
                "{\"fileFormat\":\"CSV\",\"fileSchema\":\"Bucket, Key ,Size\",\"files\":[{\"key\":\"d/1.csv.gz\"},{\"key\":\"d/2.csv\"}]}");
        packed("d/1.csv.gz", "\"b\",\"x\",\"7\"\n");
        object("d/2.csv", "b,y,8");
        assertThat(Json.text(read(reader("MANIFEST", false, at("m.json"), most(0)))))
                .isEqualTo(
                        "[{\"Bucket\":\"b\",\"Size\":\"7\",\"Key\":\"x\"},{\"Bucket\":\"b\",\"Size\":\"8\",\"Key\":\"y\"}]");
        assertThat(read(reader("MANIFEST", false, at("m.json"), most(1)))).hasSize(1);
    }

    @Test
    void aManifestThatCannotBeReadFailsTheReader() {
        object("m.json", "{\"fileFormat\":\"ORC\"}");
        object("broken.json", "{");
        assertThatExceptionOfType(StatesError.class)
                .isThrownBy(() -> read(reader("MANIFEST", false, at("m.json"), most(0))))
                .withMessage("States.ItemReaderFailed: The manifest s3://b/m.json lists files of the format ORC; "
                        + "this engine reads CSV");
        assertThatExceptionOfType(StatesError.class)
                .isThrownBy(() -> read(reader("MANIFEST", false, at("broken.json"), most(0))))
                .withMessageStartingWith("States.ItemReaderFailed: The manifest s3://b/broken.json is not JSON: ");
    }

    private static String batches(Long items, Long bytes, Value input, Object all) {
        ItemBatcher batcher = new ItemBatcher(
                items == null ? null : new NumberField("MaxItemsPerBatch", Value.literal(items)),
                bytes == null ? null : new NumberField("MaxInputBytesPerBatch", Value.literal(bytes)),
                input);
        return Json.text(batcher.batches(Json.list(all), FRAME));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            2 => => [1,2,3,4,5] => [{"Items":[1,2]},{"Items":[3,4]},{"Items":[5]}]
            1 => => [1,2] => [{"Items":[1]},{"Items":[2]}]
            9 => => [1,2] => [{"Items":[1,2]}]
            2 => => [] => []
            => 16 => [1,2,3] => [{"Items":[1,2]},{"Items":[3]}]
            => 17 => [1,2,3] => [{"Items":[1,2]},{"Items":[3]}]
            => 18 => [1,2,3] => [{"Items":[1,2,3]}]
            => 16 => ["é",1] => [{"Items":["é"]},{"Items":[1]}]
            => 1 => [1,2] => [{"Items":[1]},{"Items":[2]}]
            1 => 100 => [1,2] => [{"Items":[1]},{"Items":[2]}]
            5 => 16 => [1,2,3] => [{"Items":[1,2]},{"Items":[3]}]
            """)
    void itemsArePutTogetherByNumberAndByBytes(Long items, Long bytes, String all, String batches) {
        assertThat(batches(items, bytes, null, Json.parse(all))).isEqualTo(batches);
    }

    @Test
    void eachBatchHasTheCommonInputAndItCounts() {
        Value common = Payload.compile(Json.parse("{\"f.$\":\"$.n\"}"), "", (m, l) -> {});
        assertThat(batches(2L, null, common, List.of(1L, 2L, 3L)))
                .isEqualTo("[{\"BatchInput\":{\"f\":2},\"Items\":[1,2]},{\"BatchInput\":{\"f\":2},\"Items\":[3]}]");
        assertThat(batches(null, 40L, common, List.of(1L, 2L)))
                .isEqualTo("[{\"BatchInput\":{\"f\":2},\"Items\":[1,2]}]");
        assertThat(batches(null, 36L, common, List.of(1L, 2L)))
                .isEqualTo("[{\"BatchInput\":{\"f\":2},\"Items\":[1]},{\"BatchInput\":{\"f\":2},\"Items\":[2]}]");
    }

    @Test
    void noBatchIsLargerThanAPayloadMayBe() {
        String large = "x".repeat(100_000);
        assertThat(Json.list(Json.parse(batches(10L, null, null, List.of(large, large, large)))))
                .hasSize(2);
        assertThat(Json.list(Json.parse(batches(null, 900_000L, null, List.of(large, large, large)))))
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "0,, MaxItemsPerBatch, 0",
        "-1,, MaxItemsPerBatch, -1",
        ",0, MaxInputBytesPerBatch, 0",
        ",-7, MaxInputBytesPerBatch, -7"
    })
    void aBoundBelowOneFailsTheState(Long items, Long bytes, String field, long given) {
        assertThatExceptionOfType(StatesError.class)
                .isThrownBy(() -> batches(items, bytes, null, List.of(1L)))
                .withMessage("States.Runtime: The " + field + " field must be a positive integer but is " + given);
    }
}
