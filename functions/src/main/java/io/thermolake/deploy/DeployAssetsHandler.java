package io.thermolake.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.thermolake.RecordJson;
import io.thermolake.deploy.store.AssetFolder;
import io.thermolake.deploy.store.BucketContent;
import io.thermolake.deploy.store.NamedQueries;
import io.thermolake.deploy.store.Views;
import io.thermolake.lake.store.Clients;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The custom resources of the template. {@code Custom::JobsJar} puts the jobs' jar into the bucket under its SHA-256 and
 * tells its {@code Uri}, {@code Custom::JobScript} does so with a job's script; an old one stays, because a roll-back needs
 * it. {@code Custom::GlueStudioJob} makes the job from its graph. {@code Custom::AthenaQueries} makes the report's
 * named queries and views. {@code Custom::NetworkCheck} fails where two networks overlap. {@code Custom::LakeData} empties the bucket when
 * the stack is deleted and says so. CloudFormation gets its answer whatever happens. No setting of the environment is read:
 * the stack is being made.
 */
public final class DeployAssetsHandler implements RequestHandler<CustomResourceEvent, CustomResourceAnswer> {
    private static final String JAR = "glue-jobs.jar";
    private static final String SCRIPTS_AND_GRAPHS = "glue/";

    private final S3Client s3;
    private final GlueClient glue;
    private final AthenaClient athena;
    private final Views views;
    private final Assets assets;
    private final AnswerBox box;

    /** Called by Lambda, once for each execution environment. */
    public DeployAssetsHandler() {
        this(
                Clients.s3(),
                Clients.glue(),
                Clients.athena(),
                () -> TimeUnit.MILLISECONDS.sleep(500),
                Assets.ofClassPath(),
                AnswerBox.deployed(System.getenv()));
    }

    DeployAssetsHandler(
            S3Client s3, GlueClient glue, AthenaClient athena, Views.Pause pause, Assets assets, AnswerBox box) {
        this.s3 = s3;
        this.glue = glue;
        this.athena = athena;
        this.views = new Views(athena, glue, pause);
        this.assets = assets;
        this.box = box;
    }

    /** @throws IllegalArgumentException when the event is not one of CloudFormation's; nothing is done then */
    @Override
    public CustomResourceAnswer handleRequest(CustomResourceEvent event, Context context) {
        box.check(event.responseUrl());
        CustomResourceAnswer answer;
        try {
            answer = CustomResourceAnswer.success(event, make(event, context));
        } catch (RuntimeException | LinkageError e) {
            // Whatever it is: without an answer the stack hangs until the resource times out.
            answer = CustomResourceAnswer.failure(event, e);
        }
        context.getLogger()
                .log("deploy.answered resource=%s request=%s status=%s reason=\"%s\""
                        .formatted(event.logicalResourceId(), event.requestType(), answer.status(), answer.reason()));
        box.put(event.responseUrl(), RecordJson.gson().toJson(answer));
        return answer;
    }

    private Made make(CustomResourceEvent event, Context context) {
        return switch (CustomResource.of(event.resourceType())) {
            case JobsJar -> jar(event);
            case JobScript -> script(event);
            case GlueStudioJob -> studioJob(event);
            case AthenaQueries -> queries(event);
            case NetworkCheck -> networkCheck(event);
            case LakeData -> lakeData(event, context);
        };
    }

    private Made jar(CustomResourceEvent event) {
        if (event.deletes()) {
            return Made.asItWas(event);
        }
        AssetFolder folder = new AssetFolder(s3, event.property("Bucket"));
        String key = folder.put(assets.bytes(JAR), ".jar", "application/java-archive");
        return new Made("jobs-jar", Map.of("Uri", folder.uri(key), "Key", key));
    }

    /** Its name keeps the extension: sam package would drop it, and put the script where the jobs' roles may not read. */
    private Made script(CustomResourceEvent event) {
        if (event.deletes()) {
            return Made.asItWas(event);
        }
        String name = event.property("Script");
        AssetFolder folder = new AssetFolder(s3, event.property("Bucket"));
        String key = folder.put(
                assets.bytes(SCRIPTS_AND_GRAPHS + name),
                name.substring(name.lastIndexOf('.')),
                "text/plain;charset=utf-8");
        return new Made("job-script", Map.of("Uri", folder.uri(key), "Key", key));
    }

    private Made studioJob(CustomResourceEvent event) {
        if (event.deletes()) {
            // Glue answers the deletion of a job that is not there as it answers any other.
            if (!Made.NOTHING.equals(event.physicalResourceId())) {
                glue.deleteJob(b -> b.jobName(event.physicalResourceId()));
            }
            return Made.asItWas(event);
        }
        StudioJob job =
                StudioJob.of(event, new String(assets.bytes(SCRIPTS_AND_GRAPHS + event.property("Graph")), UTF_8));
        if (exists(job.name())) {
            glue.updateJob(b -> b.jobName(job.name()).jobUpdate(job.update()));
        } else {
            glue.createJob(job.create());
        }
        return new Made(job.name(), Map.of("JobName", job.name()));
    }

    /** CloudFormation's own rules can compare texts, not addresses. */
    private static Made networkCheck(CustomResourceEvent event) {
        if (!event.deletes()) {
            String own = event.property("NetworkCidr");
            String peer = event.property("PeerCidr");
            if (Cidr.parse("NetworkCidr", own).overlaps(Cidr.parse("PeerCidr", peer))) {
                throw new IllegalArgumentException(
                        ("NetworkCidr %s and the database's network %s overlap, so no route could"
                                        + " lead to the database; give NetworkCidr a range that is free there")
                                .formatted(own, peer));
            }
        }
        return new Made("network-check", Map.of());
    }

    /** Its id never changes: another one would make CloudFormation delete, and with it empty, what is still in use. */
    private Made lakeData(CustomResourceEvent event, Context context) {
        if (event.deletes() && event.property("OnDelete").equals("Delete")) {
            new BucketContent(s3, event.property("Bucket")).delete(context::getRemainingTimeInMillis);
        }
        return new Made("lake-data", Map.of());
    }

    private boolean exists(String job) {
        try {
            glue.getJob(b -> b.jobName(job));
            return true;
        } catch (EntityNotFoundException e) {
            return false;
        }
    }

    private Made queries(CustomResourceEvent event) {
        String workgroup = event.property("Workgroup");
        String database = event.property("Database");
        NamedQueries queries = new NamedQueries(athena, workgroup);
        if (event.deletes()) {
            // A making that failed half-way has left some; they have no other owner.
            queries.delete(ReportSql.queryNames());
            views.delete(database, ReportSql.viewNames());
            return Made.asItWas(event);
        }
        queries.put(database, ReportSql.queries());
        views.put(workgroup, database, ReportSql.views());
        return new Made(workgroup + "/" + database, Map.of("Views", String.join(",", ReportSql.viewNames())));
    }
}
