package io.thermolake.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.CloudFormationCustomResourceEvent;
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
public final class DeployAssetsHandler
        implements RequestHandler<CloudFormationCustomResourceEvent, CustomResourceAnswer> {
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
    public CustomResourceAnswer handleRequest(CloudFormationCustomResourceEvent event, Context context) {
        box.check(event.getResponseUrl());
        CustomResourceAnswer answer;
        try {
            answer = CustomResourceAnswer.success(event, make(new ResourceRequest(event), context));
        } catch (RuntimeException | LinkageError e) {
            // Whatever it is: without an answer the stack hangs until the resource times out.
            answer = CustomResourceAnswer.failure(event, e);
        }
        context.getLogger()
                .log("deploy.answered resource=%s request=%s status=%s reason=\"%s\""
                        .formatted(
                                event.getLogicalResourceId(),
                                event.getRequestType(),
                                answer.status(),
                                answer.reason()));
        box.put(event.getResponseUrl(), RecordJson.gson().toJson(answer));
        return answer;
    }

    private Made make(ResourceRequest request, Context context) {
        return switch (request.resource()) {
            case JobsJar -> jar(request);
            case JobScript -> script(request);
            case GlueStudioJob -> studioJob(request);
            case AthenaQueries -> queries(request);
            case NetworkCheck -> networkCheck(request);
            case LakeData -> lakeData(request, context);
        };
    }

    private Made jar(ResourceRequest request) {
        if (request.deletes()) {
            return Made.asItWas(request);
        }
        AssetFolder folder = new AssetFolder(s3, request.property("Bucket"));
        String key = folder.put(assets.bytes(JAR), ".jar", "application/java-archive");
        return new Made("jobs-jar", Map.of("Uri", folder.uri(key), "Key", key));
    }

    /** Its name keeps the extension: sam package would drop it, and put the script where the jobs' roles may not read. */
    private Made script(ResourceRequest request) {
        if (request.deletes()) {
            return Made.asItWas(request);
        }
        String name = request.property("Script");
        AssetFolder folder = new AssetFolder(s3, request.property("Bucket"));
        String key = folder.put(
                assets.bytes(SCRIPTS_AND_GRAPHS + name),
                name.substring(name.lastIndexOf('.')),
                "text/plain;charset=utf-8");
        return new Made("job-script", Map.of("Uri", folder.uri(key), "Key", key));
    }

    private Made studioJob(ResourceRequest request) {
        if (request.deletes()) {
            // Glue answers the deletion of a job that is not there as it answers any other.
            if (!Made.NOTHING.equals(request.event().getPhysicalResourceId())) {
                glue.deleteJob(b -> b.jobName(request.event().getPhysicalResourceId()));
            }
            return Made.asItWas(request);
        }
        StudioJob job =
                StudioJob.of(request, new String(assets.bytes(SCRIPTS_AND_GRAPHS + request.property("Graph")), UTF_8));
        if (exists(job.name())) {
            glue.updateJob(b -> b.jobName(job.name()).jobUpdate(job.update()));
        } else {
            glue.createJob(job.create());
        }
        return new Made(job.name(), Map.of("JobName", job.name()));
    }

    /** CloudFormation's own rules can compare texts, not addresses. */
    private static Made networkCheck(ResourceRequest request) {
        if (!request.deletes()) {
            String own = request.property("NetworkCidr");
            String peer = request.property("PeerCidr");
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
    private Made lakeData(ResourceRequest request, Context context) {
        if (request.deletes() && request.property("OnDelete").equals("Delete")) {
            new BucketContent(s3, request.property("Bucket")).delete(context::getRemainingTimeInMillis);
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

    private Made queries(ResourceRequest request) {
        String workgroup = request.property("Workgroup");
        String database = request.property("Database");
        NamedQueries queries = new NamedQueries(athena, workgroup);
        if (request.deletes()) {
            // A making that failed half-way has left some; they have no other owner.
            queries.delete(ReportSql.queryNames());
            views.delete(database, ReportSql.viewNames());
            return Made.asItWas(request);
        }
        queries.put(database, ReportSql.queries());
        views.put(workgroup, database, ReportSql.views());
        return new Made(workgroup + "/" + database, Map.of("Views", String.join(",", ReportSql.viewNames())));
    }
}
