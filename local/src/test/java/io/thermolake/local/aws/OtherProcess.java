package io.thermolake.local.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.thermolake.local.cloud.Guests;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;

/** Another process with a scratch folder, or a share in a cloud, on the same data folder; it lives until it is killed. */
public final class OtherProcess {
    private final Process process;
    private final Path scratch;

    private OtherProcess(Process process, Path scratch) {
        this.process = process;
        this.scratch = scratch;
    }

    public static OtherProcess on(Path data) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherProcess.class.getName(),
                        data.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String line = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8)).readLine();
        return new OtherProcess(process, Path.of(line));
    }

    Path scratch() {
        return scratch;
    }

    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    public static void main(String[] args) throws Exception {
        Path data = Path.of(args[0]);
        Scratch scratch = Scratch.open(data);
        AutoCloseable share = Guests.enter(data).orElseThrow();
        System.out.println(scratch.part("libraries").getParent());
        System.in.read();
        share.close();
        scratch.close();
    }
}
