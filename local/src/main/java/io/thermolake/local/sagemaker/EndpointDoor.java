package io.thermolake.local.sagemaker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import io.thermolake.local.aws.Rest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.Map;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sagemakerruntime.model.InvokeEndpointRequest;
import software.amazon.awssdk.services.sagemakerruntime.model.InvokeEndpointResponse;

/** SageMaker's runtime over HTTP: POST /endpoints/NAME/invocations with the model's own bodies. */
public final class EndpointDoor implements Rest {
    private final EndpointService endpoints;

    public EndpointDoor(EndpointService endpoints) {
        this.endpoints = endpoints;
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String[] path = request.getRequestURI().split("/");
        if (path.length != 4 || !path[1].equals("endpoints") || !path[3].equals("invocations")) {
            error(response, 501, "NotImplemented", "The laptop cloud's SageMaker runtime knows InvokeEndpoint only");
            return;
        }
        InvokeEndpointRequest invocation = InvokeEndpointRequest.builder()
                .endpointName(URLDecoder.decode(path[2], UTF_8))
                .contentType(request.getContentType())
                .accept(request.getHeader("Accept"))
                .targetModel(request.getHeader("X-Amzn-SageMaker-Target-Model"))
                .body(SdkBytes.fromByteArray(request.getInputStream().readAllBytes()))
                .build();
        try {
            InvokeEndpointResponse answer = endpoints.invokeEndpoint(invocation);
            response.setStatus(200);
            response.setContentType(answer.contentType());
            response.setHeader("x-Amzn-Invoked-Production-Variant", answer.invokedProductionVariant());
            response.getOutputStream().write(answer.body().asByteArray());
        } catch (AwsServiceException e) {
            // The runtime's error codes lack the suffix of the SDK's class names, but for ModelNotReadyException.
            String name = e.getClass().getSimpleName();
            String code = name.equals("ModelNotReadyException") ? name : name.replaceAll("Exception$", "");
            error(response, e.statusCode() >= 400 ? e.statusCode() : 400, code, String.valueOf(e.getMessage()));
        }
    }

    private static void error(HttpServletResponse response, int status, String code, String message)
            throws IOException {
        response.setStatus(status);
        response.setHeader("x-amzn-ErrorType", code);
        response.setContentType("application/json");
        response.getOutputStream()
                .write(new Gson()
                        .toJson(Map.of("Message", message, "message", message))
                        .getBytes(UTF_8));
    }
}
