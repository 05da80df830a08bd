package io.thermolake.local.states;

import io.thermolake.local.aws.JsonStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import software.amazon.awssdk.services.sfn.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.sfn.model.Tag;
import software.amazon.awssdk.services.sfn.model.TooManyTagsException;

/** Tags of machines and activities. */
final class Tags {
    private static final int MOST = 50;
    private static final int LONGEST_KEY = 128;
    private static final int LONGEST_VALUE = 256;

    private record TagSet(Map<String, String> tags) {}

    private final JsonStore<TagSet> tags;
    private final Predicate<String> exists;

    /** @param exists whether there is a machine or an activity of the ARN */
    Tags(Path folder, Predicate<String> exists) {
        this.tags = new JsonStore<>(folder, TagSet.class);
        this.exists = exists;
    }

    private void check(String arn) {
        Arn.parse(arn, Arn.MACHINE, Arn.ACTIVITY);
        if (!exists.test(arn)) {
            throw SfnErrors.notFound(arn);
        }
    }

    private Map<String, String> of(String arn) {
        return new TreeMap<>(tags.get(arn).map(TagSet::tags).orElse(Map.of()));
    }

    synchronized void add(String arn, List<Tag> given) {
        check(arn);
        addNew(arn, given);
    }

    /** Adds the tags of a resource that is just being made. */
    synchronized void addNew(String arn, List<Tag> given) {
        Map<String, String> all = of(arn);
        for (Tag tag : given) {
            if (tag.key() == null || tag.key().isEmpty() || tag.key().length() > LONGEST_KEY) {
                throw SfnErrors.constraint("tags.key", tag.key(), "have length between 1 and " + LONGEST_KEY);
            }
            if (tag.value() != null && tag.value().length() > LONGEST_VALUE) {
                throw SfnErrors.constraint(
                        "tags.value", tag.value(), "have length less than or equal to " + LONGEST_VALUE);
            }
            all.put(tag.key(), tag.value() == null ? "" : tag.value());
        }
        if (all.size() > MOST) {
            throw TooManyTagsException.builder()
                    .message("Resource has more than " + MOST + " tags: '" + arn + "'")
                    .resourceName(arn)
                    .build();
        }
        if (!given.isEmpty()) {
            tags.put(arn, new TagSet(all));
        }
    }

    synchronized void remove(String arn, List<String> keys) {
        check(arn);
        Map<String, String> all = of(arn);
        all.keySet().removeAll(keys);
        tags.put(arn, new TagSet(all));
    }

    ListTagsForResourceResponse list(String arn) {
        check(arn);
        return ListTagsForResourceResponse.builder()
                .tags(of(arn).entrySet().stream()
                        .map(e -> Tag.builder()
                                .key(e.getKey())
                                .value(e.getValue())
                                .build())
                        .toList())
                .build();
    }

    void forget(String arn) {
        tags.delete(arn);
    }
}
