"""Rules on functions: what they run on, what their variables name, custom resources, the policies of their roles."""

import json
import re

from ..model import as_list, walk
from .machines import seconds
from .registry import on, over

# What an environment variable's name says of its value.
TARGETS = [("_CRAWLER", "AWS::Glue::Crawler"), ("_JOB", "AWS::Glue::Job"), ("TOPIC_ARN", "AWS::SNS::Topic"),
           ("PIPELINE_ARN", "AWS::StepFunctions::StateMachine"), ("_ROLE_ARN", "AWS::IAM::Role"), ("_KEY_ARN", "AWS::KMS::Key"),
           ("BUCKET", "AWS::S3::Bucket"), ("DATABASE", "AWS::Glue::Database"), ("WORKGROUP", "AWS::Athena::WorkGroup")]


@over
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


@over
def physical_names(view, say):
    """Two things of one kind by one name."""
    seen = {}
    for item in view.items:
        key = (item.type, item.physical)
        if key in seen and item.type not in ("AWS::Glue::Table",):
            say("name-twice", item, f"{item.physical} is the name of {seen[key].id}, too", "Give it a name of its own")
        seen[key] = item


@on("E9061", "AWS::Lambda::Function",
    about="A function has a log group, a runtime that lasts, and time and memory that Lambda takes.")
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
    for name, _value in ((p.get("Environment") or {}).get("Variables") or {}).items():
        if re.search(r"(?i)password|secret_?key|token$|api_?key", name):
            say("environment-secret", f"the environment has {name}", "Name the secret, and read it in the function")
    runtime = str(p.get("Runtime"))
    if runtime not in ("java17", "java21", "java25"):
        say("runtime", f"the runtime is {runtime}", "Write a Java runtime that Lambda still runs")


@on("E9062", "AWS::Lambda::Permission",
    about="Who may call a function is named with its source.")
def permission(view, model, item, say):
    p = item.properties
    if p.get("Principal") == "*" or (str(p.get("Principal", "")).endswith(".amazonaws.com") and not p.get("SourceArn")
                                     and not p.get("SourceAccount")):
        say("permission-source", f"{p.get('Principal')} may call the function for any account's sake", "Add SourceArn or SourceAccount")


@on("E9063", "AWS::SecretsManager::Secret",
    about="No secret stands in a template.")
def secret(view, model, item, say):
    raw = (item.raw.get("Properties") or {}).get("SecretString")
    if isinstance(raw, str):
        say("secret-literal", "the secret stands in the template", "Generate it, or take a NoEcho parameter")


@on("E9064", "AWS::IAM::User", "AWS::IAM::AccessKey",
    about="Nobody has keys of his own.")
def user(view, model, item, say):
    say("iam-user", "a user with keys of its own", "Use a role")


@on("E9065", "AWS::Lambda::Url",
    about="Nobody calls a function from the Internet.")
def url(view, model, item, say):
    if item.properties.get("AuthType") != "AWS_IAM":
        say("function-url", "everybody may call the function", "Take the URL out, or write AuthType AWS_IAM")


@on("E9066", "Custom::*", "AWS::CloudFormation::CustomResource",
    about="A custom resource is answered, in time, by a function that knows such.")
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
    handler = str(owner.properties.get("Handler", "")) if owner is not None else ""
    if handler in model.facts.handlers and model.facts.event(handler) != "CloudFormationCustomResourceEvent":
        say("service-token", f"{owner.name} knows nothing of custom resources", "Name the function that does")
    if item.type == "Custom::GlueStudioJob" and p.get("WorkerType") and str(p.get("NumberOfWorkers", "0")) in ("0", "1"):
        say("glue-workers", "a Spark job needs two workers at least", "Write 2")


@on("E9067", "AWS::IAM::Role", "AWS::IAM::Policy", "AWS::IAM::ManagedPolicy", "AWS::IAM::RolePolicy",
    about="A role is handed on by name, to one service.")
def pass_roles(view, item, say):
    if item.type not in ("AWS::IAM::Role", "AWS::IAM::Policy", "AWS::IAM::ManagedPolicy", "AWS::IAM::RolePolicy"):
        return
    for _path, value in walk(item.properties):
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


@on("E9068", "AWS::IAM::ManagedPolicy",
    about="A managed policy is shared by roles of the stacks, and nobody else has it.")
def managed_policy(view, item, say):
    p = item.properties
    ours = view.roles_of(item)
    if len(ours) < 2:
        say("shared-policy", f"{len(ours)} roles have the policy", "Attach it, or write its statements into the one role")
    for name in sorted(set(map(str, as_list(p.get("Roles")))) - {role.physical for role in ours}):
        say("foreign-policy", f"the policy is attached to {name}, which is no role of the stacks", "Name a role by !Ref")
    if p.get("Users") or p.get("Groups"):
        say("foreign-policy", "the policy is attached to users or groups", "Attach it to roles only")
    # IAM counts no white space.
    size = len(re.sub(r"\s", "", json.dumps(p.get("PolicyDocument") or {}, ensure_ascii=False)))
    if size > 6144:
        say("policy-size", f"the policy has {size} characters, and IAM takes 6144", "Make two of it")


@on("E9069", "AWS::IAM::Role",
    about="A role has no more managed policies than IAM attaches.")
def attached(view, item, say):
    arns = set(map(str, as_list(item.properties.get("ManagedPolicyArns")))) | {
        policy.arn for policy in view.of_type("AWS::IAM::ManagedPolicy") if item in view.roles_of(policy)}
    if len(arns) > 10:
        say("policies-of-role", f"the role has {len(arns)} managed policies, and IAM attaches 10", "Write some into the role itself")


@over
def aliases_and_protocols(view, say):
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


@over
def settings(view, model, say):
    """Each variable of a function has a value that its settings take."""
    told = set()
    for item in view.of_type("AWS::Lambda::Function"):
        for name, value in ((item.properties.get("Environment") or {}).get("Variables") or {}).items():
            variable = model.facts.variables.get(name, None)
            problem = variable and (name, value) not in told and refused(variable, str(value))
            told.add((name, value))
            if problem:
                say("setting", item, f"{name} is {value!r}; the functions take {problem}", "Write such a value")


def refused(variable, value):
    """What a variable takes instead of the value, or None when it takes it."""
    kind, allowed = variable["kind"], variable["allowed"]
    if kind == "oneOf":
        return None if value in allowed else " or ".join(allowed)
    if kind == "duration":
        length = seconds(value)
        least = seconds(allowed[0]) if allowed else 0
        return None if length is not None and length >= least else f"a duration of at least {allowed[0] if allowed else 'PT0S'}"
    if kind in ("number", "whole"):
        try:
            number = float(value)
        except ValueError:
            return f"a {kind} number"
        inside = float(allowed[0]) <= number <= float(allowed[1])
        return None if inside and (kind == "number" or number == int(number)) else f"{kind} numbers from {allowed[0]} to {allowed[1]}"
    return None


@over
def memory(view, say):
    sizes = {str(f.properties.get("MemorySize", 128)) for f in view.of_type("AWS::Lambda::Function")}
    if len(sizes) > 2:
        say("memory", view.of_type("AWS::Lambda::Function")[0], f"the functions have {len(sizes)} sizes of memory",
            "Two at most: the laptop forks a JVM for each")
