package io.thermolake.local.cli;

import io.thermolake.local.door.FolderKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Keeps the laptop cloud up for other tools. */
@Command(
        name = "cloud",
        mixinStandardHelpOptions = true,
        description = "Keep the laptop cloud up, for the AWS CLI, SDKs and sam local.")
final class CloudCommand implements Callable<Integer> {
    @Mixin
    CloudFlags flags = new CloudFlags();

    @Option(names = "--port", paramLabel = "PORT", description = "Of every AWS API (default: any free one).")
    int port;

    @Option(names = "--mqtt-port", paramLabel = "PORT", description = "Of the broker (default: any free one).")
    int mqttPort;

    @Option(
            names = "--time-scale",
            paramLabel = "FACTOR",
            description = "Waiting states wait this many times as long as on AWS (${DEFAULT-VALUE}).")
    double timeScale = 1;

    @Mixin
    SamFlags sam = new SamFlags();

    @Override
    public Integer call() throws InterruptedException {
        Console console = new Console(flags.json);
        Containers containers = sam.containers(DockerBridge::address);
        CloudSession session = CloudSession.open(
                flags.options(timeScale, port, mqttPort).calledBy(containers.listen(), containers.host()));
        if (!session.isOwn()) {
            throw new CommandException("A laptop cloud runs on " + flags.data + " already, at " + session.endpoint());
        }
        int mqtt = session.control().number("StartBroker", "port");
        console.say("export AWS_ENDPOINT_URL=%s", session.endpoint());
        console.say("export AWS_REGION=eu-central-1 AWS_DEFAULT_REGION=eu-central-1");
        console.say(
                "export AWS_SHARED_CREDENTIALS_FILE='%s' AWS_PROFILE=%s",
                session.key().file().toString().replace("'", "'\\''"), FolderKey.ID);
        // What is set there goes before the profile.
        console.say("unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN");
        // Else boto3 and the AWS CLI send StartSyncExecution to sync-127.0.0.1, which is no host.
        console.say("export AWS_DISABLE_HOST_PREFIX_INJECTION=true");
        console.say("# bucket %s, pipeline %s", session.fact("bucket"), session.fact("PipelineStateMachine"));
        console.say("# MQTT 127.0.0.1:%d, topic rooms/<room_id>/temperature", mqtt);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("endpoint", session.endpoint().toString());
        answer.put("credentialsFile", session.key().file().toString());
        answer.put("profile", FolderKey.ID);
        answer.put("bucket", session.fact("bucket"));
        answer.put("pipeline", session.fact("PipelineStateMachine"));
        answer.put("mqttPort", mqtt);
        answer.put("containers", sam.tell(containers, session, console));
        console.answer(answer);
        CountDownLatch end = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            session.end();
            end.countDown();
        }));
        end.await();
        return 0;
    }
}
