package io.thermolake.local.states;

import io.thermolake.local.aws.Pages;
import org.jspecify.annotations.Nullable;

/** How long the pages of Step Functions are, and what it says of a token that is none. */
final class SfnPages {
    private static final int USUAL = 100;
    private static final int MOST = 1000;

    static final Pages PAGES = new Pages(SfnPages::size, SfnErrors::invalidToken);

    private SfnPages() {}

    /**
     * @param maxResults 0 or null for the usual 100, ≤ 1000
     * @throws software.amazon.awssdk.services.sfn.model.ValidationException when it is out of bounds
     */
    static int size(@Nullable Integer maxResults) {
        if (maxResults == null || maxResults == 0) {
            return USUAL;
        }
        if (maxResults < 0) {
            throw SfnErrors.constraint("maxResults", maxResults, "have value greater than or equal to 0");
        }
        if (maxResults > MOST) {
            throw SfnErrors.constraint("maxResults", maxResults, "have value less than or equal to " + MOST);
        }
        return maxResults;
    }
}
