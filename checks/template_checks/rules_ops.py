"""Own rules for what runs and tells: functions, logs, machines, schedules, events, queues, topics, alarms, custom resources."""

import json
import re
import zoneinfo

from .model import as_list, walk
from .policies import Call, Statement, allowed
from .resolve import ACCOUNT

RETENTION = {1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653}
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
EVENTS = {
    ("aws.states", "Step Functions Execution Status Change"): {"status": {"RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED",
                                                                          "PENDING_REDRIVE"}},
    ("aws.s3", "Object Created"): {}, ("aws.glue", "Glue Job State Change"): {"state": {
        "SUCCEEDED", "FAILED", "TIMEOUT", "STOPPED"}}, ("aws.glue", "Glue Crawler State Change"): {},
    ("aws.sagemaker", "SageMaker Endpoint State Change"): {}, ("aws.sagemaker", "SageMaker Training Job State Change"): {},
    ("aws.athena", "Athena Query State Change"): {},
}


def rules(view, model, say):
    for item in view.items:
        rule = {
            "AWS::Lambda::Function": function, "AWS::Lambda::Permission": permission, "AWS::Logs::LogGroup": log_group,
            "AWS::StepFunctions::StateMachine": machine, "AWS::Scheduler::Schedule": schedule, "AWS::Events::Rule": event_rule,
            "AWS::SQS::Queue": queue, "AWS::SNS::Topic": topic, "AWS::CloudWatch::Alarm": alarm,
            "AWS::CloudWatch::CompositeAlarm": actions, "AWS::CloudWatch::Dashboard": dashboard,
            "AWS::SecretsManager::Secret": secret, "AWS::IAM::User": user, "AWS::IAM::AccessKey": user,
            "AWS::Athena::NamedQuery": named_query, "AWS::Lambda::Url": url, "AWS::Budgets::Budget": budget,
            "AWS::Lambda::EventSourceMapping": event_source,
        }.get(item.type)
        tell = lambda r, what, todo, i=item: say(r, i, what, todo)  # noqa: E731
        if rule:
            rule(view, model, item, tell)
        if item.type.startswith("Custom::") or item.type == "AWS::CloudFormation::CustomResource":
            custom(view, model, item, tell)
        pass_roles(view, item, tell)
    targets(view, say)
    names(view, say)
    sizes = {str(f.properties.get("MemorySize", 128)) for f in view.of_type("AWS::Lambda::Function")}
    if len(sizes) > 2:
        say("memory", view.of_type("AWS::Lambda::Function")[0], f"the functions have {len(sizes)} sizes of memory",
            "Two at most: the laptop forks a JVM for each")
    publishers(view, say)
    queues(view, say)


# What an environment variable's name says of its value.
TARGETS = [("_CRAWLER", "AWS::Glue::Crawler"), ("_JOB", "AWS::Glue::Job"), ("TOPIC_ARN", "AWS::SNS::Topic"), ("PIPELINE_ARN", "AWS::StepFunctions::StateMachine"), ("_ROLE_ARN", "AWS::IAM::Role"), ("_KEY_ARN", "AWS::KMS::Key"),
           ("BUCKET", "AWS::S3::Bucket"), ("DATABASE", "AWS::Glue::Database"), ("WORKGROUP", "AWS::Athena::WorkGroup")]


def targets(view, say):
    """Variables that name resources name the right ones."""
    told = set()
    for item in view.of_type("AWS::Lambda::Function"):
        for name, value in ((item.properties.get("Environment") or {}).get("Variables") or {}).items():
            kind = next((k for suffix, k in TARGETS if name == suffix or (suffix.startswith("_") and name.endswith(suffix))), None)
            if kind is None or (name, value) in told or value == "":
                continue
            told.add((name, value))
            found = [i for i in view.of_type(kind) if value in (i.physical, i.arn)]
            if not found:
                say("environment-target", item, f"{name} is {value!r}, which is no {kind} of the stacks", "Refer to the resource")
                continue
            word = name.removesuffix("_CRAWLER").lower()
            words = {"database": ("external", "database"), "raw": ("raw",), "history": ("history",)}.get(word)
            if name.endswith("_CRAWLER") and words and not any(w in str(value).lower() for w in words):
                say("environment-target", item, f"{name} is {value!r}", "Refer to the crawler of that name")
            if name.endswith("_ROLE_ARN"):
                service = name.removesuffix("_ROLE_ARN").lower()
                if service not in json.dumps(found[0].properties.get("AssumeRolePolicyDocument")).lower():
                    say("environment-target", item, f"{name} is a role that {service} may not assume", "Refer to the right role")


