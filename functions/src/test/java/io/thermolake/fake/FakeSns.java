package io.thermolake.fake;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.sns.model.PublishResponse;
import software.amazon.awssdk.services.sns.model.SnsException;

/** A topic that keeps what is told, or refuses it. */
public final class FakeSns implements SnsClient {
    public final List<PublishRequest> told = new ArrayList<>();
    public boolean failing;

    @Override
    public PublishResponse publish(PublishRequest request) {
        if (failing) {
            throw SnsException.builder().message("Topic does not exist").build();
        }
        told.add(request);
        return PublishResponse.builder().messageId("message-" + told.size()).build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
