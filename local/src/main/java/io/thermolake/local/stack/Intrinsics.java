package io.thermolake.local.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** CloudFormation's intrinsic functions: makes plain values of what a template says. */
final class Intrinsics {
    /** What a template's names stand for. Each method throws a StackException when a name stands for nothing. */
    interface Names {
        /** What Ref gives: a parameter's value, a resource's id, or {@link #NO_VALUE}. */
        Object ref(String name, String at);

        /** @param path a resource's logical id and the attribute's name */
        Object attribute(List<?> path, String at);

        boolean condition(String name);

        Map<String, Object> mappings();

        /** @param at the member of the template that the problem is in */
        StackException problem(String at, String message);
    }

    /** What AWS::NoValue removes. */
    static final Object NO_VALUE = new Object();

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(!?)([^}]+)}");

    private final Names names;

    Intrinsics(Names names) {
        this.names = names;
    }

    /** @param at the member of the template that the value is in, for a problem's words */
    Object resolve(Object value, String at) {
        if (value instanceof List<?> list) {
            List<Object> out = new ArrayList<>();
            list.forEach(item -> {
                Object resolved = resolve(item, at);
                if (resolved != NO_VALUE) {
                    out.add(resolved);
                }
            });
            return out;
        }
        if (!(value instanceof Map)) {
            return value;
        }
        Map<String, Object> map = PlainTemplate.map(value);
        if (map.size() == 1) {
            Map.Entry<String, Object> only = map.entrySet().iterator().next();
            if (only.getKey().equals("Ref")
                    || only.getKey().equals("Condition")
                    || only.getKey().startsWith("Fn::")) {
                if (!only.getKey().equals("Condition") || only.getValue() instanceof String) {
                    return function(only.getKey(), only.getValue(), at);
                }
            }
        }
        Map<String, Object> out = new LinkedHashMap<>();
        map.forEach((key, item) -> {
            Object resolved = resolve(item, at);
            if (resolved != NO_VALUE) {
                out.put(key, resolved);
            }
        });
        return out;
    }

    private Object function(String name, Object argument, String at) {
        return switch (name) {
            case "Ref" -> names.ref(argument.toString(), at);
            case "Condition" -> names.condition(argument.toString());
            case "Fn::GetAtt" -> names.attribute(attributePath(argument, at), at);
            case "Fn::Sub" -> sub(argument, at);
            case "Fn::Join" -> {
                List<?> list = list(argument, at);
                List<?> items = list(resolve(list.get(1), at), at);
                yield String.join(
                        list.get(0).toString(),
                        items.stream().map(String::valueOf).toList());
            }
            case "Fn::Select" -> {
                List<?> list = list(argument, at);
                List<?> items = list(resolve(list.get(1), at), at);
                int index = Integer.parseInt(String.valueOf(resolve(list.get(0), at)));
                if (index < 0 || index >= items.size()) {
                    throw names.problem(at, "Fn::Select asks for item " + index + " of " + items.size());
                }
                yield items.get(index);
            }
            case "Fn::Split" -> {
                List<?> list = list(argument, at);
                yield Arrays.asList(String.valueOf(resolve(list.get(1), at))
                        .split(Pattern.quote(list.get(0).toString()), -1));
            }
            case "Fn::FindInMap" -> findInMap(list(argument, at), at);
            case "Fn::GetAZs" -> List.of(Stack.REGION + "a", Stack.REGION + "b", Stack.REGION + "c");
            case "Fn::If" -> {
                List<?> list = list(argument, at);
                yield resolve(names.condition(list.get(0).toString()) ? list.get(1) : list.get(2), at);
            }
            case "Fn::Equals" -> {
                List<?> list = list(argument, at);
                yield String.valueOf(resolve(list.get(0), at)).equals(String.valueOf(resolve(list.get(1), at)));
            }
            case "Fn::Not" -> !Boolean.TRUE.equals(resolve(list(argument, at).get(0), at));
            case "Fn::And" -> list(argument, at).stream().allMatch(c -> Boolean.TRUE.equals(resolve(c, at)));
            case "Fn::Or" -> list(argument, at).stream().anyMatch(c -> Boolean.TRUE.equals(resolve(c, at)));
            case "Fn::Base64" ->
                Base64.getEncoder()
                        .encodeToString(String.valueOf(resolve(argument, at)).getBytes(UTF_8));
            default -> throw names.problem(at, "The laptop cloud does not know the function " + name);
        };
    }

    private Object sub(Object argument, String at) {
        String text =
                argument instanceof String s ? s : list(argument, at).get(0).toString();
        Map<String, Object> variables = argument instanceof String
                ? Map.of()
                : PlainTemplate.map(list(argument, at).get(1));
        Matcher matcher = VARIABLE.matcher(text);
        StringBuilder out = new StringBuilder();
        while (matcher.find()) {
            String name = matcher.group(2);
            Object value;
            if (!matcher.group(1).isEmpty()) {
                value = "${" + name + "}";
            } else if (variables.containsKey(name)) {
                value = resolve(variables.get(name), at);
            } else {
                value = name.contains(".")
                        ? names.attribute(Arrays.asList(name.split("\\.", 2)), at)
                        : names.ref(name, at);
            }
            matcher.appendReplacement(out, Matcher.quoteReplacement(String.valueOf(value)));
        }
        return matcher.appendTail(out).toString();
    }

    private Object findInMap(List<?> path, String at) {
        @Nullable Object value = names.mappings();
        for (Object key : path) {
            String name = String.valueOf(resolve(key, at));
            value = PlainTemplate.map(value).get(name);
            if (value == null) {
                throw names.problem(at, "Fn::FindInMap finds no " + name);
            }
        }
        return value;
    }

    private List<?> list(Object value, String at) {
        if (value instanceof List<?> list) {
            return list;
        }
        throw names.problem(at, "a list is expected, got " + value);
    }

    private List<?> attributePath(Object argument, String at) {
        return argument instanceof String text ? Arrays.asList(text.split("\\.", 2)) : list(argument, at);
    }
}
