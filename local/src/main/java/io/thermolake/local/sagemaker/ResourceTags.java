package io.thermolake.local.sagemaker;

import io.thermolake.local.aws.JsonStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.sagemaker.model.Tag;

/** The tags of whatever has an ARN. */
final class ResourceTags {
    private static final int MOST = 50;

    private record Held(Map<String, String> tags) {}

    private final JsonStore<Held> all;

    ResourceTags(Path folder) {
        this.all = new JsonStore<>(folder, Held.class);
    }

    /** @throws software.amazon.awssdk.services.sagemaker.model.SageMakerException when they are too many */
    synchronized List<Tag> add(String arn, List<Tag> tags) {
        Map<String, String> held = new TreeMap<>(of(arn));
        tags.forEach(tag -> held.put(tag.key(), tag.value()));
        if (held.size() > MOST) {
            throw SageMakerFaults.validation("%s would have %d tags, %d are allowed".formatted(arn, held.size(), MOST));
        }
        if (!held.isEmpty()) {
            all.put(arn, new Held(held));
        }
        return list(arn);
    }

    synchronized void remove(String arn, List<String> keys) {
        Map<String, String> held = new TreeMap<>(of(arn));
        held.keySet().removeAll(keys);
        all.put(arn, new Held(held));
    }

    synchronized void forget(String arn) {
        all.delete(arn);
    }

    /** In the order of their keys. */
    List<Tag> list(String arn) {
        return of(arn).entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }

    private Map<String, String> of(String arn) {
        return all.get(arn).map(Held::tags).orElse(Map.of());
    }
}
