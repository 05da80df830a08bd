package io.thermolake.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerUrlsTest {
    private static final AnswerUrls ON_AWS = AnswerUrls.of(null);
    private static final AnswerUrls ON_A_LAPTOP = AnswerUrls.of("http://172.17.0.1:4566");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://cloudformation-custom-resource-response-useast1.s3.amazonaws.com/arn%3Aaws/x?X-Amz-Signature=1",
                "https://cloudformation-custom-resource-response-eucentral1.s3.eu-central-1.amazonaws.com/x?Signature=a%2Bb",
                "https://cloudformation-custom-resource-response-cnnorth1.s3.cn-north-1.amazonaws.com.cn/x",
            })
    void cloudFormationsOwnAreTaken(String url) {
        assertThatCode(() -> ON_AWS.check(url)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "http://169.254.169.254/latest/meta-data, http://169.254.169.254",
        "http://x.s3.amazonaws.com/x, http://x.s3.amazonaws.com",
        "https://amazonaws.com.example/x?X-Amz-Signature=1, https://amazonaws.com.example.",
        "https://evilamazonaws.com/x, https://evilamazonaws.com",
        "https://s3.amazonaws.com@example.org/x, https://s3.amazonaws.com@example.org",
        "https://user:pw@x.s3.amazonaws.com/x, https://user:pw@x.s3.amazonaws.com",
        "https://x.s3.amazonaws.com:8443/x, https://x.s3.amazonaws.com:8443",
        "https://127.0.0.1/x#.amazonaws.com, https://127.0.0.1",
        "file:///etc/passwd, no address",
        "not a url, no address",
        "'', no address",
        ", no address",
        "http://172.17.0.1:4566/lake/answers/x, http://172.17.0.1:4566",
    })
    void anyOtherIsRefusedByName(String url, String named) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ON_AWS.check(url))
                .withMessageContaining("The event's ResponseURL is " + named)
                .withMessageContaining("nothing was done")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("Signature"));
    }

    @Test
    void whereTheEnvironmentSaysThatAwsIsAnAnswerMayGoToo() {
        assertThatCode(() -> ON_A_LAPTOP.check("http://172.17.0.1:4566/lake/answers/x?X-Amz-Signature=1"))
                .doesNotThrowAnyException();
        assertThatIllegalArgumentException().isThrownBy(() -> ON_A_LAPTOP.check("http://172.17.0.1:22/"));
        assertThatIllegalArgumentException().isThrownBy(() -> ON_A_LAPTOP.check("http://172.17.0.2:4566/"));
        assertThatIllegalArgumentException().isThrownBy(() -> ON_A_LAPTOP.check("https://172.17.0.1:4566/"));
    }

    @Test
    void theSampleEventsIsOneOfCloudFormations() throws IOException {
        String event = Files.readString(Path.of("..", "events", "DeployAssets.json"));

        ON_AWS.check(JsonParser.parseString(event)
                .getAsJsonObject()
                .get("ResponseURL")
                .getAsString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example/x", "http://169.254.169.254/latest", "file:///etc/passwd"})
    void theBoxOfTheDeployedFunctionLooksAtTheAddressFirst(String url) {
        AnswerBox box = AnswerBox.deployed(Map.of());

        assertThatThrownBy(() -> box.check(url)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> box.put(url, "{}")).isInstanceOf(IllegalArgumentException.class);
    }
}
