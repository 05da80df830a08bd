package io.thermolake.asl;

/**
 * One thing that is wrong with a definition.
 *
 * @param code for example SCHEMA_VALIDATION_FAILED
 * @param message what is wrong
 * @param location a JSON pointer such as {@code /States/Wait/Seconds}
 */
public record Diagnostic(String code, String message, String location) {}
