package io.thermolake.asl.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;

@ExtendWith(StateMachineExtension.class)
class StateMachineExtensionTest {
    private static final String FILE = "src/test/resources/order.asl.json";
    private final StateMachineExtension extension = new StateMachineExtension();
    private final Map<Object, Object> stored = new HashMap<>();
    private final Map<String, String> published = new HashMap<>();

    @Test
    void aTestGetsItsMachine(
            @StateMachine(
                            value = FILE,
                            substitutions = {"ReserveFunctionArn", "arn:f"})
                    Machine machine) {
        assertThat(machine.name()).isEqualTo("order");
        assertThat(machine.definition().text()).contains("\"Resource\": \"arn:f\"");
    }

    /** What the extension uses of a class's context, or of a method's below it; any other call fails. */
    private ExtensionContext context(ExtensionContext parent) {
        return (ExtensionContext) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ExtensionContext.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getTestMethod" ->
                        parent == null
                                ? Optional.empty()
                                : Optional.of(getClass().getDeclaredMethods()[0]);
                    case "getParent" -> Optional.ofNullable(parent);
                    case "getStore" -> store();
                    case "getDisplayName" -> "TheTest";
                    case "publishReportEntry" -> published.put((String) arguments[0], (String) arguments[1]);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private ExtensionContext.Store store() {
        return (ExtensionContext.Store) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ExtensionContext.Store.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "get" -> stored.get(arguments[0]);
                    case "put" -> stored.put(arguments[0], arguments[1]);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private static ParameterContext parameter(String method) throws NoSuchMethodException {
        for (Method each : Wanted.class.getDeclaredMethods()) {
            if (each.getName().equals(method)) {
                Parameter parameter = each.getParameters()[0];
                return (ParameterContext) Proxy.newProxyInstance(
                        Wanted.class.getClassLoader(),
                        new Class<?>[] {ParameterContext.class},
                        (proxy, called, arguments) -> switch (called.getName()) {
                            case "isAnnotated" -> parameter.isAnnotationPresent(StateMachine.class);
                            case "findAnnotation" -> Optional.ofNullable(parameter.getAnnotation(StateMachine.class));
                            case "getParameter" -> parameter;
                            default -> throw new UnsupportedOperationException(called.getName());
                        });
            }
        }
        throw new NoSuchMethodException(method);
    }

    interface Wanted {
        void plain(Machine machine);

        void text(@StateMachine(FILE) String text);

        void some(@StateMachine(value = FILE, coverage = 20) Machine machine);

        void more(@StateMachine(value = FILE, coverage = 30) Machine machine);

        void odd(@StateMachine(value = FILE, substitutions = "name") Machine machine);
    }

    @Test
    void onlyAMarkedMachineIsGiven() throws Exception {
        assertThat(extension.supportsParameter(parameter("some"), context(null)))
                .isTrue();
        assertThat(extension.supportsParameter(parameter("plain"), context(null)))
                .isFalse();
        assertThat(extension.supportsParameter(parameter("text"), context(null)))
                .isFalse();
    }

    @Test
    void allTestsOfAClassShareAMachineAndTheHighestDemandCounts() throws Exception {
        ExtensionContext ofClass = context(null);
        Object first = extension.resolveParameter(parameter("more"), context(ofClass));
        Object second = extension.resolveParameter(parameter("some"), context(ofClass));
        assertThat(second).isSameAs(first);
        assertThatThrownBy(() -> extension.afterAll(ofClass))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("The tests of TheTest must reach 30.0 % of order")
                .hasMessageContaining("MISSED      0  /States/Reserve");
        assertThat(published).containsEntry("order", "0.0 %");
    }

    @Test
    void whoReachesEnoughPasses() throws Exception {
        ExtensionContext ofClass = context(null);
        Machine machine = (Machine) extension.resolveParameter(parameter("more"), context(ofClass));
        machine.run(
                Map.of("item", "book"),
                new Mocks().returns("Reserve", Map.of("price", 0)).returns("Ship", 1));
        // Reserve, IsFree, its rule, and Ship, of nine.
        assertThatCode(() -> extension.afterAll(ofClass)).doesNotThrowAnyException();
        assertThat(published).containsEntry("order", "44.4 %");
    }

    @Test
    void substitutionsAreNamesAndValues() throws Exception {
        assertThatThrownBy(() -> extension.resolveParameter(parameter("odd"), context(null)))
                .isInstanceOf(ParameterResolutionException.class)
                .hasMessageContaining("must be names and values in turn");
    }
}
