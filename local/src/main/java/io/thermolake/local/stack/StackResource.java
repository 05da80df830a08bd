package io.thermolake.local.stack;

import java.util.Map;

/**
 * A resource of the stack, with every intrinsic function resolved.
 *
 * @param logicalId of a nested stack with the stack's id before it: {@code Lake.Bucket}
 * @param physicalId what Ref answers, mostly the name
 * @param arn as on AWS
 * @param line where the resource stands in its file, from 1
 */
public record StackResource(
        String logicalId,
        String type,
        Map<String, Object> properties,
        String physicalId,
        String arn,
        String file,
        int line) {}
