package io.thermolake.local.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Pages of a service's lists. A token names the last item that was given, so that what is added meanwhile neither repeats nor
 * hides one; and it is of its own question only.
 */
public final class Pages {
    /** @param nextToken null on the last page */
    public record Page<T>(List<T> items, @Nullable String nextToken) {}

    private static final int GONE = -1;

    private final ToIntFunction<@Nullable Integer> size;
    private final Supplier<? extends RuntimeException> invalidToken;

    /**
     * @param size how many items a page has when the caller asks for so many, or for none; throws the service's error
     * @param invalidToken the service's error for a token that it did not give
     */
    public Pages(ToIntFunction<@Nullable Integer> size, Supplier<? extends RuntimeException> invalidToken) {
        this.size = size;
        this.invalidToken = invalidToken;
    }

    /**
     * A page after an item that must still be there.
     *
     * @param question the operation and its filters
     * @param id of an item, unique in the list, without a line break
     */
    public <T> Page<T> page(
            String question,
            List<T> all,
            Function<T, String> id,
            @Nullable Integer maxResults,
            @Nullable String token) {
        return page(question, all, id, last -> after(last, all, id), maxResults, token);
    }

    /**
     * A page after a place.
     *
     * @param mark of an item's place, without a line break
     * @param next the index of the first item after a mark, or less than 0 where the mark is none
     */
    public <T> Page<T> page(
            String question,
            List<T> all,
            Function<T, String> mark,
            ToIntFunction<String> next,
            @Nullable Integer maxResults,
            @Nullable String token) {
        int most = size.applyAsInt(maxResults);
        int from = token == null ? 0 : next.applyAsInt(last(question, token));
        if (from < 0) {
            throw invalidToken.get();
        }
        int to = Math.min(all.size(), from + most);
        return new Page<>(all.subList(from, to), to < all.size() ? token(question, mark.apply(all.get(to - 1))) : null);
    }

    private static <T> int after(String last, List<T> all, Function<T, String> id) {
        for (int i = 0; i < all.size(); i++) {
            if (id.apply(all.get(i)).equals(last)) {
                return i + 1;
            }
        }
        return GONE;
    }

    private static String token(String question, String last) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((question + "\n" + last).getBytes(UTF_8));
    }

    private String last(String question, String token) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), UTF_8);
            int end = text.lastIndexOf('\n');
            if (end >= 0 && text.substring(0, end).equals(question)) {
                return text.substring(end + 1);
            }
        } catch (IllegalArgumentException e) {
            // Not Base64: not a token either.
        }
        throw invalidToken.get();
    }
}
