package io.thermolake.local.stack;

import java.util.List;
import java.util.Optional;

/** The resources that the template makes, those of nested stacks included. */
public final class Stack {
    /** Where the laptop's stack is, as ARNs have it. */
    public static final String REGION = "eu-central-1";

    public static final String ACCOUNT = "000000000000";
    public static final String NAME = "thermolake";

    private final List<StackResource> resources;

    Stack(List<StackResource> resources) {
        this.resources = List.copyOf(resources);
    }

    public List<StackResource> resources() {
        return resources;
    }

    /** In the order of the template. */
    public List<StackResource> ofType(String type) {
        return resources.stream().filter(r -> r.type().equals(type)).toList();
    }

    /** @param logicalId as in {@link StackResource#logicalId} */
    public Optional<StackResource> find(String logicalId) {
        return resources.stream().filter(r -> r.logicalId().equals(logicalId)).findFirst();
    }

    /** The resource of a type whose physical id or ARN this is. */
    public Optional<StackResource> named(String type, String nameOrArn) {
        return ofType(type).stream()
                .filter(r -> r.physicalId().equals(nameOrArn) || r.arn().equals(nameOrArn))
                .findFirst();
    }
}
