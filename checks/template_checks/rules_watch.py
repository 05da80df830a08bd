"""Own rules for what watches: whether an alarm can go off at all, and only when it should; the dashboard; the budget; topics' policies."""

import json
import re

from .model import as_list
from .rules_ops import COUNTED, METRICS

# One number at a time; its sum over a period means nothing.
GAUGE = re.compile(r"Ratio|Freshness|Age|Visible|ConcurrentExecutions")
MATH = {"SUM", "MAX", "MIN", "AVG", "METRICS", "FILL", "IF", "RATE", "DIFF", "PERIOD", "ABS", "CEIL", "FLOOR", "STDDEV", "SEARCH",
        "ANOMALY_DETECTION_BAND", "RUNNING_SUM", "DATAPOINT_COUNT", "INSIGHT_RULE_METRIC", "REMOVE_EMPTY", "SORT", "SLICE", "FIRST", "LAST"}


def rules(view, model, say):
    emitted = Emitted(view, model)
    names(view, say)
    for item in view.of_type("AWS::CloudWatch::Alarm"):
        alarm(view, item, emitted, lambda r, what, todo, i=item: say(r, i, what, todo))
    for item in view.of_type("AWS::CloudWatch::Dashboard"):
        dashboard(item, emitted, lambda what, todo, i=item: say("dashboard", i, what, todo))
    for item in view.of_type("AWS::Budgets::Budget"):
        budget(model, item, lambda what, todo, i=item: say("budget", i, what, todo))
    for item in view.of_type("AWS::SNS::TopicPolicy", "AWS::SQS::QueuePolicy", "AWS::SecretsManager::ResourcePolicy"):
        policy(view, item, lambda r, what, todo, i=item: say(r, i, what, todo))


def names(view, say):
    for item in view.of_type("AWS::SNS::Subscription"):
        protocol = item.properties.get("Protocol")
        if protocol not in ("email", "email-json", "sqs", "lambda", "https", "sms", "firehose", "application"):
            say("subscription", item, f"SNS has no protocol {protocol}", "Write email")
    for item in view.of_type("AWS::KMS::Alias"):
        name = str(item.properties.get("AliasName"))
        if not name.startswith("alias/") or name.startswith("alias/aws/"):
            say("alias", item, f"{name} is no alias of ours", "Begin it with alias/")
        if item.properties.get("TargetKeyId") not in {v for k in view.of_type("AWS::KMS::Key") for v in (k.physical, k.arn)}:
            say("alias", item, f"{item.properties.get('TargetKeyId')} is no key of the stacks", "Name ours")


class Emitted:
    """The metrics that exist: AWS's, the functions' own, and those of filters."""

    def __init__(self, view, model):
        metrics = model.facts.metrics
        self.own, self.dimension, self.names = metrics.namespace, metrics.dimension, metrics.names
        self.filters = {(t.get("MetricNamespace"), t.get("MetricName")) for f in view.of_type("AWS::Logs::MetricFilter")
                        for t in as_list(f.properties.get("MetricTransformations"))}
        self.stack = view.stack.resolve({"Ref": "AWS::StackName"}, "-")

    def problem(self, namespace, name, dimensions):
        """What is wrong with a metric, or None; {@code dimensions} by name."""
        if (namespace, name) in self.filters:
            return f"the filter's metric has no dimension {', '.join(dimensions)}" if dimensions else None
        if namespace in METRICS:
            known, allowed = METRICS[namespace]
            if known and name not in known:
                return f"{namespace} has no metric {name}"
            wrong = set(dimensions) - allowed
            return f"{namespace} has no dimension {', '.join(sorted(wrong))}" if wrong else None
        if namespace != self.own:
            return f"nobody emits metrics into {namespace}"
        if name not in self.names:
            return f"no class emits {name}"
        if dimensions != {self.dimension: self.stack}:
            return f"the functions emit {name} with the dimension {self.dimension} = the stack's name, and with no other"
        return None


