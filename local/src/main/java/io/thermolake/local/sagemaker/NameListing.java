package io.thermolake.local.sagemaker;

import io.thermolake.local.aws.Pages;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;

/**
 * A page of a list, filtered and sorted as SageMaker's List operations do. A token names the place of the last item that
 * was given, so what is added or deleted meanwhile neither repeats nor hides another.
 */
final class NameListing<T> {
    private static final int USUAL = 10;
    private static final int MOST = 100;

    /**
     * @param sortBy Name, or anything else for the time of creation
     * @param sortOrder Ascending, or anything else for descending
     */
    record Question(
            @Nullable String nameContains,
            @Nullable Instant createdAfter,
            @Nullable Instant createdBefore,
            @Nullable String sortBy,
            @Nullable String sortOrder,
            @Nullable Integer maxResults,
            @Nullable String nextToken) {
        /** The question of any List request: the members have the same names in all of them, but the SDK has no type for that. */
        static Question of(SdkRequest request) {
            return new Question(
                    member(request, "NameContains", String.class),
                    member(request, "CreationTimeAfter", Instant.class),
                    member(request, "CreationTimeBefore", Instant.class),
                    member(request, "SortBy", String.class),
                    member(request, "SortOrder", String.class),
                    member(request, "MaxResults", Integer.class),
                    member(request, "NextToken", String.class));
        }

        private static <V> @Nullable V member(SdkRequest request, String name, Class<V> type) {
            return request.getValueForField(name, type).orElse(null);
        }
    }

    static final Pages PAGES =
            new Pages(NameListing::size, () -> SageMakerFaults.validation("Invalid pagination token"));

    private record Place(String name, Instant created) {
        static @Nullable Place of(String mark) {
            String[] parts = mark.split(" ", 2);
            try {
                return parts.length < 2 ? null : new Place(parts[1], Instant.parse(parts[0]));
            } catch (DateTimeParseException e) {
                return null;
            }
        }

        String mark() {
            return created + " " + name;
        }
    }

    private final Function<T, String> name;
    private final Function<T, Instant> created;

    NameListing(Function<T, String> name, Function<T, Instant> created) {
        this.name = name;
        this.created = created;
    }

    /** @throws software.amazon.awssdk.services.sagemaker.model.SageMakerException when the question is none */
    Pages.Page<T> page(List<T> all, Question question) {
        Comparator<Place> order = order(question);
        List<T> found = all.stream()
                .filter(t -> question.nameContains() == null || name.apply(t).contains(question.nameContains()))
                .filter(t -> question.createdAfter() == null || created.apply(t).isAfter(question.createdAfter()))
                .filter(t ->
                        question.createdBefore() == null || created.apply(t).isBefore(question.createdBefore()))
                .sorted((a, b) -> order.compare(place(a), place(b)))
                .toList();
        return PAGES.page(
                "",
                found,
                t -> place(t).mark(),
                last -> after(last, found, order),
                question.maxResults(),
                question.nextToken());
    }

    private int after(String last, List<T> found, Comparator<Place> order) {
        Place place = Place.of(last);
        return place == null
                ? -1
                : (int) found.stream()
                        .filter(t -> order.compare(place(t), place) <= 0)
                        .count();
    }

    private static Comparator<Place> order(Question question) {
        Comparator<Place> byName = Comparator.comparing(Place::name);
        Comparator<Place> order = "Name".equals(question.sortBy())
                ? byName
                : Comparator.comparing(Place::created).thenComparing(byName);
        return "Ascending".equals(question.sortOrder()) ? order : order.reversed();
    }

    private static int size(@Nullable Integer maxResults) {
        if (maxResults == null) {
            return USUAL;
        }
        if (maxResults < 1 || maxResults > MOST) {
            throw SageMakerFaults.validation("1 validation error detected: Value '" + maxResults
                    + "' at 'maxResults' failed to satisfy constraint: Member must have value from 1 to " + MOST);
        }
        return maxResults;
    }

    private Place place(T item) {
        return new Place(name.apply(item), created.apply(item));
    }
}
