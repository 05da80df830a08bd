package io.thermolake.asl;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something about a definition, in the shape of AWS's ValidateStateMachineDefinition.
 *
 * @param code AWS's code, or one of this engine's own for what AWS does not look for
 * @param location a path of members from the definition's root, {@code /States/Load/Retry[0]}; null for the whole
 */
public record Diagnostic(
        Severity severity,
        String code,
        String message,
        @Nullable String location) {
    /** An error keeps a definition from running; a warning does not. */
    public enum Severity {
        ERROR,
        WARNING
    }

    /** The members as AWS names them. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("severity", severity.name());
        json.put("code", code);
        json.put("message", message);
        if (location != null) {
            json.put("location", location);
        }
        return json;
    }

    @Override
    public String toString() {
        return code + ": " + message + (location == null ? "" : " at " + location);
    }
}
