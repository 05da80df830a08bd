package io.thermolake.local.stack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes a stack of a template: parameters, conditions, intrinsic functions, SAM's Globals, nested stacks with local
 * templates. It runs no SAM transform. A resource type is built, or has no meaning on a laptop, or is refused with file and
 * line. Longer than a page since it is CloudFormation's expression language, a function a case.
 */
public final class StackReader {
    /** What AWS::NoValue removes. */
    private static final Object NO_VALUE = new Object();

    /** SAM publishes a version of a function with AutoPublishAlias; Ref to it is {@code Function.Version}. */
    private static final String VERSION = ".Version";

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(!?)([^}]+)}");

    private final PlainTemplate template;
    private final String prefix;
    private final Map<String, Object> parameters = new LinkedHashMap<>();
    private final Map<String, Boolean> conditions = new LinkedHashMap<>();
    private final Map<String, StackResource> done = new LinkedHashMap<>();
    private final Map<String, StackReader> nested = new LinkedHashMap<>();
    private final Set<String> open = new LinkedHashSet<>();

    private StackReader(PlainTemplate template, String prefix, Map<String, Object> given) {
        this.template = template;
        this.prefix = prefix;
        template.section("Parameters").forEach((name, declared) -> {
            Object value = given.containsKey(name)
                    ? given.get(name)
                    : PlainTemplate.map(declared).get("Default");
            if (value == null) {
                throw problem(name, "The parameter " + name + " has no value");
            }
            if (PlainTemplate.map(declared).get("AllowedValues") instanceof List<?> allowed
                    && allowed.stream().noneMatch(a -> String.valueOf(a).equals(String.valueOf(value)))) {
                throw problem(name, "The parameter %s must be one of %s, not %s".formatted(name, allowed, value));
            }
            parameters.put(name, value);
        });
        for (String name : given.keySet()) {
            if (!parameters.containsKey(name)) {
                throw problem(name, "There is no parameter " + name);
            }
        }
    }

    /**
     * Reads a template and what it nests.
     *
     * @param parameters override the defaults
     * @throws StackException naming file and line
     */
    public static Stack read(Path template, Map<String, String> parameters) {
        StackReader reader = new StackReader(PlainTemplate.read(template), "", new LinkedHashMap<>(parameters));
        return new Stack(reader.resources());
    }

    private List<StackResource> resources() {
        List<StackResource> all = new ArrayList<>();
        for (String id : template.section("Resources").keySet()) {
            if (!exists(id)) {
                continue;
            }
            if (isNested(id)) {
                all.addAll(nested(id).resources());
            } else {
                all.add(resource(id));
            }
        }
        return all;
    }

    private Map<String, Object> declared(String id) {
        return PlainTemplate.map(template.section("Resources").get(id));
    }

    private boolean exists(String id) {
        Object condition = declared(id).get("Condition");
        return condition == null || condition(condition.toString());
    }

    private boolean isNested(String id) {
        Object type = declared(id).get("Type");
        return "AWS::CloudFormation::Stack".equals(type) || "AWS::Serverless::Application".equals(type);
    }

    private StackReader nested(String id) {
        StackReader known = nested.get(id);
        if (known != null) {
            return known;
        }
        enter(id);
        Map<String, Object> properties = PlainTemplate.map(declared(id).get("Properties"));
        Object location =
                properties.containsKey("TemplateURL") ? properties.get("TemplateURL") : properties.get("Location");
        if (!(location instanceof String path)) {
            throw problem(id, "A nested stack needs a local path as TemplateURL or Location");
        }
        Map<String, Object> given = new LinkedHashMap<>();
        PlainTemplate.map(properties.get("Parameters")).forEach((name, value) -> given.put(name, resolve(value, id)));
        StackReader reader =
                new StackReader(PlainTemplate.read(template.path.resolveSibling(path)), prefix + id + ".", given);
        nested.put(id, reader);
        open.remove(id);
        return reader;
    }

    private StackResource resource(String id) {
        StackResource known = done.get(id);
        if (known != null) {
            return known;
        }
        Map<String, Object> declared = declared(id);
        if (declared.isEmpty()) {
            throw problem(id, "There is no resource " + id);
        }
        String type = String.valueOf(declared.get("Type"));
        if (!ResourceTypes.isKnown(type)) {
            throw problem(id, "The laptop cloud knows no resource of type " + type + " (" + id + ")");
        }
        enter(id);
        Map<String, Object> properties = PlainTemplate.map(resolve(withGlobals(type, declared), id));
        String logical = prefix + id;
        String physical = ResourceTypes.physicalId(type, logical, properties);
        StackResource resource = new StackResource(
                logical,
                type,
                properties,
                physical,
                ResourceTypes.arn(type, physical),
                template.path.toString(),
                template.line(id));
        done.put(id, resource);
        open.remove(id);
        return resource;
    }

    private void enter(String id) {
        if (!open.add(id)) {
            throw problem(id, "Circular references: " + String.join(" -> ", open) + " -> " + id);
        }
    }

    /** SAM's Globals under the function's own properties; maps are merged, the rest is replaced. */
    private Map<String, Object> withGlobals(String type, Map<String, Object> declared) {
        Map<String, Object> own = PlainTemplate.map(declared.get("Properties"));
        if (!type.equals("AWS::Serverless::Function")) {
            return own;
        }
        return merged(PlainTemplate.map(template.section("Globals").get("Function")), own);
    }

    private static Map<String, Object> merged(Map<String, Object> below, Map<String, Object> above) {
        Map<String, Object> merged = new LinkedHashMap<>(below);
        above.forEach((key, value) -> merged.merge(
                key,
                value,
                (a, b) ->
                        a instanceof Map && b instanceof Map ? merged(PlainTemplate.map(a), PlainTemplate.map(b)) : b));
        return merged;
    }

    private boolean condition(String name) {
        Boolean known = conditions.get(name);
        if (known != null) {
            return known;
        }
        Object declared = template.section("Conditions").get(name);
        if (declared == null) {
            throw problem(name, "There is no condition " + name);
        }
        boolean value = Boolean.TRUE.equals(resolve(declared, name));
        conditions.put(name, value);
        return value;
    }

    private Object resolve(Object value, String at) {
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
            case "Ref" -> ref(argument.toString(), at);
            case "Condition" -> condition(argument.toString());
            case "Fn::GetAtt" -> attribute(argument, at);
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
                    throw problem(at, "Fn::Select asks for item " + index + " of " + items.size());
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
                yield resolve(condition(list.get(0).toString()) ? list.get(1) : list.get(2), at);
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
                        .encodeToString(String.valueOf(resolve(argument, at))
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
            default -> throw problem(at, "The laptop cloud does not know the function " + name);
        };
    }

    private Object ref(String name, String at) {
        if (parameters.containsKey(name)) {
            return parameters.get(name);
        }
        switch (name) {
            case "AWS::Region":
                return Stack.REGION;
            case "AWS::AccountId":
                return Stack.ACCOUNT;
            case "AWS::StackName":
                return Stack.NAME;
            case "AWS::StackId":
                return "arn:aws:cloudformation:" + Stack.REGION + ":" + Stack.ACCOUNT + ":stack/" + Stack.NAME
                        + "/laptop";
            case "AWS::Partition":
                return "aws";
            case "AWS::URLSuffix":
                return "amazonaws.com";
            case "AWS::NoValue":
                return NO_VALUE;
            default:
                if (name.endsWith(VERSION) && isVersioned(name.substring(0, name.length() - VERSION.length()))) {
                    return resource(name.substring(0, name.length() - VERSION.length()))
                                    .arn() + ":1";
                }
                if (!template.section("Resources").containsKey(name)) {
                    throw problem(at, "Ref names neither a parameter nor a resource: " + name);
                }
                return ResourceTypes.ref(resource(name));
        }
    }

    private boolean isVersioned(String function) {
        return PlainTemplate.map(declared(function).get("Properties")).containsKey("AutoPublishAlias");
    }

    private Object attribute(Object argument, String at) {
        List<?> list = argument instanceof String text ? Arrays.asList(text.split("\\.", 2)) : list(argument, at);
        String id = list.get(0).toString();
        String name = list.get(1).toString();
        if (isNested(id)) {
            if (!exists(id)) {
                throw problem(at, "GetAtt asks " + id + ", which a condition leaves out");
            }
            return nested(id).output(name.substring(name.indexOf('.') + 1), at);
        }
        Object value = ResourceTypes.attribute(resource(id), name);
        if (value == null) {
            throw problem(at, "The laptop cloud does not know the attribute " + id + "." + name);
        }
        return value;
    }

    private Object output(String name, String at) {
        Map<String, Object> output =
                PlainTemplate.map(template.section("Outputs").get(name));
        if (!output.containsKey("Value")) {
            throw problem(at, template.path.getFileName() + " has no output " + name);
        }
        return resolve(output.get("Value"), name);
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
                value = name.contains(".") ? attribute(name, at) : ref(name, at);
            }
            matcher.appendReplacement(out, Matcher.quoteReplacement(String.valueOf(value)));
        }
        return matcher.appendTail(out).toString();
    }

    private Object findInMap(List<?> path, String at) {
        @Nullable Object value = template.section("Mappings");
        for (Object key : path) {
            String name = String.valueOf(resolve(key, at));
            value = PlainTemplate.map(value).get(name);
            if (value == null) {
                throw problem(at, "Fn::FindInMap finds no " + name);
            }
        }
        return value;
    }

    private List<?> list(Object value, String at) {
        if (value instanceof List<?> list) {
            return list;
        }
        throw problem(at, "a list is expected, got " + value);
    }

    private StackException problem(String name, String message) {
        return new StackException(template.path.getFileName().toString(), template.line(name), message);
    }
}