def alarm(view, item, emitted, say):
    p = item.properties
    name, namespace = str(p.get("MetricName", "")), p.get("Namespace")
    operator, missing = str(p.get("ComparisonOperator", "")), p.get("TreatMissingData")
    if missing is not None and missing not in ("breaching", "notBreaching", "ignore", "missing"):
        say("alarm-missing", f"TreatMissingData is {missing!r}", "Write breaching or notBreaching")
    if operator.startswith("Greater") and missing == "breaching":
        say("alarm-missing", "nothing is sent while all is well, and the alarm would be on for ever", "Write TreatMissingData: notBreaching")
    try:
        threshold = float(p.get("Threshold"))
    except (TypeError, ValueError):
        threshold = None
    if threshold is not None and threshold <= 0:
        if operator == "GreaterThanOrEqualToThreshold":
            say("alarm-threshold", f"{name or 'the expression'} is always {threshold:g} or more, so the alarm is always on",
                "Write GreaterThanThreshold")
        if operator == "LessThanThreshold":
            say("alarm-threshold", f"{name or 'the expression'} is never below {threshold:g}, so the alarm never goes off", "Write 1")
    statistic = p.get("Statistic", p.get("ExtendedStatistic"))
    if name and GAUGE.search(name) and statistic not in ("Maximum", "Average"):
        say("alarm-statistic", f"{name} is a level and the alarm looks at its {statistic}", "Write Statistic: Maximum")
    if name in emitted.names and emitted.names[name] == "Count" and statistic not in ("Sum", "Maximum"):
        say("alarm-statistic", f"{name} is counted and the alarm looks at its {statistic}", "Write Statistic: Sum")
    if name and (statistic == "Minimum" or (statistic == "SampleCount")):
        say("alarm-statistic", f"the {statistic} of {name} hides what is bad", "Write Sum or Maximum")
    metrics = [p] if name else [m["MetricStat"]["Metric"] for m in as_list(p.get("Metrics")) if m.get("MetricStat")]
    for metric in metrics:
        problem = emitted.problem(metric.get("Namespace"), metric.get("MetricName"),
                                  {d.get("Name"): d.get("Value") for d in as_list(metric.get("Dimensions"))})
        if problem:
            say("alarm-metric", problem, "Correct the metric")
    slot = item.stack.parameters.get("SlotSeconds")
    if slot is not None and operator.startswith("Less") and namespace == emitted.own and int(float(p.get("Period", 0))) < int(float(slot)):
        say("alarm-period", f"a run sends {name} once a slot of {slot} s and the alarm asks for it every {p.get('Period')} s",
            "Write Period: !Ref SlotSeconds")
    if name == "DeliveryToS3.DataFreshness" and threshold is not None:
        longest = max((_longest(s) for s in view.of_type("AWS::KinesisFirehose::DeliveryStream")), default=0)
        if threshold <= longest:
            say("alarm-threshold", f"Firehose may hold readings for {longest} s and the alarm goes off after {threshold:g} s",
                "Write more than the longest buffering")
    _expressions(p, say)


def _longest(stream):
    """The most seconds that a stream may be told to collect."""
    hints = (stream.properties.get("ExtendedS3DestinationConfiguration") or {}).get("BufferingHints") or {}
    raw = (((stream.raw.get("Properties") or {}).get("ExtendedS3DestinationConfiguration") or {}).get("BufferingHints") or {})
    given = raw.get("IntervalInSeconds")
    declared = stream.stack.template.section("Parameters").get(given["Ref"]) if isinstance(given, dict) and "Ref" in given else None
    return int((declared or {}).get("MaxValue", hints.get("IntervalInSeconds", 300)))


def _expressions(p, say):
    queries = as_list(p.get("Metrics"))
    if not queries:
        return
    if sum(q.get("ReturnData", True) in (True, "true") for q in queries) != 1:
        say("alarm-expression", "an alarm watches exactly one of its metrics", "Write ReturnData: false for the others")
    ids = {str(q.get("Id")) for q in queries}
    for query in queries:
        text = str(query.get("Expression", ""))
        for function in re.findall(r"\b([A-Z_]+)\s*\(", text):
            if function not in MATH:
                say("alarm-expression", f"metric math has no function {function}", "Correct it")
        for used in re.findall(r"\b([a-z]\w*)\b(?!\s*\()", re.sub(r'"[^"]*"', "", text)):
            if used not in ids:
                say("alarm-expression", f"{text} names {used}, which is no Id", "Correct it")


