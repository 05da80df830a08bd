"""Own rules for what stands in two places and has to agree: jobs and connections, times, logs and their readers, schedules."""

import base64
import re

from .aslview import PLACEHOLDER, scope_of, task_of
from .model import as_list
from .rules_ops import _lets
from .resolve import REGION


def rules(view, model, say):
    for rule in (jobs, demo, times, log_groups, log_keys, watched_functions, watched_machines, groups, writers):
        rule(view, model, say)


def seconds(text):
    """Of an ISO 8601 duration, or None."""
    match = re.fullmatch(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?", str(text))
    if not match or not any(match.groups()):
        return None
    return sum(int(g or 0) * unit for g, unit in zip(match.groups(), (86400, 3600, 60, 1)))


def jobs(view, model, say):
    """A job with a connection reads the crawled table, and trusts what the connection trusts."""
    connections = {}
    for item in view.of_type("AWS::Glue::Connection"):
        connections[item.physical] = (item.properties.get("ConnectionInput") or {}).get("ConnectionProperties") or {}
    crawled = {t.get("ConnectionName"): str(t.get("Path", "")) for c in view.of_type("AWS::Glue::Crawler")
               for t in as_list((c.properties.get("Targets") or {}).get("JdbcTargets"))}
    for item in view.of_type("AWS::Glue::Job"):
        arguments = item.properties.get("DefaultArguments") or {}
        for name in as_list((item.properties.get("Connections") or {}).get("Connections")):
            table = ".".join(crawled.get(name, "").strip("/").split("/")[1:])
            if table and arguments.get("--table") != table:
                say("job-table", item, f"--table is {arguments.get('--table')} and what is crawled by {name} is {table}",
                    "Import the table that is crawled")
            properties = connections.get(name, {})
            base = re.search(r"(?i);\s*databaseName\s*=\s*([^;]+)", str(properties.get("JDBC_CONNECTION_URL", "")))
            if base and table and base.group(1) != crawled[name].strip("/").split("/")[0]:
                say("job-table", item, f"the connection opens the database {base.group(1)} and {crawled[name]} is crawled",
                    "Write one database in both")
            for argument, key in (("--ca_certificate", "CUSTOM_JDBC_CERT"), ("--certificate_host", "CUSTOM_JDBC_CERT_STRING")):
                if arguments.get(argument) != properties.get(key):
                    say("job-certificate", item, f"{argument} is {arguments.get(argument)} and the connection's {key} is "
                        f"{properties.get(key)}", "Give the job what the crawler's connection has")


def demo(view, model, say):
    """What a server of ours leaves behind is what others look for."""
    buckets = {b.physical for b in view.of_type("AWS::S3::Bucket")}
    scripts = [base64.b64decode(str(i.properties.get("UserData") or "")).decode("utf-8", "replace") for i in view.of_type("AWS::EC2::Instance")]
    for item in view.of_type("AWS::Glue::Connection"):
        properties = (item.properties.get("ConnectionInput") or {}).get("ConnectionProperties") or {}
        bucket, _, key = str(properties.get("CUSTOM_JDBC_CERT", "")).removeprefix("s3://").partition("/")
        if bucket in buckets and not any(f"'{key}'" in s for s in scripts):
            say("certificate", item, f"nobody writes {key} into the bucket", "Write the key that the server's script writes")
        for secret in view.of_type("AWS::SecretsManager::Secret"):
            made = secret.properties.get("GenerateSecretString") or {}
            if secret.physical == properties.get("SECRET_ID") and ('"username"' not in str(made.get("SecretStringTemplate"))
                                                                   or made.get("GenerateStringKey") != "password"):
                say("secret-form", secret, "Glue reads username and password of a connection's secret", "Write both names")
    names = {r.physical for r in view.roles()}
    for item in view.of_type("AWS::IAM::InstanceProfile"):
        for role in as_list(item.properties.get("Roles")):
            if role not in names:
                say("profile", item, f"{role} is no role's name", "Write !Ref of the role")
    for item in view.of_type("AWS::EC2::Instance"):
        for device in as_list(item.properties.get("BlockDeviceMappings")):
            if (device.get("Ebs") or {}).get("Encrypted") not in (True, "true"):
                say("disk", item, "the disk is in the clear", "Write Encrypted: true")


def times(view, model, say):
    """What is waited for may not take longer than who waits."""
    machines = {m.name: m for m in model.machines}
    waits = {}
    for item in view.of_type("AWS::StepFunctions::StateMachine"):
        machine = machines.get(item.name)
        values = item.properties.get("DefinitionSubstitutions") or {}
        for state in scope_of(machine).all() if machine is not None and machine.definition else ():
            task = task_of(state) if state.type == "Task" else None
            if task and task.service == "glue" and task.action == "startJobRun" and task.pattern and isinstance(task.arguments, dict):
                name = PLACEHOLDER.sub(lambda m: str(values.get(m.group(1), m.group(0))), str(task.arguments.get("JobName")))
                waits[name] = (f"the state {state.name}", state.raw.get("TimeoutSeconds"))
    bound = min((m.definition["TimeoutSeconds"] for m in model.machines if isinstance(m.definition, dict) and isinstance(
        m.definition.get("TimeoutSeconds"), int) and "$states.input.check" in (m.text or "")), default=None)
    told = set()
    for item in view.of_type("AWS::Lambda::Function"):
        given = (item.properties.get("Environment") or {}).get("Variables") or {}
        for name, value in given.items():
            if name.endswith("_TIMEOUT") and (name, value) not in told:
                told.add((name, value))
                length = seconds(value)
                if length is not None and bound is not None and length >= bound:
                    say("wait", item, f"{name} is {value}, and the machine that asks is ended after {bound} s", "Shorten it")
        if given.get("ROOM_JOB") and seconds(given.get("JOB_TIMEOUT")):
            waits.setdefault(given["ROOM_JOB"], ("JOB_TIMEOUT", seconds(given["JOB_TIMEOUT"])))
    for item in view.of_type("AWS::Glue::Job", "Custom::GlueStudioJob"):
        who, limit = waits.get(item.physical, (None, None))
        minutes = item.properties.get("Timeout", item.properties.get("TimeoutMinutes"))
        if isinstance(limit, int) and str(minutes).isdigit() and int(minutes) * 60 > limit:
            say("wait", item, f"the job may take {minutes} minutes, and {who} waits {limit} s only", "Make them equal")


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


# What a function's own reports say (Lambda, "Lambda Telemetry API Event schema reference").
REPORT = {"type": {"platform.report", "platform.start", "platform.initReport"}, "record.status": {"success", "failure", "error",
                                                                                                     "timeout"}}


def _filter_pattern(item, pattern, say):
    text = pattern.strip()
    if not text.startswith("{"):
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
            if not _lets(statements, f"logs.{REGION}.amazonaws.com", action, key.arn, item.arn, context):
                say("log-key", key, f"CloudWatch Logs may not {action}, and {item.id} is under this key",
                    "Let logs.REGION in, with the condition kms:EncryptionContext:aws:logs:arn")


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


def groups(view, model, say):
    """Alarms count a schedule's errors by its group."""
    known = {g.physical for g in view.of_type("AWS::Scheduler::ScheduleGroup")}
    for item in view.of_type("AWS::Scheduler::Schedule") if known else ():
        if item.properties.get("GroupName") not in known:
            say("schedule-group", item, f"the schedule is in the group {item.properties.get('GroupName', 'default')}, which no alarm sees",
                "Write GroupName")


# Folders of what cannot be made again, and who writes there. The stack's own removal empties the bucket.
ONLY = {"raw/live/x": "firehose.amazonaws.com", "raw/history/x": None, "manifests/000000001.json": "CommitRunFunctionRole"}


def writers(view, model, say):
    """Nobody but the one writer of a folder can write or delete in it."""
    from .needs import service_principal
    for role in view.roles():
        for statement in view.statements(role):
            if statement.effect != "Allow" or statement.source[0] == "managed":
                continue
            for bucket in view.of_type("AWS::S3::Bucket"):
                for key, writer in ONLY.items():
                    own = writer is not None and writer in (role.name, service_principal(role))
                    for action in ("s3:PutObject", "s3:DeleteObject"):
                        # The whole bucket is what the check iam asks a reason for.
                        if not own and statement.names(action) and statement.covers(f"{bucket.arn}/{key}") and not statement.covers(
                                f"{bucket.arn}/anything"):
                            say("writer", role, f"{action} on {key.rpartition('/')[0]}/ is granted ({statement.source[2]}), and what lies "
                                "there cannot be made again", "Narrow the grant to the folders that it writes")
            for action in ("glue:CreateTable", "glue:UpdateTable", "glue:DeleteTable"):
                if statement.names(action) and service_principal(role) != "glue.amazonaws.com" and any(
                        re.search(r":table/[^/]+/\*$", r) for r in statement.resources):
                    say("writer", role, f"{action} on every table is granted ({statement.source[2]})", "Name the tables that it makes")
