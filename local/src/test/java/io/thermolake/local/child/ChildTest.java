package io.thermolake.local.child;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Children end with their parent, by the real main class in real JVMs. */
class ChildTest {
    private static final Duration SECONDS = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private Process parent(String how) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FakeParent.class.getName(),
                        folder.resolve("child.jsa").toString(),
                        how,
                        life().toString())
                .start();
    }

    private Process child(String how) throws IOException {
        ChildJvm jvm = new ChildJvm(
                folder.resolve("child.jsa"),
                folder,
                List.of("-Xmx64m"),
                List.of(ChildJvm.codeOf(FakeParent.class)),
                FakeParent.Stubborn.class.getName(),
                List.of(how, life().toString()));
        return new ProcessBuilder(jvm.command()).start();
    }

    /** By the child's lock: a dead process that nobody waited for would still look alive. */
    private void assertChildEnds() {
        Assertions.assertTimeoutPreemptively(SECONDS, () -> {
            try (FileChannel life = FileChannel.open(life(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                life.lock();
            }
        });
    }

    private Path life() {
        return folder.resolve("life");
    }

    @Test
    void aChildThatReadsNoInputEndsWhenItsParentIsKilled() throws Exception {
        Process parent = parent("works");
        assertThat(parent.getInputStream().read()).isEqualTo('!');

        parent.destroyForcibly();

        assertChildEnds();
    }

    @Test
    void aChildWhoseParentIsGoneBeforeItsFirstInstantEnds() throws Exception {
        assertThat(parent("at once").waitFor()).isZero();

        assertChildEnds();
    }

    @ParameterizedTest
    @CsvSource({"reads, 0, ''", "fails, 1, on purpose"})
    void aChildEndsWithItsMainClassWhateverThreadsItLeft(String how, int code, String told) throws Exception {
        Process child = child(how);
        child.getOutputStream().close();

        assertThat(child.waitFor(SECONDS.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(child.exitValue()).isEqualTo(code);
        assertThat(new String(child.getErrorStream().readAllBytes(), UTF_8)).contains(told);
    }

    @Test
    void aChildThatDoesNotEndInOrderIsKilled() throws Exception {
        Process child = child("works");

        ChildJvm.end(child, child.getOutputStream(), 0);

        assertThat(child.waitFor(SECONDS.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    /** Whoever kills the parent ends the child's input, too; seconds of archiving would be an orphan's. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anArchiveIsWrittenWholeAtAnOrderlyEndAndNotAtAnyOther(boolean orderly) throws Exception {
        Path jar = jar();
        Path archive = folder.resolve("an archive.jsa");
        Path left = Files.createFile(folder.resolve("an archive.jsa.999999999.temp"));
        Process child = java(
                ClassArchive.OPTION,
                "-cp",
                jar.toString(),
                Child.class.getName(),
                Long.toString(ProcessHandle.current().pid()),
                archive.toString(),
                FakeParent.Stubborn.class.getName(),
                "reads",
                life().toString());
        if (orderly) {
            ChildJvm.end(child, child.getOutputStream(), SECONDS.toSeconds());
        } else {
            child.getOutputStream().close();
        }
        String told = new String(child.getInputStream().readAllBytes(), UTF_8);

        assertThat(child.waitFor()).isZero();
        assertThat(Files.exists(archive)).as(told).isEqualTo(orderly);
        if (orderly) {
            assertThat(left).doesNotExist();
            assertThat(folder).isDirectoryNotContaining(file -> file.toString().contains(".jsa."));
            Process next = java("-XX:SharedArchiveFile=" + archive, "-Xshare:on", "-cp", jar.toString(), "-version");
            assertThat(new String(next.getInputStream().readAllBytes(), UTF_8)).contains("version");
            assertThat(next.waitFor()).isZero();
        }
    }

    @Test
    void inputEndsAtItsLastByteInOrderAndWithoutItOutOfOrder() throws Exception {
        OrderlyInput ended = new OrderlyInput(new ByteArrayInputStream("line\n\u0004more".getBytes(UTF_8)));
        assertThat(new String(ended.readAllBytes(), UTF_8)).isEqualTo("line\n");
        assertThat(ended.isOrderly()).isTrue();

        OrderlyInput cut = new OrderlyInput(new ByteArrayInputStream("line\n".getBytes(UTF_8)));
        assertThat(new String(cut.readAllBytes(), UTF_8)).isEqualTo("line\n");
        assertThat(cut.isOrderly()).isFalse();
    }

    /** The JVM archives no classes of folders. */
    private Path jar() throws Exception {
        Path jar = folder.resolve("child.jar");
        Process packed = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jar").toString(),
                        "cf",
                        jar.toString(),
                        "-C",
                        ChildJvm.codeOf(Child.class),
                        "io/thermolake/local/child",
                        "-C",
                        ChildJvm.codeOf(FakeParent.class),
                        "io/thermolake/local/child")
                .inheritIO()
                .start();
        assertThat(packed.waitFor()).isZero();
        return jar;
    }

    private static Process java(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}
