package io.thermolake.local.iot;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.thermolake.local.aws.Usage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.firehose.FirehoseClient;

/** What a rule does with what it selected. */
interface RuleAction {
    /** As AWS names it in an error message, e.g. {@code FirehoseAction}. */
    String name();

    /** What it writes to: a stream's name, a bucket's. */
    String resource();

    void perform(Message message, String selected);

    /** What actions write to; {@code scratch} is a folder on the same disk for what is not whole yet. */
    record RuleOutlets(FirehoseClient firehose, Function<String, Path> s3, Usage usage, Path scratch) {}

    /**
     * @param action as the template declares it: one key, the kind
     * @throws RuleException when the laptop's rule engine has no such action, or not with that setting
     */
    static RuleAction of(Map<?, ?> action, RuleOutlets to) {
        String kind = String.valueOf(action.keySet().iterator().next());
        if (!(action.get(kind) instanceof Map<?, ?> settings)) {
            throw new RuleException("The action " + kind + " has no settings");
        }
        if (action.size() == 1 && kind.equals("Firehose")) {
            only(kind, settings, Set.of("DeliveryStreamName", "RoleArn", "Separator"));
            Object separator = settings.get("Separator");
            return new ToFirehose(
                    to,
                    String.valueOf(settings.get("DeliveryStreamName")),
                    separator == null ? "" : separator.toString());
        }
        if (action.size() == 1 && kind.equals("S3")) {
            only(kind, settings, Set.of("BucketName", "Key", "RoleArn"));
            return new ToS3(
                    to,
                    String.valueOf(settings.get("BucketName")),
                    new TextTemplate(String.valueOf(settings.get("Key"))));
        }
        throw new RuleException("The laptop's rule engine has the actions Firehose and S3, not " + action.keySet());
    }

    private static void only(String kind, Map<?, ?> settings, Set<String> known) {
        for (Object key : settings.keySet()) {
            if (!known.contains(String.valueOf(key))) {
                throw new RuleException(
                        "The laptop's rule engine does not know %s of the action %s".formatted(key, kind));
            }
        }
    }

    /** @param separator behind each record: "", "\n", "\t", "\r\n" or "," */
    record ToFirehose(RuleOutlets to, String stream, String separator) implements RuleAction {
        @Override
        public String name() {
            return "FirehoseAction";
        }

        @Override
        public String resource() {
            return stream;
        }

        @Override
        public void perform(Message message, String selected) {
            to.firehose()
                    .putRecord(b -> b.deliveryStreamName(stream)
                            .record(r -> r.data(SdkBytes.fromString(selected + separator, UTF_8))));
        }
    }

    record ToS3(RuleOutlets to, String bucket, TextTemplate key) implements RuleAction {
        @Override
        public String name() {
            return "S3Action";
        }

        @Override
        public String resource() {
            return bucket;
        }

        @Override
        public void perform(Message message, String selected) {
            Path object = to.s3().apply("s3://" + bucket + "/" + key.of(message));
            try {
                Files.createDirectories(object.getParent());
                Files.createDirectories(to.scratch());
                Path whole = Files.writeString(Files.createTempFile(to.scratch(), "action", ".tmp"), selected);
                Files.move(whole, object, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                throw new UncheckedIOException("A rule could not write s3://" + bucket, e);
            }
            to.usage().add("S3", "PUT request", 1);
        }
    }
}
