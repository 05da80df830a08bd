package io.thermolake.local;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What may use what: each package only those before it in the list. The names are the way down from a command to the stack. */
class LayersTest {
    private static final String ROOT = "io.thermolake.local.";
    /** What all services stand on. */
    private static final List<String> GROUND = List.of("stack", "child", "door", "aws", "s3");
    /** AWS's services. One that uses another comes after it. */
    private static final List<String> SERVICES = List.of(
            "database",
            "secrets",
            "sts",
            "sns",
            "functions",
            "events",
            "firehose",
            "iot",
            "glue",
            "athena",
            "sagemaker",
            "states");

    private static final List<String> ABOVE = List.of("sample", "cloud", "cost", "series", "verify", "cli");
    private static final List<String> LAYERS =
            Stream.of(GROUND, SERVICES, ABOVE).flatMap(List::stream).toList();
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.thermolake.local");

    static List<String> layers() {
        return LAYERS.subList(0, LAYERS.size() - 1);
    }

    @ParameterizedTest
    @MethodSource("layers")
    void aPackageUsesNoneThatComesLater(String layer) {
        List<String> later = new ArrayList<>();
        LAYERS.subList(LAYERS.indexOf(layer) + 1, LAYERS.size()).forEach(one -> later.add(ROOT + one + ".."));
        noClasses()
                .that()
                .resideInAPackage(ROOT + layer + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(later.toArray(String[]::new))
                .because("what is below can then be read, tested and changed alone")
                .check(ALL);
    }

    @Test
    void everyPackageHasItsLayer() {
        assertThat(ALL.stream()
                        .map(JavaClass::getPackageName)
                        .map(LayersTest::layerOf)
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(LAYERS);
    }

    @Test
    void ofTheEngineOnlyItsPublicTypesAreUsed() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.thermolake.asl.internal..")
                .because("another user of the engine has them as little")
                .check(new ClassFileImporter().importPackages("io.thermolake.local"));
    }

    private static String layerOf(String name) {
        return name.substring(ROOT.length()).split("\\.", 2)[0];
    }
}
