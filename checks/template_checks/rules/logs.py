"""Rules on log groups, their filters, and who writes into them."""

import re

from ..aslview import PLACEHOLDER, scope_of, task_of
from ..model import as_list
from ..resolve import REGION
from .queues import lets
from .registry import on, over

RETENTION = {1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653}
# What a function's own reports say (Lambda, "Lambda Telemetry API Event schema reference").
REPORT = {"type": {"platform.report", "platform.start", "platform.initReport"}, "record.status": {"success", "failure", "error",
                                                                                                     "timeout"}}


@on("E9111", "AWS::Logs::LogGroup",
    about="A log group is deleted in time.")
def log_group(view, model, item, say):
    days = item.properties.get("RetentionInDays")
    if days is None:
        say("log-retention", "the log is kept for ever", "Write RetentionInDays")
    elif int(days) not in RETENTION:
        say("log-retention", f"RetentionInDays {days} is none that CloudWatch takes", "Write 30, 90, 365 …")


@over
def log_groups(view, model, say):
    """A filter reads a group that somebody writes what it looks for into; functions and machines have groups of their own."""
    functions, machines = {}, {}
    for item in view.of_type("AWS::Lambda::Function"):
        functions.setdefault((item.properties.get("LoggingConfig") or {}).get("LogGroup"), item)
    for item in view.of_type("AWS::StepFunctions::StateMachine"):
        for one in as_list((item.properties.get("LoggingConfiguration") or {}).get("Destinations")):
            arn = str((one.get("CloudWatchLogsLogGroup") or {}).get("LogGroupArn", ""))
            machines.setdefault(arn.split(":log-group:")[-1].removesuffix(":*"), item)
    for name in set(functions) & set(machines):
        say("log-shared", functions[name], f"its log group {name} is that of {machines[name].id}, whose lines are others",
            "Give functions a group of their own")
    for item in view.of_type("AWS::Logs::MetricFilter"):
        group, pattern = item.properties.get("LogGroupName"), str(item.properties.get("FilterPattern", ""))
        if "platform." in pattern and group not in functions:
            say("metric-filter", item, f"no function writes its log to {group}", "Name the functions' log group")
        _filter_pattern(item, pattern, say)
        for one in as_list(item.properties.get("MetricTransformations")):
            key = (one.get("MetricNamespace"), one.get("MetricName"))
            watchers = [a for a in view.of_type("AWS::CloudWatch::Alarm")
                        if (a.properties.get("Namespace"), a.properties.get("MetricName")) == key]
            if not watchers:
                say("metric-filter", item, f"no alarm looks at {' '.join(map(str, key))}", "Write the same names in both")


def _filter_pattern(item, pattern, say):
    text = pattern.strip()
    if not text.startswith("{"):
        say("metric-filter", item, f"the FilterPattern {text!r} looks for words; functions and machines write JSON", "Write {$.field = …}")
        return
    if text.count("(") != text.count(")") or not text.endswith("}"):
        say("metric-filter", item, f"the FilterPattern {text} is not closed", "Close its brackets")
    for field, word in re.findall(r'\$\.([\w.]+)\s*!?=\s*"([^"]*)"', text):
        if "platform." in pattern and (field not in REPORT or word not in REPORT[field]):
            say("metric-filter", item, f"a report of Lambda has no {field} {word!r}", "Look at Lambda's platform.report")
    if "platform.report" in pattern:
        missing = {"error", "failure", "timeout"} - set(re.findall(r'status\s*=\s*"(\w+)"', text))
        if missing:
            say("metric-filter", item, f"invocations that end as {', '.join(sorted(missing))} are not counted", "Count them, too")


@over
def log_keys(view, model, say):
    """A log group under a key of ours: CloudWatch Logs uses the key itself."""
    keys = {k.arn: k for k in view.of_type("AWS::KMS::Key")}
    for item in view.of_type("AWS::Logs::LogGroup"):
        key = keys.get(item.properties.get("KmsKeyId"))
        if item.properties.get("KmsKeyId") and key is None:
            say("log-key", item, f"KmsKeyId {item.properties['KmsKeyId']} is the ARN of no key of the stacks", "Write the key's ARN")
        if key is None:
            continue
        statements = as_list((key.properties.get("KeyPolicy") or {}).get("Statement"))
        context = {"kms:EncryptionContext:aws:logs:arn": item.arn.removesuffix(":*")}
        for action in ("kms:Encrypt", "kms:Decrypt", "kms:ReEncryptFrom", "kms:GenerateDataKey", "kms:DescribeKey"):
            if not lets(statements, f"logs.{REGION}.amazonaws.com", action, key.arn, item.arn, context):
                say("log-key", key, f"CloudWatch Logs may not {action}, and {item.id} is under this key",
                    "Let logs.REGION in, with the condition kms:EncryptionContext:aws:logs:arn")


@over
def watched_functions(view, model, say):
    """Nobody waits for a function that EventBridge calls: an alarm must look at its errors."""
    watched = {d.get("Value") for a in view.of_type("AWS::CloudWatch::Alarm")
               if (a.properties.get("Namespace"), a.properties.get("MetricName")) == ("AWS/Lambda", "Errors")
               for d in as_list(a.properties.get("Dimensions")) if d.get("Name") == "FunctionName"}
    for rule in view.of_type("AWS::Events::Rule"):
        for target in as_list(rule.properties.get("Targets")):
            owner = view.by_arn.get(target.get("Arn"))
            if owner is not None and owner.type == "AWS::Lambda::Function" and owner.physical not in watched:
                say("unwatched", owner, f"{rule.id} calls it and no alarm looks at its Errors", "Add an alarm on AWS/Lambda Errors")


@over
def watched_machines(view, model, say):
    """What a child ends like its parent says; the machine that nobody starts must be watched."""
    children = set()
    for item in view.of_type("AWS::StepFunctions::StateMachine"):
        machine = next((m for m in model.machines if m.name == item.name), None)
        values = item.properties.get("DefinitionSubstitutions") or {}
        for state in scope_of(machine).all() if machine is not None and machine.definition else ():
            task = task_of(state) if state.type == "Task" else None
            if task and task.service == "states" and isinstance(task.arguments, dict):
                for name in PLACEHOLDER.findall(str(task.arguments.get("StateMachineArn"))):
                    children.add(values.get(name))
    roots = [m for m in view.of_type("AWS::StepFunctions::StateMachine") if m.arn not in children]
    patterns = [p.properties.get("EventPattern") or {} for p in view.of_type("AWS::Events::Rule")]
    seen = {arn for p in patterns for arn in as_list((p.get("detail") or {}).get("stateMachineArn")) if "aws.states" in as_list(
        p.get("source"))}
    for item in roots:
        if item.arn not in seen and view.of_type("AWS::Events::Rule"):
            say("unwatched", item, "no rule of EventBridge hears how its executions end", "Name it in the pattern's stateMachineArn")


@over
def keyed_logs(view, model, say):
    """A stack that is given the key encrypts its logs by it."""
    for item in view.of_type("AWS::Logs::LogGroup"):
        if "KeyArn" in item.stack.template.section("Parameters") and not item.properties.get("KmsKeyId"):
            say("log-key", item, "the stack has a key and the log group is not under it", "Write KmsKeyId: !Ref KeyArn")
