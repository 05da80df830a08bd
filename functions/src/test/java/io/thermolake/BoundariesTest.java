package io.thermolake;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.SdkClient;

/** Who may know whom. */
@AnalyzeClasses(packages = "io.thermolake", importOptions = ImportOption.DoNotIncludeTests.class)
class BoundariesTest {
    private static final String[] AWS = {"software.amazon..", "com.amazonaws.."};

    /** They make a service's requests or read its refusals; they are pure, and hold no client. */
    private static final Set<String> WORDS_OF_A_SERVICE =
            Set.of("io.thermolake.model.training.TrainingRequest", "io.thermolake.model.endpoint.SageMakerErrors");

    private static final Set<String> MAPPERS =
            Set.of("io.thermolake.RecordJson", "io.thermolake.LambdaEvents", "io.thermolake.SdkReader");

    private static final DescribedPredicate<JavaClass> SDK_CLIENTS =
            describe("SDK clients", c -> c.isAssignableTo(SdkClient.class));

    private static final DescribedPredicate<JavaClass> AT_THE_EDGE = describe(
            "handlers, settings or stores",
            c -> outermost(c).getSimpleName().endsWith("Handler")
                    || outermost(c).getSimpleName().equals("Settings")
                    || c.getPackageName().endsWith(".store"));

    private static final DescribedPredicate<JavaClass> THE_PURE_CORE = describe(
            "the pure core",
            c -> !AT_THE_EDGE.test(c)
                    && !c.getPackageName().equals("io.thermolake.deploy")
                    && !MAPPERS.contains(outermost(c).getName())
                    && !WORDS_OF_A_SERVICE.contains(outermost(c).getName()));

    @ArchTest
    static final ArchRule ONLY_THE_JOBS_SEE_SPARK = noClasses()
            .that(resideInAPackage("io.thermolake..").and(DescribedPredicate.not(resideInAPackage("..extract.."))))
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "scala.."));

    @ArchTest
    static final ArchRule THE_PURE_CORE_SEES_NO_AWS =
            noClasses().that(THE_PURE_CORE).should().dependOnClassesThat(resideInAnyPackage(AWS));

    @ArchTest
    static final ArchRule ONLY_THE_EDGE_USES_CLIENTS =
            noClasses().that(DescribedPredicate.not(AT_THE_EDGE)).should().dependOnClassesThat(SDK_CLIENTS);

    /** The jobs' jar holds these three packages, and Glue's class path is Spark's, not ours. */
    @ArchTest
    static final ArchRule JOBS_USE_WHAT_GLUE_HAS = classes()
            .that()
            .resideInAnyPackage("io.thermolake.extract", "io.thermolake.reading", "io.thermolake.lake")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "java..",
                    "org.apache.spark..",
                    "org.apache.hadoop..",
                    "scala..",
                    "org.jspecify..",
                    "io.thermolake.extract",
                    "io.thermolake.reading",
                    "io.thermolake.lake"));

    @ArchTest
    static final ArchRule READING_KNOWS_NOBODY = noClasses()
            .that()
            .resideInAPackage("..reading..")
            .should()
            .dependOnClassesThat(
                    resideInAPackage("io.thermolake..").and(DescribedPredicate.not(resideInAPackage("..reading.."))));

    /** A newer Jackson on Spark's class path fails every job. */
    @ArchTest
    static final ArchRule GSON_IS_THE_ONLY_JSON_LIBRARY =
            noClasses().should().dependOnClassesThat(resideInAPackage("com.fasterxml.."));

    @ArchTest
    static final ArchRule TIME_AND_ENVIRONMENT_COME_BY_CONSTRUCTOR =
            classes().should(askTheMachineOnlyWhenConstructed());

    private static final Map<String, Set<String>> THE_MACHINE = Map.of(
            "java.time.Instant", Set.of("now"),
            "java.time.LocalDate", Set.of("now"),
            "java.time.LocalDateTime", Set.of("now"),
            "java.time.ZonedDateTime", Set.of("now"),
            "java.time.OffsetDateTime", Set.of("now"),
            "java.time.Clock", Set.of("systemUTC", "systemDefaultZone", "system", "tickSeconds", "tickMillis"),
            "java.lang.System", Set.of("getenv", "currentTimeMillis", "nanoTime"),
            "java.lang.Math", Set.of("random"),
            "java.util.UUID", Set.of("randomUUID"));

    private static ArchCondition<JavaClass> askTheMachineOnlyWhenConstructed() {
        return new ArchCondition<>("ask for time, chance and environment in no-arg constructors only") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getAccessesFromSelf().stream()
                        .filter(a -> asks(a.getTarget()) && !inNoArgConstructor(a))
                        .forEach(a -> events.add(SimpleConditionEvent.violated(a, a.getDescription())));
            }
        };
    }

    private static boolean asks(AccessTarget target) {
        return THE_MACHINE.getOrDefault(target.getOwner().getName(), Set.of()).contains(target.getName());
    }

    private static boolean inNoArgConstructor(JavaAccess<?> access) {
        return access.getOrigin() instanceof JavaConstructor constructor
                && constructor.getRawParameterTypes().isEmpty();
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(BoundariesTest::outermost).orElse(type);
    }
}
