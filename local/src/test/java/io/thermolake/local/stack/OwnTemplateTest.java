package io.thermolake.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.thermolake.Settings;
import io.thermolake.asl.engine.Definition;
import io.thermolake.lake.LakeLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The project's own template: what it names exists, and the other way round. */
class OwnTemplateTest {
    private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
    private static final Stack STACK = StackReader.read(
            HOME.resolve("template.yaml"), Map.of("JdbcUrl", "jdbc:laptop", "DatabaseSecretId", "secret"));

    private static String definition(StackResource machine) throws IOException {
        return Files.readString(HOME.resolve(String.valueOf(machine.properties().get("DefinitionUri"))));
    }

    private static Map<String, String> substitutions(StackResource machine) {
        Map<String, String> all = new TreeMap<>();
        if (machine.properties().get("DefinitionSubstitutions") instanceof Map<?, ?> declared) {
            declared.forEach((k, v) -> all.put(k.toString(), v.toString()));
        }
        return all;
    }

    @Test
    void everyFunctionHasAHandlerWithAPublicNoArgConstructor() throws ReflectiveOperationException {
        assertThat(STACK.ofType("AWS::Serverless::Function")).hasSizeGreaterThan(15);
        for (StackResource function : STACK.ofType("AWS::Serverless::Function")) {
            Class<?> handler =
                    Class.forName(String.valueOf(function.properties().get("Handler")));
            assertThat(RequestHandler.class).isAssignableFrom(handler);
            assertThat(handler.getConstructor()).isNotNull();
            assertThat(handler.getSimpleName()).isEqualTo(function.physicalId() + "Handler");
        }
    }

    @Test
    void theGlobalEnvironmentIsWhatTheFunctionsRead() {
        StackResource function = STACK.find("PlanRunFunction").orElseThrow();
        Map<String, String> environment = new TreeMap<>();
        ((Map<?, ?>) ((Map<?, ?>) function.properties().get("Environment")).get("Variables"))
                .forEach((k, v) -> environment.put(k.toString(), v.toString()));
        Settings settings = Settings.from(environment);
        assertThat(settings.lake().bucket()).isEqualTo("thermolake-lake-bucket");
        assertThat(settings.sageMaker().rcfImage()).startsWith("664544806723.dkr.ecr.eu-central-1");
        for (String crawler : Set.of(
                settings.crawlers().history(),
                settings.crawlers().database(),
                settings.crawlers().raw())) {
            assertThat(STACK.named("AWS::Glue::Crawler", crawler)).isPresent();
        }
        assertThat(STACK.named("AWS::Glue::Job", settings.jobs().room())).isPresent();
        assertThat(STACK.named("AWS::Athena::WorkGroup", settings.lake().workgroup()))
                .isPresent();
        assertThat(STACK.named("AWS::SNS::Topic", settings.stack().topicArn())).isPresent();
    }

    @Test
    void everyMachineCompilesAndItsSubstitutionsAreThoseItNames() throws IOException {
        for (StackResource machine : STACK.ofType("AWS::Serverless::StateMachine")) {
            String text = definition(machine);
            Matcher names = Pattern.compile("\\$\\{([A-Za-z]+)}").matcher(text);
            Set<String> named = new TreeSet<>();
            while (names.find()) {
                named.add(names.group(1));
            }
            assertThat(substitutions(machine).keySet()).as(machine.physicalId()).isEqualTo(named);
            for (Map.Entry<String, String> one : substitutions(machine).entrySet()) {
                text = text.replace("${" + one.getKey() + "}", one.getValue());
            }
            assertThat(Definition.parse(text)).as(machine.physicalId()).isNotNull();
        }
    }

    @Test
    void everyJavaErrorThatAMachineNamesExists() throws IOException, ReflectiveOperationException {
        Set<String> errors = new TreeSet<>();
        for (StackResource machine : STACK.ofType("AWS::Serverless::StateMachine")) {
            Matcher names = Pattern.compile("[\"']((?:io|software)\\.[A-Za-z.]+Exception)[\"']")
                    .matcher(definition(machine));
            while (names.find()) {
                errors.add(names.group(1));
            }
        }
        assertThat(errors).isNotEmpty();
        for (String error : errors) {
            assertThat(RuntimeException.class).isAssignableFrom(Class.forName(error));
        }
    }

    @Test
    void everyJobNamesAClassAndEveryGraphAFile() throws ReflectiveOperationException {
        for (StackResource job : STACK.ofType("AWS::Glue::Job")) {
            Object jobClass = ((Map<?, ?>) job.properties().get("DefaultArguments")).get("--job_class");
            assertThat(HOME.resolve(
                            "functions/src/main/java/" + jobClass.toString().replace('.', '/') + ".java"))
                    .exists();
        }
        for (StackResource script : STACK.ofType("Custom::JobScript")) {
            assertThat(HOME.resolve("glue")
                            .resolve(script.properties().get("Script").toString()))
                    .exists();
        }
        for (StackResource job : STACK.ofType("Custom::GlueStudioJob")) {
            assertThat(HOME.resolve("glue")
                            .resolve(job.properties().get("Graph").toString()))
                    .exists();
        }
    }

