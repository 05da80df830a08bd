"""Rules on what starts what: schedules, event rules, event sources, and what arrives in the lake."""

import json
import re
import zoneinfo

from ..model import as_list
from .machines import seconds
from .registry import on, over

EVENTS = {
    ("aws.states", "Step Functions Execution Status Change"): {"status": {"RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED",
                                                                          "PENDING_REDRIVE"}},
    ("aws.s3", "Object Created"): {}, ("aws.glue", "Glue Job State Change"): {"state": {
        "SUCCEEDED", "FAILED", "TIMEOUT", "STOPPED"}}, ("aws.glue", "Glue Crawler State Change"): {},
    ("aws.sagemaker", "SageMaker Endpoint State Change"): {}, ("aws.sagemaker", "SageMaker Training Job State Change"): {},
    ("aws.athena", "Athena Query State Change"): {},
}
# What is swept away costs by the hour.
SWEEP = 3600


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
    names = {3: ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"], 4: ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]}
    for index, (one, (low, high)) in enumerate(zip(fields, ranges, strict=False)):
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


@on("E9081", "AWS::Scheduler::Schedule",
    about="A schedule can be read, starts what is ours, and loses nothing.")
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


@on("E9082", "AWS::Events::Rule",
    about="An event rule matches what AWS sends, and loses nothing.")
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
                        "Correct source or detail-type, or teach EVENTS")
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


@on("E9083", "AWS::Lambda::EventSourceMapping",
    about="No message is lost, and none is taken twice while it is worked on.")
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
    answers = model.facts.event(str(function.properties.get("Handler", "")).split("::")[0], answer=True) == "SQSBatchResponse"
    if answers != ("ReportBatchItemFailures" in as_list(p.get("FunctionResponseTypes"))):
        say("batch-failures", "what the function says of single messages and what Lambda listens to differ, so failed messages are lost",
            "Write FunctionResponseTypes: [ReportBatchItemFailures] where the handler answers batchItemFailures, and nowhere else")
    most = (source.properties.get("RedrivePolicy") or {}).get("maxReceiveCount")
    if most is not None and int(most) < 5:
        say("queue-visibility", f"after {most} receptions a throttled message is a dead letter", "Write maxReceiveCount: 5 or more")


@over
def groups(view, model, say):
    """Alarms count a schedule's errors by its group."""
    known = {g.physical for g in view.of_type("AWS::Scheduler::ScheduleGroup")}
    for item in view.of_type("AWS::Scheduler::Schedule") if known else ():
        if item.properties.get("GroupName") not in known:
            say("schedule-group", item, f"the schedule is in the group {item.properties.get('GroupName', 'default')}, which no alarm sees",
                "Write GroupName")


@over
def arrivals(view, model, say):
    """A rule on the lake's objects waits for a folder that the lake has; a queue of arrivals holds them until their window is over."""
    folders = model.facts.folders()
    held = seconds(model.facts.times["historyWindow"]) + seconds(model.facts.times["historySettle"])
    for rule in view.of_type("AWS::Events::Rule"):
        pattern = rule.properties.get("EventPattern") or {}
        if "aws.s3" not in as_list(pattern.get("source")):
            continue
        prefixes = [one.get("prefix") for one in as_list(((pattern.get("detail") or {}).get("object") or {}).get("key")) if isinstance(one, dict)]
        for prefix in prefixes:
            if prefix not in folders:
                say("arrival", rule, f"nothing is ever put under {prefix}; the lake's folders are {', '.join(folders)}", "Name one of them")
        for target in as_list(rule.properties.get("Targets")):
            queue = view.by_arn.get(target.get("Arn"))
            if queue is not None and queue.type == "AWS::SQS::Queue" and model.facts.constants["HISTORY"] in prefixes:
                delay = int(queue.properties.get("DelaySeconds", 0))
                if delay < held:
                    say("arrival", queue, f"a message is taken after {delay} s, and its window is over after {held} s only: it would come "
                        "back again and again", f"Write DelaySeconds: {held}")


@over
def sweeps(view, model, say):
    """A function that lists endpoints to delete them is started at least each hour."""
    functions = {f.arn: str(f.properties.get("Handler", "")).split("::")[0] for f in view.of_type("AWS::Lambda::Function")}
    for schedule in view.of_type("AWS::Scheduler::Schedule"):
        handler = functions.get((schedule.properties.get("Target") or {}).get("Arn"))
        calls = model.facts.sdk(model.facts.handlers[handler]) if handler in model.facts.handlers else set()
        if not {("sagemaker", "deleteEndpoint")} <= calls or not any(m.startswith("listEndpoints") for p, m in calls if p == "sagemaker"):
            continue
        every = rate(str(schedule.properties.get("ScheduleExpression")))
        if every is None or every > SWEEP:
            say("sweep", schedule, f"{schedule.properties.get('ScheduleExpression')} leaves an endpoint of a dead run on for longer than an hour, "
                "and it costs by the hour", "Sweep at least each hour, by rate(…)")


def rate(expression):
    """Seconds between two starts, or None when it is no rate."""
    match = re.fullmatch(r"rate\((\d+) (minute|hour|day)s?\)", expression)
    return int(match.group(1)) * {"minute": 60, "hour": 3600, "day": 86400}[match.group(2)] if match else None
