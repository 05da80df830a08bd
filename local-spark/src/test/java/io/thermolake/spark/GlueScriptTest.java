package io.thermolake.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import scala.collection.JavaConverters;
import scala.tools.nsc.Global;
import scala.tools.nsc.Settings;
import scala.tools.nsc.reporters.StoreReporter;

/** The jobs' script as Glue 5.1 takes it: compiled by Scala 2.12 when a run starts, its object's main called by {@code --class}. */
class GlueScriptTest {
    private static final Path SCRIPT = Path.of("..", "glue", "GlueApp.scala");

    private static List<String> received = List.of();

    @TempDir
    Path classes;

    /** A job. */
    public static final class Recording {
        private Recording() {}

        public static void main(String[] arguments) {
            received = List.of(arguments);
        }
    }

    /** A job that fails. */
    public static final class Failing {
        private Failing() {}

        public static void main(String[] arguments) {
            throw new IllegalStateException("the reason");
        }
    }

    @Test
    void itCompilesWithScalaAloneAndCallsTheJobWithWhatGlueGave() throws Exception {
        assertThat(compile(Files.readString(SCRIPT))).isEmpty();
        String[] arguments = {
            "--JOB_NAME",
            "rooms",
            "--JOB_RUN_ID",
            "jr_1",
            "--job_class",
            Recording.class.getName(),
            "--error_temperatures",
            "85,"
        };

        run(arguments);

        assertThat(received).containsExactly(arguments);
    }

    @Test
    void theMessageOfAFailedJobIsTheJobsOwn() throws IOException {
        compile(Files.readString(SCRIPT));

        assertThatIllegalStateException()
                .isThrownBy(() -> run("--job_class", Failing.class.getName()))
                .withMessage("the reason");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run("--JOB_NAME", "rooms"))
                .withMessageStartingWith("The job argument --job_class is missing");
        assertThatIllegalArgumentException().isThrownBy(() -> run("--job_class"));
    }

    /** So that a green compile says something. */
    @ParameterizedTest
    @CsvSource({
        "'def main(', 'deff main(', expected",
        "'+ 1', '+ one', not found: value one",
        "'Array[String]]', 'Array[String', expected",
        "'import java.lang', 'import com.amazonaws.services.glue.GlueContext\nimport java.lang', object amazonaws is not",
        "'throw e.getCause', 'throw e.getMessage', type mismatch"
    })
    void anErrorInItIsFound(String of, String by, String message) throws IOException {
        String script = Files.readString(SCRIPT);

        assertThat(script).contains(of);
        assertThat(String.join("\n", compile(script.replace(of, by)))).contains(message);
    }

    /** @return what the compiler says: errors and warnings */
    private List<String> compile(String script) throws IOException {
        Path file =
                Files.writeString(Files.createTempDirectory(classes, "script").resolve("GlueApp.scala"), script);
        List<String> problems = new ArrayList<>();
        Settings settings = new Settings(error -> {
            problems.add(error);
            return scala.runtime.BoxedUnit.UNIT;
        });
        settings.processArgumentString("-deprecation -d " + classes + " -cp " + place(scala.Predef$.class));
        StoreReporter reporter = new StoreReporter();
        Global compiler = new Global(settings, reporter);
        compiler.new Run()
                .compile(JavaConverters.asScalaBuffer(List.of(file.toString())).toList());
        JavaConverters.setAsJavaSetConverter(reporter.infos()).asJava().forEach(i -> problems.add(i.toString()));
        return problems;
    }

    private static Path place(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private void run(String... arguments) throws Exception {
        URL[] compiled = {classes.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(compiled, getClass().getClassLoader())) {
            loader.loadClass("GlueApp").getMethod("main", String[].class).invoke(null, (Object) arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }
}
