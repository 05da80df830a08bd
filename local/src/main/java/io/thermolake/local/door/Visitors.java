package io.thermolake.local.door;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whom the port serves at all. A web page reaches it, too, by its visitor's browser: under a name of its own that it points at
 * 127.0.0.1, or from its own origin. A presigned URL of S3 is made to be given away, so it alone may be used from another
 * origin.
 *
 * @param hosts names and addresses, in lower case, without a port
 */
record Visitors(Set<String> hosts, int port) {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    Visitors {
        Set<String> all = new TreeSet<>(LOOPBACK);
        all.addAll(hosts);
        hosts = Set.copyOf(all);
    }

    /** @throws Denied when the host is none of this cloud's, or the request comes from another origin */
    void admit(Call call) {
        String host = call.header("host").orElse("").toLowerCase(Locale.ROOT);
        if (!own(host)) {
            throw new Denied(
                    Denial.FOREIGN,
                    "The laptop cloud does not serve the host '" + host + "', but 127.0.0.1:" + port
                            + (bucket(host)
                                    ? ". A bucket's name goes into the path, not before the host: set addressing_style = path, or forcePathStyle"
                                    : ". Call it by the address that ./thermolake cloud prints"));
        }
        boolean foreign =
                call.header("origin").filter(origin -> !ownOrigin(origin)).isPresent()
                        || call.header("sec-fetch-site")
                                .filter(site -> !OWN_SITES.contains(site))
                                .isPresent();
        if (foreign && !call.presigned()) {
            throw new Denied(
                    Denial.FOREIGN,
                    "The laptop cloud does not serve pages of other origins ("
                            + call.header("origin").orElse("cross-site")
                            + "); only presigned URLs of S3 may be used from there");
        }
    }

    private boolean own(String authority) {
        int colon = authority.endsWith("]") ? -1 : authority.lastIndexOf(':');
        String name = colon < 0 ? authority : authority.substring(0, colon);
        String at = colon < 0 ? "80" : authority.substring(colon + 1);
        return hosts.contains(name) && at.equals(Integer.toString(port));
    }

    private boolean ownOrigin(String origin) {
        return Optional.of(origin.toLowerCase(Locale.ROOT))
                .filter(o -> o.startsWith("http://"))
                .map(o -> own(o.substring("http://".length())))
                .orElse(false);
    }

    private boolean bucket(String authority) {
        return hosts.stream().anyMatch(host -> authority.contains("." + host));
    }
}
