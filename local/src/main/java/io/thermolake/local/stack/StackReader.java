package io.thermolake.local.stack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes a stack of a template: parameters, conditions, intrinsic functions, SAM's Globals, nested stacks with local
 * templates. It runs no SAM transform. A resource type is built, or has no meaning on a laptop, or is refused with file and
 * line.
 */
public final class StackReader {
    /** SAM publishes a version of a function with AutoPublishAlias; Ref to it is {@code Function.Version}. */
    private static final String VERSION = ".Version";

    private final Intrinsics intrinsics = new Intrinsics(new Names());
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
        PlainTemplate.map(properties.get("Parameters"))
                .forEach((name, value) -> given.put(name, intrinsics.resolve(value, id)));
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
        Map<String, Object> properties = PlainTemplate.map(intrinsics.resolve(withGlobals(type, declared), id));
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
        boolean value = Boolean.TRUE.equals(intrinsics.resolve(declared, name));
        conditions.put(name, value);
        return value;
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
                return Intrinsics.NO_VALUE;
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

    private Object attribute(List<?> path, String at) {
        String id = path.get(0).toString();
        String name = path.get(1).toString();
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
        return intrinsics.resolve(output.get("Value"), name);
    }

    private StackException problem(String name, String message) {
        return new StackException(template.path.getFileName().toString(), template.line(name), message);
    }

    private final class Names implements Intrinsics.Names {
        @Override
        public Object ref(String name, String at) {
            return StackReader.this.ref(name, at);
        }

        @Override
        public Object attribute(List<?> path, String at) {
            return StackReader.this.attribute(path, at);
        }

        @Override
        public boolean condition(String name) {
            return StackReader.this.condition(name);
        }

        @Override
        public Map<String, Object> mappings() {
            return template.section("Mappings");
        }

        @Override
        public StackException problem(String at, String message) {
            return StackReader.this.problem(at, message);
        }
    }
}
