package io.thermolake.local.sagemaker;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What hosting a model is made of, as it is kept. */
final class Hosted {
    private Hosted() {}

    /**
     * @param mode SingleModel or MultiModel
     * @param dataUrl s3:// URI of the artifact, or of the folder of artifacts
     */
    record Model(String name, String arn, String roleArn, String image, String mode, String dataUrl, Instant created) {
        boolean isMulti() {
            return mode.equals("MultiModel");
        }
    }

    record Variant(String name, String model, String instanceType, int instances) {}

    record Config(String name, String arn, List<Variant> variants, Instant created) {}

    /**
     * @param status Creating, InService or Failed
     * @param serving since when it is paid for, null before
     */
    record Endpoint(
            String name,
            String arn,
            String config,
            String status,
            @Nullable String failureReason,
            Instant created,
            @Nullable Instant serving) {
        Endpoint up(Instant at) {
            return new Endpoint(name, arn, config, "InService", null, created, at);
        }

        Endpoint failed(String reason) {
            return new Endpoint(name, arn, config, "Failed", reason, created, null);
        }
    }
}