def names(view, say):
    """Two things of one kind by one name."""
    seen = {}
    for item in view.items:
        key = (item.type, item.physical)
        if key in seen and item.type not in ("AWS::Glue::Table",):
            say("name-twice", item, f"{item.physical} is the name of {seen[key].id}, too", "Give it a name of its own")
        seen[key] = item


def function(view, model, item, say):
    p = item.properties
    try:
        if not 3 <= int(p.get("Timeout", 3)) <= 900:
            say("function-timeout", f"Timeout is {p.get('Timeout')}", "Write 3 to 900 seconds")
        # Less than that a JVM with the SDK does not start in, or only after seconds.
        if not 512 <= int(p.get("MemorySize", 128)) <= 10240:
            say("memory", f"MemorySize is {p.get('MemorySize')}", "Write 512 to 10240 MB")
    except (TypeError, ValueError):
        say("function-timeout", "Timeout or MemorySize is no number", "Write numbers")
    if (p.get("TracingConfig") or {}).get("Mode") != "Active":
        say("tracing", "the function is not traced", "Write Tracing: Active")
    logging = p.get("LoggingConfig") or {}
    group = logging.get("LogGroup")
    if group not in {g.physical for g in view.of_type("AWS::Logs::LogGroup")}:
        say("function-logs", "the function's log is no group of the stacks, and kept for ever", "Name one in LoggingConfig")
    if logging.get("LogFormat") != "JSON":
        say("function-logs", "the function's log is not JSON", "Write LogFormat: JSON")
    for name, value in ((p.get("Environment") or {}).get("Variables") or {}).items():
        if re.search(r"(?i)password|secret_?key|token$|api_?key", name):
            say("environment-secret", f"the environment has {name}", "Name the secret, and read it in the function")
    runtime = str(p.get("Runtime"))
    if runtime not in ("java17", "java21", "java25"):
        say("runtime", f"the runtime is {runtime}", "Write a Java runtime that Lambda still runs")


def permission(view, model, item, say):
    p = item.properties
    if p.get("Principal") == "*" or (str(p.get("Principal", "")).endswith(".amazonaws.com") and not p.get("SourceArn")
                                     and not p.get("SourceAccount")):
        say("permission-source", f"{p.get('Principal')} may call the function for any account's sake", "Add SourceArn or SourceAccount")


def log_group(view, model, item, say):
    days = item.properties.get("RetentionInDays")
    if days is None:
        say("log-retention", "the log is kept for ever", "Write RetentionInDays")
    elif int(days) not in RETENTION:
        say("log-retention", f"RetentionInDays {days} is none that CloudWatch takes", "Write 30, 90, 365 …")


def machine(view, model, item, say):
    p = item.properties
    if (p.get("TracingConfiguration") or {}).get("Enabled") not in (True, "true"):
        say("tracing", "the machine is not traced", "Write Tracing: {Enabled: true}")
    logging = p.get("LoggingConfiguration") or {}
    if logging.get("Level", "OFF") == "OFF" or logging.get("Level") not in ("ALL", "ERROR"):
        say("machine-logs", "the machine logs nothing", "Write Logging with Level ERROR and a log group")
    if logging.get("IncludeExecutionData") in (True, "true"):
        say("machine-logs", "the log would hold inputs and outputs", "Write IncludeExecutionData: false")
    groups = [str((d.get("CloudWatchLogsLogGroup") or {}).get("LogGroupArn", "")) for d in as_list(logging.get("Destinations"))]
    for arn in groups:
        if not re.fullmatch(r"arn:aws:logs:[^:]+:[^:]+:log-group:[^:*]+:\*", arn):
            say("log-arn", f"{arn} is not a log group's ARN with :* at its end", "Use !GetAtt Group.Arn")
        elif not re.search(r":log-group:/aws/vendedlogs/", arn):
            say("machine-logs", "a log group outside of /aws/vendedlogs/ can break the account's resource policy of 5120 characters",
                "Name it /aws/vendedlogs/states/…")
    if logging.get("Level", "OFF") != "OFF" and not groups:
        say("machine-logs", "Logging without a destination", "Name a log group")
    if p.get("StateMachineType", "STANDARD") != "STANDARD":
        say("machine-type", "an EXPRESS machine has no .sync and runs twice at times", "Write STANDARD")


