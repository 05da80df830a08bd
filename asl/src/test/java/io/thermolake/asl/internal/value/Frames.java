package io.thermolake.asl.internal.value;

import io.thermolake.asl.Json;
import io.thermolake.asl.internal.path.Roots;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** What a field's expression sees in these tests. */
public final class Frames {
    private Frames() {}

    public static Frame of(String input) {
        return of(Json.parse(input), Frame.Notes.NONE);
    }

    public static Frame of(Object input, Frame.Notes notes) {
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("x", 5L);
        variables.put("none", null);
        variables.put("list", Json.parse("[1,2,3]"));
        Map<String, Object> context = Json.object(Json.parse("{\"Execution\":{\"Name\":\"run-1\"}}"));
        return new Frame(input, new Roots(input, () -> context, variables, new Random(7)), Map.of(), notes);
    }
}
