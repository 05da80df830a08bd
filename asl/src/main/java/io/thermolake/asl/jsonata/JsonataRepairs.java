package io.thermolake.asl.jsonata;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the library's functions differ from the reference implementation's, jsonata-js 2. What is not mended: patterns of
 * {@code $formatNumber} with optional integer digits, grouping of unequal size or an exponent; {@code $substring} beyond the
 * basic plane. Longer than a page since it is a list of functions.
 */
final class JsonataRepairs {
    /** Longer than any payload, and short enough for any heap. */
    private static final int LONGEST_PAD = 1_000_000;

    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([Ee][-+]?[0-9]+)?");
    private static final Pattern OTHER_BASE = Pattern.compile("0([xX][0-9A-Fa-f]+|[oO][0-7]+|[bB][01]+)");
    private static final String NOT_IN_A_URL = " \"%<>\\^`{|}";

    private JsonataRepairs() {}

    static final Map<String, LibraryFunction> FUNCTIONS = Map.of(
            "number", new LibraryFunction("number", "<(nsb)-:n>", 1, args -> number(args[0])),
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
            "pad",
                    new LibraryFunction(
                            "pad", "<s-ns?:s>", 3, args -> pad((String) args[0], (Number) args[1], (String) args[2])),
            "encodeUrl", new LibraryFunction("encodeUrl", "<s-:s>", 1, args -> encodeUrl((String) args[0])));

    private static @Nullable Object number(@Nullable Object value) {
        if (value == Jsonata.NULL_VALUE) {
            throw new JException("T0410", -1, 1, "number");
        }
        if (!(value instanceof String text)) {
            return value instanceof Boolean truth ? (Object) (truth ? 1 : 0) : value;
        }
        if (OTHER_BASE.matcher(text).matches()) {
            char base = Character.toLowerCase(text.charAt(1));
            return Long.parseLong(text.substring(2), base == 'x' ? 16 : base == 'o' ? 8 : 2);
        }
        double number = NUMBER.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
        if (!Double.isFinite(number)) {
            throw new JException("D3030", -1, text);
        }
        return Functions.number(text);
    }

    /** The library overlooks the limit. */
    private static @Nullable Object match(@Nullable String text, @Nullable Object pattern, @Nullable Number limit) {
        if (text == null) {
            return null;
        }
        if (limit != null && limit.doubleValue() < 0) {
            throw new JException("D3040", -1, limit);
        }
        List<?> all = Functions.match(text, (Pattern) pattern, null);
        if (all == null || limit == null || limit.doubleValue() >= all.size()) {
            return all;
        }
        List<Object> some = com.dashjoin.jsonata.Utils.createSequence();
        some.addAll(all.subList(0, (int) Math.ceil(limit.doubleValue())));
        return some;
    }

    /** The library takes Java's rules for {@code $} in a replacement, and never ends a pattern that matches nothing. */
    private static @Nullable Object replace(
            @Nullable String text, @Nullable Object pattern, @Nullable Object replacement, @Nullable Number limit) {
        if (text == null) {
            return null;
        }
        if ("".equals(pattern)) {
            throw new JException("D3010", -1, pattern);
        }
        if (pattern instanceof Pattern regex && replacement instanceof String template) {
            if (limit != null && limit.doubleValue() < 0) {
                throw new JException("D3011", -1, limit);
            }
            return replaceAll(text, regex, template, limit == null ? Double.MAX_VALUE : limit.doubleValue());
        }
        return Functions.replace(text, pattern, replacement, limit == null ? null : limit.intValue());
    }

    private static String replaceAll(String text, Pattern regex, String template, double limit) {
        StringBuilder out = new StringBuilder();
        Matcher matcher = regex.matcher(text);
        int from = 0;
        for (int count = 0; count < limit && matcher.find(); count++) {
            if (matcher.end() == matcher.start()) {
                throw new JException("D1004", -1, regex.pattern());
            }
            out.append(text, from, matcher.start());
            expand(template, matcher, out);
            from = matcher.end();
        }
        return out.append(text, from, text.length()).toString();
    }

    /** {@code $$} is a dollar, {@code $0} the match; of {@code $12} as many digits count as there are groups for. */
    private static void expand(String template, Matcher matcher, StringBuilder out) {
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
            throw new IllegalArgumentException("Expression evaluation memory limit exceeded");
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
