package io.thermolake.local.cloud;

import io.thermolake.local.athena.AthenaService;
import io.thermolake.local.aws.CallLog;
import io.thermolake.local.aws.CloudContext;
import io.thermolake.local.aws.CloudFolder;
import io.thermolake.local.aws.Meter;
import io.thermolake.local.aws.Scratch;
import io.thermolake.local.database.DatabaseService;
import io.thermolake.local.database.NewestRow;
import io.thermolake.local.door.FolderKey;
import io.thermolake.local.door.KeyFile;
import io.thermolake.local.events.EventRules;
import io.thermolake.local.firehose.DeliveryStream;
import io.thermolake.local.firehose.FirehoseService;
import io.thermolake.local.functions.LambdaService;
import io.thermolake.local.glue.Connections;
import io.thermolake.local.glue.GlueService;
import io.thermolake.local.iot.IotService;
import io.thermolake.local.s3.Buckets;
import io.thermolake.local.sagemaker.EndpointDoor;
import io.thermolake.local.sagemaker.EndpointService;
import io.thermolake.local.sagemaker.SageMakerService;
import io.thermolake.local.sample.SampleSender;
import io.thermolake.local.secrets.SecretsManagerService;
import io.thermolake.local.sns.SnsService;
import io.thermolake.local.stack.Stack;
import io.thermolake.local.stack.StackReader;
import io.thermolake.local.stack.StackResource;
import io.thermolake.local.states.StatesService;
import io.thermolake.local.sts.StsService;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sfn.SfnClient;

/**
 * A laptop cloud: every service of the stack, joined, on one data folder and one port. What is heavy (Spark, DuckDB, the
 * broker, the functions' host) starts on first use.
 */
public final class Cloud implements AutoCloseable {
    /** The stack's database, as the template names the secret and the crawler's path. */
    private static final String SECRET = "thermolake-external-db";

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final CloudFolder folder;
    private final FolderKey key;
    private final Gateway gateway;
    private final Meter meter;
    private final Stack stack;

    private Cloud(CloudOptions options) throws Exception {
        folder = new CloudFolder(options.data());
        if (!folder.lock()) {
            throw new FolderBusyException(folder.root());
        }
        open.push(folder);
        Scratch scratch = keep(Scratch.open(folder.root()));
        meter = new Meter(folder.state("meter"));
        stack = StackReader.read(options.home().resolve("template.yaml"), parameters(options));
        CallLog.stack(stack, parameters(options));
        key = new KeyFile(folder.root()).make(new SecureRandom());
        gateway = keep(new Gateway(options.place(), key, folder.s3(), scratch.part("bodies"), meter));
        Clock clock = Clock.systemUTC();
        CloudContext context = new CloudContext(
                options.home(), folder, scratch, key, stack, clock, meter, gateway::endpoint, options.timeScale());
        Buckets buckets = new Buckets(folder.s3());
        stack.ofType("AWS::S3::Bucket").forEach(b -> buckets.make(b.physicalId()));
        DatabaseService database = keep(database(options));
        LambdaService lambda = keep(new LambdaService(context));
        SnsService sns = new SnsService(context);
        GlueService glue = keep(new GlueService(context, buckets, connections(database)));
        AthenaService athena = keep(new AthenaService(context, glue.catalog(), buckets));
        FirehoseService firehose = keep(new FirehoseService(
                folder.state("firehose"),
                stack.ofType("AWS::KinesisFirehose::DeliveryStream").stream()
                        .map(s -> DeliveryStream.of(s.physicalId(), s.arn(), s.properties()))
                        .toList(),
                buckets::resolve,
                meter::add,
                clock));
        IotService iot = keep(new IotService(
                folder.state("iot"), options.mqttPort(), rules(), firehose, buckets::resolve, meter::add, clock));
        SageMakerService sageMaker = keep(new SageMakerService(folder.state("sagemaker"), buckets, meter::add, clock));
        EndpointDoor endpoints = new EndpointDoor(new EndpointService(sageMaker, buckets));
        StatesService states = keep(new StatesService(
                context,
                lambda,
                sns,
                buckets,
                gateway.json(),
                new EventRules(stack, lambda::invoke, folder.state("events"))));
        gateway.json()
                .add("AWSGlue", GlueClient.class, glue)
                .add("AmazonAthena", AthenaClient.class, athena)
                .add("Firehose_20150804", FirehoseClient.class, firehose)
                .add("SageMaker", SageMakerClient.class, sageMaker)
                .add("AWSStepFunctions", SfnClient.class, states)
                .add("secretsmanager", SecretsManagerClient.class, secrets(database));
        gateway.rest("lambda", lambda);
        gateway.rest("sagemaker", endpoints);
        gateway.rest("sns", sns);
        gateway.rest("sts", new StsService());
        Supplier<String> history = () -> "s3://" + bucket().physicalId() + "/" + io.thermolake.lake.LakeLayout.HISTORY;
        SampleSender sample = new SampleSender(folder.root(), buckets, history.get(), database, iot, firehose);
        controls(sample, iot, firehose, lambda, options);
        gateway.control("NewestRow", in -> NewestRow.of(database));
        states.onStart();
        folder.announce(new CloudFolder.Running(
                ProcessHandle.current().pid(), endpoint().toString(), 0));
    }

