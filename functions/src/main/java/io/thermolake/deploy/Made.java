package io.thermolake.deploy;

import java.util.Map;

/**
 * A resource that exists now.
 *
 * @param id CloudFormation's physical id of it
 * @param attributes what Fn::GetAtt reads
 */
record Made(String id, Map<String, String> attributes) {
    /** The id of a resource whose making failed. */
    static final String NOTHING = "nothing-was-made";

    /** What a deletion answers: the id that CloudFormation knows, whatever it is. */
    static Made asItWas(ResourceRequest request) {
        return new Made(String.valueOf(request.event().getPhysicalResourceId()), Map.of());
    }
}
