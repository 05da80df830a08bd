package com.dashjoin.jsonata;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.type.NullType;

/**
 * A function whose arguments are always held against its signature, as the reference does: the library leaves that out where
 * one function calls another, as {@code $map(list, $sum)} does, and takes null for whatever is asked for.
 */
final class CheckedFunction extends Jsonata.JFunction {
    /** Arguments that were checked. */
    private static final class Checked extends ArrayList<Object> {
        private static final long serialVersionUID = 1L;
    }

    /** The library's signatures know null by Java's type of it, which has no value of its own. */
    private static final Object NULL = Proxy.newProxyInstance(
            CheckedFunction.class.getClassLoader(),
            new Class<?>[] {NullType.class},
            (proxy, method, arguments) -> method.getName().equals("toString") ? "null" : null);

    private final Jsonata.JFunction function;

    CheckedFunction(Jsonata.JFunction function, String name) {
        super(function, null);
        this.function = function;
        this.functionName = name;
        this.signature = function.signature;
    }

    @Override
    public Object validate(Object args, Object context) {
        if (signature == null) {
            return args;
        }
        List<Object> given = new ArrayList<>();
        for (Object each : (List<?>) args) {
            given.add(each == Jsonata.NULL_VALUE ? NULL : each);
        }
        Checked checked = new Checked();
        for (Object each : (List<?>) validated(given, context)) {
            checked.add(back(each));
        }
        return checked;
    }

    private Object validated(List<Object> given, Object context) {
        try {
            return signature.validate(given, context);
        } catch (JException e) {
            // The library names the argument's value where the function's name belongs.
            throw "T0412".equals(e.error) ? new JException("T0412", -1, functionName, e.expected) : e;
        }
    }

    private static Object back(Object argument) {
        if (argument instanceof List<?> list && list.size() == 1 && list.get(0) == NULL) {
            List<Object> one = new ArrayList<>();
            one.add(Jsonata.NULL_VALUE);
            return one;
        }
        return argument == NULL ? Jsonata.NULL_VALUE : argument;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Object call(Object input, List args) {
        return function.call(input, args instanceof Checked ? args : (List<?>) validate(args, input));
    }

    @Override
    public int getNumberOfArgs() {
        return function.getNumberOfArgs();
    }
}
