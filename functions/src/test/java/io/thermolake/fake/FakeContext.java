package io.thermolake.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Lambda's context with time enough, that keeps what is logged. */
public final class FakeContext implements Context {
    public final List<String> logged = new ArrayList<>();
    private final Deque<Integer> remainingMillis = new ArrayDeque<>();

    /** The answers to being asked for the remaining time, one after the other; the last one stays. */
    public FakeContext withRemainingMillis(int... millis) {
        for (int m : millis) {
            remainingMillis.add(m);
        }
        return this;
    }

    @Override
    public int getRemainingTimeInMillis() {
        if (remainingMillis.isEmpty()) {
            return 300_000;
        }
        return remainingMillis.size() > 1 ? remainingMillis.remove() : remainingMillis.peek();
    }

    @Override
    public LambdaLogger getLogger() {
        return new LambdaLogger() {
            @Override
            public void log(String message) {
                logged.add(message);
            }

            @Override
            public void log(byte[] message) {
                logged.add(new String(message, UTF_8));
            }
        };
    }

    @Override
    public String getAwsRequestId() {
        return "request-1";
    }

    @Override
    public String getLogGroupName() {
        return "/aws/lambda/function";
    }

    @Override
    public String getLogStreamName() {
        return "stream";
    }

    @Override
    public String getFunctionName() {
        return "function";
    }

    @Override
    public String getFunctionVersion() {
        return "1";
    }

    @Override
    public String getInvokedFunctionArn() {
        return "arn:aws:lambda:eu-central-1:000000000000:function:function";
    }

    @Override
    public CognitoIdentity getIdentity() {
        throw new UnsupportedOperationException("nobody asks for an identity");
    }

    @Override
    public ClientContext getClientContext() {
        throw new UnsupportedOperationException("nobody asks for a client");
    }

    @Override
    public int getMemoryLimitInMB() {
        return 1024;
    }
}
