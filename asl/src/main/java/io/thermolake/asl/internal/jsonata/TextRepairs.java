package io.thermolake.asl.internal.jsonata;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Utils;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the library's functions of texts differ from the reference implementation's, jsonata-js 2.
 */
final class TextRepairs {
    /** Longer than any payload, and short enough for any heap. */
    private static final int LONGEST_PAD = 1_000_000;

    private static final String NOT_IN_A_URL = " \"%<>\\^`{|}";

    private TextRepairs() {}

    static final Map<String, LibraryFunction> FUNCTIONS = Map.of(
            "string",
                    new LibraryFunction(
                            "string",
                            "<x-b?:s>",
                            2,
                            args -> args[0] == null ? null : Values.text(args[0], Boolean.TRUE.equals(args[1]))),
            "substring",
                    new LibraryFunction(
                            "substring",
                            "<s-nn?:s>",
                            3,
                            args -> substring((String) args[0], (Number) args[1], (Number) args[2])),
            "lowercase",
                    new LibraryFunction(
                            "lowercase",
                            "<s-:s>",
                            1,
                            args -> args[0] == null ? null : ((String) args[0]).toLowerCase(Locale.ROOT)),
            "uppercase",
                    new LibraryFunction(
                            "uppercase",
                            "<s-:s>",
                            1,
                            args -> args[0] == null ? null : ((String) args[0]).toUpperCase(Locale.ROOT)),
            "contains", new LibraryFunction("contains", "<s-(sf):b>", 2, args -> contains((String) args[0], args[1])),
            "match",
                    new LibraryFunction(
                            "match",
                            "<s-f<s:o>n?:a<o>>",
                            3,
                            args -> match((String) args[0], args[1], (Number) args[2])),
            "replace",
                    new LibraryFunction(
                            "replace",
                            "<s-(sf)(sf)n?:s>",
                            4,
                            args -> replace((String) args[0], args[1], args[2], (Number) args[3])),
            "split",
                    new LibraryFunction(
                            "split", "<s-(sf)n?:a<s>>", 3, args -> split((String) args[0], args[1], (Number) args[2])),
            "pad",
                    new LibraryFunction(
                            "pad", "<s-ns?:s>", 3, args -> pad((String) args[0], (Number) args[1], (String) args[2])),
            "encodeUrl", new LibraryFunction("encodeUrl", "<s-:s>", 1, args -> encodeUrl((String) args[0])));

    /** Counts code points; fractions of indexes are cut off, towards zero. */
    private static @Nullable Object substring(@Nullable String text, @Nullable Number from, @Nullable Number length) {
        if (text == null) {
            return null;
        }
        int[] points = text.codePoints().toArray();
        double start = from == null ? 0 : from.doubleValue();
        if (points.length + start < 0) {
            start = 0;
        }
        if (length != null && length.doubleValue() <= 0) {
            return "";
        }
        double end = length == null ? points.length : (start < 0 ? points.length : 0) + start + length.doubleValue();
        int first = place(start, points.length);
        int last = place(end, points.length);
        return last <= first ? "" : new String(points, first, last - first);
    }

    private static int place(double index, int size) {
        int whole = (int) index;
        return Math.max(0, Math.min(size, whole < 0 ? size + whole : whole));
    }

    private static @Nullable Object contains(@Nullable String text, @Nullable Object what) {
        if (text == null || what == null) {
            return null;
        }
        return what instanceof String part
                ? text.contains(part)
                : regex(what).matcher(text).find();
    }

    /** The library overlooks the limit. */
    private static @Nullable Object match(@Nullable String text, @Nullable Object pattern, @Nullable Number limit) {
        if (text == null || pattern == null) {
            return null;
        }
        List<Object> found = Utils.createSequence();
        for (MatchResult each : matches(text, pattern, bound(limit, "D3040"))) {
            Map<String, Object> match = new LinkedHashMap<>();
            match.put("match", each.group());
            match.put("index", each.start());
            match.put("groups", groups(each));
            found.add(match);
        }
        return found;
    }

    /** The library takes Java's rules for {@code $} in a replacement, and swallows what a function of the expression throws. */
    private static @Nullable Object replace(
            @Nullable String text, @Nullable Object pattern, @Nullable Object replacement, @Nullable Number limit) {
        if (text == null || pattern == null || replacement == null) {
            return null;
        }
        if (pattern.equals("")) {
            throw new JException("D3010", -1, pattern);
        }
        double most = bound(limit, "D3011");
        StringBuilder out = new StringBuilder();
        int from = 0;
        if (pattern instanceof String part) {
            int at = text.indexOf(part);
            for (int count = 0; at >= 0 && count < most; count++, at = text.indexOf(part, from)) {
                out.append(text, from, at).append(Values.text(replacement, false));
                from = at + part.length();
            }
        } else {
            for (MatchResult each : matches(text, pattern, most)) {
                out.append(text, from, each.start());
                if (replacement instanceof String template) {
                    expand(template, each, out);
                } else {
                    out.append(replaced(each, replacement));
                }
                from = each.end();
            }
        }
        return out.append(text, from, text.length()).toString();
    }

