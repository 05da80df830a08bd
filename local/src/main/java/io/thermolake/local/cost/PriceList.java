package io.thermolake.local.cost;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.thermolake.RecordJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * List prices as of a day.
 *
 * @param asOf the day, ISO
 * @param instanceType what the instance-hours' prices are for
 * @param sources service to the page that has its prices
 * @param regions region to its prices
 */
public record PriceList(
        String asOf,
        String currency,
        String note,
        String instanceType,
        Map<String, String> sources,
        Map<String, List<Price>> regions) {
    /** @param usd for one unit */
    public record Price(String service, String unit, double usd) {
        public Price {
            if (!(usd > 0)) {
                throw new IllegalArgumentException(
                        "The price of %s %s must be > 0 but is %s".formatted(service, unit, usd));
            }
        }
    }

    public PriceList {
        LocalDate.parse(asOf);
        regions = Map.copyOf(regions);
    }

    /** The file {@code prices.json} beside this class. */
    public static PriceList read() {
        try (InputStream file = PriceList.class.getResourceAsStream("prices.json")) {
            if (file == null) {
                throw new IllegalStateException("prices.json is missing beside " + PriceList.class);
            }
            return RecordJson.gson().fromJson(new InputStreamReader(file, UTF_8), PriceList.class);
        } catch (IOException e) {
            throw new UncheckedIOException("reading prices.json failed", e);
        }
    }

    /** @throws IllegalArgumentException when the file has no such region */
    public Optional<Price> price(String region, String service, String unit) {
        @Nullable List<Price> prices = regions.get(region);
        if (prices == null) {
            throw new IllegalArgumentException("prices.json has %s, not %s".formatted(regions.keySet(), region));
        }
        return prices.stream()
                .filter(p -> p.service().equals(service) && p.unit().equals(unit))
                .findFirst();
    }
}
