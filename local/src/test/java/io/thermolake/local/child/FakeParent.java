package io.thermolake.local.child;

import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A parent JVM: starts a child that never ends of itself, and waits. */
final class FakeParent {
    private FakeParent() {}

    public static void main(String[] args) throws Exception {
        ChildJvm jvm = new ChildJvm(
                Path.of(args[0]),
                null,
                List.of("-Xmx64m"),
                List.of(ChildJvm.codeOf(FakeParent.class)),
                Stubborn.class.getName(),
                List.of(args[1], args[2]));
        Process child = new ProcessBuilder(jvm.command())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (args[1].equals("at once")) {
            Runtime.getRuntime().halt(0);
        }
        // The child's first byte: it works.
        child.getInputStream().read();
        System.out.write('!');
        System.out.flush();
        Thread.sleep(Long.MAX_VALUE);
    }

    /** Reads no input unless it is told to, as Spark's start does not, keeps a thread that is no daemon, and holds a lock while it lives. */
    static final class Stubborn {
        private Stubborn() {}

        public static void main(String[] args) throws Exception {
            FileChannel life = FileChannel.open(Path.of(args[1]), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            life.lock();
            new Thread(() -> {
                        while (true) {
                            Thread.onSpinWait();
                        }
                    })
                    .start();
            System.out.write('!');
            System.out.flush();
            if (args[0].equals("reads")) {
                System.in.readAllBytes();
                return;
            }
            if (args[0].equals("fails")) {
                throw new IllegalStateException("on purpose");
            }
            Thread.sleep(Long.MAX_VALUE);
        }
    }
}
