package io.thermolake.local.sagemaker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.thermolake.detect.Forest;
import io.thermolake.lake.Sha256;
import io.thermolake.local.s3.Buckets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a training job does, from its input in S3 to its artifact there. */
final class TrainingRun {
    private static final String NO_LABEL = "text/csv;label_size=0";

    private final TrainingJob job;
    private final Buckets buckets;

    TrainingRun(TrainingJob job, Buckets buckets) {
        this.job = job;
        this.buckets = buckets;
    }

    /** @throws ClientError when hyperparameters or channels are not what the algorithm takes */
    ForestParameters check() {
        ForestParameters parameters = ForestParameters.of(job.hyperParameters());
        if (job.channels().size() != 1 || !job.channels().get(0).name().equals("train")) {
            throw new ClientError(
                    "Failed to validate input data configuration: the laptop cloud trains from one channel"
                            + ", 'train', not "
                            + job.channels().stream()
                                    .map(TrainingJob.Channel::name)
                                    .toList());
        }
        TrainingJob.Channel train = job.channels().get(0);
        String type = train.contentType().replace(" ", "").toLowerCase(Locale.ROOT);
        if (!type.equals(NO_LABEL)) {
            throw new ClientError(
                    "Failed to validate input data configuration: the content type of 'train' must be '%s'"
                                    .formatted(NO_LABEL)
                            + " but is '" + train.contentType() + "'");
        }
        if (!train.distribution().equals("ShardedByS3Key")) {
            throw new ClientError(
                    "Failed to validate input data configuration: S3DataDistributionType of 'train' must be"
                            + " 'ShardedByS3Key' but is '" + train.distribution() + "'");
        }
        if (!train.dataType().equals("S3Prefix")) {
            throw new ClientError("The laptop cloud reads S3Prefix, not " + train.dataType());
        }
        return parameters;
    }

    /** @throws ClientError when there are no rows, or a row is none */
    List<float[]> read(ForestParameters parameters) throws IOException {
        List<float[]> rows = new ArrayList<>();
        for (Map.Entry<String, byte[]> file : files().entrySet()) {
            rows.addAll(FeatureRows.parse(new String(file.getValue(), UTF_8), parameters.featureDim(), file.getKey()));
        }
        if (rows.isEmpty()) {
            throw new ClientError(
                    "No training data was found under " + job.channels().get(0).s3Uri());
        }
        return rows;
    }

    private Map<String, byte[]> files() throws IOException {
        // An S3 prefix need not end at a '/': all keys that begin with it are read.
        String uri = job.channels().get(0).s3Uri();
        Path prefix = buckets.resolve(uri);
        String folder = uri.substring(0, uri.lastIndexOf('/') + 1);
        Map<String, byte[]> files = new TreeMap<>();
        for (Path file : buckets.files(folder)) {
            String start = uri.endsWith("/") ? prefix + "/" : prefix.toString();
            if (file.toString().startsWith(start)) {
                files.put(buckets.root().relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        if (files.isEmpty()) {
            throw new ClientError(
                    "Data download failed:No S3 objects found under S3 URL \"%s\" given in input data source."
                                    .formatted(uri)
                            + " Please ensure that the bucket exists, that objects exist under the specified S3 prefix,"
                            + " and that the role \"" + job.roleArn() + "\" has \"s3:ListBucket\" permissions on it.");
        }
        return files;
    }

    /** The rows and parameters alone decide about the forest: its seed is made of them. */
    ModelArtifact train(ForestParameters parameters, List<float[]> rows) {
        return new ModelArtifact(
                parameters,
                Forest.train(rows, parameters.numTrees(), parameters.numSamplesPerTree(), seed(parameters, rows)));
    }

    private static long seed(ForestParameters parameters, List<float[]> rows) {
        Sha256 digest = new Sha256().add(parameters.toString());
        ByteBuffer buffer = ByteBuffer.allocate(parameters.featureDim() * Float.BYTES);
        for (float[] row : rows) {
            buffer.clear();
            buffer.asFloatBuffer().put(row);
            digest.add(buffer);
        }
        return ByteBuffer.wrap(digest.bytes()).getLong();
    }
}
