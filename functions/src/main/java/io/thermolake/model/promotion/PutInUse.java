package io.thermolake.model.promotion;

/**
 * What became of a version that was to be put in use.
 *
 * @param promoted whether it was this run, or this call, that put it in use
 * @param reason in words
 */
public record PutInUse(String version, boolean promoted, String reason) {}
