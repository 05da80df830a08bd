package io.thermolake.asl;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Holds an engine's answer against what AWS answered. In a recording {@code <…>} stands for anything, and so do some words
 * that replaced times and ARNs; a string that looks like JSON may have been parsed by the recorder.
 */
record Recording(Map<String, Object> recorded) {
    private static final Pattern ANYTHING = Pattern.compile("<[A-Za-z][\\w\\-/: ]*>");
    private static final Set<String> WORDS = Set.of(
            "snf_role_arn",
            "sfn_role_arn",
            "timestamp",
            "date",
            "datetime",
            "start-date",
            "stop-date",
            "start_date",
            "end_date");

    /** How an answer fits: the end (status; output or error; cause), and the events' order where one was recorded. */
    record Verdict(boolean end, Optional<Boolean> events, boolean unsupported) {}

    String id() {
        return String.valueOf(recorded.get("id"));
    }

    /** Without a stub that says all that the tasks answered, the recording cannot be run again. */
    boolean canRun() {
        return !Boolean.FALSE.equals(Json.object(recorded.get("taskStub")).getOrDefault("derivable", true));
    }

    /** The rows of the table of Choice operators are many and alike. */
    String group() {
        String tier = String.valueOf(recorded.get("tier"));
        return id().contains("choice_operators") ? tier + ", Choice operators" : tier + ", " + language();
    }

    private Object language() {
        Object language = recorded.get("queryLanguage");
        return language == null ? "no language" : language;
    }

    Verdict judge(Map<String, Object> answer) {
        boolean unsupported = "UNSUPPORTED".equals(answer.get("status"));
        return new Verdict(end(answer), events(answer), unsupported);
    }

    private boolean end(Map<String, Object> answer) {
        Map<String, Object> expected = Json.object(recorded.get("expected"));
        Object cause = answer.getOrDefault("cause", "");
        if (Boolean.TRUE.equals(expected.get("rejected"))) {
            return "REJECTED".equals(answer.get("status")) && fits(expected.getOrDefault("message", ""), cause);
        }
        if (expected.containsKey("status") && !expected.get("status").equals(answer.get("status"))) {
            return false;
        }
        if (!expected.containsKey("error") && !"FAILED".equals(expected.get("status"))) {
            return !expected.containsKey("output") || fits(expected.get("output"), normalised(answer.get("output")));
        }
        return fits(expected.get("error"), answer.get("error"))
                && (expected.containsKey("cause") ? fits(expected.get("cause"), cause) : !answer.containsKey("cause"));
    }

    /** The recorder replaced request ids and account numbers by these rules. */
    private Object normalised(Object output) {
        String text = Json.text(output);
        for (Object each : Json.list(Json.object(recorded.get("wildcards")).get("normalise"))) {
            List<?> rule = Json.list(each);
            text = text.replaceAll(String.valueOf(rule.get(0)), Matcher.quoteReplacement(String.valueOf(rule.get(1))));
        }
        return Json.parse(text);
    }

    private Optional<Boolean> events(Map<String, Object> answer) {
        if (!recorded.containsKey("expectedEvents") || recorded.containsKey("eventOrder")) {
            return Optional.empty();
        }
        List<String> expected = names(recorded.get("expectedEvents"), "state");
        return Optional.of(expected.equals(names(answer.get("events"), "name")));
    }

    private static List<String> names(Object events, String member) {
        List<String> names = new ArrayList<>();
        for (Object each : Json.list(events)) {
            Map<String, Object> event = Json.object(each);
            String type = String.valueOf(event.get("type"));
            boolean named = type.endsWith("Entered") || type.endsWith("Exited") || type.startsWith("Map");
            names.add(type + (named ? " " + event.get(member) : ""));
        }
        return names;
    }

    boolean fits(Object expected, Object actual) {
        if (expected instanceof String text) {
            return fits(text, actual);
        }
        if (actual instanceof String text && (text.startsWith("{") || text.startsWith("["))) {
            return parsed(text).filter(value -> fits(expected, value)).isPresent();
        }
        if (expected instanceof Map<?, ?> map) {
            return actual instanceof Map<?, ?> && members(Json.object(map), Json.object(actual));
        }
        if (expected instanceof List<?> list) {
            return actual instanceof List<?> other && list.size() == other.size() && elements(list, other);
        }
        return Json.same(expected, actual);
    }

    private boolean fits(String expected, Object actual) {
        if (WORDS.contains(expected) || words().contains(expected)) {
            return true;
        }
        if (actual instanceof String text) {
            return pattern(expected).matcher(text).matches()
                    || parsed(expected)
                            .flatMap(value -> parsed(text).map(other -> fits(value, other)))
                            .orElse(false);
        }
        return ANYTHING.matcher(expected).matches()
                || parsed(expected)
                        .filter(value -> !(value instanceof String))
                        .map(value -> fits(value, actual))
                        .orElse(false);
    }

    private boolean members(Map<String, Object> expected, Map<String, Object> actual) {
        Set<String> missing = new HashSet<>(expected.keySet());
        missing.removeAll(actual.keySet());
        Set<String> more = new HashSet<>(actual.keySet());
        more.removeAll(expected.keySet());
        return missing.stream().allMatch(name -> ANYTHING.matcher(name).find())
                && missing.size() == more.size()
                && expected.entrySet().stream()
                        .filter(e -> actual.containsKey(e.getKey()))
                        .allMatch(e -> fits(e.getValue(), actual.get(e.getKey())));
    }

    private boolean elements(List<?> expected, List<?> actual) {
        for (int i = 0; i < expected.size(); i++) {
            if (!fits(expected.get(i), actual.get(i))) {
                return false;
            }
        }
        return true;
    }

    private List<?> words() {
        return Json.list(Json.object(recorded.get("wildcards")).get("words"));
    }

    private static Pattern pattern(String expected) {
        StringBuilder pattern = new StringBuilder();
        Matcher anything = ANYTHING.matcher(expected);
        int from = 0;
        while (anything.find()) {
            pattern.append(Pattern.quote(expected.substring(from, anything.start())))
                    .append("[\\s\\S]*?");
            from = anything.end();
        }
        return Pattern.compile(
                pattern.append(Pattern.quote(expected.substring(from))).toString());
    }

    private static Optional<Object> parsed(String text) {
        try {
            return Optional.ofNullable(Json.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
