package io.thermolake.model.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thermolake.Settings;
import io.thermolake.fake.FakeContext;
import io.thermolake.fake.FakeSageMaker;
import io.thermolake.fake.FakeSfn;
import io.thermolake.fake.Lab;
import io.thermolake.model.SageMakerNames;
import io.thermolake.run.Run;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sagemaker.model.CreateEndpointRequest;
import software.amazon.awssdk.services.sagemaker.model.CreateModelRequest;
import software.amazon.awssdk.services.sagemaker.model.DeleteModelRequest;
import software.amazon.awssdk.services.sagemaker.model.DeleteModelResponse;
import software.amazon.awssdk.services.sagemaker.model.Tag;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionRequest;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.SfnException;

class SweepEndpointsHandlerTest {
    private final Lab lab = new Lab();
    private final FakeContext context = new FakeContext();
    private final FakeSfn sfn = new FakeSfn();
    private FakeSageMaker sagemaker = new FakeSageMaker().withStatus("InService", null);

    @Test
    void ofARunThatIsOverAllThreeGoTheEndpointFirst() {
        String over = started("over", "FAILED", Lab.settings());
        String on = started("on", "RUNNING", Lab.settings());

        assertThat(sweep().deleted()).containsExactly("endpoint/" + over, "endpoint-config/" + over, "model/" + over);
        assertThat(sagemaker.endpoints).containsOnlyKeys(on);
        assertThat(sagemaker.configs).containsOnlyKeys(on);
        assertThat(sagemaker.models).containsOnlyKeys(on);
    }

    @Test
    void listsAreReadToTheirEnd() {
        for (int i = 0; i < 5; i++) {
            started("run-" + i, "ABORTED", Lab.settings());
        }

        assertThat(sweep().deleted()).hasSize(15);
        assertThat(sagemaker.endpoints).isEmpty();
    }

    @Test
    void whatAnotherStackOrNobodyOwnsStays() {
        started("over", "FAILED", Lab.settings(Map.of("STACK_NAME", "thermolake-dev")));
        sagemaker.createEndpoint(
                CreateEndpointRequest.builder().endpointName("tl-mine").build());
        sagemaker.createEndpoint(CreateEndpointRequest.builder()
                .endpointName("my-tl-endpoint")
                .tags(
                        Tag.builder().key(HostingTags.STACK).value("thermolake").build(),
                        Tag.builder()
                                .key(HostingTags.EXECUTION)
                                .value("arn:gone")
                                .build())
                .build());

        assertThat(sweep()).isEqualTo(new SweepEndpointsHandler.Answer(List.of(), List.of()));
        assertThat(sagemaker.endpoints).hasSize(3);
    }

    @Test
    void aKeptEndpointStays() {
        started("over", "SUCCEEDED", Lab.settings(Map.of("ENDPOINT_MODE", "keep")));

        assertThat(sweep().deleted()).isEmpty();
        assertThat(sagemaker.endpoints).containsOnlyKeys(SageMakerNames.keptEndpoint("lake"));
    }

    @Test
    void anEndpointThatIsStillBeingCreatedIsNamedAndTriedAgain() {
        String name = started("over", "TIMED_OUT", Lab.settings());
        sagemaker.withStatusOf(name, "Creating");

        SweepEndpointsHandler.Answer first = sweep();

        assertThat(first.deleted()).isEmpty();
        assertThat(first.waiting())
                .containsExactly(
                        "endpoint/" + name + " is Creating; the next sweep tries again",
                        "endpoint-config/" + name + " is needed by its endpoint",
                        "model/" + name + " is needed by its endpoint");
        assertThat(context.logged.get(context.logged.size() - 1)).contains("is Creating");

        sagemaker.withStatusOf(name, "InService");
        assertThat(sweep().deleted()).hasSize(3);
    }

    @Test
    void anEndpointThatIsBeingDeletedIsLeftAlone() {
        String name = started("over", "FAILED", Lab.settings());
        sagemaker.withStatusOf(name, "Deleting");

        SweepEndpointsHandler.Answer answer = sweep();

        assertThat(answer.waiting()).containsExactly("endpoint/" + name + " is being deleted");
        assertThat(answer.deleted()).containsExactly("endpoint-config/" + name, "model/" + name);
        assertThat(sagemaker.endpoints).containsOnlyKeys(name);
    }

