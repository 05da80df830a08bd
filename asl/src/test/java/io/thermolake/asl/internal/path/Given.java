package io.thermolake.asl.internal.path;

import io.thermolake.asl.Json;
import java.util.Map;
import java.util.Random;

/** What paths are read from in these tests. */
final class Given {
    private static final String STORE = """
            {"store":{"book":[
               {"title":"A","price":8,"tags":["x","y"],"isbn":"i-1"},
               {"title":"B","price":12.5,"tags":[],"sold":null},
               {"title":"C","price":22,"isbn":"i-3"}],
              "bicycle":{"color":"red","price":19}},
             "limit":10,"n":null,"list":[0,1,2,3,4],"text":"abc","a b":{"it's":1,"q\\"":2},"e":{},"none":[],
             "words":["b","a"],"numbers":[4,2,"x",6.5],"nested":[[1,2],[3]],"de-tail":5,"été":6}""";

    private Given() {}

    static Roots store() {
        return roots(STORE);
    }

    static Roots roots(String document) {
        return new Roots(
                Json.parse(document),
                () -> Json.object(
                        Json.parse("{\"Execution\":{\"Name\":\"run-1\",\"Input\":{\"k\":[7,8]}},\"Nothing\":null}")),
                Map.of("x", 5L, "obj", Json.object(Json.parse("{\"a\":[1,{\"b\":2}]}")), "text", "it's {}"),
                new Random(7));
    }
}
