package io.thermolake;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What may use what: each folder only those before it in the list. They follow the way of a reading. */
class LayersTest {
    private static final String ROOT = "io.thermolake";
    private static final List<String> LAYERS = List.of(
            "reading", "lake", "run", "detect", "ingest", "extract", "model", "alarm", "score", "report", "plan",
            "finish", "deploy");
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    static List<String> layers() {
        return LAYERS.subList(0, LAYERS.size() - 1);
    }

    @ParameterizedTest
    @MethodSource("layers")
    void aFolderUsesNoneThatComesLater(String layer) {
        List<String> later = new ArrayList<>();
        LAYERS.subList(LAYERS.indexOf(layer) + 1, LAYERS.size()).forEach(one -> later.add(ROOT + "." + one + ".."));
        noClasses()
                .that()
                .resideInAPackage(ROOT + "." + layer + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(later.toArray(String[]::new))
                .because("what is below can then be read, tested and changed alone")
                .check(ALL);
    }

    @Test
    void everyFolderHasItsLayerAndTheRootKnowsNone() {
        assertThat(ALL.stream()
                        .map(JavaClass::getPackageName)
                        .filter(name -> !name.equals(ROOT))
                        .map(name -> name.substring(ROOT.length() + 1).split("\\.", 2)[0])
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(LAYERS);
        noClasses()
                .that()
                .resideInAPackage(ROOT)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".*..")
                .because("what every function shares knows none of them")
                .check(ALL);
    }
}
