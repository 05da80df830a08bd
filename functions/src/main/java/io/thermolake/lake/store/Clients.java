package io.thermolake.lake.store;

import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sagemakerruntime.SageMakerRuntimeClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sns.SnsClient;

/**
 * The clients that a handler makes once for each execution environment. The JDK's own HTTP client is the smallest and enough
 * for short synchronous calls; it is named, since the SDK would pick any that it finds.
 */
public final class Clients {
    private Clients() {}

    public static S3Client s3() {
        return http(S3Client.builder()).build();
    }

    public static GlueClient glue() {
        return http(GlueClient.builder()).build();
    }

    public static SfnClient stepFunctions() {
        return http(SfnClient.builder()).build();
    }

    public static SageMakerClient sageMaker() {
        return http(SageMakerClient.builder()).build();
    }

    public static SageMakerRuntimeClient sageMakerRuntime() {
        return http(SageMakerRuntimeClient.builder()).build();
    }

    public static AthenaClient athena() {
        return http(AthenaClient.builder()).build();
    }

    public static SnsClient sns() {
        return http(SnsClient.builder()).build();
    }

    private static <B extends AwsSyncClientBuilder<B, C>, C> B http(B builder) {
        return builder.httpClientBuilder(UrlConnectionHttpClient.builder());
    }
}
