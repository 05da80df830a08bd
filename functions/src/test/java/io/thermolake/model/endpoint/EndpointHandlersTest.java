package io.thermolake.model.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thermolake.Settings;
import io.thermolake.fake.FakeContext;
import io.thermolake.fake.FakeSageMaker;
import io.thermolake.fake.Lab;
import io.thermolake.lake.LakeLayout;
import io.thermolake.model.QuotaExceededException;
import io.thermolake.model.SageMakerNames;
import io.thermolake.run.Handle;
import io.thermolake.run.Progress;
import io.thermolake.run.Run;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.sagemaker.model.ContainerMode;
import software.amazon.awssdk.services.sagemaker.model.SageMakerException;

class EndpointHandlersTest {
    private static final Instant WALL = Instant.parse("2026-11-24T12:00:00Z");
    private static final Instant DEADLINE = WALL.plus(Duration.ofMinutes(30));
    private static final String NAME = SageMakerNames.endpoint("run-1");

    private final Lab lab = new Lab();
    private final FakeSageMaker sagemaker = new FakeSageMaker().withStatus("Creating", null);

    @ParameterizedTest
    @CsvSource({
        "Creating,             STARTING",
        "Updating,             STARTING",
        "SystemUpdating,       STARTING",
        "RollingBack,          STARTING",
        "InService,            IN_SERVICE",
        "OutOfService,         FAILED",
        "Deleting,             FAILED",
        "Failed,               FAILED",
        "UpdateRollbackFailed, FAILED",
        "Teleporting,          STARTING",
        ",                     STARTING",
    })
    void onlyInServiceIsUp(String status, EndpointStatus meaning) {
        assertThat(EndpointStatus.of(status)).isEqualTo(meaning);
    }

    @Test
    void oneMultiModelEndpointServesAllRooms() {
        assertThat(start(Lab.settings())).isEqualTo(Progress.running(List.of(handle())));
        assertThat(sagemaker.endpoints).containsOnlyKeys(NAME);
        assertThat(sagemaker.endpoints.get(NAME).endpointConfigName()).isEqualTo(NAME);
        assertThat(sagemaker.configs.get(NAME).productionVariants())
                .singleElement()
                .satisfies(variant -> {
                    assertThat(variant.modelName()).isEqualTo(NAME);
                    assertThat(variant.instanceTypeAsString()).isEqualTo("ml.t2.medium");
                    assertThat(variant.initialInstanceCount()).isEqualTo(1);
                });
        assertThat(sagemaker.models.get(NAME).primaryContainer().mode()).isEqualTo(ContainerMode.MULTI_MODEL);
        assertThat(sagemaker.models.get(NAME).primaryContainer().modelDataUrl()).isEqualTo("s3://lake/models/");
        assertThat(lab.store.list(LakeLayout.handles("run-1"))).hasSize(1);
    }

    @Test
    void startedTwiceThereIsOneEndpoint() {
        assertThat(start(Lab.settings())).isEqualTo(start(Lab.settings()));
        assertThat(sagemaker.endpoints).hasSize(1);
    }

    @Test
    void aStartThatWasCutOffIsFinished() {
        start(Lab.settings());
        sagemaker.endpoints.clear();

        start(Lab.settings());

        assertThat(sagemaker.endpoints).containsOnlyKeys(NAME);
    }

    @Test
    void anEndpointInServiceIsAttachedTo() {
        start(Lab.settings());
        sagemaker.withStatus("InService", null);

        assertThat(start(Lab.settings()))
                .isEqualTo(Progress.succeeded(Map.of("endpoint", NAME, "config", NAME, "model", NAME)));
    }

    @Test
    void anEndpointThatFailedBeforeIsMadeAnew() {
        start(Lab.settings());
        sagemaker.withStatus("Failed", "no capacity");

        assertThat(start(Lab.settings()).state()).isEqualTo(Progress.State.RUNNING);
        assertThat(sagemaker.endpoints).containsOnlyKeys(NAME);
    }

    @Test
    void aKeptEndpointIsTheSameForEveryRunAndNoRunsToStop() {
        Settings keep = Lab.settings(Map.of("ENDPOINT_MODE", "keep"));

        start(keep);
        sagemaker.withStatus("InService", null);

        assertThat(new StartEndpointHandler(keep, sagemaker, lab.s3, clock(WALL))
                        .handleRequest(new StartEndpointHandler.Request(Lab.run("run-2")), new FakeContext())
                        .detail("endpoint"))
                .isEqualTo(SageMakerNames.keptEndpoint("lake"));
        assertThat(lab.store.list("runs/")).isEmpty();
        assertThat(delete(keep, null).deleted()).isEmpty();
        assertThat(sagemaker.endpoints).hasSize(1);
    }

