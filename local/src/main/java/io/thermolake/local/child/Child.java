package io.thermolake.local.child;

import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The main class of every child JVM, with nothing but the JDK. It watches the parent from its first instant, in a thread of
 * its own, runs the main class that it was given, and halts the JVM when that returns or fails.
 *
 * <p>A parent that is killed closes the child's input, too; but a main class that starts something heavy, or a JVM that
 * writes its class-data archive, does not read its input meanwhile.
 */
public final class Child {
    private static final int FAILED = 1;
    private static final int PARENT_GONE = 3;
    private static final long EVERY_MILLIS = 250;

    private Child() {}

    /**
     * @param args the parent's process id, where to leave a class-data archive ({@code -} for nowhere), the main class, and
     *     its own arguments
     */
    public static void main(String[] args) {
        long parent = Long.parseLong(args[0]);
        watch(parent);
        OrderlyInput input = new OrderlyInput(System.in);
        System.setIn(input);
        try {
            Class.forName(args[2]).getMethod("main", String[].class).invoke(null, (Object)
                    Arrays.copyOfRange(args, 3, args.length));
        } catch (InvocationTargetException e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(FAILED);
        } catch (ReflectiveOperationException e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(FAILED);
        }
        if (!args[1].equals("-") && input.isOrderly()) {
            ClassArchive.leave(Path.of(args[1]));
        }
        // Not exit: the hooks of libraries, and threads that still work, must not hold it up.
        Runtime.getRuntime().halt(0);
    }

    private static void watch(long parent) {
        Thread watch = new Thread(
                () -> {
                    while (isChildOf(parent)) {
                        try {
                            Thread.sleep(EVERY_MILLIS);
                        } catch (InterruptedException e) {
                            break;
                        }
                    }
                    Runtime.getRuntime().halt(PARENT_GONE);
                },
                "parent-watch");
        watch.setDaemon(true);
        watch.setPriority(Thread.MAX_PRIORITY);
        watch.start();
    }

    /** An orphan gets another parent at once, so a process id that is used again deceives nobody. */
    private static boolean isChildOf(long parent) {
        return ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(-1L) == parent;
    }
}
