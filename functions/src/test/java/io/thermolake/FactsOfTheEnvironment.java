package io.thermolake;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** What the package keeps to itself, for {@code facts.json}: the environment's variables and the metrics. */
public final class FactsOfTheEnvironment {
    private FactsOfTheEnvironment() {}

    /** @throws IllegalStateException when a constant is not called as its variable */
    public static Map<String, Object> variables() throws IllegalAccessException {
        Map<String, Object> facts = new TreeMap<>();
        for (Field field : SettingVariables.class.getDeclaredFields()) {
            if (field.getType() == Variable.class) {
                Variable<?> variable = (Variable<?>) field.get(null);
                if (!variable.name().equals(field.getName())) {
                    throw new IllegalStateException(field + " reads " + variable.name());
                }
                Map<String, Object> fact = new LinkedHashMap<>();
                fact.put("kind", variable.kind());
                fact.put("allowed", variable.allowed());
                fact.put("needed", variable.needed());
                facts.put(variable.name(), fact);
            }
        }
        return facts;
    }

    /** Namespace, dimension and names. */
    public static Map<String, Object> metrics() {
        return Map.of(
                "namespace", Metrics.NAMESPACE,
                "dimension", Metrics.DIMENSION,
                "names",
                        Arrays.stream(Metrics.Name.values())
                                .collect(java.util.stream.Collectors.toMap(
                                        Enum::name, Metrics.Name::unit, (a, b) -> a, TreeMap::new)));
    }
}
