package io.thermolake.model.store;

import io.thermolake.model.SageMakerNames;
import io.thermolake.model.endpoint.Leftover;
import io.thermolake.model.endpoint.Leftover.Kind;
import io.thermolake.model.endpoint.SageMakerErrors;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sagemaker.model.SageMakerException;

/** All endpoints, configurations and models whose names a run may have given, with their tags. */
public final class Leftovers {
    private final SageMakerClient sagemaker;

    public Leftovers(SageMakerClient sagemaker) {
        this.sagemaker = sagemaker;
    }

    /** Each of them, in the order in which they must go; what vanishes meanwhile has no tags. */
    public void forEach(Consumer<Leftover> each) {
        // Each list is read to its end before anything of it is deleted. A name contains the text anywhere; give()
        // looks where.
        sagemaker.listEndpointsPaginator(b -> b.nameContains(SageMakerNames.PREFIX)).endpoints().stream()
                .toList()
                .forEach(e -> give(each, Kind.ENDPOINT, e.endpointName(), e.endpointArn(), e.endpointStatusAsString()));
        sagemaker.listEndpointConfigsPaginator(b -> b.nameContains(SageMakerNames.PREFIX)).endpointConfigs().stream()
                .toList()
                .forEach(c -> give(each, Kind.CONFIG, c.endpointConfigName(), c.endpointConfigArn(), null));
        sagemaker.listModelsPaginator(b -> b.nameContains(SageMakerNames.PREFIX)).models().stream()
                .toList()
                .forEach(m -> give(each, Kind.MODEL, m.modelName(), m.modelArn(), null));
    }

    private void give(Consumer<Leftover> each, Kind kind, String name, String arn, @Nullable String status) {
        if (name.startsWith(SageMakerNames.PREFIX)) {
            each.accept(new Leftover(kind, name, status, tags(arn)));
        }
    }

    private Map<String, String> tags(String arn) {
        Map<String, String> tags = new TreeMap<>();
        try {
            sagemaker
                    .listTagsPaginator(b -> b.resourceArn(arn))
                    .tags()
                    .forEach(tag -> tags.put(tag.key(), tag.value()));
        } catch (SageMakerException e) {
            if (!SageMakerErrors.missing(e)) {
                throw e;
            }
        }
        return tags;
    }

    /** @return whether it was there; what is missing is deleted already */
    public boolean delete(Leftover thing) {
        String name = thing.name();
        try {
            switch (thing.kind()) {
                case ENDPOINT -> sagemaker.deleteEndpoint(b -> b.endpointName(name));
                case CONFIG -> sagemaker.deleteEndpointConfig(b -> b.endpointConfigName(name));
                case MODEL -> sagemaker.deleteModel(b -> b.modelName(name));
            }
            return true;
        } catch (SageMakerException e) {
            if (SageMakerErrors.missing(e)) {
                return false;
            }
            throw e;
        }
    }
}
