package io.thermolake.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.thermolake.RecordJson;
import io.thermolake.deploy.DeployAssetsHandler;
import io.thermolake.report.CheckQueriesHandler;
import io.thermolake.report.PublishReportHandler;
import io.thermolake.report.StartQueriesHandler;
import io.thermolake.score.ScorePartitionsHandler;
import io.thermolake.serve.CheckEndpointHandler;
import io.thermolake.serve.DeleteEndpointHandler;
import io.thermolake.serve.StartEndpointHandler;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DetectionEventsTest {
    @ParameterizedTest
    @ValueSource(
            classes = {
                StartTrainingHandler.class,
                CheckTrainingHandler.class,
                PromoteModelHandler.class,
                StartEndpointHandler.class,
                CheckEndpointHandler.class,
                DeleteEndpointHandler.class,
                ScorePartitionsHandler.class,
                StartQueriesHandler.class,
                CheckQueriesHandler.class,
                PublishReportHandler.class,
                DeployAssetsHandler.class
            })
    void theSampleEventIsTheHandlersRequestAndNothingMore(Class<? extends RequestHandler<?, ?>> handler)
            throws IOException {
        String name = handler.getSimpleName().replace("Handler", "");
        String event = Files.readString(Path.of("../events", name + ".json"));
        Type request = ((ParameterizedType) handler.getGenericInterfaces()[0]).getActualTypeArguments()[0];

        Object read = new RecordJson().fromJson(event, request);

        assertThat(withoutNulls(RecordJson.gson().toJson(read))).isEqualTo(withoutNulls(event));
    }

    private static JsonElement withoutNulls(String json) {
        return JsonParser.parseString(RecordJson.gson().toJson(JsonParser.parseString(json)));
    }
}
