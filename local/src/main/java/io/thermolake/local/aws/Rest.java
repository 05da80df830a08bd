package io.thermolake.local.aws;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A service that does not speak AWS JSON: Lambda's Invoke, SageMaker's InvokeEndpoint, SNS, STS. */
@FunctionalInterface
public interface Rest {
    void handle(HttpServletRequest request, HttpServletResponse response) throws IOException;
}
