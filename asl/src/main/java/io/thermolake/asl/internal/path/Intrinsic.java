package io.thermolake.asl.internal.path;

import io.thermolake.asl.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call of an intrinsic function, {@code States.Format('Hello {}', $.name)}, parsed once; calls may be nested. */
public final class Intrinsic implements PathExpression {
    /** An argument: a literal, a path, or another call. */
    sealed interface Argument {
        record Literal(@Nullable Object value) implements Argument {}

        record Evaluated(PathExpression expression) implements Argument {}
    }

    private final String text;
    private final IntrinsicFunction function;
    private final List<Argument> arguments;

    Intrinsic(String text, IntrinsicFunction function, List<Argument> arguments) {
        this.text = text;
        this.function = function;
        this.arguments = arguments;
    }

    /** @throws IllegalArgumentException when the text is no call of a known function */
    public static Intrinsic parse(String text) {
        IntrinsicParser parser = new IntrinsicParser(text);
        Intrinsic call = parser.call();
        parser.end();
        return call;
    }

    @Override
    public String text() {
        return text;
    }

    /** The paths among the arguments, nested calls included. */
    public List<JsonPath> paths() {
        List<JsonPath> paths = new ArrayList<>();
        for (Argument argument : arguments) {
            if (argument instanceof Argument.Evaluated e) {
                if (e.expression instanceof JsonPath path) {
                    paths.add(path);
                } else {
                    paths.addAll(((Intrinsic) e.expression).paths());
                }
            }
        }
        return paths;
    }

    /**
     * {@inheritDoc}
     *
     * @throws PathException NOT_FOUND when a path among the arguments leads nowhere, INTRINSIC when the function refuses
     *     its arguments; the message names the whole expression, as AWS's does
     */
    @Override
    public @Nullable Object read(Roots roots) {
        try {
            return call(roots);
        } catch (PathException e) {
            throw new PathException(e.kind(), "The function '" + text + "' had the following error: " + e.getMessage());
        }
    }

    private @Nullable Object call(Roots roots) {
        List<@Nullable Object> values = new ArrayList<>();
        for (Argument argument : arguments) {
            if (argument instanceof Argument.Literal literal) {
                values.add(literal.value);
            } else {
                PathExpression expression = ((Argument.Evaluated) argument).expression;
                values.add(
                        expression instanceof Intrinsic nested
                                ? nested.call(roots)
                                : path((JsonPath) expression, roots));
            }
        }
        return function.apply(values, roots.random());
    }

    private static @Nullable Object path(JsonPath path, Roots roots) {
        try {
            return path.read(roots);
        } catch (PathException e) {
            if (e.getMessage().startsWith("Filter: ") || path.variable() != null) {
                throw e;
            }
            // A path into the context object is reported rewritten, together with the state's input.
            String shown = path.fromContext() ? path.text().substring(1) : path.text();
            throw new PathException(
                    PathException.Kind.NOT_FOUND,
                    "The JsonPath argument for the field '" + shown + "' could not be found in the input '"
                            + Json.text(roots.document()) + "'");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