    private static String replaced(MatchResult found, Object function) {
        Map<String, Object> match = new LinkedHashMap<>();
        match.put("match", found.group());
        match.put("start", found.start());
        match.put("end", found.end());
        match.put("groups", groups(found));
        if (JsonataRepairs.applied(function, List.of(match)) instanceof String text) {
            return text;
        }
        throw new JException("D3012", -1);
    }

    private static @Nullable Object split(@Nullable String text, @Nullable Object separator, @Nullable Number limit) {
        if (text == null || separator == null) {
            return null;
        }
        double most = bound(limit, "D3020");
        List<Object> parts = new ArrayList<>();
        if (separator instanceof String mark) {
            // JavaScript's own split cuts a limit's fraction off.
            long whole = (long) most;
            String[] all = mark.isEmpty() ? text.split("") : text.split(Pattern.quote(mark), -1);
            for (int i = 0; i < all.length && i < whole && !(mark.isEmpty() && text.isEmpty()); i++) {
                parts.add(all[i]);
            }
            return parts;
        }
        int from = 0;
        for (MatchResult each : matches(text, separator, most)) {
            parts.add(text.substring(from, each.start()));
            from = each.end();
        }
        if (parts.size() < most) {
            parts.add(text.substring(from));
        }
        return parts;
    }

    private static double bound(@Nullable Number limit, String negative) {
        if (limit != null && limit.doubleValue() < 0) {
            throw new JException(negative, -1, limit);
        }
        return limit == null ? Double.MAX_VALUE : limit.doubleValue();
    }

    private static Pattern regex(Object pattern) {
        if (pattern instanceof Pattern regex) {
            return regex;
        }
        throw new EvaluationException("A function in place of a regular expression is not implemented here");
    }

    private static List<MatchResult> matches(String text, Object pattern, double limit) {
        Pattern regex = regex(pattern);
        Matcher matcher = regex.matcher(text);
        List<MatchResult> found = new ArrayList<>();
        while (found.size() < limit && matcher.find()) {
            if (matcher.end() == matcher.start() && matcher.start() < text.length()) {
                throw new JException("D1004", -1, regex.pattern());
            }
            if (matcher.end() > matcher.start() || found.isEmpty()) {
                found.add(matcher.toMatchResult());
            }
        }
        return found;
    }

    /** The groups of the pattern, without the whole match; one that took no part is undefined, in a list null. */
    private static List<@Nullable Object> groups(MatchResult match) {
        List<@Nullable Object> groups = new ArrayList<>();
        for (int i = 1; i <= match.groupCount(); i++) {
            groups.add(match.group(i));
        }
        return groups;
    }

    /** {@code $$} is a dollar, {@code $0} the match; of {@code $12} as many digits count as there are groups for. */
    private static void expand(String template, MatchResult matcher, StringBuilder out) {
        int digits = String.valueOf(matcher.groupCount()).length();
        for (int i = 0; i < template.length(); i++) {
            char c = template.charAt(i);
            char next = i + 1 < template.length() ? template.charAt(i + 1) : ' ';
            if (c == '$' && next == '$') {
                out.append('$');
                i++;
            } else if (c == '$' && next == '0') {
                out.append(matcher.group());
                i++;
            } else if (c == '$' && Character.isDigit(next)) {
                int end = i + 2;
                while (end < template.length() && end < i + 1 + digits && Character.isDigit(template.charAt(end))) {
                    end++;
                }
                while (end > i + 2 && Integer.parseInt(template.substring(i + 1, end)) > matcher.groupCount()) {
                    end--;
                }
                int group = Integer.parseInt(template.substring(i + 1, end));
                String found = group <= matcher.groupCount() ? matcher.group(group) : null;
                out.append(found == null ? "" : found);
                i = end - 1;
            } else {
                out.append(c);
            }
        }
    }

    private static @Nullable Object pad(@Nullable String text, @Nullable Number width, @Nullable String with) {
        if (text == null || width == null) {
            return text;
        }
        if (Math.abs(width.doubleValue()) > LONGEST_PAD) {
            throw new EvaluationException("Expression evaluation memory limit exceeded");
        }
        String fill = with == null || with.isEmpty() ? " " : with;
        int[] points = fill.codePoints().toArray();
        StringBuilder padding = new StringBuilder();
        for (int i = text.codePointCount(0, text.length()), n = 0; i < Math.abs(width.intValue()); i++, n++) {
            padding.appendCodePoint(points[n % points.length]);
        }
        return width.doubleValue() < 0 ? padding + text : text + padding;
    }

    /** JavaScript's encodeURI: whatever may stand in a URL stays. */
    private static @Nullable Object encodeUrl(@Nullable String text) {
        if (text == null) {
            return null;
        }
        StringBuilder url = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (c > 0x20 && c < 0x7F && NOT_IN_A_URL.indexOf(c) < 0) {
                url.appendCodePoint(c);
            } else {
                for (byte b : Character.toString(c).getBytes(UTF_8)) {
                    url.append('%').append("%02X".formatted(b & 0xFF));
                }
            }
        });
        return url.toString();
    }
}
