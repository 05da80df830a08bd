package io.thermolake.local.athena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.athena.model.InvalidRequestException;
import software.amazon.awssdk.services.athena.model.QueryExecution;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.GlueException;

/** Queries and tables that want to read, write or run what is not the catalog's. */
class FenceTest {
    private static final String SECRET = "what nobody is to read";

    @TempDir
    static Path folder;

    private static RawZone zone;

    @BeforeAll
    static void open() throws IOException {
        Files.writeString(folder.resolve("outside.csv"), SECRET + "\n");
        zone = new RawZone(folder.resolve("data"));
        zone.put("t/a.csv", "1,x\n");
        table("t", "s3://" + RawZone.BUCKET + "/t/", List.of(column("n", "bigint"), column("s", "string")), Map.of());
    }

    @AfterAll
    static void close() {
        zone.close();
    }

    private static Column column(String name, String type) {
        return Column.builder().name(name).type(type).build();
    }

    private static void table(String name, String location, List<Column> columns, Map<String, String> parameters) {
        Map<String, String> all = new java.util.HashMap<>(Map.of("classification", "csv"));
        all.putAll(parameters);
        zone.glue.createTable(b -> b.databaseName("thermolake")
                .tableInput(t -> t.name(name)
                        .parameters(all)
                        .storageDescriptor(d -> d.location(location).columns(columns))));
    }

