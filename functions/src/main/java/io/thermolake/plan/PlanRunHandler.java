package io.thermolake.plan;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.thermolake.Metrics;
import io.thermolake.Settings;
import io.thermolake.lake.LakeLayout;
import io.thermolake.lake.Manifest;
import io.thermolake.lake.store.CatalogRoll;
import io.thermolake.lake.store.CatalogSync;
import io.thermolake.lake.store.Clients;
import io.thermolake.lake.store.LakeStore;
import io.thermolake.lake.store.Manifests;
import io.thermolake.plan.store.PendingStarts;
import io.thermolake.run.ExecutionRef;
import io.thermolake.run.Run;
import io.thermolake.run.RunInput;
import io.thermolake.run.RunPlan;
import io.thermolake.run.StepName;
import io.thermolake.run.store.LiveExecutions;
import io.thermolake.run.store.RunLock;
import io.thermolake.run.store.SlotClaim;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;

/** Claims the slot and the lock, looks at the lake, and decides what the run does and why. */
public final class PlanRunHandler implements RequestHandler<PlanRunHandler.Request, PlanRunHandler.Answer> {
    public record Request(ExecutionRef execution, @Nullable RunInput input) {}

    /** What the machine needs of the plan. */
    public record Plan(
            String startFrom,
            @Nullable Instant databaseSince,
            Map<StepName, RunPlan.Step> steps,
            List<String> rooms,
            boolean force) {}

    /** @param outcome PLANNED, or SKIPPED when another run is on or has the slot */
    public record Answer(
            String outcome,
            String reason,
            @Nullable Run run,
            @Nullable Plan plan) {}

    private final LakeStore store;
    private final Manifests manifests;
    private final RunLock lock;
    private final SlotClaim slots;
    private final PendingStarts pending;
    private final CatalogRoll catalog;
    private final LakeSurveyor surveyor;
    private final LiveExecutions executions;
    private final Metrics metrics;
    private final Clock clock;

    /** Called by Lambda, once for each execution environment. */
    public PlanRunHandler() {
        this(Settings.from(System.getenv()), Clock.systemUTC());
    }

    private PlanRunHandler(Settings settings, Clock clock) {
        this(
                settings,
                Clients.s3(),
                Clients.glue(),
                Clients.stepFunctions(),
                clock,
                new Metrics(settings.stack().name(), clock));
    }

    PlanRunHandler(Settings settings, S3Client s3, GlueClient glue, SfnClient sfn, Clock clock, Metrics metrics) {
        this.store = new LakeStore(s3, settings.lake().bucket());
        this.manifests = new Manifests(store);
        this.lock = new RunLock(store, clock);
        this.slots = new SlotClaim(store);
        this.pending = new PendingStarts(store);
        this.catalog = new CatalogRoll(
                store,
                new CatalogSync(
                        glue, settings.lake().database(), settings.lake().bucket()));
        this.surveyor = new LakeSurveyor(store, settings, clock);
        this.executions = new LiveExecutions(sfn);
        this.metrics = metrics;
        this.clock = clock;
    }

    @Override
    public Answer handleRequest(Request request, Context context) {
        RunInput input = (request.input() == null ? RunInput.none() : request.input()).checked();
        ExecutionRef execution = request.execution();
        Manifest known = manifests.newest().orElse(null);
        input.checkedAgainst(known == null ? null : LakeSurveyor.rooms(known));
        Instant slot = input.slotTime();
        if (slot != null) {
            Optional<String> other = slots.claim(slot, execution.name());
            if (other.isPresent()) {
                return skipped("slot " + slot + " belongs to run " + other.get(), context);
            }
        }
        Optional<RunLock.Owner> owner = input.byHistory() ? lockOrMark(execution, input) : take(execution);
        if (owner.isPresent()) {
            String reason = "run " + owner.get().runId() + " is on";
            if (input.byHistory()) {
                return skipped(reason + "; a follow-up starts when it is over", context);
            }
            // Measured, unlike a slot's second delivery: many in a row mean that a run hangs or that runs outlast their
            // slots.
            metrics.put(execution.name(), Map.of(Metrics.Name.Skipped, 1));
            return skipped(reason, context);
        }
        try {
            return planned(execution, input, slot, context);
        } catch (RuntimeException e) {
            lock.release(execution.name());
            throw e;
        }
    }

    private Optional<RunLock.Owner> take(ExecutionRef execution) {
        return lock.take(execution.name(), execution.arn(), executions::isAlive);
    }

    /** A mark that is written after the other run has looked for it would wait for ever; so the lock is looked at again. */
    private Optional<RunLock.Owner> lockOrMark(ExecutionRef execution, RunInput input) {
        Optional<RunLock.Owner> owner = take(execution);
        if (owner.isPresent()) {
            pending.mark(new PendingStart(execution.name(), input, clock.instant()));
            owner = take(execution);
        }
        if (owner.isEmpty()) {
            pending.withdraw(execution.name());
        }
        return owner;
    }

    private Answer planned(ExecutionRef execution, RunInput input, @Nullable Instant slot, Context context) {
        Manifest newest = manifests.newest().orElse(null);
        if (newest != null && catalog.repair(newest)) {
            context.getLogger().log("catalog.repaired manifest=" + newest.number());
        }
        Instant now = input.nowTime() != null ? input.nowTime() : slot != null ? slot : execution.startedAt();
        Run run = new Run(execution.name(), execution.arn(), now, newest == null ? 0 : newest.number());
        RunPlan plan = Planner.plan(run, input, surveyor.look(run, newest, input.forced()));
        store.put(LakeLayout.plan(run.id()), plan);
        plan.steps()
                .forEach((name, step) -> context.getLogger()
                        .log("plan.step step=%s run=%s reason=\"%s\"".formatted(name, step.run(), step.reason())));
        return new Answer(
                "PLANNED",
                "manifest " + run.base() + " is the base",
                run,
                new Plan(plan.startFrom(), plan.databaseSince(), plan.steps(), plan.due(), input.forced()));
    }

    private static Answer skipped(String reason, Context context) {
        context.getLogger().log("plan.skipped reason=\"" + reason + "\"");
        return new Answer("SKIPPED", reason, null, null);
    }
}