    /** The operations stack names what it watches by name, so nothing else would notice another name. */
    @Test
    void everyAlarmWatchesSomethingThatIsThere() {
        Set<String> watched = new TreeSet<>();
        for (StackResource alarm : STACK.ofType("AWS::CloudWatch::Alarm")) {
            assertThat(alarm.properties().get("AlarmActions").toString())
                    .as(alarm.logicalId())
                    .contains(STACK.ofType("AWS::SNS::Topic").get(0).arn());
            everyDimension(alarm.properties(), (name, value) -> {
                watched.add(name);
                boolean there = switch (name) {
                    case "StateMachineArn" ->
                        STACK.named("AWS::Serverless::StateMachine", value).isPresent();
                    case "DeliveryStreamName" ->
                        STACK.named("AWS::KinesisFirehose::DeliveryStream", value)
                                .isPresent();
                    case "QueueName" -> STACK.named("AWS::SQS::Queue", value).isPresent();
                    case "FunctionName" ->
                        STACK.named("AWS::Serverless::Function", value).isPresent();
                    case "ScheduleGroup" ->
                        STACK.named("AWS::Scheduler::ScheduleGroup", value).isPresent();
                    case "Stack" -> value.equals(Stack.NAME);
                    default -> false;
                };
                assertThat(there)
                        .as("%s watches %s %s", alarm.logicalId(), name, value)
                        .isTrue();
            });
        }
        assertThat(watched).hasSize(6);
    }

    private static void everyDimension(Object value, BiConsumer<String, String> visitor) {
        if (value instanceof Map<?, ?> map) {
            if (map.get("Dimensions") instanceof List<?> dimensions) {
                dimensions.forEach(d -> visitor.accept(
                        ((Map<?, ?>) d).get("Name").toString(),
                        ((Map<?, ?>) d).get("Value").toString()));
            }
            map.values().forEach(item -> everyDimension(item, visitor));
        } else if (value instanceof List<?> list) {
            list.forEach(item -> everyDimension(item, visitor));
        }
    }

    @Test
    void everyInterpretableResourceIsThereWithoutADatabaseToo() {
        Stack without = StackReader.read(HOME.resolve("template.yaml"), Map.of());
        assertThat(without.ofType("AWS::Glue::Connection")).isEmpty();
        assertThat(without.named("AWS::Glue::Job", "thermolake-external-db")).isEmpty();
        assertThat(without.ofType("AWS::Serverless::StateMachine")).hasSize(3);
    }

    /** Parameters, and the resources of the way to the database that they make. */
    static Stream<Arguments> waysToTheDatabase() {
        return Stream.of(
                Arguments.of(Map.of(), ""),
                Arguments.of(Map.of("DatabaseSubnetId", "subnet-1", "DatabaseSecurityGroupId", "sg-1"), ""),
                Arguments.of(Map.of("PeerVpcId", "vpc-1", "PeerCidr", "10.20.0.0/16"), "Peering PeeringRoute Vpc"),
                Arguments.of(
                        Map.of(
                                "PeerVpcId", "vpc-1",
                                "PeerCidr", "10.20.0.0/16",
                                "PeerRouteTable1", "rtb-1",
                                "PeerRouteTable4", "rtb-4",
                                "PeerSecurityGroupId", "sg-9"),
                        "DatabaseFromGroup Peering PeeringReturn1 PeeringReturn4 PeeringRoute Vpc"),
                Arguments.of(
                        Map.of(
                                "PeerVpcId", "vpc-1",
                                "PeerCidr", "10.20.0.0/16",
                                "PeerRegion", "eu-west-1",
                                "PeerRouteTable1", "rtb-1",
                                "PeerSecurityGroupId", "sg-9"),
                        "Peering PeeringRoute Vpc"),
                Arguments.of(
                        Map.of(
                                "TransitGatewayId", "tgw-1",
                                "PeerCidr", "10.20.0.0/16",
                                "PeerRouteTable2", "rtb-2",
                                "PeerSecurityGroupId", "sg-9"),
                        "Attachment DatabaseFromNetwork GatewayReturn2 GatewayRoute Vpc"),
                Arguments.of(
                        Map.of("DemoDatabase", "true", "JdbcUrl", "", "DatabaseSecretId", ""),
                        "DatabaseFromGroup Peering PeeringReturn1 PeeringRoute Server Vpc"));
    }

