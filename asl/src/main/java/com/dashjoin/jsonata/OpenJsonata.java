package com.dashjoin.jsonata;

import com.dashjoin.jsonata.Parser.Symbol;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The library's evaluator with the operators of somebody else. In the library's package, since it keeps its operators to
 * itself: its {@code =} is Java's {@code equals}, its {@code &} prints numbers as Java does, and both are wrong without a word.
 */
public final class OpenJsonata extends Jsonata {
    /** What the operators do. A value is the library's: {@code NULL_VALUE} is JSON's null, a Java null undefined. */
    public interface Operators {
        boolean equal(Object a, Object b);

        /** Whether two values are one, as {@code in} asks. */
        boolean identical(Object a, Object b);

        /** @param operator one of {@code + - * / %} */
        Number calculated(double a, String operator, double b);

        /** What {@code &} writes of a value. */
        String text(Object value);

        /** Whether a value picks an element by its index. */
        boolean isIndexes(Object predicate);

        /** Whether an index, or a list of them, names this element of so many; how often, since each time gives it once. */
        int picks(Object predicate, int index, int size);
    }

    private static final Map<String, JFunction> OWN = new HashMap<>();

    static {
        staticFrame.bindings.forEach((name, function) -> {
            if (function instanceof JFunction own) {
                OWN.put(name, new CheckedFunction(own, name));
            }
        });
    }

    private final Operators operators;

    /** @throws JException when it is no JSONata */
    public OpenJsonata(String expression, Operators operators) {
        super(expression);
        this.operators = operators;
        OWN.forEach(environment::bind);
    }

    /** The same as the library's, but with the arguments checked wherever the function is called from. */
    @Override
    public void registerFunction(String name, JFunction function) {
        environment.bind(name, new CheckedFunction(function, name));
    }

    private OpenJsonata(OpenJsonata other) {
        super(other);
        this.operators = other.operators;
    }

    /** A thread evaluates with an instance that it made itself: an instance has its maker's parser. */
    @Override
    Jsonata getPerThreadInstance() {
        Jsonata mine = current.get();
        if (!(mine instanceof OpenJsonata)) {
            mine = new OpenJsonata(this);
            current.set(mine);
        }
        return mine;
    }

    @Override
    Object evaluateEqualityExpression(Object lhs, Object rhs, String op) {
        return lhs != null && rhs != null && operators.equal(lhs, rhs) == op.equals("=");
    }

    @Override
    Object evaluateIncludesExpression(Object lhs, Object rhs) {
        if (lhs == null || rhs == null) {
            return false;
        }
        return rhs instanceof List<?> list
                ? list.stream().anyMatch(each -> operators.identical(lhs, each))
                : operators.identical(lhs, rhs);
    }

    @Override
    Object evaluateStringConcat(Object lhs, Object rhs) {
        return (lhs == null ? "" : operators.text(lhs)) + (rhs == null ? "" : operators.text(rhs));
    }

    /** A number that is none, or beyond all, fails what takes it, not what makes it. */
    @Override
    Object evaluateNumericExpression(Object lhs, Object rhs, String op) {
        if (lhs != null && !Utils.isNumeric(lhs)) {
            throw new JException("T2001", -1, op, lhs);
        }
        if (rhs != null && !Utils.isNumeric(rhs)) {
            throw new JException("T2002", -1, op, rhs);
        }
        return lhs == null || rhs == null
                ? null
                : operators.calculated(((Number) lhs).doubleValue(), op, ((Number) rhs).doubleValue());
    }

    /** The library's error does not say the operator. */
    @Override
    Object evaluateComparisonExpression(Object lhs, Object rhs, String op) {
        try {
            return super.evaluateComparisonExpression(lhs, rhs, op);
        } catch (JException e) {
            e.type = op;
            throw e;
        }
    }

    /** The operator that an error of a comparison is about; empty for any other error. */
    public static String operator(JException e) {
        return e.type == null ? "" : e.type;
    }

    /** An array that is written out and of which a filter leaves one element has no steps in the reference: undefined. */
    @Override
    Object evaluatePath(Symbol expr, Object input, Frame environment) {
        Symbol first = expr.steps.get(0);
        if (first.consarray
                && first.predicate != null
                && expr.steps.size() > 1
                && !(evaluate(first, list(input), environment) instanceof List<?>)) {
            return null;
        }
        return super.evaluatePath(expr, input, environment);
    }

    /** The library prints what is no function to the standard output, too. */
    @Override
    Object applyInner(Object function, Object args, Object input, Object environment) {
        if (!isFunctionLike(function) && !(function instanceof JLambda)) {
            throw new JException("T1006", 0);
        }
        return super.applyInner(function, args, input, environment);
    }

    @Override
    Object evaluateFilter(Object given, Object input, Frame environment) {
        Symbol predicate = (Symbol) given;
        List<Object> all = list(input);
        boolean tuples = all instanceof Utils.JList<Object> sequence && sequence.tupleStream;
        Utils.JList<Object> found = (Utils.JList<Object>) Utils.createSequence();
        found.tupleStream = tuples;
        if (predicate.type.equals("number")) {
            for (int i = 0; i < all.size(); i++) {
                if (operators.picks(predicate.value, i, all.size()) > 0) {
                    Object item = all.get(i);
                    if (item instanceof List<?>) {
                        return item;
                    }
                    if (item != null) {
                        found.add(item);
                    }
                }
            }
            return found;
        }
        for (int i = 0; i < all.size(); i++) {
            Object item = all.get(i);
            Object result = tuples
                    ? evaluate(predicate, ((Map<?, ?>) item).get("@"), createFrameFromTuple(environment, tuple(item)))
                    : evaluate(predicate, item, environment);
            int times = operators.isIndexes(result)
                    ? operators.picks(result, i, all.size())
                    : Jsonata.boolize(result) ? 1 : 0;
            for (; times > 0; times--) {
                found.add(item);
            }
        }
        return found;
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Object value) {
        return value instanceof List<?> ? (List<Object>) value : Utils.createSequence(value);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> tuple(Object item) {
        return (Map<String, Object>) item;
    }
}
