package io.thermolake.asl;

import io.thermolake.asl.path.Roots;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** What a field's expression sees in these tests. */
final class Frames {
    private Frames() {}

    static Frame of(String input) {
        return of(Json.parse(input), Frame.Notes.NONE);
    }

    static Frame of(Object input, Frame.Notes notes) {
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("x", 5L);
        variables.put("none", null);
        variables.put("list", Json.parse("[1,2,3]"));
        Map<String, Object> context = Json.object(Json.parse("{\"Execution\":{\"Name\":\"run-1\"}}"));
        return new Frame(input, new Roots(input, () -> context, variables, new Random(7)), Map.of(), notes);
    }
}
