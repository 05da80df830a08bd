"""Rules on alarms: whether one can go off at all, and only when it should; dashboards and budgets."""

import json
import re

from ..model import as_list
from .registry import on, over

METRICS = {
    "AWS/States": ({"ExecutionsFailed", "ExecutionsTimedOut", "ExecutionsAborted", "ExecutionThrottled", "ExecutionsStarted",
                    "ExecutionsSucceeded", "ExecutionTime", "ExecutionsRedriven", "RedrivenExecutionsFailed"},
                   {"StateMachineArn"}),
    "AWS/SQS": ({"ApproximateNumberOfMessagesVisible", "ApproximateAgeOfOldestMessage", "NumberOfMessagesSent",
                 "ApproximateNumberOfMessagesNotVisible", "NumberOfMessagesReceived"}, {"QueueName"}),
    "AWS/Firehose": ({"DeliveryToS3.DataFreshness", "DeliveryToS3.Success", "DeliveryToS3.Records", "DeliveryToS3.Bytes",
                      "IncomingRecords", "IncomingBytes", "ThrottledRecords", "PutRecord.Requests"}, {"DeliveryStreamName"}),
    "AWS/Lambda": ({"Errors", "Throttles", "Duration", "Invocations", "ConcurrentExecutions", "DeadLetterErrors"},
                   {"FunctionName", "Resource"}),
    "AWS/IoT": ({"TopicMatch", "RuleMessageThrottled", "RuleNotFound", "ParseError", "Failure", "Success", "ErrorActionFailure",
                 "ErrorActionSuccess", "PublishIn.Success", "Connect.Success"}, {"RuleName", "ActionType", "Protocol"}),
    "AWS/Scheduler": ({"TargetErrorCount", "InvocationDroppedCount", "InvocationAttemptCount", "TargetErrorThrottledCount",
                       "InvocationsFailedToBeSentToDeadLetterCount"}, {"ScheduleGroup"}),
    "AWS/Events": ({"FailedInvocations", "DeadLetterInvocations", "Invocations", "ThrottledRules",
                    "InvocationsFailedToBeSentToDlq"}, {"RuleName"}),
    "Glue": (set(), {"JobName", "JobRunId", "Type"}), "AWS/Athena": (set(), {"WorkGroup", "QueryState", "QueryType"}),
    "AWS/SNS": ({"NumberOfNotificationsFailed", "NumberOfMessagesPublished"}, {"TopicName"}),
}
# One is too many.
COUNTED = {"ExecutionsFailed", "ExecutionsTimedOut", "ExecutionsAborted", "ExecutionThrottled", "TargetErrorCount",
           "InvocationDroppedCount", "InvocationsFailedToBeSentToDeadLetterCount", "DeadLetterErrors", "FailedInvocations",
           "NumberOfNotificationsFailed", "ApproximateNumberOfMessagesVisible", "Errors", "Throttles"}
BAD_WHEN_HIGH = re.compile(r"Failed|TimedOut|Aborted|Throttle|Visible|Age|Freshness|Errors|Error|Dropped|DeadLetter")
# One number at a time; its sum over a period means nothing.
GAUGE = re.compile(r"Ratio|Freshness|Age|Visible|ConcurrentExecutions")
MATH = {"SUM", "MAX", "MIN", "AVG", "METRICS", "FILL", "IF", "RATE", "DIFF", "PERIOD", "ABS", "CEIL", "FLOOR", "STDDEV", "SEARCH",
        "ANOMALY_DETECTION_BAND", "RUNNING_SUM", "DATAPOINT_COUNT", "INSIGHT_RULE_METRIC", "REMOVE_EMPTY", "SORT", "SLICE", "FIRST", "LAST"}


@on("E9102", "AWS::CloudWatch::CompositeAlarm",
    about="A composite alarm tells somebody.")
def actions(view, model, item, say):
    p = item.properties
    if not as_list(p.get("AlarmActions")) or p.get("ActionsEnabled") in (False, "false"):
        say("alarm-actions", "the alarm tells nobody", "Write AlarmActions")
    for arn in [a for key in ("AlarmActions", "OKActions", "InsufficientDataActions") for a in as_list(p.get(key))]:
        if arn not in {t.arn for t in view.of_type("AWS::SNS::Topic")}:
            say("alarm-actions", f"{arn} is no topic of the stacks", "Name ours")


@on("E9101", "AWS::CloudWatch::Alarm",
    about="An alarm watches a metric that exists, tells somebody, and goes off when it should.")
