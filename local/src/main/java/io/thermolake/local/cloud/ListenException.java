package io.thermolake.local.cloud;

import java.io.IOException;

/** The cloud was told to listen on an address where it cannot. */
public final class ListenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ListenException(String address, int port, IOException cause) {
        super(
                "The laptop cloud cannot listen on %s:%d: %s. It must be an address of this machine with that port free"
                        .formatted(address, port, cause.getMessage()),
                cause);
    }
}
