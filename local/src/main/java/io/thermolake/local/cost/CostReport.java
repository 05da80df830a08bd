package io.thermolake.local.cost;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import io.thermolake.local.cloud.Meter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What metered quantities would have cost on AWS, by the one dated price file. */
public final class CostReport {
    /** @param price in US dollars a unit; @param usd quantity times price */
    public record Line(String service, double quantity, String unit, double price, double usd) {}

    private record Price(String service, String unit, double usd) {}

    private record Prices(String date, String region, String note, List<Price> prices) {}

    private CostReport() {}

    private static Prices prices() {
        try (InputStream in = CostReport.class.getResourceAsStream("prices.json")) {
            return new Gson().fromJson(new InputStreamReader(Objects.requireNonNull(in), UTF_8), Prices.class);
        } catch (IOException e) {
            throw new UncheckedIOException("the price file cannot be read", e);
        }
    }

    /**
     * The lines of what was used between two readings of the meter.
     *
     * @throws IllegalStateException when a quantity has no price
     */
    public static List<Line> of(Map<?, ?> before, Map<?, ?> after) {
        List<Price> prices = prices().prices();
        List<Line> lines = new ArrayList<>();
        after.forEach((key, value) -> {
            double quantity =
                    ((Number) value).doubleValue() - (before.get(key) instanceof Number n ? n.doubleValue() : 0);
            if (quantity > 0) {
                String[] parts = key.toString().split("\\" + Meter.SEPARATOR);
                Price price = prices.stream()
                        .filter(p -> p.service().equals(parts[0]) && p.unit().equals(parts[1]))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("prices.json has no price of " + key));
                lines.add(new Line(parts[0], quantity, parts[1], price.usd(), quantity * price.usd()));
            }
        });
        return lines;
    }
}
