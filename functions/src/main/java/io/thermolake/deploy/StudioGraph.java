package io.thermolake.deploy;

import com.google.gson.reflect.TypeToken;
import io.thermolake.RecordJson;
import io.thermolake.SdkReader;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.glue.model.CodeGenConfigurationNode;

/** The graph of a Glue Studio job, as its file has it: {@code {"CodeGenConfigurationNodes": {id: node}}}. */
final class StudioGraph {
    private static final String NODES = "CodeGenConfigurationNodes";

    private StudioGraph() {}

    /**
     * @param json in which {@code ${Name}} stands for a property of the resource
     * @throws IllegalArgumentException when it is no graph, or names something that the resource does not give
     */
    static Map<String, CodeGenConfigurationNode> nodes(String json, Map<String, String> properties) {
        Map<String, Object> file =
                RecordJson.gson().fromJson(filled(json, properties), new TypeToken<Map<String, Object>>() {}.getType());
        if (!(file.get(NODES) instanceof Map<?, ?> graph) || graph.isEmpty()) {
            throw new IllegalArgumentException("The graph has no " + NODES);
        }
        Map<String, CodeGenConfigurationNode> nodes = new LinkedHashMap<>();
        graph.forEach((id, node) -> nodes.put(String.valueOf(id), (CodeGenConfigurationNode)
                SdkReader.STRICT.read(CodeGenConfigurationNode.builder(), NODES + "." + id, node)));
        return nodes;
    }

    private static String filled(String json, Map<String, String> properties) {
        String filled = json;
        for (Map.Entry<String, String> property : properties.entrySet()) {
            filled = filled.replace("${" + property.getKey() + "}", property.getValue());
        }
        int open = filled.indexOf("${");
        if (open >= 0) {
            throw new IllegalArgumentException("The graph names %s, which is no property of the resource"
                    .formatted(filled.substring(open, Math.min(filled.length(), filled.indexOf('}', open) + 1))));
        }
        return filled;
    }
}