    @Test
    void otherRefusalsAreSageMakersOwnError() {
        FakeSageMaker refusing = new FakeSageMaker() {
            @Override
            public software.amazon.awssdk.services.sagemaker.model.CreateEndpointResponse createEndpoint(
                    software.amazon.awssdk.services.sagemaker.model.CreateEndpointRequest request) {
                throw FakeSageMaker.validation("The account-level service limit is 0 Instances");
            }
        };

        assertThatThrownBy(() -> new StartEndpointHandler(Lab.settings(), refusing, lab.s3, clock(WALL))
                        .handleRequest(new StartEndpointHandler.Request(Lab.RUN), new FakeContext()))
                .isInstanceOf(SageMakerException.class)
                .hasMessageContaining("service limit");
    }

    @Test
    void aRefusedEndpointNamesTheQuota() {
        sagemaker.refusing("Too many of them");

        assertThatThrownBy(() -> start(Lab.settings()))
                .isInstanceOf(QuotaExceededException.class)
                .hasMessageStartingWith("The quota 'ml.t2.medium for endpoint usage' of this account");
    }

    @Test
    void anEndpointInServiceTellsItsNames() {
        start(Lab.settings());
        sagemaker.withStatus("InService", null);

        assertThat(check(WALL).details()).isEqualTo(Map.of("endpoint", NAME, "config", NAME, "model", NAME));
    }

    @Test
    void anEndpointOnItsWayUpIsAskedAgain() {
        start(Lab.settings());

        assertThat(check(DEADLINE.minusNanos(1))).isEqualTo(Progress.running(List.of(handle())));
    }

    @Test
    void anEndpointThatFailsTellsSageMakersReason() {
        start(Lab.settings());
        sagemaker.withStatus("Failed", "The image does not exist.");

        assertThatThrownBy(() -> check(WALL))
                .isInstanceOf(EndpointFailedException.class)
                .hasMessage(
                        "The endpoint %s is Failed: The image does not exist.; its log is in /aws/sagemaker/Endpoints/%s"
                                .formatted(NAME, NAME));
    }

    @Test
    void pastItsDeadlineAnEndpointIsDeleted() {
        start(Lab.settings());

        assertThatThrownBy(() -> check(DEADLINE.plusMillis(1)))
                .isInstanceOf(EndpointTimedOutException.class)
                .hasMessageContaining("was still Creating at its deadline");
        assertThat(sagemaker.endpoints).isEmpty();
    }

    @Test
    void deletedIsAllThatWasStarted() {
        start(Lab.settings());

        assertThat(delete(Lab.settings(), NAME).deleted())
                .containsExactly("endpoint/" + NAME, "endpoint-config/" + NAME, "model/" + NAME);
        assertThat(sagemaker.endpoints).isEmpty();
        assertThat(sagemaker.configs).isEmpty();
        assertThat(sagemaker.models).isEmpty();
    }

    @Test
    void whatIsMissingIsDeletedAlready() {
        start(Lab.settings());
        sagemaker.endpoints.clear();

        assertThat(delete(Lab.settings(), null).deleted()).containsExactly("endpoint-config/" + NAME, "model/" + NAME);
        assertThat(delete(Lab.settings(), null).deleted()).isEmpty();
    }

    private Progress start(Settings settings) {
        return new StartEndpointHandler(settings, sagemaker, lab.s3, clock(WALL))
                .handleRequest(new StartEndpointHandler.Request(Lab.RUN), new FakeContext());
    }

    private Progress check(Instant at) {
        return new CheckEndpointHandler(sagemaker, clock(at))
                .handleRequest(new CheckEndpointHandler.Request(Lab.RUN, List.of(handle())), new FakeContext());
    }

    private DeleteEndpointHandler.Answer delete(Settings settings, String endpoint) {
        Run run = Lab.RUN;
        return new DeleteEndpointHandler(settings, sagemaker)
                .handleRequest(new DeleteEndpointHandler.Request(run, endpoint), new FakeContext());
    }

    private static Handle handle() {
        return new Handle(Handle.Kind.ENDPOINT, NAME, NAME, WALL, DEADLINE);
    }

    private static Clock clock(Instant at) {
        return Clock.fixed(at, ZoneOffset.UTC);
    }
}
