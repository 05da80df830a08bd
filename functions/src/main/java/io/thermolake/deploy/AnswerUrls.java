package io.thermolake.deploy;

import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that an answer may go to. The event names one, and whoever may call the function writes the event; so it is
 * not asked until this has said yes.
 *
 * @param endpoint where the environment says that AWS is, or null: an answer may go there, too
 */
record AnswerUrls(@Nullable URI endpoint) {
    /** CloudFormation's are pre-signed ones of S3. */
    private static final Pattern AWS = Pattern.compile("([a-z0-9-]+\\.)+amazonaws\\.com(\\.cn)?");

    /** @param endpoint of AWS_ENDPOINT_URL, or null */
    static AnswerUrls of(@Nullable String endpoint) {
        return new AnswerUrls(endpoint == null || endpoint.isBlank() ? null : URI.create(endpoint));
    }

    /** @throws IllegalArgumentException naming the address, without what it is signed with */
    void check(@Nullable String url) {
        URI uri = parsed(url);
        if (uri == null || uri.getUserInfo() != null || !isOfAws(uri) && !isOfEndpoint(uri)) {
            throw new IllegalArgumentException(
                    ("The event's ResponseURL is %s. CloudFormation gives an https:// address of amazonaws.com, so this event"
                                    + " is not one of CloudFormation's; nothing was done, and nobody was answered")
                            .formatted(
                                    uri == null
                                            ? "no address"
                                            : "%s://%s".formatted(uri.getScheme(), uri.getAuthority())));
        }
    }

    private static @Nullable URI parsed(@Nullable String url) {
        try {
            URI uri = URI.create(url == null ? "" : url);
            return uri.getScheme() == null || uri.getHost() == null ? null : uri;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static boolean isOfAws(URI uri) {
        return uri.getScheme().equals("https")
                && uri.getPort() == -1
                && AWS.matcher(uri.getHost()).matches();
    }

    private boolean isOfEndpoint(URI uri) {
        return endpoint != null
                && uri.getScheme().equals(endpoint.getScheme())
                && uri.getHost().equals(endpoint.getHost())
                && uri.getPort() == endpoint.getPort();
    }
}
