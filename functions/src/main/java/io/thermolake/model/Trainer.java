package io.thermolake.model;

import com.google.gson.annotations.SerializedName;

/** Who trains a room's forest, and scores by it: the stack's parameter {@code Detector}, or what a room falls back to. */
public enum Trainer {
    /** SageMaker's built-in algorithm: a training job, and the run's endpoint. */
    @SerializedName("sagemaker")
    SAGEMAKER("sagemaker"),
    /** AWS's open library in the functions: no job and no endpoint. */
    @SerializedName("embedded")
    EMBEDDED("embedded");

    private final String words;

    Trainer(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
