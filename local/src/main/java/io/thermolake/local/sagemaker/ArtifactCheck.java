package io.thermolake.local.sagemaker;

import java.io.IOException;

/** Whether bytes are a model artifact of the laptop's SageMaker. */
public final class ArtifactCheck {
    private ArtifactCheck() {}

    /** @throws IOException saying why they are none */
    public static void read(byte[] archive) throws IOException {
        ModelArtifact.of(archive);
    }
}
