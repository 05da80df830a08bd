package io.thermolake.asl.state;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A Task's Resource: which family of history events it has, and how it is named in them. */
public record TaskResource(String arn, Family family, String type, String action) {
    /** The families of events, by the first word of their types. */
    public enum Family {
        INTEGRATION("Task"),
        LAMBDA("LambdaFunction"),
        ACTIVITY("Activity");

        private final String word;

        Family(String word) {
            this.word = word;
        }

        public String event(String what) {
            return word + what;
        }

        /** The member that AWS puts such an event's details under. */
        public String details(String what) {
            return Character.toLowerCase(word.charAt(0)) + word.substring(1) + what + "EventDetails";
        }
    }

    private static final Pattern INTEGRATION = Pattern.compile("arn:[^:]+:states:[^:]*::(.+):([^:]+(?:\\.sync:2)?)");
    private static final Pattern ACTIVITY = Pattern.compile("arn:[^:]+:states:[^:]*:[^:]+:activity:.+");

    public static TaskResource of(String arn) {
        Matcher integration = INTEGRATION.matcher(arn);
        if (arn.endsWith(".sync:2")) {
            int split = arn.lastIndexOf(':', arn.length() - ".sync:2".length() - 1);
            int service = arn.indexOf(":::") + 3;
            return new TaskResource(arn, Family.INTEGRATION, arn.substring(service, split), arn.substring(split + 1));
        }
        if (integration.matches()) {
            return new TaskResource(arn, Family.INTEGRATION, integration.group(1), integration.group(2));
        }
        return new TaskResource(arn, ACTIVITY.matcher(arn).matches() ? Family.ACTIVITY : Family.LAMBDA, "", arn);
    }

    public boolean waitsForToken() {
        return family == Family.INTEGRATION && action.endsWith(".waitForTaskToken");
    }

    public boolean isSync() {
        return family == Family.INTEGRATION && action.contains(".sync");
    }

    /** What every later event of an integration names; nothing for the other families. */
    public Map<String, @Nullable Object> named() {
        Map<String, @Nullable Object> details = new LinkedHashMap<>();
        if (family == Family.INTEGRATION) {
            details.put("resourceType", type);
            details.put("resource", action);
        }
        return details;
    }
}
