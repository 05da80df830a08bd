"""Every request that the laptop run sent, held against the services' models."""

from . import catalog
from .aslview import INTEGRATION
from .finding import Finding
from .machine_calls import literal

# The laptop's own names where AWS wants an ARN or the like of its own making.
LAPTOP = ("laptop",)


def run(recording):
    findings, told = [], set()

    def say(where, what):
        if (where, what) not in told:
            told.add((where, what))
            findings.append(Finding("requests", "model", "functions", where, what, "Correct the request"))

    for call in recording.functions:
        service = catalog.service(call["service"])
        operation = catalog.operation(service, call["operation"]) if service else None
        if operation is None:
            say(call["function"], f"the services' models know no {call['service']}.{call['operation']}")
            continue
        _request(service, operation, call.get("parameters") or {}, f"{call['function']} {call['operation']}", say)
    for call in recording.tasks:
        match = INTEGRATION.match(call["resource"])
        if not match:
            continue
        name, action = match.group(1), match.group(2)
        if name == "aws-sdk":
            name, _, action = action.partition(":")
        service = catalog.service(name)
        operation = catalog.operation(service, action) if service else None
        if operation is None:
            say(f"{call['machine']}/{call['state']}", f"the services' models know no {name}:{action}")
            continue
        parameters = dict(call.get("parameters") or {})
        for taken in ("Payload", "Input"):
            parameters.pop(taken, None)
        _request(service, operation, parameters, f"{call['machine']}/{call['state']}", say, pascal=True)
    return findings


def _request(service, operation, parameters, where, say, pascal=False):
    shape = catalog.service_model(service).operation_model(operation).input_shape
    if shape is None:
        return
    members = {n[0].upper() + n[1:]: m for n, m in shape.members.items()} if pascal else {
        **dict(shape.members.items()), **{n[0].upper() + n[1:]: m for n, m in shape.members.items()},
        **{n[0].lower() + n[1:]: m for n, m in shape.members.items()}}
    for name in shape.required_members:
        member = shape.members[name]
        if not {name, name[0].upper() + name[1:], name[0].lower() + name[1:]} & set(parameters) and not (
                member.type_name == "blob" or name in ("Body",)):
            say(where, f"the parameter {name} is missing")
    for name, value in parameters.items():
        if name not in members:
            say(where, f"{operation} has no parameter {name}")
            continue
        for problem in literal(members[name], value, name):
            if not any(word in problem for word in LAPTOP):
                say(where, problem)
