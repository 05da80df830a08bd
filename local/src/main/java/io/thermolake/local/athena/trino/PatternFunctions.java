package io.thermolake.local.athena.trino;

import static io.thermolake.local.athena.trino.JavaFunction.of;

import com.google.gson.Gson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Regular expressions in Java's dialect, which is nearly Trino's: what the two may understand differently is refused. Arrays
 * leave as JSON.
 */
final class PatternFunctions {
    private static final int KEPT = 1000;
    /** Literals, classes without sets in sets, groups, alternatives, anchors, greedy and reluctant quantifiers. */
    private static final Pattern KNOWN = Pattern.compile(
            "(?:\\(\\?i\\))?(?:"
                    + "[^\\\\\\[\\](){}?*+]|\\\\[dDwWsSbBtnrf]|\\\\[^a-zA-Z0-9]|\\[\\^?(?:[^\\\\\\[\\]&]|\\\\[dDwWsStnrf]|\\\\[^a-zA-Z0-9])+\\]"
                    + "|\\((?:\\?:|\\?<[a-zA-Z][a-zA-Z0-9]*>)?|\\)|(?<!^)(?<!^[(|])(?<![^\\\\][(|])(?:[?*+]|\\{\\d+(?:,\\d*)?\\})\\??(?![?*+{]))*");
    /** What Unicode has a say in: there the two dialects part for texts that are not ASCII. */
    private static final Pattern UNICODE = Pattern.compile("\\\\[dDwWsSbB]|\\(\\?i\\)");

    private static final Map<String, Pattern> COMPILED = new ConcurrentHashMap<>();

    static final List<JavaFunction> ALL = List.of(
            of("th_regexp_like", "ss>b", a -> matcher(a).find()),
            of("th_regexp_extract", "ssl>s", a -> extract(matcher(a), group(a))),
            of("th_regexp_all", "ssl>s", a -> all(matcher(a), group(a))),
            of("th_regexp_replace", "sss>s", a -> matcher(a).replaceAll((String) a[2])),
            of("th_regexp_split", "ss>s", a -> split((String) a[0], matcher(a))),
            of("th_regexp_count", "ss>l", a -> matcher(a).results().count()),
            of("th_regexp_position", "ss>l", a -> position((String) a[0], matcher(a))));

    private PatternFunctions() {}

    private static Matcher matcher(Object[] arguments) {
        String text = (String) arguments[0];
        String pattern = (String) arguments[1];
        if (COMPILED.size() > KEPT) {
            COMPILED.clear();
        }
        Pattern compiled = COMPILED.computeIfAbsent(pattern, PatternFunctions::compile);
        if (UNICODE.matcher(pattern).find() && text.chars().anyMatch(c -> c > 127)) {
            throw new IllegalArgumentException("The laptop's Athena does not know what " + pattern
                    + " matches in a text that is not ASCII; name the characters, such as [0-9]");
        }
        return compiled.matcher(new Patience(text, pattern));
    }

    private static Pattern compile(String pattern) {
        if (!KNOWN.matcher(pattern).matches()) {
            throw new IllegalArgumentException(
                    "The laptop's Athena does not know the regular expression " + pattern + "; on AWS it may exist");
        }
        try {
            return Pattern.compile(pattern, Pattern.UNIX_LINES);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("INVALID_FUNCTION_ARGUMENT: " + e.getMessage(), e);
        }
    }

    private static int group(Object[] arguments) {
        return Math.toIntExact((Long) arguments[2]);
    }

    private static int known(Matcher matcher, int group) {
        if (group < 0 || group > matcher.groupCount()) {
            throw new IllegalArgumentException("INVALID_FUNCTION_ARGUMENT: Pattern has " + matcher.groupCount()
                    + " groups. Cannot access group " + group);
        }
        return group;
    }

    private static @Nullable String extract(Matcher matcher, int group) {
        return matcher.find() ? matcher.group(known(matcher, group)) : null;
    }

    private static String all(Matcher matcher, int group) {
        List<@Nullable String> found = new ArrayList<>();
        while (matcher.find()) {
            found.add(matcher.group(known(matcher, group)));
        }
        return new Gson().toJson(found);
    }

    private static String split(String text, Matcher matcher) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        while (matcher.find()) {
            if (matcher.end() == matcher.start()) {
                throw new IllegalArgumentException(
                        "The laptop's Athena does not know regexp_split by a pattern that matches nothing");
            }
            parts.add(text.substring(from, matcher.start()));
            from = matcher.end();
        }
        parts.add(text.substring(from));
        return new Gson().toJson(parts);
    }

    private static long position(String text, Matcher matcher) {
        return matcher.find() ? text.codePointCount(0, matcher.start()) + 1L : -1L;
    }
}
