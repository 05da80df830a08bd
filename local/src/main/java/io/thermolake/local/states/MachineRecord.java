package io.thermolake.local.states;

import io.thermolake.asl.engine.Definition;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A state machine, as it is kept.
 *
 * @param type STANDARD or EXPRESS
 * @param definition its id among {@link Definitions}
 * @param revisionId null before the first update, as on AWS
 * @param status ACTIVE or DELETING
 * @param logging LoggingConfiguration as it was given; nothing is logged
 * @param tracing TracingConfiguration as it was given; nothing is traced
 * @param ofTemplate whether the template makes it, at each start anew
 */
record MachineRecord(
        String arn,
        String name,
        String type,
        String definition,
        String roleArn,
        Instant created,
        @Nullable Instant updated,
        @Nullable String revisionId,
        String status,
        @Nullable Map<String, Object> logging,
        @Nullable Map<String, Object> tracing,
        boolean ofTemplate) {
    static final String ACTIVE = "ACTIVE";
    static final String DELETING = "DELETING";

    boolean express() {
        return type.equals("EXPRESS");
    }

    Definition.Type kind() {
        return Definition.Type.valueOf(type);
    }

    boolean deleting() {
        return status.equals(DELETING);
    }

    MachineRecord as(String newStatus) {
        return new MachineRecord(
                arn,
                name,
                type,
                definition,
                roleArn,
                created,
                updated,
                revisionId,
                newStatus,
                logging,
                tracing,
                ofTemplate);
    }
}
