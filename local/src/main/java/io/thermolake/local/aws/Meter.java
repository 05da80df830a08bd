package io.thermolake.local.aws;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.DoubleAdder;

/** Counts what AWS would bill: quantities by service and unit, since the data folder was made. */
public final class Meter {
    /** Between a service and its unit. */
    public static final String SEPARATOR = "|";

    private record Saved(Map<String, Double> quantities) {
        Saved {
            java.util.Objects.requireNonNull(quantities, "quantities are missing");
        }
    }

    private final Map<String, DoubleAdder> quantities = new ConcurrentHashMap<>();
    private final JsonStore<Saved> store;

    public Meter(Path folder) {
        store = new JsonStore<>(folder, Saved.class);
        store.get("meter")
                .ifPresent(saved ->
                        saved.quantities().forEach((key, quantity) -> adder(key).add(quantity)));
    }

    /** @param unit for example {@code GB-second}; @param quantity of it, not negative */
    public void add(String service, String unit, double quantity) {
        adder(service + SEPARATOR + unit).add(quantity);
    }

    private DoubleAdder adder(String key) {
        return quantities.computeIfAbsent(key, k -> new DoubleAdder());
    }

    /** {@code service|unit} to its quantity so far. */
    public Map<String, Double> snapshot() {
        Map<String, Double> snapshot = new TreeMap<>();
        quantities.forEach((key, adder) -> snapshot.put(key, adder.sum()));
        return snapshot;
    }

    /** Writes the counts down; between two calls a kill loses what was counted. */
    public void save() {
        // A full disk is no reason to fail what asks for the costs.
        store.putEnd("meter", new Saved(snapshot()));
    }
}
