package org.gaul.s3proxy;

import jakarta.servlet.http.HttpServlet;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;

/**
 * The one way to s3proxy's servlet without a server of its own: the class and its constructor are package-private, so this
 * one class of ours lies in their package. It pins s3proxy's version.
 */
public final class S3Servlet {
    private static final long LARGEST_PUT = 5L << 30;
    private static final int LARGEST_POST = 128 << 20;
    private static final int V4_BUFFER = 16 << 20;
    private static final int CLOCK_SKEW_SECONDS = 15 * 60;

    private S3Servlet() {}

    public static HttpServlet of(BlobStore store) {
        return new S3ProxyHandlerJetty(
                store,
                AuthenticationType.NONE,
                null,
                null,
                null,
                LARGEST_PUT,
                LARGEST_POST,
                V4_BUFFER,
                true,
                null,
                "",
                CLOCK_SKEW_SECONDS,
                null);
    }
}
