"""Rules on the sample events, and what custom resources are given."""

import json
import re
from datetime import date, datetime

from ..model import as_list
from .registry import once

PLAIN: dict[str, type | tuple[type, ...]] = {"text": str, "whole": int, "flag": bool, "number": (int, float), "instant": str, "date": str, "duration": str}


@once
def samples(view, model, say):
    """Each function's sample is a request that it could read; EventBridge's is one that its rule lets through."""
    folder = model.root / "events"
    if not folder.is_dir():
        return
    facts = model.facts
    functions = {name.removesuffix("Function"): properties for _, name, properties in model.functions}
    mapped = {(properties.get("FunctionName") or {}).get("Ref") for template in model.all()
              for _, _, properties in template.of_type("AWS::Lambda::EventSourceMapping")}
    for name in sorted(functions):
        if not (folder / f"{name}.json").is_file():
            say("sample", (f"events/{name}.json", "-", 0), f"the function {name} has no sample event", "Add one")
    for name in ["pipeline", *sorted(m.path.name.removesuffix(".asl.json") for m in model.machines if m.path)]:
        if not (folder / f"{name}.json").is_file():
            say("sample", (f"events/{name}.json", "-", 0), f"the machine {name} has no sample input", "Add one")
    for path in sorted(folder.glob("*.json")):
        place = (f"events/{path.name}", "-", 0)

        def tell(what, p=place):
            say("sample", p, what, "Write what the function reads")

        try:
            event = json.loads(path.read_text())
        except ValueError:
            tell("it is no JSON")
            continue
        if path.stem in functions:
            handler = str(functions[path.stem].get("Handler", ""))
            # What AWS sends has more in it than we read.
            ours = not functions[path.stem].get("Events") and f"{path.stem}Function" not in mapped
            if handler in facts.handlers:
                _reads(facts, facts.handlers[handler].request, event, "", tell, ours)
            for one in (functions[path.stem].get("Events") or {}).values():
                if one.get("Type") == "EventBridgeRule":
                    _matches((one.get("Properties") or {}).get("Pattern") or {}, event, "", tell)
        elif path.stem == "pipeline":
            _reads(facts, {"kind": "record", "name": facts.record("RunInput")}, event, "", tell)
        else:
            machine = next((m for m in model.machines if str(m.path).endswith(f"/{path.stem}.asl.json")), None)
            if machine is None:
                tell("neither a function nor a machine is called so")
            else:
                for key in event:
                    if not re.search(r"\$states\.input\." + key + r"\b", machine.text or ""):
                        tell(f"the machine reads no {key}")
                for key in set(re.findall(r"\$states\.input\.(\w+)", json.dumps((machine.definition or {}).get("States", {}).get(
                        (machine.definition or {}).get("StartAt"))))) - set(event):
                    tell(f"the machine reads {key}, and the sample has none")


# What a service's event has for certain, and what it may have beside that where nothing else is allowed
# (AWS's guides: "Using Lambda with SQS", "Events structure" of EventBridge, "Custom resource request objects" of CloudFormation).
EVENTS = {
    "SQSEvent": ({"Records"}, None),
    "ScheduledEvent": ({"id", "detail-type", "source", "account", "time", "region", "resources", "detail"}, None),
    "CloudFormationCustomResourceEvent": (
        {"RequestType", "ResponseURL", "StackId", "RequestId", "ResourceType", "LogicalResourceId", "ResourceProperties"},
        {"PhysicalResourceId", "OldResourceProperties", "ServiceToken"}),
}


def _is_event(name, value, tell):
    if name not in EVENTS:
        tell(f"nothing is known of an event of the kind {name}; teach samples.py")
        return
    has, may = EVENTS[name]
    if not isinstance(value, dict):
        tell("it is no object")
        return
    for key in sorted(has - set(value)):
        tell(f"{key} is missing, which every {name} has")
    for key in sorted(set(value) - has - may) if may is not None else ():
        tell(f"{key} is in no {name}")