    private static void harmless(QueryExecution run) throws IOException {
        String reason = run.status().stateChangeReason();
        assertThat(reason == null ? "" : reason).doesNotContain(SECRET, "root:");
        if (run.status().stateAsString().equals("SUCCEEDED")) {
            assertThat(Files.readString(
                            zone.buckets.resolve(run.resultConfiguration().outputLocation())))
                    .doesNotContain(SECRET, "root:");
        }
        try (var files = Files.list(folder)) {
            assertThat(files)
                    .as("nothing is written")
                    .containsExactlyInAnyOrder(folder.resolve("data"), folder.resolve("outside.csv"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM '%s/outside.csv'",
                "SELECT * FROM \"%s/outside.csv\"",
                "SELECT * FROM \"../../outside.csv\"",
                "SELECT * FROM thermolake.\"../../../outside.csv\"",
                "SELECT * FROM \"/etc/passwd\"",
                "SELECT * FROM \"/etc/passwd.csv\"",
                "SELECT * FROM \"http://127.0.0.1:1/x.csv\"",
                "SELECT * FROM \"s3://other/x.parquet\"",
                "SELECT * FROM read_csv('%s/outside.csv')",
                "SELECT * FROM TABLE(read_csv('%s/outside.csv'))",
                "SELECT * FROM read_text('/etc/passwd')",
                "SELECT * FROM read_blob('/etc/passwd')",
                "SELECT * FROM read_json_objects('/etc/passwd')",
                "SELECT * FROM read_parquet('/etc/passwd')",
                "SELECT * FROM glob('/etc/*')",
                "SELECT * FROM duckdb_settings()",
                "SELECT * FROM duckdb_secrets()",
                "SELECT * FROM pragma_database_list()",
                "SELECT * FROM query('SELECT 1')",
                "SELECT * FROM query_table('t')",
                "SELECT * FROM sniff_csv('/etc/passwd')",
                "SELECT * FROM parquet_metadata('/etc/passwd')",
                "SELECT * FROM sqlite_scan('/etc/passwd', 'x')",
                "SELECT read_text('/etc/passwd')",
                "SELECT getenv('HOME')",
                "SELECT current_setting('temp_directory')",
                "SELECT getvariable('x')",
                "SELECT write_log('x')",
                "SELECT * FROM information_schema.tables",
                "SELECT * FROM system.runtime.queries",
                "SELECT * FROM duckdb_tables",
                "SELECT * FROM memory.main.t",
                "SELECT * FROM sqlite_master",
                "COPY t TO '%s/o.csv'",
                "COPY (SELECT 1) TO PROGRAM 'id'",
                "EXPORT DATABASE '%s/o'",
                "IMPORT DATABASE '/etc'",
                "ATTACH '%s/o.db' AS o",
                "DETACH thermolake",
                "INSTALL httpfs",
                "LOAD httpfs",
                "LOAD '%s/evil.duckdb_extension'",
                "FORCE INSTALL x FROM 'http://127.0.0.1:1'",
                "PRAGMA database_list",
                "SET enable_external_access = true",
                "SET SESSION x = 1",
                "RESET lock_configuration",
                "CALL pragma_version()",
                "CREATE SECRET s (TYPE s3)",
                "CREATE MACRO m() AS 1",
                "CREATE FUNCTION f() RETURNS bigint RETURN 1",
                "CREATE TABLE o AS SELECT 1 x",
                "CREATE VIEW o AS SELECT 1 x",
                "UNLOAD (SELECT 1) TO 's3://other/x' WITH (format = 'PARQUET')",
                "INSERT INTO t VALUES (1, 'x')",
                "DELETE FROM t",
                "UPDATE t SET n = 2",
                "MERGE INTO t USING t o ON t.n = o.n WHEN MATCHED THEN DELETE",
                "DROP TABLE t",
                "ALTER TABLE t RENAME TO o",
                "TRUNCATE TABLE t",
                "VACUUM t",
                "PREPARE p FROM SELECT 1",
                "EXECUTE p",
                "EXPLAIN ANALYZE SELECT * FROM t",
                "SHOW TABLES",
                "DESCRIBE t",
                "USE other",
                "GRANT SELECT ON t TO x",
                "SELECT 1; SELECT 2",
                "SELECT 1; COPY t TO '%s/o.csv'",
                "SELECT * FROM t -- \n; LOAD httpfs",
                "SELECT * FROM \"t\"\" UNION ALL SELECT * FROM read_text('/etc/passwd')--\"",
                "SELECT n AS \"x\"\" FROM read_text('/etc/passwd')--\" FROM nothing",
            })
    void aStatementForAnotherThingThanTheCatalogsTablesIsRefused(String sql) throws IOException {
        QueryExecution run = zone.run(sql.replace("%s", folder.toString()));
        assertThat(run.status().stateAsString()).as(sql).isEqualTo("FAILED");
        assertThat(run.status().stateChangeReason()).isNotBlank();
        harmless(run);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 'x'' FROM read_text(''/etc/passwd'')--' AS a",
                "SELECT 1 AS \"x\"\", (SELECT content FROM read_text('/etc/passwd'))--\"",
                "SELECT s AS \"'; LOAD httpfs; --\" FROM t",
                "SELECT \"a'b\".n FROM t AS \"a'b\"",
                "WITH \"/etc/passwd\" AS (SELECT 1 x) SELECT * FROM \"/etc/passwd\"",
                "SELECT /* */ 1 /* ' \" */ x",
                "SELECT U&'\\0027; LOAD httpfs; --' x",
                "SELECT CAST('1' AS varchar(5)) \"AS \"\"x\"",
            })
    void whatOnlyLooksLikeAnAttackIsAnswered(String sql) throws IOException {
        QueryExecution run = zone.run(sql);
        assertThat(run.status().stateAsString())
                .as("%s: %s", sql, run.status().stateChangeReason())
                .isEqualTo("SUCCEEDED");
        harmless(run);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3://../../etc",
                "s3://../outside.csv",
                "s3://" + RawZone.BUCKET + "/../../../",
                "s3://" + RawZone.BUCKET + "/t/../../../../",
                "s3:///etc/passwd",
                "s3://./../",
                "s3://",
                "file:///etc",
                "/etc",
                "http://127.0.0.1:1/",
                "jdbc:h2:mem:x",
                "%s",
                "s3://other'; LOAD httpfs; --/x",
            })
    void aTableThatLiesOutsideOfTheBucketsIsRefusedOrEmpty(String location) throws IOException {
        String name = "o" + Integer.toHexString(location.hashCode()).replace("-", "m");
        table(name, location.replace("%s", folder.toString()), List.of(column("s", "string")), Map.of());
        QueryExecution run = zone.run("SELECT * FROM " + name);
        harmless(run);
        if (!location.contains("LOAD")) {
            assertThat(run.status().stateAsString()).as(location).isEqualTo("FAILED");
            assertThat(run.status().stateChangeReason()).contains(name);
        }
    }