    /** @throws FolderBusyException when another process has the data folder */
    public static Cloud start(CloudOptions options) {
        try {
            return new Cloud(options);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("The laptop cloud did not start: " + e.getMessage(), e);
        }
    }

    private <T extends AutoCloseable> T keep(T service) {
        open.push(service);
        return service;
    }

    /** What a user would give to sam deploy. */
    private static Map<String, String> parameters(CloudOptions options) {
        Map<String, String> given = new TreeMap<>(Map.of("StartOnHistory", "true"));
        if (options.database().present()) {
            given.putAll(Map.of("JdbcUrl", "jdbc:laptop", "DatabaseSecretId", SECRET));
        }
        given.putAll(options.parameters());
        return given;
    }

    private DatabaseService database(CloudOptions options) {
        CloudOptions.Database database = options.database();
        return database.url() == null
                ? DatabaseService.own(folder.state("database"))
                : DatabaseService.external(
                        folder.state("database"), database.url(), database.user(), database.password());
    }

    private Connections connections(DatabaseService database) {
        return name -> {
            if (stack.named("AWS::Glue::Connection", name).isEmpty()) {
                throw new IllegalArgumentException("The stack has no connection " + name);
            }
            return new Connections.Jdbc(
                    database.url(), database.login().user(), database.login().password());
        };
    }

    private static SecretsManagerService secrets(DatabaseService database) {
        return new SecretsManagerService(Map.of(SECRET, database::secret), Stack.REGION, Stack.ACCOUNT);
    }

    private Map<String, Map<String, Object>> rules() {
        Map<String, Map<String, Object>> rules = new TreeMap<>();
        stack.ofType("AWS::IoT::TopicRule").forEach(r -> rules.put(r.physicalId(), r.properties()));
        return rules;
    }

    private StackResource bucket() {
        return stack.ofType("AWS::S3::Bucket").get(0);
    }

    /** The calls of our own, which the command line makes. */
    private void controls(
            SampleSender sample, IotService iot, FirehoseService firehose, LambdaService lambda, CloudOptions options) {
        gateway.control("Status", in -> {
            Map<String, Object> status = new LinkedHashMap<>();
            status.put("pid", ProcessHandle.current().pid());
            status.put("bucket", bucket().physicalId());
            status.put("folder", folder.s3().resolve(bucket().physicalId()).toString());
            status.put("timeScale", options.timeScale());
            stack.ofType("AWS::Serverless::StateMachine").forEach(m -> status.put(m.logicalId(), m.arn()));
            stack.ofType("AWS::KinesisFirehose::DeliveryStream")
                    .forEach(s -> status.put(s.logicalId(), s.physicalId()));
            stack.ofType("AWS::Athena::WorkGroup").forEach(w -> status.put("workgroup", w.physicalId()));
            stack.ofType("AWS::Glue::Database").forEach(d -> status.put("database", d.physicalId()));
            return status;
        });
        gateway.control("Meter", in -> {
            meter.save();
            return meter.snapshot();
        });
        gateway.control("Flush", in -> {
            firehose.flush();
            return Map.of();
        });
        gateway.control("Variables", in -> lambda.variables());
        gateway.control("RunFunctionsIn", in -> {
            lambda.runIn(in.get("sam") instanceof String sam ? URI.create(sam) : null);
            return Map.of();
        });
        gateway.control("SendSample", in -> sample.send());
        gateway.control("StartBroker", in -> Map.of("port", iot.start()));
    }

    public URI endpoint() {
        return gateway.endpoint();
    }

    /** That every request is signed with. */
    public FolderKey key() {
        return key;
    }

    public CloudFolder folder() {
        return folder;
    }

    /**
     * Waits until no other command uses this cloud; from then on none begins to.
     *
     * @param told is run once when there is somebody to wait for
     */
    public void awaitGuests(Runnable told) {
        Guests.await(folder.root(), told).ifPresent(open::addLast);
    }

    @Override
    public void close() {
        meter.save();
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                System.err.println("cloud.close failed: " + e);
            }
        }
    }
}
