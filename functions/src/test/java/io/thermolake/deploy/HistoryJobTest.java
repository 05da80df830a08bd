package io.thermolake.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.glue.model.CreateJobRequest;
import software.amazon.awssdk.services.glue.model.JobMode;

/** The visual job as it is shipped, held against Glue's own description of CreateJob, UpdateJob and the graph's nodes. */
class HistoryJobTest {
    /** What the API's description calls required of each kind of node that the graph has; the SDK's classes do not say it. */
    private static final Map<String, List<String>> REQUIRED = Map.of(
            "S3CsvSource", List.of("Name", "Paths", "Separator", "QuoteChar"),
            "ApplyMapping", List.of("Name", "Inputs", "Mapping"),
            "S3DirectTarget", List.of("Name", "Inputs", "Path", "Format"),
            "GlueStudioSchemaColumn", List.of("Name"));

    private final StudioJob job = StudioJob.of(
            new ResourceRequest(ResourceRequests.event("Create", "Custom::GlueStudioJob", null, given())),
            new String(Assets.ofClassPath().bytes("glue/history_job.json"), UTF_8));

    private static Map<String, String> given() {
        return Map.of(
                "JobName", "thermolake-history",
                "Bucket", "lake",
                "Role", "arn:aws:iam::000000000000:role/glue",
                "WorkerType", "G.1X",
                "NumberOfWorkers", "2",
                "TimeoutMinutes", "240");
    }

    @Test
    void everyMemberThatTheApiRequiresIsThereAndEveryWordIsOneOfItsOwn() {
        List<String> problems = new ArrayList<>();

        problems("CreateJobRequest", job.create(), problems);

        assertThat(problems).isEmpty();
        assertThat(REQUIRED.keySet()).containsAll(kinds());
    }

    @Test
    void everyNodeIsOfOneKindAndReadsANodeThatIsThere() {
        job.nodes().forEach((id, node) -> {
            Map<String, Object> members = members(node);
            assertThat(members).as(id).hasSize(1);
            Object inputs =
                    members((SdkPojo) members.values().iterator().next()).getOrDefault("Inputs", List.of());
            assertThat(job.nodes().keySet().containsAll((List<?>) inputs))
                    .as(id)
                    .isTrue();
        });
    }

    /** Studio's editor opens no other job, and the API takes SCRIPT for one that says nothing. */
    @Test
    void itIsAVisualJob() {
        assertThat(job.create().jobMode()).isEqualTo(JobMode.VISUAL);
    }

    /** "Unspecified configuration is removed or reset to default values", says the API of JobUpdate. */
    @Test
    void anUpdateLeavesNothingOutThatACreationGives() {
        Map<String, Object> created = members(job.create());
        created.remove("Name");

        assertThat(members(job.update())).isEqualTo(created);
    }

    private List<String> kinds() {
        return job.nodes().values().stream()
                .map(n -> members(n).keySet().iterator().next())
                .toList();
    }

    private static Map<String, Object> members(SdkPojo object) {
        Map<String, Object> members = new TreeMap<>();
        for (SdkField<?> field : object.sdkFields()) {
            Object value = field.getValueOrDefault(object);
            boolean isEmpty = value == null || value instanceof Map<?, ?> map && map.isEmpty();
            if (!isEmpty && !(value instanceof List<?> list && list.isEmpty())) {
                members.put(field.locationName(), value);
            }
        }
        return members;
    }

    private static void problems(String where, Object value, List<String> problems) {
        if (value instanceof List<?> list) {
            list.forEach(item -> problems(where, item, problems));
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, item) -> problems(where + "." + key, item, problems));
        } else if (value instanceof SdkPojo object) {
            Map<String, Object> members = new LinkedHashMap<>(members(object));
            REQUIRED.getOrDefault(object.getClass().getSimpleName(), List.of()).stream()
                    .filter(name -> !members.containsKey(name))
                    .forEach(name -> problems.add(where + " lacks " + name));
            object.sdkFields().stream()
                    .filter(f -> members.containsKey(f.locationName()) && isUnknownWord(object, f.memberName()))
                    .forEach(f -> problems.add(where + "." + f.locationName() + " is no word of Glue's: "
                            + members.get(f.locationName())));
            members.forEach((name, member) -> problems(where + "." + name, member, problems));
        }
    }

    /** The getter of an enumeration answers this for a text that is none of its values. */
    private static boolean isUnknownWord(SdkPojo object, String member) {
        String getter = Character.toLowerCase(member.charAt(0)) + member.substring(1);
        try {
            return "UNKNOWN_TO_SDK_VERSION"
                    .equals(String.valueOf(
                            enumName(object.getClass().getMethod(getter).invoke(object))));
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(object.getClass() + " has no getter " + getter, e);
        }
    }

    private static Object enumName(Object value) {
        return value instanceof Enum<?> word ? word.name() : "";
    }

    /** That the looks see something. */
    @Test
    void aMissingMemberAndAnUnknownWordAreSeen() {
        String graph = new String(Assets.ofClassPath().bytes("glue/history_job.json"), UTF_8);
        String broken = graph.replace("\"comma\"", "\"commas\"").replace("\"Format\": \"json\",", "");
        List<String> problems = new ArrayList<>();

        problems(
                "graph",
                CreateJobRequest.builder()
                        .codeGenConfigurationNodes(StudioGraph.nodes(broken, given()))
                        .build(),
                problems);

        assertThat(problems)
                .containsExactlyInAnyOrder(
                        "graph.CodeGenConfigurationNodes.node-1.S3CsvSource.Separator is no word of Glue's: commas",
                        "graph.CodeGenConfigurationNodes.node-3.S3DirectTarget lacks Format");
    }
}
