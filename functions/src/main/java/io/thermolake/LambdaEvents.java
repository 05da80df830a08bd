package io.thermolake;

import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The events of AWS's services as AWS's own library has them: Lambda's own serializer knows their spelling (Records, RequestType) and
 * their times. A function with a serializer of its own gets it for every type, so ours hands these on.
 */
final class LambdaEvents {
    private static final String PACKAGE = "com.amazonaws.services.lambda.runtime.events.";

    /** Making one takes longer than reading an event with it. */
    private static final Map<Class<?>, PojoSerializer<Object>> MADE = new ConcurrentHashMap<>();

    private LambdaEvents() {}

    /** @return nothing where the type is no service's event, which is the usual case: then nothing is loaded */
    static Optional<PojoSerializer<Object>> serializer(Type type) {
        return type instanceof Class<?> event
                        && event.getName().startsWith(PACKAGE)
                        && LambdaEventSerializers.isLambdaSupportedEvent(event.getName())
                ? Optional.of(MADE.computeIfAbsent(event, LambdaEvents::of))
                : Optional.empty();
    }

    @SuppressWarnings("unchecked")
    private static PojoSerializer<Object> of(Class<?> event) {
        return LambdaEventSerializers.serializerFor((Class<Object>) event, event.getClassLoader());
    }
}
