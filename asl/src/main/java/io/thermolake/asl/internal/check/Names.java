package io.thermolake.asl.internal.check;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import io.thermolake.asl.Json;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names that must be unique: of states and labels in the whole machine, of variables from the outside in. */
public final class Names {
    private static final Pattern STATES = Pattern.compile("(.*/(Branches\\[\\d+]|ItemProcessor|Iterator))?/States");

    private final Problems problems;
    private final Set<String> states = new HashSet<>();
    private final Set<String> labels = new HashSet<>();

    public Names(Problems problems) {
        this.problems = problems;
    }

    /** @param text the definition's text: of a member that is there twice the object has only the last */
    public void check(Map<String, @Nullable Object> json, String text) {
        repeated(text);
        scope(json, "", Set.of());
    }

    private void scope(Map<String, @Nullable Object> scope, String at, Set<String> outer) {
        Map<String, @Nullable Object> all = Json.object(scope.get("States"));
        Set<String> variables = new HashSet<>(outer);
        all.values().forEach(state -> variables.addAll(Variables.assigned(Json.object(state))));
        all.forEach((name, value) -> {
            String here = at + "/States/" + name;
            Map<String, @Nullable Object> state = Json.object(value);
            if (!states.add(name)) {
                problems.error("DUPLICATE_STATE_NAME", "Duplicate State name: " + name, here);
            }
            if (state.get("Label") instanceof String label && !labels.add(label)) {
                problems.error("DUPLICATE_LABEL_NAME", "Duplicate Label name: " + label, here + "/Label");
            }
            variables(state, here, outer);
            for (String field : List.of("Choices", "Catch")) {
                List<?> entries = Json.list(state.get(field));
                for (int i = 0; i < entries.size(); i++) {
                    variables(Json.object(entries.get(i)), here + "/" + field + "[" + i + "]", outer);
                }
            }
            inner(state, here).forEach((where, each) -> {
                // The children of a distributed Map are executions of their own, with their own variables.
                boolean own = "DISTRIBUTED"
                        .equals(Json.object(each.get("ProcessorConfig")).get("Mode"));
                scope(each, where, own ? Set.of() : variables);
            });
        });
    }

    private void variables(Map<String, @Nullable Object> assigning, String at, Set<String> outer) {
        for (String key : Json.object(assigning.get("Assign")).keySet()) {
            // Whether the mark of a path is one here does not matter: no name ends with it.
            String name = Variables.name(key, false);
            if (outer.contains(name)) {
                problems.error(
                        "DUPLICATE_VARIABLE_NAME",
                        "The variable name '" + name + "' was already defined in a parent scope.",
                        at + "/Assign/" + key);
            }
        }
    }

    /** The scopes inside of a state, by location. */
    static Map<String, Map<String, @Nullable Object>> inner(Map<String, @Nullable Object> state, String at) {
        Map<String, Map<String, @Nullable Object>> inner = new LinkedHashMap<>();
        List<?> branches = Json.list(state.get("Branches"));
        for (int i = 0; i < branches.size(); i++) {
            inner.put(at + "/Branches[" + i + "]", Json.object(branches.get(i)));
        }
        for (String field : List.of("ItemProcessor", "Iterator")) {
            if (state.containsKey(field)) {
                inner.put(at + "/" + field, Json.object(state.get(field)));
            }
        }
        return inner;
    }

    private void repeated(String text) {
        try (JsonReader reader = new JsonReader(new StringReader(text))) {
            reader.setStrictness(Strictness.STRICT);
            value(reader, "", false);
        } catch (IOException e) {
            throw new UncheckedIOException("A text that was JSON is none", e);
        }
    }

    private void repeated(String name, String at, boolean state) {
        if (state) {
            problems.error("DUPLICATE_STATE_NAME", "Duplicate State name: " + name, at);
        } else {
            problems.warning(
                    "DUPLICATE_FIELD", "The field '" + name + "' is there more than once: only the last counts", at);
        }
    }

    /** @param states whether the value is the object under States, whose members are states */
    private void value(JsonReader reader, String at, boolean states) throws IOException {
        switch (reader.peek()) {
            case BEGIN_OBJECT -> {
                reader.beginObject();
                Set<String> seen = new HashSet<>();
                while (reader.hasNext()) {
                    String name = reader.nextName();
                    String here = at + "/" + name;
                    if (!seen.add(name)) {
                        repeated(name, here, states);
                    }
                    value(reader, here, STATES.matcher(here).matches());
                }
                reader.endObject();
            }
            case BEGIN_ARRAY -> {
                reader.beginArray();
                for (int i = 0; reader.hasNext(); i++) {
                    value(reader, at + "[" + i + "]", false);
                }
                reader.endArray();
            }
            default -> reader.skipValue();
        }
    }
}
