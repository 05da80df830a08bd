package io.thermolake.local.sagemaker;

import io.thermolake.local.stack.Stack;

/** ARNs of SageMaker's things. */
final class Arns {
    private Arns() {}

    /** @param kind for example {@code training-job} */
    static String of(String kind, String name) {
        return "arn:aws:sagemaker:%s:%s:%s/%s".formatted(Stack.REGION, Stack.ACCOUNT, kind, name);
    }
}
