"""The calls that machines make, against the services' models: action, parameters, enums, patterns, types."""

import re

from . import catalog
from .asl import _Say
from .aslview import scope_of, task_of

# The optimised integrations, and how each may be called.
INTEGRATIONS = {
    "lambda": {"invoke": {"", ".waitForTaskToken"}},
    "states": {"startExecution": {"", ".sync", ".sync:2", ".waitForTaskToken"}},
    "glue": {"startJobRun": {"", ".sync"}},
    "athena": {"startQueryExecution": {"", ".sync"}, "stopQueryExecution": {""}, "getQueryExecution": {""},
               "getQueryResults": {""}},
    "sns": {"publish": {"", ".waitForTaskToken"}},
    "sqs": {"sendMessage": {"", ".waitForTaskToken"}},
    "events": {"putEvents": {"", ".waitForTaskToken"}},
    "sagemaker": {a: {"", ".sync"} for a in ("createTrainingJob", "createTransformJob", "createHyperParameterTuningJob",
                                             "createLabelingJob", "createProcessingJob")} | {
        a: {""} for a in ("createEndpoint", "createEndpointConfig", "createModel", "updateEndpoint")},
    "dynamodb": {a: {""} for a in ("getItem", "putItem", "deleteItem", "updateItem")},
    "batch": {"submitJob": {"", ".sync", ".waitForTaskToken"}}, "ecs": {"runTask": {"", ".sync", ".waitForTaskToken"}},
}
# What an integration takes besides the service's own parameters, or in place of them.
EXTRA = {("lambda", "invoke"): {"FunctionName", "Payload", "InvocationType", "ClientContext", "Qualifier", "LogType"},
         ("states", "startExecution"): {"StateMachineArn", "Input", "Name", "TraceHeader"}}


def run(model):
    findings = []
    for machine in model.machines:
        if machine.definition is None:
            continue
        say = _Say(machine, findings)
        for state in scope_of(machine).all():
            task = task_of(state) if state.type == "Task" else None
            if task:
                _task(state, task, say)
    return findings


def _task(state, task, say):
    where = state.where
    service = catalog.service(task.service)
    if service is None:
        say("sdk-service", where, f"AWS has no service {task.service}", "Correct the Resource")
        return
    operation = catalog.operation(service, task.action)
    if operation is None:
        say("sdk-action", where, f"{service} has no action {task.action}", "Correct the Resource")
        return
    if task.action[:1].isupper():
        say("sdk-action", where, f"the action {task.action} must begin with a small letter", "Correct the Resource")
    if task.kind == "sdk":
        if task.service != task.service.lower():
            say("sdk-service", where, f"the service {task.service} must be in small letters", "Correct the Resource")
        if task.pattern.startswith(".sync"):
            say("sdk-pattern", where, "an aws-sdk task cannot wait with .sync", "Use the optimised integration, or poll")
    else:
        patterns = INTEGRATIONS.get(task.service, {}).get(task.action)
        if patterns is None:
            say("sdk-action", where, f"{task.service}:{task.action} is no optimised integration", "Write aws-sdk: before it")
        elif task.pattern not in patterns:
            say("sdk-pattern", where, f"{task.service}:{task.action} cannot be called with {task.pattern}",
                "Write one of " + ", ".join(sorted(p or "no suffix" for p in patterns)))
    if task.pattern == ".sync" and task.service == "states":
        say("sdk-pattern", where, "startExecution.sync gives the child's output as text", "Write .sync:2")
    if "Parameters" in state.raw and "Arguments" not in state.raw:
        say("sdk-parameter", where, "a JSONata state has Arguments, not Parameters", "Rename the field")
    arguments = task.arguments
    if not isinstance(arguments, dict):
        if arguments is None:
            required = catalog.service_model(service).operation_model(operation).input_shape
            if required is not None and required.required_members:
                say("sdk-parameter", where, f"{', '.join(required.required_members)} missing", "Write Arguments")
        return
    shape = catalog.service_model(service).operation_model(operation).input_shape
    for problem in problems(shape, arguments, task):
        say("sdk-parameter", where, problem, "Correct it after the service's model")


