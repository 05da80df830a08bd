package io.thermolake.local.states;

import io.thermolake.local.stack.Stack;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An ARN of Step Functions, taken apart.
 *
 * @param text the whole
 * @param kind stateMachine, execution, express, mapRun or activity
 * @param name the machine's, with a Map's label behind a slash where there is one; or the activity's
 * @param qualifier what stands behind the name: a version's number, an alias, an execution's name; null for nothing
 */
record Arn(String text, String kind, String name, @Nullable String qualifier) {
    private static final Pattern FORM =
            Pattern.compile("arn:aws[a-z-]*:states:[^:]+:\\d{12}:([A-Za-z]+):([^:]+)(?::(.+))?");

    static final String MACHINE = "stateMachine";
    static final String EXECUTION = "execution";
    static final String EXPRESS = "express";
    static final String MAP_RUN = "mapRun";
    static final String ACTIVITY = "activity";

    /** @throws software.amazon.awssdk.services.sfn.model.InvalidArnException when it is none, or of another kind */
    static Arn parse(@Nullable String text, String... kinds) {
        Matcher matcher = FORM.matcher(String.valueOf(text));
        if (text == null || !matcher.matches()) {
            throw SfnErrors.invalidArn("Invalid ARN prefix: " + text);
        }
        Arn arn = new Arn(text, matcher.group(1), matcher.group(2), matcher.group(3));
        if (!java.util.List.of(kinds).contains(arn.kind)) {
            throw SfnErrors.invalidArn("Resource type not valid in this context: " + arn.kind);
        }
        return arn;
    }

    static String of(String kind, String rest) {
        return "arn:aws:states:" + Stack.REGION + ":" + Stack.ACCOUNT + ":" + kind + ":" + rest;
    }

    /** The machine itself, whatever version, alias, execution or label this ARN names of it. */
    String machine() {
        int slash = name.indexOf('/');
        return of(MACHINE, slash < 0 ? name : name.substring(0, slash));
    }

    /** The label of a Map, which stands behind the machine's name, or null. */
    @Nullable
    String label() {
        int slash = name.indexOf('/');
        return slash < 0 ? null : name.substring(slash + 1);
    }

    /** Whether the qualifier is a version's number. */
    boolean isVersion() {
        return qualifier != null && qualifier.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
