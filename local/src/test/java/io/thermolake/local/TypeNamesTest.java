package io.thermolake.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A name means one thing: in all modules among the types of a file, in a module also among the types within them. */
class TypeNamesTest {
    private static final List<JavaClass> TYPES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.thermolake").stream()
                    .filter(type -> !type.isAnonymousClass() && !type.isLocalClass())
                    .filter(type -> !type.getSimpleName().equals("package-info"))
                    .toList();

    @Test
    void noTwoTypesOfAFileHaveOneName() {
        assertThat(TYPES).hasSizeGreaterThan(700);
        assertThat(twice(TYPES.stream().filter(JavaClass::isTopLevelClass))).isEmpty();
    }

    /** Types within types may share a name with each other: a Request is its handler's. */
    @Test
    void noTypeWithinAnotherIsCalledAsATypeOfItsModule() {
        Map<String, TreeSet<String>> byName = names(TYPES.stream().filter(JavaClass::isTopLevelClass));
        assertThat(TYPES)
                .filteredOn(type -> !type.isTopLevelClass())
                .filteredOn(type -> byName.getOrDefault(type.getSimpleName(), new TreeSet<>()).stream()
                        .anyMatch(other -> module(other).equals(module(type.getName()))))
                .extracting(JavaClass::getName)
                .isEmpty();
    }

    private static String module(String type) {
        return type.startsWith("io.thermolake.local.")
                ? "local"
                : type.startsWith("io.thermolake.asl.") ? "asl" : "functions";
    }

    private static Map<String, TreeSet<String>> twice(Stream<JavaClass> types) {
        Map<String, TreeSet<String>> names = names(types);
        names.values().removeIf(found -> found.size() == 1);
        return names;
    }

    private static Map<String, TreeSet<String>> names(Stream<JavaClass> types) {
        Map<String, TreeSet<String>> names = new TreeMap<>();
        types.forEach(type -> names.computeIfAbsent(type.getSimpleName(), name -> new TreeSet<>())
                .add(type.getName()));
        return names;
    }
}
