package io.thermolake.deploy;

import java.util.Map;
import java.util.TreeMap;

/** What the package keeps to itself, for {@code facts.json}: the custom resources that the stack's function makes. */
public final class FactsOfTheCustomResources {
    private FactsOfTheCustomResources() {}

    public static Map<String, Object> all() {
        Map<String, Object> facts = new TreeMap<>();
        for (CustomResource resource : CustomResource.values()) {
            facts.put(resource.type(), Map.of("properties", resource.properties(), "ofCode", resource.ofCode()));
        }
        return facts;
    }
}