def schedule_form(text):
    text = str(text)
    if re.fullmatch(r"rate\((1 (minute|hour|day)|([2-9]|\d{2,}) (minutes|hours|days))\)", text):
        return None
    if re.fullmatch(r"at\(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\)", text):
        return None
    match = re.fullmatch(r"cron\((.*)\)", text)
    if not match:
        return "it is no cron(…), rate(…) or at(…)"
    fields = match.group(1).split()
    if len(fields) != 6:
        return f"cron wants 6 fields and has {len(fields)}"
    ranges = [(0, 59), (0, 23), (1, 31), (1, 12), (1, 7), (1970, 2199)]
    names = {3: "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split(), 4: "SUN MON TUE WED THU FRI SAT".split()}
    for index, (one, (low, high)) in enumerate(zip(fields, ranges)):
        for part in one.split(","):
            base = part.split("/")[0]
            if base in ("*", "?") or (index == 2 and re.fullmatch(r"L|\d+W|LW", base)) or (
                    index == 4 and re.fullmatch(r"\d#\d|\dL|L", base)):
                if base == "?" and index not in (2, 4):
                    return f"? stands in field {index + 1}"
                continue
            for value in base.split("-"):
                if value.upper() in names.get(index, []):
                    continue
                if not value.isdigit() or not low <= int(value) <= high:
                    return f"{value!r} in field {index + 1} is not {low} to {high}"
    if (fields[2] == "?") == (fields[4] == "?"):
        return "exactly one of day-of-month and day-of-week must be ?"
    return None


def schedule(view, model, item, say):
    p = item.properties
    problem = schedule_form(p.get("ScheduleExpression"))
    if problem:
        say("schedule", f"{p.get('ScheduleExpression')}: {problem}", "Correct it")
    zone = p.get("ScheduleExpressionTimezone", "UTC")
    if zone not in zoneinfo.available_timezones() | {"UTC"}:
        say("schedule", f"there is no time zone {zone}", "Write one such as Europe/Berlin")
    target = p.get("Target") or {}
    if not (target.get("DeadLetterConfig") or {}).get("Arn"):
        say("dead-letters", "a start that fails is lost", "Add a DeadLetterConfig")
    retry = target.get("RetryPolicy") or {}
    if not retry or int(retry.get("MaximumEventAgeInSeconds", 86400)) < 60 or int(retry.get("MaximumRetryAttempts", 185)) > 185:
        say("schedule", "RetryPolicy is missing or out of its bounds", "MaximumEventAgeInSeconds from 60, attempts to 185")
    window = p.get("FlexibleTimeWindow") or {}
    if window.get("Mode") not in ("OFF", "FLEXIBLE") or (window.get("Mode") == "FLEXIBLE" and not 1 <= int(
            window.get("MaximumWindowInMinutes", 0)) <= 1440):
        say("schedule", f"FlexibleTimeWindow is {window}", "Write Mode OFF, or FLEXIBLE with minutes")
    text = target.get("Input")
    given = None
    if text:
        try:
            given = json.loads(text)
        except (TypeError, ValueError):
            say("schedule-input", f"Input {text!r} is no JSON", "Correct it")
    if str(target.get("Arn", "")).endswith(":aws-sdk:sfn:startExecution") and isinstance(given, dict) and given.get("Name"):
        say("schedule-name", "Scheduler gives every retry the same name, and the second start is refused", "Leave Name out")
    if ":states:" in str(target.get("Arn")) and isinstance(given, dict):
        if {"Name", "name", "StateMachineArn", "stateMachineArn"} & set(given):
            say("schedule-name", "Input is the execution's input; Scheduler cannot name an execution", "Take the name out")
        taken = set(view.model.facts.records[view.model.facts.record("RunInput")])
        if not set(given) <= taken:
            say("schedule-input", f"the pipeline takes no {', '.join(sorted(set(given) - taken))}", "Correct the names")
        for value in given.values():
            for keyword in re.findall(r"<(aws\.scheduler\.[\w-]+)>", str(value)):
                if keyword not in ("aws.scheduler.scheduled-time", "aws.scheduler.schedule-arn", "aws.scheduler.execution-id",
                                   "aws.scheduler.attempt-number"):
                    say("schedule-input", f"Scheduler has no <{keyword}>", "Write <aws.scheduler.scheduled-time>")
    for function in view.of_type("AWS::Lambda::Function"):
        if target.get("Arn") == function.arn and "SweepEndpoints" in str(function.properties.get("Handler")):
            mode = ((function.properties.get("Environment") or {}).get("Variables") or {}).get("ENDPOINT_MODE")
            if p.get("State", "ENABLED") != ("ENABLED" if mode == "per-run" else "DISABLED"):
                say("schedule-state", f"the sweeper is {p.get('State', 'ENABLED')} while the endpoint mode is {mode}",
                    "Turn it on where each run makes its own endpoint, and there only")
    raw = (item.raw.get("Properties") or {}).get("State")
    if p.get("State") == "ENABLED" and not isinstance(raw, dict) and "pipeline" in str(target.get("Arn")):
        say("schedule-state", "the schedule is on as soon as it is deployed", "Make it a parameter that is DISABLED by default")


def event_rule(view, model, item, say):
    p = item.properties
    if p.get("State", "ENABLED") == "DISABLED" and not isinstance((item.raw.get("Properties") or {}).get("State"), dict):
        say("event-disabled", "the rule is off", "Take State out")
    if p.get("ScheduleExpression"):
        problem = schedule_form(p["ScheduleExpression"])
        if problem:
            say("schedule", f"{p['ScheduleExpression']}: {problem}", "Correct it")
    pattern = p.get("EventPattern") or {}
    if pattern and p.get("EventBusName", "default") == "default":
        sources, kinds = as_list(pattern.get("source")), as_list(pattern.get("detail-type"))
        for source in sources:
            for kind in kinds:
                if str(source).startswith("aws.") and (source, kind) not in EVENTS:
                    say("event-pattern", f"{source} sends no {kind!r} that is known here",
                        "Correct source or detail-type, or teach rules_ops.EVENTS")
                for key, values in EVENTS.get((source, kind), {}).items():
                    for value in as_list((pattern.get("detail") or {}).get(key)):
                        if isinstance(value, str) and value not in values:
                            say("event-pattern", f"{key} is never {value!r}", "Write one of " + ", ".join(sorted(values)))
        if not sources or (not kinds and not pattern.get("detail")):
            say("event-pattern", "the pattern takes every event", "Name source and detail-type")
        machines = {m.arn for m in view.of_type("AWS::StepFunctions::StateMachine")}
        for arn in as_list((pattern.get("detail") or {}).get("stateMachineArn")):
            if isinstance(arn, str) and arn not in machines:
                say("event-pattern", f"{arn} is no machine of the stacks", "Name ours")
        if "aws.states" in sources:
            missing = {"FAILED", "TIMED_OUT", "ABORTED"} - set(map(str, as_list((pattern.get("detail") or {}).get("status"))))
            handlers = [t for t in as_list(p.get("Targets")) if "RecordFailure" in str(t.get("Arn"))]
            if missing and (handlers or "RecordFailure" in item.id):
                say("event-pattern", f"{', '.join(sorted(missing))} go by unseen", "List FAILED, TIMED_OUT and ABORTED")
            if not (pattern.get("detail") or {}).get("stateMachineArn"):
                say("event-pattern", "the pattern takes every machine of the account", "Name ours")
        if "aws.s3" in sources:
            for bucket in view.of_type("AWS::S3::Bucket"):
                names = as_list(((pattern.get("detail") or {}).get("bucket") or {}).get("name"))
                on = ((bucket.properties.get("NotificationConfiguration") or {}).get("EventBridgeConfiguration") or {}).get(
                    "EventBridgeEnabled")
                if bucket.physical in names and on not in (True, "true"):
                    say("event-pattern", f"{bucket.id} sends nothing to EventBridge", "Turn EventBridgeEnabled on")
    for target in as_list(p.get("Targets")):
        if not (target.get("DeadLetterConfig") or {}).get("Arn"):
            say("dead-letters", "an event that its target does not take is lost", "Add a DeadLetterConfig")
        arn = str(target.get("Arn"))
        if ":function:" in arn and not any(
                q.properties.get("Principal") == "events.amazonaws.com" and q.properties.get("SourceArn") == item.arn
                and str(q.properties.get("FunctionName")) in (arn, arn.split(":function:")[1])
                for q in view.of_type("AWS::Lambda::Permission")):
            say("event-permission", "EventBridge may not call the function", "Add an AWS::Lambda::Permission")


def queue(view, model, item, say):
    p = item.properties
    if p.get("SqsManagedSseEnabled") not in (True, "true") and not p.get("KmsMasterKeyId"):
        say("queue-encryption", "the queue is not encrypted by what we say", "Write SqsManagedSseEnabled: true, or a key")
    dead = any(value == item.arn and "DeadLetterConfig" in path or (path and path[-1] == "deadLetterTargetArn" and value == item.arn)
               for other in view.items for path, value in walk(other.properties))
    if dead and int(p.get("MessageRetentionPeriod", 345600)) < 1209600:
        say("dead-letters", "dead letters are gone before somebody looks", "Write MessageRetentionPeriod: 1209600")
    read = [m for m in view.of_type("AWS::Lambda::EventSourceMapping", "AWS::Pipes::Pipe")
            if item.arn in (m.properties.get("EventSourceArn"), m.properties.get("Source"))]
    if read and not p.get("RedrivePolicy"):
        say("dead-letters", "a message that nobody can take comes back for ever", "Add a RedrivePolicy")
    if not dead and not read and not any(value in (item.arn, item.physical) for other in view.items if other is not item
                                         and not other.type.startswith("AWS::IAM") for _, value in walk(other.properties)):
        say("idle", "nothing uses the queue", "Take it out")


def event_source(view, model, item, say):
    """A queue's messages on their way to a function: none is lost, and none is taken twice while it is being worked on."""
    p = item.properties
    name, window = str(p.get("FunctionName")), int(p.get("MaximumBatchingWindowInSeconds", 0))
    function = next((f for f in view.of_type("AWS::Lambda::Function") if name in (f.physical, f.arn)), None)
    source = view.by_arn.get(p.get("EventSourceArn"))
    if source is None or source.type != "AWS::SQS::Queue" or function is None:
        say("event-source", "its queue or its function is none of the stacks", "Name ours")
        return
    if p.get("Enabled") in (False, "false"):
        say("event-source", "nothing is taken from the queue", "Take out Enabled: false")
    least = 6 * int(function.properties.get("Timeout", 3)) + window
    if int(source.properties.get("VisibilityTimeout", 30)) < least:
        say("queue-visibility", f"messages come again while the function works on them: VisibilityTimeout is under {least}",
            "Write six times the function's timeout and the batching window")
    if int(p.get("BatchSize", 10)) > 10 and window < 1:
        say("event-source", "Lambda refuses batches of more than 10 without a batching window", "Write MaximumBatchingWindowInSeconds")
    if window > 300 or int(p.get("BatchSize", 10)) > 10000:
        say("event-source", "Lambda takes windows of up to 300 seconds and batches of up to 10,000", "Write less")
    limit = (p.get("ScalingConfig") or {}).get("MaximumConcurrency")
    if limit is not None and not 2 <= int(limit) <= 1000:
        say("event-source", f"MaximumConcurrency is {limit}; Lambda takes 2 to 1000", "Write 2 or more")
    shapes = model.facts.handler(str(function.properties.get("Handler", "")).split("::")[0])
    answers = shapes is not None and isinstance(shapes[1], dict) and "batchItemFailures" in shapes[1]
    if answers != ("ReportBatchItemFailures" in as_list(p.get("FunctionResponseTypes"))):
        say("batch-failures", "what the function says of single messages and what Lambda listens to differ, so failed messages are lost",
            "Write FunctionResponseTypes: [ReportBatchItemFailures] where the handler answers batchItemFailures, and nowhere else")
    most = (source.properties.get("RedrivePolicy") or {}).get("maxReceiveCount")
    if most is not None and int(most) < 5:
        say("queue-visibility", f"after {most} receptions a throttled message is a dead letter", "Write maxReceiveCount: 5 or more")


def queues(view, say):
    """A queue that EventBridge or SNS sends to lets them in."""
    policies = [(as_list(p.properties.get("Queues")), as_list((p.properties.get("PolicyDocument") or {}).get("Statement")))
                for p in view.of_type("AWS::SQS::QueuePolicy")]
    for rule in view.of_type("AWS::Events::Rule"):
        for path, value in walk(rule.properties.get("Targets") or []):
            if not (path and path[-1] == "Arn" and isinstance(value, str) and ":sqs:" in value):
                continue
            owner = view.by_arn.get(value)
            if owner and not any(_lets(statements, "events.amazonaws.com", "sqs:SendMessage", value, rule.arn)
                                 for queues_, statements in policies if queues_):
                say("event-permission", owner, f"EventBridge may not send to the queue, and {rule.id} does",
                    "Allow events.amazonaws.com sqs:SendMessage in an AWS::SQS::QueuePolicy")


def _lets(statements, service, action, resource, source, context=None):
    found = [Statement.of(s) for s in statements if service in as_list(
        (s.get("Principal") or {}).get("Service") if isinstance(s.get("Principal"), dict) else None)]
    found += [Statement.of(s) for s in statements if s.get("Effect") == "Deny"]
    return allowed(found, Call(action, resource, {"aws:SourceArn": source, "aws:SourceAccount": ACCOUNT,
                                                  "aws:SecureTransport": "true", **(context or {})}))[0]


def topic(view, model, item, say):
    if not item.properties.get("KmsMasterKeyId"):
        say("topic-encryption", "the topic is not encrypted", "Name a key of ours")


def publishers(view, say):
    """Services that publish to a topic need its key, and the topic's policy."""
    keys = {k.arn: k for k in view.of_type("AWS::KMS::Key")}
    for topic_ in view.of_type("AWS::SNS::Topic"):
        services = {}
        for item in view.of_type("AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm"):
            if topic_.arn in [v for k in ("AlarmActions", "OKActions", "InsufficientDataActions")
                              for v in as_list(item.properties.get(k))]:
                services["cloudwatch.amazonaws.com"] = item
        for item in view.of_type("AWS::Events::Rule"):
            if topic_.arn in [t.get("Arn") for t in as_list(item.properties.get("Targets"))]:
                services["events.amazonaws.com"] = item
        for item in view.of_type("AWS::Budgets::Budget"):
            if topic_.arn in [v for _, v in walk(item.properties) if isinstance(v, str)]:
                services["budgets.amazonaws.com"] = item
        key_id = str(topic_.properties.get("KmsMasterKeyId", ""))
        key = next((k for k in keys.values() if key_id in (k.arn, k.physical) or any(
            a.properties.get("AliasName") == key_id and a.properties.get("TargetKeyId") in (k.arn, k.physical)
            for a in view.of_type("AWS::KMS::Alias"))), None)
        for service, user_ in services.items():
            if "alias/aws/sns" in key_id:
                say("topic-key", topic_, f"{service} ({user_.id}) cannot publish under the AWS-managed key alias/aws/sns",
                    "Give the topic a key of ours whose policy lets the service in")
            elif key is not None:
                for action in ("kms:GenerateDataKey", "kms:Decrypt"):
                    if not _lets(as_list((key.properties.get("KeyPolicy") or {}).get("Statement")), service, action, key.arn,
                                 user_.arn):
                        say("topic-key", key, f"{service} may not {action}, and {user_.id} publishes to {topic_.id}",
                            "Allow it in the key's policy, with aws:SourceAccount")
            policies = [as_list((p.properties.get("PolicyDocument") or {}).get("Statement"))
                        for p in view.of_type("AWS::SNS::TopicPolicy") if topic_.arn in as_list(p.properties.get("Topics"))]
            if policies or service != "cloudwatch.amazonaws.com":
                if not any(_lets(s, service, "sns:Publish", topic_.arn, user_.arn) for s in policies):
                    say("topic-policy", topic_, f"{service} may not publish, and {user_.id} does",
                        "Allow it in an AWS::SNS::TopicPolicy")


def actions(view, model, item, say):
    p = item.properties
    if not as_list(p.get("AlarmActions")) or p.get("ActionsEnabled") in (False, "false"):
        say("alarm-actions", "the alarm tells nobody", "Write AlarmActions")
    for arn in [a for key in ("AlarmActions", "OKActions", "InsufficientDataActions") for a in as_list(p.get(key))]:
        if arn not in {t.arn for t in view.of_type("AWS::SNS::Topic")}:
            say("alarm-actions", f"{arn} is no topic of the stacks", "Name ours")


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
            for word, known in ((str(name), metrics.names), (str(namespace), [metrics.namespace])):
                if word not in known:
                    say("alarm-metric", f"no class emits {word}", "Correct the name")
        else:
            say("alarm-metric", f"the namespace {namespace} is not known here", "Correct it, or teach rules_ops.METRICS")
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


def dashboard(view, model, item, say):
    try:
        body = json.loads(item.properties.get("DashboardBody", ""))
        if not body.get("widgets"):
            say("dashboard", "the dashboard has no widgets", "Add some")
    except (TypeError, ValueError):
        say("dashboard", "DashboardBody is no JSON", "Correct it")


def secret(view, model, item, say):
    raw = (item.raw.get("Properties") or {}).get("SecretString")
    if isinstance(raw, str):
        say("secret-literal", "the secret stands in the template", "Generate it, or take a NoEcho parameter")


def user(view, model, item, say):
    say("iam-user", "a user with keys of its own", "Use a role")


def named_query(view, model, item, say):
    if item.properties.get("Database") not in {d.physical for d in view.of_type("AWS::Glue::Database")}:
        say("named-query", f"{item.properties.get('Database')} is no database of the stacks", "Name ours")
    if item.properties.get("WorkGroup") not in {w.physical for w in view.of_type("AWS::Athena::WorkGroup")}:
        say("named-query", f"{item.properties.get('WorkGroup')} is no workgroup of the stacks", "Name ours")


def url(view, model, item, say):
    if item.properties.get("AuthType") != "AWS_IAM":
        say("function-url", "everybody may call the function", "Take the URL out, or write AuthType AWS_IAM")


def budget(view, model, item, say):
    one = item.properties.get("Budget") or {}
    if one.get("TimeUnit") not in ("DAILY", "MONTHLY", "QUARTERLY", "ANNUALLY", "CUSTOM"):
        say("budget", f"TimeUnit is {one.get('TimeUnit')!r}", "Write MONTHLY")
    if not as_list(item.properties.get("NotificationsWithSubscribers")):
        say("budget", "the budget tells nobody", "Add NotificationsWithSubscribers")


def custom(view, model, item, say):
    p = item.properties
    try:
        if not 1 <= int(p.get("ServiceTimeout", 0)) <= 3600:
            raise ValueError
    except (TypeError, ValueError):
        say("service-timeout", "a custom resource that never answers holds the stack for an hour", "Write ServiceTimeout: 300")
    if p.get("ServiceToken") not in {f.arn for f in view.of_type("AWS::Lambda::Function")} | {
            t.arn for t in view.of_type("AWS::SNS::Topic")}:
        say("service-token", f"{p.get('ServiceToken')} is no function of the stacks", "Use !GetAtt Function.Arn")
    owner = view.by_arn.get(p.get("ServiceToken"))
    handler = view.model.facts.handlers.get(str(owner.properties.get("Handler", ""))) if owner is not None else None
    if handler is not None and "CustomResource" not in handler.request.get("name", ""):
        say("service-token", f"{owner.name} knows nothing of custom resources", "Name the function that does")
    if item.type == "Custom::GlueStudioJob":
        if p.get("WorkerType") and str(p.get("NumberOfWorkers", "0")) in ("0", "1"):
            say("glue-workers", "a Spark job needs two workers at least", "Write 2")


def pass_roles(view, item, say):
    if item.type not in ("AWS::IAM::Role", "AWS::IAM::Policy", "AWS::IAM::ManagedPolicy", "AWS::IAM::RolePolicy"):
        return
    for path, value in walk(item.properties):
        if not (isinstance(value, dict) and value.get("Effect") == "Allow" and "Action" in value):
            continue
        if not any(re.fullmatch(r"iam:(PassRole|Pass\*|\*)", str(a), re.I) for a in as_list(value["Action"])):
            continue
        if any("*" in str(r) for r in as_list(value.get("Resource"))):
            say("pass-role", "iam:PassRole on more than one role", "Name the role")
        conditions = {k.lower(): v for op, keys in (value.get("Condition") or {}).items() if op == "StringEquals"
                      for k, v in (keys or {}).items()}
        if not as_list(conditions.get("iam:passedtoservice")):
            say("pass-role", "iam:PassRole without saying to which service", "Add StringEquals iam:PassedToService")
