package io.thermolake.local.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A template as plain maps: a short tag such as {@code !Ref} becomes its long form, {@code {"Ref": …}}. */
final class PlainTemplate {
    final Path path;
    final Map<String, Object> content;
    private final Map<String, Integer> lines = new LinkedHashMap<>();

    private PlainTemplate(Path path) {
        this.path = path;
        try {
            Node root = new Yaml(new LoaderOptions()).compose(Files.newBufferedReader(path, UTF_8));
            if (!(root instanceof MappingNode mapping)) {
                throw new StackException(path.getFileName().toString(), 1, "a template is a mapping");
            }
            content = mapping(mapping);
            remember(mapping);
        } catch (IOException e) {
            throw new UncheckedIOException("The template " + path + " cannot be read", e);
        }
    }

    static PlainTemplate read(Path path) {
        return new PlainTemplate(path);
    }

    /** The line of a resource, parameter or condition, from 1. */
    int line(String name) {
        return lines.getOrDefault(name, 1);
    }

    Map<String, Object> section(String name) {
        return map(content.get(name));
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(@Nullable Object value) {
        return value instanceof Map<?, ?> ? (Map<String, Object>) value : Map.of();
    }

    private void remember(MappingNode root) {
        for (NodeTuple section : root.getValue()) {
            if (section.getValueNode() instanceof MappingNode entries) {
                for (NodeTuple entry : entries.getValue()) {
                    lines.putIfAbsent(
                            ((ScalarNode) entry.getKeyNode()).getValue(),
                            entry.getKeyNode().getStartMark().getLine() + 1);
                }
            }
        }
    }

    private static Map<String, Object> mapping(MappingNode node) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            Object value = value(tuple.getValueNode());
            if (value != null) {
                map.put(((ScalarNode) tuple.getKeyNode()).getValue(), value);
            }
        }
        return map;
    }

    private static @Nullable Object value(Node node) {
        String tag = node.getTag().getValue();
        Object plain;
        if (node instanceof MappingNode mapping) {
            plain = mapping(mapping);
        } else if (node instanceof SequenceNode sequence) {
            List<Object> list = new ArrayList<>();
            sequence.getValue().forEach(item -> {
                Object value = value(item);
                list.add(value == null ? "" : value);
            });
            plain = list;
        } else {
            plain = scalar((ScalarNode) node);
        }
        if (!tag.startsWith("!") || plain == null) {
            return plain;
        }
        String name = tag.substring(1);
        if (name.equals("GetAtt") && plain instanceof String text) {
            int dot = text.indexOf('.');
            return Map.of("Fn::GetAtt", List.of(text.substring(0, dot), text.substring(dot + 1)));
        }
        return Map.of(name.equals("Ref") || name.equals("Condition") ? name : "Fn::" + name, plain);
    }

    private static @Nullable Object scalar(ScalarNode node) {
        String text = node.getValue();
        if (node.getTag().equals(Tag.NULL)) {
            return null;
        }
        if (node.getTag().equals(Tag.BOOL)) {
            return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("yes") || text.equalsIgnoreCase("on");
        }
        if (node.getTag().equals(Tag.INT)) {
            return Long.parseLong(text.replace("_", ""));
        }
        return node.getTag().equals(Tag.FLOAT) ? (Object) Double.parseDouble(text) : text;
    }
}