def _reads(facts, kind, value, path, tell, ours=True):
    """What JSON's mapper could not make of a value."""
    what = kind["kind"]
    if value is None or what in ("any", "map"):
        return
    if what == "list":
        if not isinstance(value, list):
            tell(f"{path or 'it'} is no list")
            return
        for index, one in enumerate(value):
            _reads(facts, kind["of"], one, f"{path}[{index}]", tell, ours)
        return
    if what in PLAIN:
        form = PLAIN[what]
        if not isinstance(value, form) or (form is int and isinstance(value, bool)):
            tell(f"{path} is {value!r}, no {what}")
        elif isinstance(value, str) and what in ("instant", "date"):
            try:
                if what == "instant" and not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", value):
                    raise ValueError
                datetime.fromisoformat(value.replace("Z", "+00:00")) if what == "instant" else date.fromisoformat(value)
            except ValueError:
                tell(f"{path} is {value!r}, no {what}")
        elif isinstance(value, int) and what == "whole" and value < 0:
            tell(f"{path} is {value}; what is counted begins at 0")
        return
    if what == "event":
        _is_event(kind["name"], value, tell)
        return
    if what == "enum":
        if value not in facts.enums[kind["name"]]:
            tell(f"{path} is {value!r}, none of {', '.join(facts.enums[kind['name']])}")
        return
    if not isinstance(value, dict):
        tell(f"{path or 'it'} is no object")
        return
    components = facts.records[kind["name"]]
    simple = kind["name"].replace("$", ".").rsplit(".", 1)[-1]
    for key in sorted(set(value) - set(components)) if ours else ():
        tell(f"{path}{'.' if path else ''}{key} is read by nothing; {simple} has {', '.join(components)}")
    for key, component in components.items():
        if key in value:
            _reads(facts, component.type, value[key], f"{path}{'.' if path else ''}{key}", tell, ours)
        elif not component.nullable and not component.primitive and component.type["kind"] not in ("list", "map"):
            tell(f"{path}{'.' if path else ''}{key} is missing")


def _matches(pattern, event, path, tell):
    for key, wanted in pattern.items():
        value = event.get(key) if isinstance(event, dict) else None
        if isinstance(wanted, dict):
            _matches(wanted, value, f"{path}{key}.", tell)
        elif all(isinstance(w, str) for w in as_list(wanted)) and value not in as_list(wanted):
            tell(f"{path}{key} is {value!r}, and the rule lets {', '.join(as_list(wanted))} through")


@once
def custom_properties(view, model, say):
    """What a custom resource is given is read, what its handler needs is given, and new code makes anew what is made of it."""
    told = set()
    for item in view.items:
        owner = view.by_arn.get(item.properties.get("ServiceToken")) if item.type.startswith("Custom::") else None
        if owner is None or item.id in told:
            continue
        told.add(item.id)
        if item.type not in model.facts.custom_resources:
            say("custom-resource", item, f"{owner.properties.get('Handler')} makes no {item.type}", "Correct the type")
            continue
        made = model.facts.custom_resources[item.type]
        needed, given = set(made["properties"]), set(item.properties) - {"ServiceToken", "ServiceTimeout"}
        placeholders = set()
        graph = model.root / "glue" / str(item.properties.get("Graph"))
        if "Graph" in needed and graph.is_file():
            placeholders = set(re.findall(r"\$\{(\w+)\}", graph.read_text()))
        for name in sorted(needed | placeholders):
            if name not in given:
                say("custom-resource", item, f"{item.type} needs the property {name}", "Write it")
        raw = item.raw.get("Properties") or {}
        from_code = {k for k, v in raw.items() if ".Version" in json.dumps(v) or "Version" in json.dumps(v) and "Ref" in json.dumps(v)}
        for name in sorted(given - needed - placeholders - from_code):
            if name not in {"Database"}:  # read by the graphs of other jobs
                say("custom-resource", item, f"{item.type} reads no property {name}", "Correct its name, or take it out")
        if made["ofCode"] and not from_code:
            say("custom-resource", item, "it is made of the function's code, and new code does not make it anew",
                "Write Code: !Ref <function>.Version")
