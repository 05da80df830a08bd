package io.thermolake.asl.internal.state;

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

    /** Region and account may stand in the ARN or be left out. */
    private static final Pattern INTEGRATION = Pattern.compile(
            "arn:([^:]+):states:[^:]*:[^:]*:((?!activity:|stateMachine:|execution:|express:|mapRun:).+?):([^:]+(?:\\.sync:2)?)");

    private static final Pattern ACTIVITY = Pattern.compile("arn:[^:]+:states:[^:]*:[^:]+:activity:.+");

    public static TaskResource of(String arn) {
        Matcher integration = INTEGRATION.matcher(arn);
        if (integration.matches()) {
            return new TaskResource(arn, Family.INTEGRATION, integration.group(2), integration.group(3));
        }
        return new TaskResource(arn, ACTIVITY.matcher(arn).matches() ? Family.ACTIVITY : Family.LAMBDA, "", arn);
    }

    /** The ARN without region and account, which say nothing of an integration. */
    public String bare() {
        return family == Family.INTEGRATION
                ? arn.substring(0, arn.indexOf(":states:")) + ":states:::" + type + ":" + action
                : arn;
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
