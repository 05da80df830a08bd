package io.thermolake.local.functions;

import io.thermolake.local.aws.CallLog;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * Writes down what functions ask of AWS. The SDK finds it on the host's class path (global/handlers), so no function knows
 * of it; the caller is whose invocation the thread serves.
 */
public final class CallInterceptor implements ExecutionInterceptor {
    /** Inherited: a function may work in threads of its own. */
    private static final InheritableThreadLocal<@Nullable String> CALLER = new InheritableThreadLocal<>();

    private static final boolean ON = CallLog.file() != null;

    static void caller(String function) {
        CALLER.set(function);
    }

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        String caller = CALLER.get();
        if (ON && caller != null) {
            CallLog.call(
                    caller,
                    attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME),
                    attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME),
                    context.request());
        }
    }
}
