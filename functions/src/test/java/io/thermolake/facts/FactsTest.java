package io.thermolake.facts;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.thermolake.FactsOfTheEnvironment;
import io.thermolake.deploy.FactsOfTheCustomResources;
import io.thermolake.extract.FactsOfTheJobs;
import io.thermolake.plan.FactsOfTheStarts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Writes {@code target/facts.json}: what the checks of the template know of the Java, taken from the classes themselves, so
 * that a class that moves takes its facts along.
 */
class FactsTest {
    private static final Path CLASSES = Path.of("target/classes");
    private static final Gson GSON =
            new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();
    private static Map<String, Object> facts;

    @BeforeAll
    static void gather() throws IOException, ReflectiveOperationException {
        List<Class<?>> classes = classes();
        CallGraph graph = new CallGraph(CLASSES);
        facts = new LinkedHashMap<>();
        facts.put("sources", SourceDigest.of(Path.of("src/main/java")));
        facts.put("records", TypeFacts.records(classes));
        facts.put("enums", TypeFacts.enums(classes));
        facts.put("exceptions", TypeFacts.exceptions(classes));
        facts.put("handlers", reached(TypeFacts.handlers(classes), graph));
        facts.put("jobs", reached(FactsOfTheJobs.of(classes), graph));
        facts.put("schemas", FactsOfTheJobs.schemas(classes));
        facts.put("layout", Map.of("constants", LayoutFacts.constants(), "keys", LayoutFacts.keys()));
        facts.put("variables", FactsOfTheEnvironment.variables());
        facts.put("customResources", FactsOfTheCustomResources.all());
        facts.put("times", FactsOfTheStarts.times());
        facts.put("metrics", FactsOfTheEnvironment.metrics());
        facts.put("texts", graph.texts());
        facts.put("constants", graph.constants());
        Files.writeString(Path.of("target/facts.json"), GSON.toJson(facts) + "\n");
    }

    private static List<Class<?>> classes() throws IOException {
        List<Class<?>> classes = new ArrayList<>();
        try (Stream<Path> files = Files.walk(CLASSES)) {
            for (Path file : files.filter(p -> p.toString().endsWith(".class") && !p.endsWith("package-info.class"))
                    .sorted()
                    .toList()) {
                String name = CLASSES.relativize(file).toString().replace('/', '.');
                classes.add(Class.forName(
                        name.substring(0, name.length() - ".class".length()), false, FactsTest.class.getClassLoader()));
            }
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
        return classes;
    }

    private static Map<String, Object> reached(Map<String, Map<String, Object>> entries, CallGraph graph) {
        Map<String, Object> facts = new TreeMap<>();
        entries.forEach((name, fact) -> {
            CallGraph.Reach reach = graph.reach(name);
            Map<String, Object> whole = new LinkedHashMap<>(fact);
            whole.put("sdk", reach.sdk());
            whole.put("makes", reach.made());
            whole.put("texts", reach.texts());
            facts.put(name, whole);
        });
        return facts;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "records",
                "enums",
                "exceptions",
                "handlers",
                "jobs",
                "schemas",
                "layout",
                "variables",
                "customResources",
                "times",
                "metrics",
                "texts",
                "constants"
            })
    void thereIsSomethingOfEachKind(String kind) {
        assertThat(facts.get(kind)).isNotIn(Map.of(), List.of(), null);
    }

    @Test
    void everyClassOfAFunctionIsAHandlerThatLambdaCanMake() {
        Map<?, ?> handlers = (Map<?, ?>) facts.get("handlers");

        assertThat(handlers.keySet())
                .allSatisfy(name -> assertThat(name.toString()).endsWith("Handler"));
        assertThat(handlers.values())
                .allSatisfy(
                        fact -> assertThat(((Map<?, ?>) fact).get("startable")).isEqualTo(true));
    }

    @Test
    @SuppressWarnings("unchecked")
    void whatAHandlerCallsOfAServiceIsFoundThroughItsStores() {
        Map<String, Map<String, Object>> handlers = (Map<String, Map<String, Object>>) facts.get("handlers");
        Map<String, Set<String>> sdk = (Map<String, Set<String>>)
                handlers.get("io.thermolake.ingest.StartCrawlerHandler").get("sdk");

        assertThat(sdk.get("glue")).containsExactly("startCrawler");
        assertThat(sdk.get("s3")).contains("putObject");
    }
}
