package io.thermolake.local.states;

import io.thermolake.asl.Activities;
import io.thermolake.asl.Json;
import io.thermolake.asl.Timer;
import io.thermolake.local.aws.JsonStore;
import io.thermolake.local.aws.Pages;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.ActivityListItem;
import software.amazon.awssdk.services.sfn.model.CreateActivityRequest;
import software.amazon.awssdk.services.sfn.model.CreateActivityResponse;
import software.amazon.awssdk.services.sfn.model.DescribeActivityResponse;
import software.amazon.awssdk.services.sfn.model.GetActivityTaskRequest;
import software.amazon.awssdk.services.sfn.model.GetActivityTaskResponse;
import software.amazon.awssdk.services.sfn.model.ListActivitiesRequest;
import software.amazon.awssdk.services.sfn.model.ListActivitiesResponse;

/** Activities, and the workers that wait for their tasks. */
final class ActivityQueues {
    /** How long GetActivityTask waits for work. */
    static final Duration LONG_POLL = Duration.ofSeconds(60);

    private final JsonStore<Activity> activities;
    private final Activities queues;
    private final Tags tags;
    private final Timer timer;

    ActivityQueues(Path state, Activities queues, Tags tags, Timer timer) {
        this.activities = new JsonStore<>(state.resolve("activities"), Activity.class);
        this.queues = queues;
        this.tags = tags;
        this.timer = timer;
    }

    Optional<Activity> get(String arn) {
        return activities.get(arn);
    }

    private Activity find(String arn) {
        Arn.parse(arn, Arn.ACTIVITY);
        return get(arn).orElseThrow(() -> SfnErrors.noActivity(arn));
    }

    /** A second time of the same name is the first one again; its tags do not count. */
    synchronized CreateActivityResponse create(CreateActivityRequest request) {
        String name = SfnErrors.name(request.name());
        MachineEdits.checkEncryption(request.encryptionConfiguration());
        String arn = Arn.of(Arn.ACTIVITY, name);
        Activity activity = get(arn).orElse(null);
        if (activity == null) {
            tags.addNew(arn, request.tags());
            activity = new Activity(arn, name, timer.now());
            activities.put(arn, activity);
        }
        return CreateActivityResponse.builder()
                .activityArn(arn)
                .creationDate(activity.created())
                .build();
    }

    DescribeActivityResponse describe(String arn) {
        Activity activity = find(arn);
        return DescribeActivityResponse.builder()
                .activityArn(arn)
                .name(activity.name())
                .creationDate(activity.created())
                .encryptionConfiguration(MachineReads.OWNED)
                .build();
    }

    ListActivitiesResponse list(ListActivitiesRequest request) {
        Pages.Page<Activity> page = SfnPages.PAGES.page(
                "ListActivities", activities.list(), Activity::arn, request.maxResults(), request.nextToken());
        return ListActivitiesResponse.builder()
                .activities(page.items().stream()
                        .map(a -> ActivityListItem.builder()
                                .activityArn(a.arn())
                                .name(a.name())
                                .creationDate(a.created())
                                .build())
                        .toList())
                .nextToken(page.nextToken())
                .build();
    }

    /** One that is not there is no error. */
    synchronized void delete(String arn) {
        Arn.parse(arn, Arn.ACTIVITY);
        activities.delete(arn);
        tags.forget(arn);
    }

    /** Waits for work; the answer is empty when there is none for {@link #LONG_POLL}. */
    CompletableFuture<GetActivityTaskResponse> next(GetActivityTaskRequest request) {
        String arn = find(request.activityArn()).arn();
        CompletableFuture<Activities.@Nullable Task> taken =
                queues.take(arn, request.workerName() == null ? "" : request.workerName());
        Runnable cancel = timer.schedule(LONG_POLL, Timer.Purpose.TIMEOUT, () -> taken.complete(null));
        return taken.thenApply(task -> {
            cancel.run();
            return task == null
                    ? GetActivityTaskResponse.builder().build()
                    : GetActivityTaskResponse.builder()
                            .taskToken(task.token())
                            .input(Json.text(task.input()))
                            .build();
        });
    }
}
