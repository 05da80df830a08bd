package io.thermolake.local.firehose;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A direct-put stream to S3 as the template declares it.
 *
 * @param prefix of the objects' keys, with Firehose's expressions
 * @param gzip whether objects are compressed; they are called .gz then
 * @param interval a buffer older than this is delivered
 * @param sizeBytes a buffer of this many bytes, not compressed, is delivered
 */
public record DeliveryStream(
        String name, String arn, String bucket, ObjectPrefix prefix, boolean gzip, Duration interval, long sizeBytes) {
    private static final Set<String> KNOWN = Set.of(
            "BucketARN",
            "RoleARN",
            "Prefix",
            "ErrorOutputPrefix",
            "BufferingHints",
            "CompressionFormat",
            "EncryptionConfiguration",
            "CloudWatchLoggingOptions",
            "CustomTimeZone",
            "FileExtension",
            "S3BackupMode");

    /**
     * @param properties of an AWS::KinesisFirehose::DeliveryStream, everything resolved
     * @throws IllegalArgumentException naming what the laptop's Firehose does not do
     */
    public static DeliveryStream of(String name, String arn, Map<String, Object> properties) {
        if (!"DirectPut".equals(properties.getOrDefault("DeliveryStreamType", "DirectPut"))) {
            throw refused(name, "DeliveryStreamType " + properties.get("DeliveryStreamType"));
        }
        if (!(properties.get("ExtendedS3DestinationConfiguration") instanceof Map<?, ?> to)) {
            throw refused(name, "a destination other than ExtendedS3DestinationConfiguration");
        }
        Set<String> unknown = new TreeSet<>();
        to.keySet().forEach(key -> unknown.add(String.valueOf(key)));
        unknown.removeAll(KNOWN);
        String zone = text(to, "CustomTimeZone", "UTC");
        String backup = text(to, "S3BackupMode", "Disabled");
        if (!unknown.isEmpty()
                || !zone.equals("UTC")
                || !backup.equals("Disabled")
                || to.containsKey("FileExtension")) {
            throw refused(name, unknown.isEmpty() ? "CustomTimeZone, FileExtension or a backup" : unknown.toString());
        }
        String compression = text(to, "CompressionFormat", "UNCOMPRESSED");
        if (!Set.of("GZIP", "UNCOMPRESSED").contains(compression)) {
            throw refused(name, "CompressionFormat " + compression);
        }
        Map<?, ?> hints = to.get("BufferingHints") instanceof Map<?, ?> given ? given : Map.of();
        // Nothing is processed on the way, so nothing fails there; a bad prefix is told all the same.
        ObjectPrefix.of(text(to, "ErrorOutputPrefix", ""));
        return new DeliveryStream(
                name,
                arn,
                text(to, "BucketARN", "").replaceFirst("^arn:[^:]*:s3:::", ""),
                ObjectPrefix.of(text(to, "Prefix", "")),
                compression.equals("GZIP"),
                Duration.ofSeconds(number(hints, "IntervalInSeconds", 300, 0, 900)),
                number(hints, "SizeInMBs", 5, 1, 128) << 20);
    }

    public DeliveryStream {
        if (name.isEmpty() || bucket.isEmpty()) {
            throw new IllegalArgumentException(
                    "A delivery stream needs a name and a bucket: '" + name + "', '" + bucket + "'");
        }
    }

    private static String text(Map<?, ?> map, String key, String usual) {
        Object value = map.get(key);
        return value == null ? usual : value.toString();
    }

    private static long number(Map<?, ?> map, String key, long usual, long least, long most) {
        Object value = map.get(key);
        long number = value == null ? usual : new java.math.BigDecimal(value.toString()).longValueExact();
        if (number < least || number > most) {
            throw new IllegalArgumentException(
                    "%s must be from %d to %d but is %d".formatted(key, least, most, number));
        }
        return number;
    }

    private static IllegalArgumentException refused(String stream, String what) {
        return new IllegalArgumentException(
                "The laptop's Firehose does not do what the delivery stream %s asks for: %s".formatted(stream, what));
    }
}
