package io.thermolake.deploy;

import com.amazonaws.services.lambda.runtime.events.CloudFormationCustomResourceEvent;
import com.google.gson.annotations.SerializedName;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What CloudFormation waits for ("Custom resource response objects" of its user guide).
 *
 * @param status SUCCESS or FAILED
 * @param reason needed when it failed; the whole answer may have 4096 bytes
 * @param physicalResourceId another one than before makes CloudFormation delete the old
 * @param data what Fn::GetAtt reads
 */
public record CustomResourceAnswer(
        @SerializedName("Status") String status,
        @SerializedName("Reason") @Nullable String reason,
        @SerializedName("PhysicalResourceId") String physicalResourceId,
        @SerializedName("StackId") String stackId,
        @SerializedName("RequestId") String requestId,
        @SerializedName("LogicalResourceId") String logicalResourceId,
        @SerializedName("Data") Map<String, String> data) {
    private static final int LONGEST_REASON = 1000;

    static CustomResourceAnswer success(CloudFormationCustomResourceEvent event, Made made) {
        return new CustomResourceAnswer(
                "SUCCESS",
                null,
                made.id(),
                event.getStackId(),
                event.getRequestId(),
                event.getLogicalResourceId(),
                made.attributes());
    }

    /** A failed Create keeps a made-up id: CloudFormation sends a Delete for it, which then has nothing to do. */
    static CustomResourceAnswer failure(CloudFormationCustomResourceEvent event, Throwable failure) {
        String reason = failure.getClass().getSimpleName() + ": " + failure.getMessage();
        return new CustomResourceAnswer(
                "FAILED",
                reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "…",
                event.getPhysicalResourceId() == null ? Made.NOTHING : event.getPhysicalResourceId(),
                event.getStackId(),
                event.getRequestId(),
                event.getLogicalResourceId(),
                Map.of());
    }
}
