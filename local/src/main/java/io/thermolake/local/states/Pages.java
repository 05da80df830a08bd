package io.thermolake.local.states;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Pages of a list. A token names the last item that was given, so that what is added meanwhile neither repeats nor hides
 * one; and it is of its own question only.
 */
final class Pages {
    private static final int USUAL = 100;
    private static final int MOST = 1000;

    /** @param nextToken null on the last page */
    record Page<T>(List<T> items, @Nullable String nextToken) {}

    private Pages() {}

    /**
     * @param question the operation and its filters
     * @param id of an item, unique in the list
     * @param maxResults 0 or null for the usual 100, ≤ 1000
     * @throws software.amazon.awssdk.services.sfn.model.InvalidTokenException when the token is of another question, or its
     *     item is gone
     */
    static <T> Page<T> page(
            String question,
            List<T> all,
            Function<T, String> id,
            @Nullable Integer maxResults,
            @Nullable String token) {
        int size = size(maxResults);
        int from = token == null ? 0 : after(last(question, token), all, id);
        int to = Math.min(all.size(), from + size);
        return new Page<>(all.subList(from, to), to < all.size() ? token(question, id.apply(all.get(to - 1))) : null);
    }

    /** @throws software.amazon.awssdk.services.sfn.model.ValidationException when it is out of bounds */
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

    private static <T> int after(String last, List<T> all, Function<T, String> id) {
        for (int i = 0; i < all.size(); i++) {
            if (id.apply(all.get(i)).equals(last)) {
                return i + 1;
            }
        }
        throw SfnErrors.invalidToken();
    }

    private static String token(String question, String last) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((question + "\n" + last).getBytes(UTF_8));
    }

    private static String last(String question, String token) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), UTF_8);
            int end = text.lastIndexOf('\n');
            if (end >= 0 && text.substring(0, end).equals(question)) {
                return text.substring(end + 1);
            }
        } catch (IllegalArgumentException e) {
            // Not Base64: not a token either.
        }
        throw SfnErrors.invalidToken();
    }
}