    @ParameterizedTest
    @MethodSource("waysToTheDatabase")
    void theWayToTheDatabaseIsMadeAsAsked(Map<String, String> asked, String made) {
        Map<String, String> parameters = new TreeMap<>(Map.of("JdbcUrl", "jdbc:x", "DatabaseSecretId", "secret"));
        parameters.putAll(asked);
        Stack stack = StackReader.read(HOME.resolve("template.yaml"), parameters);

        Set<String> always = Set.of("Subnet", "RouteTable", "SecurityGroup");
        String found = stack.resources().stream()
                .map(StackResource::logicalId)
                .filter(id -> id.startsWith("ExternalDatabase.Network.") || id.endsWith(".Server"))
                .map(id -> id.substring(id.lastIndexOf('.') + 1))
                .filter(id -> id.matches("Vpc|Server|Attachment|Peering.*|Gateway.*|DatabaseFrom.*"))
                .sorted()
                .collect(Collectors.joining(" "));
        assertThat(found).isEqualTo(made);
        assertThat(stack.ofType("Custom::NetworkCheck")).hasSize(made.isEmpty() ? 0 : 1);
        if (!made.isEmpty()) {
            assertThat(always)
                    .allMatch(id -> stack.find("ExternalDatabase.Network." + id).isPresent());
        }
        StackResource connection = stack.ofType("AWS::Glue::Connection").get(0);
        assertThat(((Map<?, ?>) connection.properties().get("ConnectionInput"))
                        .containsKey("PhysicalConnectionRequirements"))
                .isEqualTo(!made.isEmpty() || asked.containsKey("DatabaseSubnetId"));
    }

    @Test
    void theAuthoritysCertificateReachesTheCrawlersConnectionAndTheJob() {
        Stack stack = StackReader.read(
                HOME.resolve("template.yaml"),
                Map.of(
                        "JdbcUrl", "jdbc:x",
                        "DatabaseSecretId", "secret",
                        "DbCaCertificate", "s3://certificates/db.pem",
                        "DbCertificateHost", "sql.internal"));
        Map<?, ?> connection = (Map<?, ?>) ((Map<?, ?>) stack.ofType("AWS::Glue::Connection")
                        .get(0)
                        .properties()
                        .get("ConnectionInput"))
                .get("ConnectionProperties");
        assertThat(connection.get("CUSTOM_JDBC_CERT")).isEqualTo("s3://certificates/db.pem");
        assertThat(connection.get("CUSTOM_JDBC_CERT_STRING")).isEqualTo("sql.internal");
        Map<?, ?> arguments = (Map<?, ?>) stack.named("AWS::Glue::Job", "thermolake-external-db")
                .orElseThrow()
                .properties()
                .get("DefaultArguments");
        assertThat(arguments.get("--ca_certificate")).isEqualTo("s3://certificates/db.pem");
        assertThat(arguments.get("--certificate_host")).isEqualTo("sql.internal");
        assertThat(arguments.get("--table")).isEqualTo("dbo.temperatures");
        assertThat(stack.find("ExternalDatabase.ConnectPolicy")
                        .orElseThrow()
                        .properties()
                        .toString())
                .contains("arn:aws:s3:::certificates/db.pem");
    }

    @Test
    void crawlersNameTheirTablesAsTheLakesLayoutSaysAndNeverTouchWhatRunsWrite() {
        assertThat(STACK.named("AWS::Glue::Crawler", "thermolake-external-db")
                        .orElseThrow()
                        .properties())
                .containsEntry("TablePrefix", LakeLayout.EXTERNAL_TABLE_PREFIX);
        assertThat(STACK.named("AWS::Glue::Crawler", "thermolake-raw")
                        .orElseThrow()
                        .properties())
                .containsEntry("TablePrefix", LakeLayout.RAW_TABLE_PREFIX);
        assertThat(LakeLayout.externalTable("external_", "building", "dbo", "Temperatures"))
                .isEqualTo("external_building_dbo_temperatures");
        for (StackResource crawler : STACK.ofType("AWS::Glue::Crawler")) {
            Matcher targets = Pattern.compile("s3://[^/]+/([^,}\\]]*)")
                    .matcher(String.valueOf(crawler.properties().get("Targets")));
            while (targets.find()) {
                assertThat(targets.group(1))
                        .as(crawler.physicalId())
                        .isIn(
                                LakeLayout.LIVE,
                                LakeLayout.HISTORY,
                                LakeLayout.IMPORTED_HISTORY,
                                LakeLayout.IMPORTED_DATABASE);
            }
        }
    }

    @Test
    void firehoseWritesWhereTheLiveTableLooks() {
        StackResource stream =
                STACK.ofType("AWS::KinesisFirehose::DeliveryStream").get(0);
        String prefix = ((Map<?, ?>) stream.properties().get("ExtendedS3DestinationConfiguration"))
                .get("Prefix")
                .toString()
                .replace("!{timestamp:yyyy}", "${year}")
                .replace("!{timestamp:MM}", "${month}")
                .replace("!{timestamp:dd}", "${day}")
                .replace("!{timestamp:HH}", "${hour}");
        Map<?, ?> table = (Map<?, ?>)
                STACK.find("Lake.LiveTable").orElseThrow().properties().get("TableInput");
        assertThat(((Map<?, ?>) table.get("Parameters")).get("storage.location.template"))
                .isEqualTo("s3://thermolake-lake-bucket/" + prefix);
        assertThat(prefix).startsWith(LakeLayout.LIVE);
    }
}