    @Test
    void aLinkOutOfTheBucketIsNamedAndNotFollowed() throws IOException {
        Path link = zone.file("links/a.csv");
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, folder.resolve("outside.csv"));
        Path linked = zone.file("linked");
        Files.createSymbolicLink(linked, folder);
        for (String key : List.of("links/", "linked/")) {
            String name = "l" + key.length() + key.endsWith("/");
            table(name, "s3://" + RawZone.BUCKET + "/" + key, List.of(column("s", "string")), Map.of());
            QueryExecution run = zone.run("SELECT * FROM " + name);
            harmless(run);
            assertThat(run.status().stateChangeReason()).as(key).contains("leads out of its bucket");
        }
        assertThatThrownBy(() -> zone.buckets.write("s3://" + RawZone.BUCKET + "/linked/new", new byte[1]))
                .hasMessageContaining("leads out of its bucket");
        Files.delete(link);
        Files.delete(linked);
    }

    @Test
    void namesTypesAndValuesOfTheCatalogWithQuotesAreNames() throws IOException {
        String quote = "x' || (SELECT content FROM read_text('/etc/passwd')) || '";
        String name = "q\"\", (SELECT content FROM read_text('/etc/passwd')) AS \"z";
        zone.put("q/a.csv", "1,x\n");
        zone.put("q/k=" + "1/b.csv", "2,y\n");
        table(
                "quoted",
                "s3://" + RawZone.BUCKET + "/q/",
                List.of(column(name, "string"), column(quote, "string")),
                Map.of("skip.header.line.count", quote, "delimiter", quote, "classification", "csv"));
        harmless(zone.run("SELECT * FROM quoted"));
        table("typed", "s3://" + RawZone.BUCKET + "/q/", List.of(column("a", "string) AS x, (" + quote)), Map.of());
        QueryExecution typed = zone.run("SELECT * FROM typed");
        assertThat(typed.status().stateAsString()).isEqualTo("FAILED");
        harmless(typed);
        table("struct", "s3://" + RawZone.BUCKET + "/q/", List.of(column("a", "struct<" + name + ":int>")), Map.of());
        harmless(zone.run("SELECT * FROM struct"));
        table(
                "format",
                "s3://" + RawZone.BUCKET + "/q/",
                List.of(column("a", "string")),
                Map.of("classification", quote));
        harmless(zone.run("SELECT * FROM format"));

        zone.glue.createTable(b -> b.databaseName("thermolake")
                .tableInput(t -> t.name("parts")
                        .parameters(Map.of("classification", "csv"))
                        .partitionKeys(column("k\" , 'x' AS \"y", "string"))
                        .storageDescriptor(d ->
                                d.location("s3://" + RawZone.BUCKET + "/q/").columns(column("a", "string")))));
        zone.glue.batchCreatePartition(b -> b.databaseName("thermolake")
                .tableName("parts")
                .partitionInputList(
                        p -> p.values(quote).storageDescriptor(d -> d.location("s3://" + RawZone.BUCKET + "/q/k=1/"))));
        QueryExecution parts = zone.run("SELECT * FROM parts");
        harmless(parts);
        assertThat(zone.rows("SELECT * FROM parts")).containsExactly("2 " + quote);
    }

    @Test
    void aDatabaseThatIsNoneIsNotMade() {
        String id = zone.athena
                .startQueryExecution(b -> b.queryString("SELECT 1")
                        .workGroup("thermolake")
                        .queryExecutionContext(c -> c.database("x\"; LOAD httpfs; --")))
                .queryExecutionId();
        assertThat(id).isNotBlank();
        assertThatThrownBy(() -> zone.glue.getDatabase(b -> b.name("x\"; LOAD httpfs; --")))
                .isInstanceOf(GlueException.class);
    }

    @Test
    void aStatementThatIsLongerThanAthenasQuotaIsRefusedAtOnce() {
        assertThatThrownBy(() -> zone.run("SELECT '" + "x".repeat(262_144) + "'"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("262144");
        assertThat(zone.rows("SELECT length('" + "x".repeat(200_000) + "')")).containsExactly("200000");
    }
}
