package io.thermolake.local.iot;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.thermolake.local.aws.Usage;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A topic rule as the template declares it: what it selects, and where that goes. */
final class TopicRule {
    private static final Logger LOG = LoggerFactory.getLogger(TopicRule.class);

    private final String name;
    private final RuleSql sql;
    private final List<RuleAction> actions;
    private final @Nullable RuleAction errorAction;
    private final Usage usage;

    private TopicRule(
            String name, RuleSql sql, List<RuleAction> actions, @Nullable RuleAction errorAction, Usage usage) {
        this.name = name;
        this.sql = sql;
        this.actions = List.copyOf(actions);
        this.errorAction = errorAction;
        this.usage = usage;
    }

    /**
     * @param properties of an AWS::IoT::TopicRule, everything resolved
     * @return empty when the rule is disabled
     * @throws RuleException naming the rule and what this cloud cannot do for it
     */
    static Optional<TopicRule> of(String name, Map<String, Object> properties, RuleAction.RuleOutlets to) {
        Map<?, ?> payload = (Map<?, ?>) properties.get("TopicRulePayload");
        if (payload == null) {
            throw new RuleException("The topic rule " + name + " has no TopicRulePayload");
        }
        Object version = payload.get("AwsIotSqlVersion");
        if (!"2016-03-23".equals(version)) {
            throw new RuleException("The topic rule %s asks for IoT SQL %s; the laptop's rule engine has 2016-03-23"
                    .formatted(name, version));
        }
        if (Boolean.parseBoolean(String.valueOf(payload.get("RuleDisabled")))) {
            return Optional.empty();
        }
        if (!(payload.get("Actions") instanceof List<?> actions)) {
            throw new RuleException("The topic rule " + name + " has no Actions");
        }
        try {
            return Optional.of(new TopicRule(
                    name,
                    RuleSql.parse(String.valueOf(payload.get("Sql"))),
                    actions.stream().map(a -> RuleAction.of((Map<?, ?>) a, to)).toList(),
                    payload.get("ErrorAction") instanceof Map<?, ?> error ? RuleAction.of(error, to) : null,
                    to.usage()));
        } catch (RuleException e) {
            throw new RuleException("The topic rule " + name + ": " + e.getMessage());
        }
    }

    /** Does what the rule says; an action's failure goes to the error action, never to the sender. */
    void run(Message message) {
        if (!sql.matches(message.topic())) {
            return;
        }
        usage.add("IoT Core", "rule triggered", 1);
        String selected;
        try {
            Optional<JsonObject> found = sql.apply(message);
            if (found.isEmpty()) {
                return;
            }
            selected = found.get().toString();
        } catch (PayloadException e) {
            // The error action is for actions ("Error handling" of the developer guide); what its SQL cannot take a
            // rule drops.
            LOG.warn("rule.sql dropped rule={} topic={} reason={}", name, message.topic(), e.getMessage());
            return;
        }
        for (RuleAction action : actions) {
            try {
                usage.add("IoT Core", "action executed", 1);
                action.perform(message, selected);
            } catch (RuntimeException e) {
                LOG.warn("rule.action failed rule={} action={}", name, action.name(), e);
                failed(message, action.name(), action.resource(), String.valueOf(e.getMessage()));
            }
        }
    }

    private void failed(Message message, String action, String resource, String error) {
        if (errorAction == null) {
            LOG.warn("rule.message lost rule={} topic={} reason={}", name, message.topic(), error);
            return;
        }
        usage.add("IoT Core", "action executed", 1);
        errorAction.perform(message, report(message, action, resource, error));
    }

    /** In the form of "Error handling (error action)" in IoT Core's developer guide. */
    private String report(Message message, String action, String resource, String error) {
        JsonObject failure = new JsonObject();
        failure.addProperty("failedAction", action);
        failure.addProperty("failedResource", resource);
        failure.addProperty("errorMessage", error);
        JsonArray failures = new JsonArray();
        failures.add(failure);
        JsonObject report = new JsonObject();
        report.addProperty("ruleName", name);
        report.addProperty("topic", message.topic());
        report.addProperty("cloudwatchTraceId", message.uuid());
        report.addProperty("clientId", message.clientId());
        report.addProperty("base64OriginalPayload", Base64.getEncoder().encodeToString(message.payload()));
        report.add("failures", failures);
        return report.toString();
    }
}