def dashboard(item, emitted, say):
    try:
        widgets = json.loads(item.properties.get("DashboardBody", "")).get("widgets") or []
    except (TypeError, ValueError, AttributeError):
        return  # rules_ops tells
    places = []
    for widget in widgets:
        title = (widget.get("properties") or {}).get("title", "?")
        x, y, width, height = (int(widget.get(k, 0)) for k in ("x", "y", "width", "height"))
        if x + width > 24 or not 1 <= width <= 24 or not 1 <= height <= 1000:
            say(f"the widget {title!r} does not fit into 24 columns", "Correct x and width")
        for other, ox, oy, ow, oh in places:
            if x < ox + ow and ox < x + width and y < oy + oh and oy < y + height:
                say(f"the widgets {title!r} and {other!r} lie on each other", "Correct their places")
        places.append((title, x, y, width, height))
        for metric in (widget.get("properties") or {}).get("metrics") or []:
            names = [m for m in metric if isinstance(m, str)]
            if len(names) < 2 or "." in names[:2]:
                continue
            problem = emitted.problem(names[0], names[1], dict(zip(names[2::2], names[3::2])))
            if problem:
                say(f"the widget {title!r}: {problem}", "Correct the metric")


def budget(model, item, say):
    one = item.properties.get("Budget") or {}
    if (one.get("BudgetLimit") or {}).get("Unit") != "USD":
        say(f"the limit's Unit is {(one.get('BudgetLimit') or {}).get('Unit')!r}", "Write USD")
    if one.get("BudgetType") not in ("COST", "USAGE"):
        say(f"BudgetType is {one.get('BudgetType')!r}", "Write COST")
    filters = one.get("CostFilters") or {}
    for key in set(filters) - {"TagKeyValue", "Service", "LinkedAccount", "Region"}:
        say(f"CostFilters has no {key}", "Write TagKeyValue")
    tags = {}
    for sections in model.samconfig.values():
        text = str(((sections.get("deploy") or {}).get("parameters") or {}).get("tags", "")) if isinstance(sections, dict) else ""
        for key, value in re.findall(r"(\w+)=([\w-]+)", text):
            tags.setdefault(key, []).append(value)
    for value in as_list(filters.get("TagKeyValue")):
        match = re.fullmatch(r"user:(\w+)\$(.+)", str(value))
        if not match:
            say(f"{value} is no tag", "Write user:KEY$VALUE")
        elif tags and match.group(1) not in tags:
            say(f"samconfig.toml sets no tag {match.group(1)}, so the budget counts nothing", "Name a tag that every deployment sets")
    for one in as_list(item.properties.get("NotificationsWithSubscribers")):
        told = one.get("Notification") or {}
        if told.get("ThresholdType", "PERCENTAGE") == "PERCENTAGE" and not 1 <= float(told.get("Threshold", 0)) <= 1000:
            say(f"a Threshold of {told.get('Threshold')} percent", "Write per cent")
        if not as_list(one.get("Subscribers")):
            say("a notification without Subscribers", "Name the topic")


def policy(view, item, say):
    statements = as_list((item.properties.get("PolicyDocument") or item.properties.get("ResourcePolicy") or {}).get("Statement"))
    for statement in statements:
        everybody = statement.get("Principal") in ("*", {"AWS": "*"}) or "*" in as_list((statement.get("Principal") or {}).get(
            "AWS") if isinstance(statement.get("Principal"), dict) else None)
        if statement.get("Effect") == "Allow" and everybody and not statement.get("Condition"):
            say("public", "the policy allows everybody", "Name the principal")
        services = as_list((statement.get("Principal") or {}).get("Service")) if isinstance(statement.get("Principal"), dict) else []
        condition = json.dumps(statement.get("Condition") or {}).lower()
        if statement.get("Effect") == "Allow" and services and "aws:sourceaccount" not in condition and "aws:sourcearn" not in condition:
            say("source-account", f"{', '.join(map(str, services))} may come for any account's sake",
                "Add the condition StringEquals aws:SourceAccount = !Ref AWS::AccountId")
    if item.type in ("AWS::SNS::TopicPolicy", "AWS::SQS::QueuePolicy"):
        if not as_list(item.properties.get("Topics")) and not as_list(item.properties.get("Queues")):
            say("policy-of-nothing", "the policy belongs to nothing", "Name what it is for")
        if not any(s.get("Effect") == "Deny" and s.get("Principal") in ("*", {"AWS": "*"}) and [str(v).lower() for v in as_list(
                ((s.get("Condition") or {}).get("Bool") or {}).get("aws:SecureTransport"))] == ["false"] for s in statements):
            say("tls", "nothing refuses plain HTTP", "Deny everybody where aws:SecureTransport is false")