def alarm(view, model, item, say):
    actions(view, model, item, say)
    p = item.properties
    if "TreatMissingData" not in p:
        say("alarm-missing", "what missing data means is not said", "Write TreatMissingData")
    if str(p.get("ComparisonOperator", "")).startswith("LessThan") and p.get("TreatMissingData") not in ("breaching", None):
        say("alarm-missing", "too little is bad, and nothing at all would be good", "Write TreatMissingData: breaching")
    if not p.get("AlarmDescription"):
        say("alarm-text", "the alarm does not say what it means", "Write AlarmDescription")
    metrics = [p] if p.get("MetricName") else [m["MetricStat"]["Metric"] for m in as_list(p.get("Metrics")) if m.get("MetricStat")]
    for metric in metrics:
        namespace, name = metric.get("Namespace"), metric.get("MetricName")
        if namespace in METRICS:
            known, dimensions = METRICS[namespace]
            if known and name not in known:
                say("alarm-metric", f"{namespace} has no metric {name}", "Correct it")
            for dimension in as_list(metric.get("Dimensions")):
                if dimension.get("Name") not in dimensions:
                    say("alarm-metric", f"{namespace} has no dimension {dimension.get('Name')}", "Correct it")
            if not metric.get("Dimensions"):
                say("alarm-metric", f"{name} without a dimension is the whole account's", "Write Dimensions")
            resources = {"StateMachineArn": "AWS::StepFunctions::StateMachine", "DeliveryStreamName":
                         "AWS::KinesisFirehose::DeliveryStream", "QueueName": "AWS::SQS::Queue", "FunctionName": "AWS::Lambda::Function",
                         "ScheduleGroup": "AWS::Scheduler::ScheduleGroup", "RuleName": "AWS::Events::Rule",
                         "TopicName": "AWS::SNS::Topic", "WorkGroup": "AWS::Athena::WorkGroup", "JobName": "AWS::Glue::Job"}
            for dimension in as_list(metric.get("Dimensions")):
                kind = resources.get(dimension.get("Name"))
                if kind and str(dimension.get("Value")) not in {
                        i.arn if dimension["Name"] == "StateMachineArn" else i.physical for i in view.of_type(kind)}:
                    say("alarm-metric", f"{dimension.get('Value')} is no {kind} of the stacks", "Name ours")
        elif (namespace, name) in {(t.get("MetricNamespace"), t.get("MetricName")) for f in view.of_type("AWS::Logs::MetricFilter")
                                   for t in as_list(f.properties.get("MetricTransformations"))}:
            continue
        elif namespace and not str(namespace).startswith("AWS/"):
            metrics = view.model.facts.metrics
            for word, known in ((str(name), set(metrics.names)), (str(namespace), {metrics.namespace})):
                if word not in known:
                    say("alarm-metric", f"no class emits {word}", "Correct the name")
        else:
            say("alarm-metric", f"the namespace {namespace} is not known here", "Correct it, or teach METRICS")
        if namespace in ("AWS/States", "AWS/Lambda", "AWS/SNS", "AWS/Events", "AWS/Scheduler") and p.get(
                "Statistic", "Sum") not in ("Sum", "Maximum") and str(name) in COUNTED:
            say("alarm-statistic", f"{name} is counted and the alarm looks at its {p['Statistic']}", "Write Statistic: Sum")
        if str(name) in COUNTED and namespace != "AWS/Lambda":
            limit = float(p.get("Threshold", 0))
            if limit > (1 if "OrEqual" in str(p.get("ComparisonOperator")) else 0.999):
                say("alarm-threshold", f"one {name} raises no alarm: the Threshold is {p.get('Threshold')}", "Write 0")
        if name and BAD_WHEN_HIGH.search(str(name)) and not str(p.get("ComparisonOperator", "")).startswith("Greater"):
            say("alarm-operator", f"{name} is bad when it is high and the alarm looks for {p.get('ComparisonOperator')}",
                "Write GreaterThan…")
    try:
        period, rounds = int(p.get("Period", 300)), int(p.get("EvaluationPeriods", 1))
        if period not in (10, 20, 30) and period % 60:
            say("alarm-period", f"Period is {period}", "Write a multiple of 60")
        if period * rounds > (604800 if period >= 3600 else 86400):
            say("alarm-period", f"{rounds} periods of {period} s are longer than CloudWatch looks back", "Shorten them")
        if int(p.get("DatapointsToAlarm", rounds)) > rounds:
            say("alarm-period", "DatapointsToAlarm is more than EvaluationPeriods", "Lower it")
    except (TypeError, ValueError):
        say("alarm-period", "Period or EvaluationPeriods is no number", "Write numbers")


@on("E9103", "AWS::CloudWatch::Dashboard",
    about="A dashboard can be read.")
def dashboard(view, model, item, say):
    try:
        body = json.loads(item.properties.get("DashboardBody", ""))
        if not body.get("widgets"):
            say("dashboard", "the dashboard has no widgets", "Add some")
    except (TypeError, ValueError):
        say("dashboard", "DashboardBody is no JSON", "Correct it")


@on("E9104", "AWS::Budgets::Budget",
    about="A budget tells somebody.")
def budget(view, model, item, say):
    one = item.properties.get("Budget") or {}
    if one.get("TimeUnit") not in ("DAILY", "MONTHLY", "QUARTERLY", "ANNUALLY", "CUSTOM"):
        say("budget", f"TimeUnit is {one.get('TimeUnit')!r}", "Write MONTHLY")
    if not as_list(item.properties.get("NotificationsWithSubscribers")):
        say("budget", "the budget tells nobody", "Add NotificationsWithSubscribers")


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


def alarm_sense(view, item, emitted, say):
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


def dashboard_metrics(item, emitted, say):
    try:
        widgets = json.loads(item.properties.get("DashboardBody", "")).get("widgets") or []
    except (TypeError, ValueError, AttributeError):
        return  # dashboard() tells
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
            problem = emitted.problem(names[0], names[1], dict(zip(names[2::2], names[3::2], strict=False)))
            if problem:
                say(f"the widget {title!r}: {problem}", "Correct the metric")


def budget_sense(model, item, say):
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


@over
def watched(view, model, say):
    emitted = Emitted(view, model)
    for item in view.of_type("AWS::CloudWatch::Alarm"):
        alarm_sense(view, item, emitted, lambda r, what, todo, i=item: say(r, i, what, todo))
    for item in view.of_type("AWS::CloudWatch::Dashboard"):
        dashboard_metrics(item, emitted, lambda what, todo, i=item: say("dashboard", i, what, todo))
    for item in view.of_type("AWS::Budgets::Budget"):
        budget_sense(model, item, lambda what, todo, i=item: say("budget", i, what, todo))
