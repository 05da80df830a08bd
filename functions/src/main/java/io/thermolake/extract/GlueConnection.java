package io.thermolake.extract;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import org.apache.spark.SparkContext;

/**
 * Asks Glue's own library for a connection's login: it alone reads the connection's secret. Maven Central has no artifact of
 * it to compile against, so what is assumed of it is little, and looked for at run time.
 */
final class GlueConnection {
    /** AWS's Python library for Glue 5.1 (PyPI, awsgluedataplanepython) makes it of a SparkContext. */
    static final String CONTEXT = "com.amazonaws.services.glue.GlueContext";

    /** The same library calls it with a name and a catalog's id or null; older ones with the name alone. */
    private static final String METHOD = "extractJDBCConf";

    private GlueConnection() {}

    /**
     * @param context Glue's {@code GlueContext}
     * @param name of the connection
     * @throws IllegalStateException when Glue cannot read the connection, its library is another one than expected, or the
     *     connection has no address or login
     */
    static JdbcLogin login(Class<?> context, String name, SparkContext spark) {
        try {
            Method method = method(context);
            Object[] arguments = new Object[method.getParameterCount()];
            // Null for the rest is what the Python library gives: the account's own catalog.
            arguments[0] = name;
            Object glue = context.getConstructor(SparkContext.class).newInstance(spark);
            return JdbcLogin.of(name, method.invoke(glue, arguments));
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(
                    ("Glue cannot read the connection %s: %s. The job's role needs glue:GetConnection on it and"
                                    + " secretsmanager:GetSecretValue on its secret")
                            .formatted(name, e.getCause()),
                    e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "Glue's library is another one than this job knows, so the connection %s cannot be read: %s"
                            .formatted(name, e),
                    e);
        }
    }

    private static Method method(Class<?> context) throws NoSuchMethodException {
        return Arrays.stream(context.getMethods())
                .filter(m -> m.getName().equals(METHOD) && m.getParameterCount() > 0)
                .filter(m -> Arrays.stream(m.getParameterTypes()).allMatch(String.class::equals))
                .min(Comparator.comparingInt(Method::getParameterCount))
                .orElseThrow(() -> new NoSuchMethodException(context.getName() + "." + METHOD + "(String, String)"));
    }
}
