package io.thermolake.asl;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What may use what: each package only those before it in the list. */
class LayersTest {
    private static final String ROOT = "io.thermolake.asl";
    private static final List<String> LAYERS = List.of(
            ROOT + ".internal.base",
            ROOT,
            ROOT + ".internal.path",
            ROOT + ".internal.jsonata",
            ROOT + ".internal.value",
            ROOT + ".internal.items",
            ROOT + ".internal.state",
            ROOT + ".internal.check",
            ROOT + ".internal.definition",
            ROOT + ".internal.engine",
            ROOT + ".engine",
            ROOT + ".teststate",
            ROOT + ".testing");
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    static List<String> layers() {
        return LAYERS.subList(0, LAYERS.size() - 1);
    }

    @ParameterizedTest
    @MethodSource("layers")
    void aPackageUsesNoneThatComesLater(String layer) {
        List<String> later = LAYERS.subList(LAYERS.indexOf(layer) + 1, LAYERS.size());
        noClasses()
                .that()
                .resideInAPackage(layer)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(later.toArray(String[]::new))
                .because("what is below can then be read, tested and changed alone")
                .check(ALL);
    }

    @Test
    void everyPackageHasItsLayer() {
        assertThat(ALL.stream().map(JavaClass::getPackageName)).containsOnly(LAYERS.toArray(String[]::new));
    }

    @Test
    void jsonataKnowsNothingOfJsonPath() {
        noClasses()
                .that(resideInAPackage(ROOT + ".internal.jsonata"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".internal.path")
                .because("each query language stands alone")
                .check(ALL);
    }

    @Test
    void ofTheEngineOnlyTheEntriesAreSeenFromOutside() {
        Stream<String> seen = ALL.stream()
                .filter(each -> each.getPackageName().equals(ROOT + ".internal.engine"))
                .filter(each -> !each.isNestedClass() && each.getModifiers().contains(JavaModifier.PUBLIC))
                .map(JavaClass::getSimpleName);
        assertThat(seen).containsExactlyInAnyOrder("Core", "Inspection");
    }
}