    @Test
    void aConfigurationWithoutAnEndpointGoesToo() {
        String name = started("over", "FAILED", Lab.settings());
        sagemaker.endpoints.clear();

        assertThat(sweep().deleted()).containsExactly("endpoint-config/" + name, "model/" + name);
    }

    @Test
    void anExecutionThatStepFunctionsHasForgottenIsOver() {
        String name = started("old", null, Lab.settings());

        assertThat(sweep().deleted()).contains("endpoint/" + name);
    }

    @Test
    void aRunWhoseStateCannotBeReadIsNotOver() {
        String name = started("over", "FAILED", Lab.settings());
        SfnException denied =
                (SfnException) SfnException.builder().message("not authorized").build();
        SweepEndpointsHandler handler = new SweepEndpointsHandler(
                Lab.settings(), sagemaker, new software.amazon.awssdk.services.sfn.SfnClient() {
                    @Override
                    public DescribeExecutionResponse describeExecution(DescribeExecutionRequest request) {
                        throw denied;
                    }

                    @Override
                    public String serviceName() {
                        return SERVICE_NAME;
                    }

                    @Override
                    public void close() {}
                });

        assertThatThrownBy(() -> handler.handleRequest(new SweepEndpointsHandler.Request(), context))
                .isInstanceOf(SweepFailedException.class)
                .hasMessageContaining("3 could not be deleted")
                .hasMessageContaining("endpoint/" + name + ": whether its run is over could not be told");
        assertThat(sagemaker.endpoints).containsOnlyKeys(name);
    }

    @Test
    void oneThatCannotBeDeletedStopsNoOther() {
        String poison = SageMakerNames.endpoint("poison");
        sagemaker = new FakeSageMaker() {
            @Override
            public DeleteModelResponse deleteModel(DeleteModelRequest request) {
                if (request.modelName().equals(poison)) {
                    throw FakeSageMaker.validation("Model is in use");
                }
                return super.deleteModel(request);
            }
        }.withStatus("InService", null);
        started("poison", "FAILED", Lab.settings());
        String other = started("other", "FAILED", Lab.settings());

        assertThatThrownBy(this::sweep)
                .isInstanceOf(SweepFailedException.class)
                .hasMessageContaining("1 could not be deleted")
                .hasMessageContaining("model/" + poison + ": Model is in use");
        assertThat(sagemaker.endpoints).isEmpty();
        assertThat(sagemaker.models).doesNotContainKey(other).containsOnlyKeys(poison);
    }

    @Test
    void anEndpointInServiceThatRefusesFailsTheSweep() {
        String name = started("over", "FAILED", Lab.settings());
        sagemaker.models.put("tl-other", CreateModelRequest.builder().build());
        FakeSageMaker refusing = new FakeSageMaker() {
            @Override
            public software.amazon.awssdk.services.sagemaker.model.DeleteEndpointResponse deleteEndpoint(
                    software.amazon.awssdk.services.sagemaker.model.DeleteEndpointRequest request) {
                throw FakeSageMaker.validation("no");
            }
        };
        refusing.withStatus("InService", null);
        refusing.endpoints.putAll(sagemaker.endpoints);
        refusing.configs.putAll(sagemaker.configs);
        sagemaker = refusing;

        assertThatThrownBy(this::sweep)
                .isInstanceOf(SweepFailedException.class)
                .hasMessageContaining("endpoint/" + name + ": no");
        assertThat(sagemaker.configs).containsOnlyKeys(name);
    }

    /** @return its endpoint's name */
    private String started(String runId, String status, Settings settings) {
        String arn = "arn:aws:states:eu-central-1:000000000000:execution:pipeline:" + runId;
        if (status != null) {
            sfn.withExecution(arn, status);
        }
        FakeSageMaker up = new FakeSageMaker().withStatus("Creating", null);
        new StartEndpointHandler(
                        settings, up, lab.s3, Clock.fixed(Instant.parse("2026-11-24T12:00:00Z"), ZoneOffset.UTC))
                .handleRequest(new StartEndpointHandler.Request(new Run(runId, arn, Lab.NOW, 0)), new FakeContext());
        sagemaker.endpoints.putAll(up.endpoints);
        sagemaker.configs.putAll(up.configs);
        sagemaker.models.putAll(up.models);
        return up.endpoints.keySet().iterator().next();
    }

    private SweepEndpointsHandler.Answer sweep() {
        return new SweepEndpointsHandler(Lab.settings(), sagemaker, sfn)
                .handleRequest(new SweepEndpointsHandler.Request(), context);
    }
}
