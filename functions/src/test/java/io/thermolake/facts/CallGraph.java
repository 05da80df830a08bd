package io.thermolake.facts;

import io.thermolake.facts.CompiledClass.Code;
import io.thermolake.facts.CompiledClass.Method;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a handler or a job leads to: a graph of methods, in which a call on one of our types leads to every class below it.
 * So it may name a call that never happens, and misses none but those by reflection.
 */
final class CallGraph {
    private static final String SDK = "software/amazon/awssdk/services/";

    /** The JDK calls nothing of a class for being one of these. */
    private static final Set<String> PLAIN = Set.of(
            "java/lang/Object",
            "java/lang/Record",
            "java/lang/Enum",
            "java/lang/RuntimeException",
            "java/lang/Exception");

    private static final Set<String> NO_OPERATIONS = Set.of("builder", "create", "close", "waiter", "utilities");

    /**
     * What was found from one entry.
     *
     * @param sdk operations by the SDK's package, such as {@code glue: [startCrawler]}
     * @param made classes of ours that it makes, exceptions among them
     * @param texts literals in the code it runs
     */
    record Reach(Map<String, Set<String>> sdk, Set<String> made, Set<String> texts) {}

    private final Map<String, CompiledClass> all = new TreeMap<>();
    private final Map<String, Set<String>> children = new HashMap<>();

    CallGraph(Path classes) throws IOException {
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(p -> p.toString().endsWith(".class")).toList()) {
                CompiledClass read = CompiledClass.read(Files.readAllBytes(file));
                all.put(read.name(), read);
                read.parents()
                        .forEach(parent -> children.computeIfAbsent(parent, p -> new TreeSet<>())
                                .add(read.name()));
            }
        }
    }

    /** Each class's own literals, by its name with dots. */
    Map<String, Set<String>> texts() {
        return of(Code::texts);
    }

    /** The enums' constants that each class names. */
    Map<String, Set<String>> constants() {
        return of(Code::constants);
    }

    private Map<String, Set<String>> of(Function<Code, Set<String>> what) {
        Map<String, Set<String>> found = new TreeMap<>();
        all.forEach((name, type) -> found.put(
                name.replace('/', '.'),
                type.methods().values().stream()
                        .flatMap(code -> what.apply(code).stream())
                        .collect(Collectors.toCollection(TreeSet::new))));
        return found;
    }

    /** @param entry a handler's or a job's class, with dots */
    Reach reach(String entry) {
        Reach found = new Reach(new TreeMap<>(), new TreeSet<>(), new TreeSet<>());
        Set<Method> seen = new HashSet<>();
        Deque<Method> todo = new ArrayDeque<>(entries(entry.replace('.', '/')));
        while (!todo.isEmpty()) {
            Method method = todo.pop();
            if (!seen.add(method)) {
                continue;
            }
            if (method.owner().startsWith(SDK)) {
                sdk(method, found);
            } else if (all.containsKey(method.owner())) {
                for (Code code : codes(method)) {
                    found.texts().addAll(code.texts());
                    code.made().stream()
                            .filter(made -> found.made().add(made.replace('/', '.')))
                            .forEach(made -> todo.addAll(calledFromOutside(made)));
                    todo.addAll(code.calls());
                }
            }
        }
        found.made().removeIf(made -> !all.containsKey(made.replace('.', '/')));
        return found;
    }

    private List<Method> entries(String entry) {
        return all.get(entry).methods().keySet().stream()
                .map(key -> method(entry, key))
                .filter(m -> Set.of("<init>", "<clinit>", "handleRequest", "main", "run")
                        .contains(m.name()))
                .toList();
    }

    private static void sdk(Method method, Reach found) {
        String owner = method.owner().substring(SDK.length());
        if (owner.endsWith("Client") && !owner.contains("/model/") && !NO_OPERATIONS.contains(method.name())) {
            found.sdk()
                    .computeIfAbsent(owner.substring(0, owner.indexOf('/')), service -> new TreeSet<>())
                    .add(method.name());
        }
    }

    /** The method in the class itself, in those above it and in all that could stand in its place. */
    private List<Code> codes(Method method) {
        Set<String> owners = new TreeSet<>();
        Deque<String> below = new ArrayDeque<>(List.of(method.owner()));
        while (!below.isEmpty()) {
            String one = below.pop();
            if (owners.add(one)) {
                below.addAll(children.getOrDefault(one, Set.of()));
            }
        }
        for (String above = above(method.owner()); above != null; above = above(above)) {
            owners.add(above);
        }
        List<Code> codes = new ArrayList<>();
        for (String owner : owners) {
            CompiledClass type = all.get(owner);
            Code code = type == null ? null : type.methods().get(method.name() + method.descriptor());
            if (code != null) {
                codes.add(code);
            }
        }
        return codes;
    }

    private String above(String name) {
        return all.get(name).parents().stream()
                .limit(1)
                .filter(all::containsKey)
                .findFirst()
                .orElse(null);
    }

    /** A class of ours that implements a type of the JDK or the SDK is called by them. */
    private List<Method> calledFromOutside(String made) {
        CompiledClass type = all.get(made);
        if (type == null) {
            return List.of();
        }
        boolean foreign =
                type.parents().stream().anyMatch(parent -> !all.containsKey(parent) && !PLAIN.contains(parent));
        return type.methods().entrySet().stream()
                .filter(e -> e.getKey().startsWith("<clinit>")
                        || foreign && e.getValue().isPublic() && !e.getKey().startsWith("<init>"))
                .map(e -> method(made, e.getKey()))
                .toList();
    }

    private static Method method(String owner, String key) {
        int at = key.indexOf('(');
        return new Method(owner, key.substring(0, at), key.substring(at));
    }
}
