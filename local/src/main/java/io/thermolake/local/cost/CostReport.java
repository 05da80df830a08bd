package io.thermolake.local.cost;

import io.thermolake.local.aws.Meter;
import io.thermolake.local.stack.Stack;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What was counted between two looks at the meter, with what AWS would ask for it. */
public final class CostReport {
    /**
     * @param quantity in the unit
     * @param price of one unit, USD
     */
    public record Line(String service, double quantity, String unit, double price, double usd) {}

    private CostReport() {}

    /**
     * In the laptop stack's region.
     *
     * @param before {@link Meter#snapshot} at the start
     * @param after {@link Meter#snapshot} at the end
     */
    public static List<Line> of(Map<?, ?> before, Map<?, ?> after) {
        return of(before, after, PriceList.read(), Stack.REGION);
    }

    /**
     * @return a line for each unit that grew, in the order of services and units
     * @throws IllegalStateException when a unit has no price: its cost must not be left out without a word
     */
    static List<Line> of(Map<?, ?> before, Map<?, ?> after, PriceList prices, String region) {
        List<Line> lines = new ArrayList<>();
        Map<String, Double> counted = new TreeMap<>();
        after.forEach((key, value) -> counted.put(String.valueOf(key), number(value) - number(before.get(key))));
        counted.forEach((key, quantity) -> {
            if (quantity > 0) {
                int bar = key.indexOf(Meter.SEPARATOR);
                lines.add(line(key.substring(0, bar), key.substring(bar + 1), quantity, prices, region));
            }
        });
        return lines;
    }

    private static Line line(String service, String unit, double quantity, PriceList prices, String region) {
        double price = prices.price(region, service, unit)
                .orElseThrow(() -> new IllegalStateException(
                        "prices.json has no price for %s, %s in %s; add it".formatted(service, unit, region)))
                .usd();
        return new Line(service, quantity, unit, price, quantity * price);
    }

    private static double number(@org.jspecify.annotations.Nullable Object value) {
        return value instanceof Number number ? number.doubleValue() : 0;
    }
}