def problems(shape, arguments, task):
    """Of the top level, whose names begin with a capital; below it the service's model holds."""
    members = {n[0].upper() + n[1:]: m for n, m in (shape.members if shape else {}).items()}
    allowed = EXTRA.get((task.service, task.action)) if task.kind == "integration" else None
    found = []
    for name, value in arguments.items():
        if name not in members or (allowed is not None and name not in allowed):
            found.append(f"{task.service}:{task.action} has no parameter {name}")
        elif task.kind == "integration" and name in ("Payload", "Input", "Message", "MessageBody"):
            continue
        else:
            found += literal(members[name], value, name, pascal=True)
    for name in shape.required_members if shape else []:
        if name[0].upper() + name[1:] not in arguments:
            found.append(f"the parameter {name[0].upper() + name[1:]} is missing")
    return found


def literal(shape, value, path, pascal=False):
    """What is wrong with a value; expressions and placeholders are no literals."""
    if value is None or (isinstance(value, str) and ("{%" in value or "${" in value)):
        return []
    kind = shape.type_name
    if kind == "structure":
        if not isinstance(value, dict):
            return [f"{path} must be an object"]
        members = dict(shape.members)
        if pascal:
            members = {n[0].upper() + n[1:]: m for n, m in members.items()}
        found = [f"{path} has no member {n}" for n in value if n not in members]
        found += [f"{path} needs the member {n}" for n in shape.required_members
                  if n not in value and n[0].upper() + n[1:] not in value]
        for name, inner in value.items():
            if name in members:
                found += literal(members[name], inner, f"{path}.{name}", pascal)
        return found
    if kind == "list":
        if not isinstance(value, list):
            return [f"{path} must be a list"]
        return [p for i, v in enumerate(value) for p in literal(shape.member, v, f"{path}[{i}]", pascal)] + _size(
            shape, len(value), path, "items")
    if kind == "map":
        if not isinstance(value, dict):
            return [f"{path} must be an object"]
        return [p for k, v in value.items() for p in literal(shape.key, k, f"{path} key", pascal) + literal(
            shape.value, v, f"{path}.{k}", pascal)]
    if kind in ("integer", "long", "float", "double"):
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return [f"{path} must be a number and is {value!r}"]
        return _size(shape, value, path, "")
    if kind == "boolean":
        return [] if isinstance(value, bool) else [f"{path} must be true or false and is {value!r}"]
    if kind in ("timestamp", "blob"):
        return []
    if not isinstance(value, str):
        return [f"{path} must be text and is {value!r}"]
    if shape.enum and value not in shape.enum:
        return [f"{path} must be one of {', '.join(list(shape.enum)[:12])} and is {value!r}"]
    return _size(shape, len(value), path, "characters") + pattern(shape, value, path)


def _size(shape, size, path, unit):
    least, most = shape.metadata.get("min"), shape.metadata.get("max")
    if least is not None and size < least:
        return [f"{path} has {size} {unit}, at least {least} are wanted"]
    if most is not None and size > most:
        return [f"{path} has {size} {unit}, at most {most} are allowed"]
    return []


def pattern(shape, value, path):
    wanted = shape.metadata.get("pattern")
    if not wanted:
        return []
    # Java's classes of characters, as the models have them.
    form = wanted.replace("\\p{L}", "a-zA-Z\u00c0-\uffff").replace("\\p{Z}", r"\s").replace("\\p{N}", "0-9").replace(
        "\\p{M}", "\u0300-\u036f").replace("\\p{ASCII}", "[\\x00-\\x7f]").replace("\\uD800\\uDC00-\\uDBFF\\uDFFF", "").replace(
        "\\p{Alnum}", "a-zA-Z0-9").replace("\\p{Graph}", "\\x21-\\x7e").replace("\\p{LD}", "a-zA-Z0-9")
    try:
        if re.search(f"^(?:{form})$", value, re.S) is None:
            return [f"{path} is {value!r} and must match {wanted}"]
    except re.error:
        return []
    return []
