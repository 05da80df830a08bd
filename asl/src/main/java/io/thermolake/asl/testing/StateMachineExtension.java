package io.thermolake.asl.testing;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A JUnit extension that gives {@link Machine}s to tests and, after a class's last test, fails the class when its tests have
 * reached less of a machine than {@link StateMachine#coverage} asks: <code>@ExtendWith(StateMachineExtension.class)</code>.
 */
public final class StateMachineExtension implements ParameterResolver, AfterAllCallback {
    private static final ExtensionContext.Namespace OURS =
            ExtensionContext.Namespace.create(StateMachineExtension.class);

    /** A machine and the most that any of the class's parameters asks of it. */
    private record Asked(Machine machine, double coverage) {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.isAnnotated(StateMachine.class)
                && parameter.getParameter().getType() == Machine.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        StateMachine wanted = parameter.findAnnotation(StateMachine.class).orElseThrow();
        if (wanted.substitutions().length % 2 != 0) {
            throw new ParameterResolutionException(
                    "The substitutions of " + wanted.value() + " must be names and values in turn");
        }
        return machines(context)
                .merge(
                        wanted.value() + String.join("\n", wanted.substitutions()),
                        new Asked(read(wanted), wanted.coverage()),
                        (known, another) -> new Asked(known.machine, Math.max(known.coverage, another.coverage)))
                .machine();
    }

    private static Machine read(StateMachine wanted) {
        Map<String, String> values = new ConcurrentHashMap<>();
        for (int i = 0; i < wanted.substitutions().length; i += 2) {
            values.put(wanted.substitutions()[i], wanted.substitutions()[i + 1]);
        }
        return Machine.read(Path.of(wanted.value()), values);
    }

    /** By get and put: the method that does both has another name in JUnit 5 than in JUnit 6. */
    @SuppressWarnings("unchecked")
    private static synchronized Map<String, Asked> machines(ExtensionContext context) {
        ExtensionContext ofClass = context;
        while (ofClass.getTestMethod().isPresent() && ofClass.getParent().isPresent()) {
            ofClass = ofClass.getParent().get();
        }
        ExtensionContext.Store store = ofClass.getStore(OURS);
        Map<String, Asked> machines = (Map<String, Asked>) store.get("machines");
        if (machines == null) {
            machines = new ConcurrentHashMap<>();
            store.put("machines", machines);
        }
        return machines;
    }

    @Override
    public void afterAll(ExtensionContext context) {
        for (Asked each : machines(context).values()) {
            Coverage coverage = each.machine.coverage();
            context.publishReportEntry(coverage.name(), "%.1f %%".formatted(coverage.percent()));
            if (coverage.percent() < each.coverage) {
                throw new AssertionError("The tests of " + context.getDisplayName() + " must reach " + each.coverage
                        + " % of " + coverage.name() + "\n" + coverage.report());
            }
        }
    }
}
