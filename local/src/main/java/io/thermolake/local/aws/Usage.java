package io.thermolake.local.aws;

/** Where a service counts what AWS would bill. */
@FunctionalInterface
public interface Usage {
    /**
     * @param service as the price file names it, e.g. "IoT Core"
     * @param unit as the price file names it, e.g. "message"
     * @param quantity in that unit, ≥ 0
     */
    void add(String service, String unit, double quantity);
}
