package io.thermolake.local.firehose;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key prefix with Firehose's expressions: {@code !{timestamp:…}} with a Java date pattern in UTC and
 * {@code !{firehose:error-output-type}}. One without a timestamp gets {@code yyyy/MM/dd/HH/} behind it, as on AWS
 * ("Understand custom prefixes for Amazon S3 objects").
 */
public final class ObjectPrefix {
    private static final Pattern EXPRESSION = Pattern.compile("!\\{([^}:]*):([^}]*)}");
    private static final DateTimeFormatter USUAL =
            DateTimeFormatter.ofPattern("yyyy/MM/dd/HH/", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final String text;

    private ObjectPrefix(String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException naming an expression that is none or is not built */
    public static ObjectPrefix of(String text) {
        ObjectPrefix prefix = new ObjectPrefix(text);
        prefix.at(Instant.EPOCH, "processing-failed");
        return prefix;
    }

    @Override
    public String toString() {
        return text;
    }

    /** @param arrival of the buffer's first record */
    String at(Instant arrival) {
        return at(arrival, "");
    }

    /** @param errorType for example {@code processing-failed} */
    String at(Instant arrival, String errorType) {
        Matcher m = EXPRESSION.matcher(text);
        StringBuilder out = new StringBuilder();
        boolean timed = false;
        while (m.find()) {
            boolean time = m.group(1).equals("timestamp");
            timed |= time;
            m.appendReplacement(out, Matcher.quoteReplacement(time ? time(m.group(2), arrival) : other(m, errorType)));
        }
        m.appendTail(out);
        return timed ? out.toString() : out + USUAL.format(arrival);
    }

    private static String time(String pattern, Instant arrival) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT)
                .withZone(ZoneOffset.UTC)
                .format(arrival);
    }

    private static String other(Matcher m, String errorType) {
        if (m.group().equals("!{firehose:error-output-type}")) {
            return errorType;
        }
        throw new IllegalArgumentException("The laptop's Firehose does not know " + m.group()
                + " in a prefix; it knows !{timestamp:pattern} and" + " !{firehose:error-output-type}");
    }
}
