package io.thermolake.local.glue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.glue.model.InvalidInputException;

class JobCodeTest {
    private static final Map<String, String> OWN =
            Map.of("--job_class", "io.thermolake.extract.RoomExtractJob", "--bucket", "lake");

    @ParameterizedTest
    @CsvSource({
        "--job_class, java.lang.Runtime",
        "--job_class, io.thermolake.extract.ExternalDbImportJob",
        "--JOB_CLASS, java.lang.Runtime",
        "' --job_class', java.lang.Runtime",
        "--job_class=java.lang.Runtime, x",
        "--class, Other",
        "--extra-jars, s3://bucket/evil.jar",
        "--extra-py-files, s3://bucket/evil.py",
        "--extra-files, s3://bucket/x",
        "--user-jars-first, true",
        "--conf, spark.driver.extraJavaOptions=-javaagent:x",
        "--scriptLocation, s3://bucket/x.scala",
        "--job-language, python",
        "--additional-python-modules, evil",
        "--connection_name, other",
    })
    void aRunThatWouldRunOtherCodeIsRefusedByTheArgumentsName(String name, String value) {
        assertThatThrownBy(() -> JobCode.arguments("rooms", OWN, Map.of(name, value)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("rooms")
                .hasMessageContaining(name);
    }

    @Test
    void otherArgumentsGoOverTheJobsOwnAndItsOwnClassMayBeNamed() {
        assertThat(JobCode.arguments(
                        "rooms",
                        OWN,
                        Map.of("--bucket", "other", "--run_id", "r", "--job_class", OWN.get("--job_class"))))
                .isEqualTo(Map.of(
                        "--bucket", "other", "--run_id", "r", "--job_class", "io.thermolake.extract.RoomExtractJob"));
    }
}
