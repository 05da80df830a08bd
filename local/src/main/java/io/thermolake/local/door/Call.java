package io.thermolake.local.door;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request as it came over the wire, but for its body.
 *
 * @param path percent-encoded, as sent
 * @param query percent-encoded, as sent; empty for none
 * @param headers by lower-case name, each value as sent
 */
record Call(String method, String path, String query, Map<String, List<String>> headers) {
    Call {
        Map<String, List<String>> lower = new TreeMap<>();
        headers.forEach((name, values) -> lower.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        headers = lower;
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name)).map(values -> String.join(",", values));
    }

    /** A parameter of the query, decoded. */
    Optional<String> parameter(String name) {
        return UriText.parameters(query).stream()
                .filter(p -> p.name().equals(name))
                .findFirst()
                .map(UriText.Parameter::value);
    }

    boolean presigned() {
        return parameter("X-Amz-Signature").isPresent();
    }
}
