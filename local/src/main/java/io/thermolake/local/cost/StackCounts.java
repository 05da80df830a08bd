package io.thermolake.local.cost;

import io.thermolake.local.stack.Stack;
import io.thermolake.local.stack.StackResource;
import java.util.List;
import java.util.Map;

/**
 * What a stack is billed for by the month whether anything happens or not, counted in its templates.
 *
 * @param keys of KMS
 * @param alarmMetrics an alarm on an expression counts each metric of it
 * @param logMetrics made of log lines by a filter
 * @param dashboards of CloudWatch
 * @param endpointZones interface endpoints, once for each of their subnets
 * @param topicRules of IoT: each looks at each message
 * @param embedded whether the functions do without SageMaker
 */
public record StackCounts(
        int keys,
        int alarmMetrics,
        int logMetrics,
        int dashboards,
        int endpointZones,
        int topicRules,
        boolean embedded) {
    public static StackCounts of(Stack stack) {
        return new StackCounts(
                stack.ofType("AWS::KMS::Key").size(),
                stack.ofType("AWS::CloudWatch::Alarm").stream()
                        .mapToInt(StackCounts::metrics)
                        .sum(),
                stack.ofType("AWS::Logs::MetricFilter").size(),
                stack.ofType("AWS::CloudWatch::Dashboard").size(),
                stack.ofType("AWS::EC2::VPCEndpoint").stream()
                        .filter(e -> "Interface".equals(e.properties().get("VpcEndpointType")))
                        .mapToInt(e -> e.properties().get("SubnetIds") instanceof List<?> subnets ? subnets.size() : 1)
                        .sum(),
                stack.ofType("AWS::IoT::TopicRule").size(),
                stack.ofType("AWS::Serverless::Function").stream().anyMatch(StackCounts::isEmbedded));
    }

    private static boolean isEmbedded(StackResource function) {
        return function.properties().get("Environment") instanceof Map<?, ?> environment
                && environment.get("Variables") instanceof Map<?, ?> variables
                && "embedded".equals(variables.get("DETECTOR"));
    }

    private static int metrics(StackResource alarm) {
        if (!(alarm.properties().get("Metrics") instanceof List<?> metrics)) {
            return 1;
        }
        return (int) metrics.stream()
                .filter(m -> m instanceof Map<?, ?> map && map.containsKey("MetricStat"))
                .count();
    }
}
