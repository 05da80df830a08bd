"""Rules on parameters, and the variables that they become."""

import json
import re

from .. import catalog
from ..model import as_list
from .deployment import at
from .events import schedule_form
from .registry import once

URLS = {
    "jdbc:sqlserver://db.example:1433;databaseName=building": "", "jdbc:sqlserver://db.example:1433;databaseName=building;encrypt=true": "",
    "jdbc:sqlserver://db:1433;trustServerCertificate=true": "any certificate", "jdbc:sqlserver://db:1433;encrypt=false": "an open connection",
    "jdbc:sqlserver://db:1433;TRUSTSERVERCERTIFICATE = {true}": "any certificate", "jdbc:sqlserver://db:1433;encrypt=optional": "an open connection",
    "jdbc:sqlserver://db:1433;user=sa;password=x": "a login", "jdbc:mysql://db:3306/building": "another kind of database",
}


@once
def patterns(model, say):
    """What a pattern lets through becomes a name."""
    if not any("JdbcUrl" in name for name in model.main.section("Parameters")):
        say("idle", (model.main.file, "Parameters", 0), "no parameter is called JdbcUrl, whose pattern asks for TLS", "Correct the rule's name")
    for template in model.all():
        for _, _, properties in template.of_type("AWS::Glue::Database"):
            name = (properties.get("DatabaseInput") or {}).get("Name")
            if isinstance(name, dict) and "Ref" in name:
                own = template.section("Parameters").get(name["Ref"]) or {}
                for owner, key, declared in [(template, name["Ref"], own), *_givers(model, template, name["Ref"])]:
                    pattern = declared.get("AllowedPattern")
                    if not pattern or any(re.fullmatch(pattern, bad) for bad in ("with-dash", "Upper", "has space", "1digit", "")):
                        say("database-name", (owner.file, key, owner.line(key)),
                            "the AllowedPattern lets names through that Athena cannot read without quotes",
                            "Allow small letters, digits and _ only, a letter first")
        for name, declared in template.section("Parameters").items():
            pattern = str((declared or {}).get("AllowedPattern", ""))
            if "JdbcUrl" in name and template is model.main:
                for url, what in URLS.items():
                    if not pattern or (re.search(pattern, url) is not None) != (what == ""):
                        say("connection-tls", (template.file, name, template.line(name)),
                            f"the AllowedPattern {'lets through ' + what if what else 'refuses a good address'}: {url}", "Correct the pattern")


def _givers(model, template, name):
    """The parameters of outer templates that become this one."""
    for outer in model.all():
        for _, _, properties in outer.of_type("AWS::CloudFormation::Stack"):
            value = (properties.get("Parameters") or {}).get(name) if model.nested(outer, properties) is template else None
            if isinstance(value, dict) and value.get("Ref") in outer.section("Parameters"):
                yield outer, value["Ref"], outer.section("Parameters")[value["Ref"]] or {}


@once
def form(model, say):
    """
    Each parameter stands in one group of the console's form, under a label of its own. Nobody fills the form of a nested stack in, so
    only the main template needs one; where another has one, it holds for that, too.
    """
    for template in model.all():
        declared = set(template.section("Parameters"))
        interface = template.section("Metadata").get("AWS::CloudFormation::Interface")
        if interface is None and (template is not model.main or not declared):
            continue

        def tell(name, what, todo, t=template):
            say("form", (t.file, name, t.line(name)), what, todo)

        groups = as_list((interface or {}).get("ParameterGroups"))
        labels = (interface or {}).get("ParameterLabels") or {}
        titles = [_label(group.get("Label")) for group in groups]
        stands = [name for group in groups for name in as_list(group.get("Parameters"))]
        for title, group in zip(titles, groups, strict=True):
            if not title or titles.count(title) > 1:
                tell("ParameterGroups", f"the group of {', '.join(as_list(group.get('Parameters')))} has no label of its own",
                     "Write Label: {default: …}, a text that no other group has")
            if not as_list(group.get("Parameters")):
                tell("ParameterGroups", f"the group {title!r} is empty", "Take it out")
        for name in sorted(declared):
            if stands.count(name) != 1:
                tell(name, f"the parameter stands in {stands.count(name)} groups of the form", "Name it in one of ParameterGroups")
            label = _label(labels.get(name))
            if not label or label in declared or [_label(other) for other in labels.values()].count(label) > 1:
                tell(name, "the parameter has no label of its own in the form", "Write one in ParameterLabels, in plain English")
        for name in sorted({*stands, *labels} - declared):
            tell(name, f"the form names {name}, which is no parameter", "Correct the name")


def _label(value):
    """The text of {default: text}; anything else is no label, such as what a comma without quotes makes of one."""
    text = value.get("default") if isinstance(value, dict) and len(value) == 1 else None
    return text.strip() if isinstance(text, str) else ""


@once
def parameters(model, say):
    read = model.facts.variables
    template = model.main
    globals_ = (((template.section("Globals").get("Function") or {}).get("Environment") or {}).get("Variables")) or {}
    for variable, value in globals_.items():
        name = value.get("Ref") if isinstance(value, dict) else None
        declared = template.section("Parameters").get(name) if name else None
        kind, allowed = (read[variable]["kind"], read[variable]["allowed"]) if variable in read else ("text", [])
        if declared is None:
            literal = None if isinstance(value, dict) else str(value)
            if literal is not None and kind == "duration" and not duration(literal):
                say("parameter", at(template, variable), f"{variable} is {literal!r}, no ISO 8601 duration", "Write PT1H or P30D")
            continue
        if kind == "duration" and not duration(str(declared.get("Default"))):
            say("parameter", at(template, name), f"the default {declared.get('Default')!r} is no ISO 8601 duration", "Write PT2H or P30D")
        if kind in ("whole", "number"):
            low, high = map(float, allowed)
            for key, bad in (("Default", lambda v: not low <= v <= high), ("MinValue", lambda v: v < low), ("MaxValue", lambda v: v > high)):
                if key in declared and bad(float(declared[key])):
                    say("parameter", at(template, name), f"{key} {declared[key]} is outside of {low:g} to {high:g}, which the functions take",
                        "Write the bounds of Settings")
        if kind == "oneOf" and set(map(str, declared.get("AllowedValues") or [])) != set(allowed):
            say("parameter", at(template, name), f"AllowedValues are not {', '.join(allowed)}, which the functions take", "Write these")
    model_ = catalog.service_model("sagemaker")
    for each in model.all():
        for name, declared in each.section("Parameters").items():
            declared = declared or {}
            kind = {"TrainingInstanceType": "TrainingInstanceType", "EndpointInstanceType": "ProductionVariantInstanceType"}.get(name)
            if kind and declared.get("Default") not in model_.shape_for(kind).enum:
                say("parameter", at(each, name), f"SageMaker has no instance {declared.get('Default')}", "Correct the default")
            if name == "ScheduleExpression" or name.endswith("ScheduleExpression"):
                problem = schedule_form(declared.get("Default"))
                if problem:
                    say("schedule", at(each, name), f"{declared.get('Default')}: {problem}", "Correct it")
            if name == "ScheduleState" and declared.get("Default") != "DISABLED":
                say("schedule-state", at(each, name), "the schedule is on as soon as it is deployed", "Write Default: DISABLED")
            if {"Retain", "Delete"} <= set(map(str, declared.get("AllowedValues") or [])) and declared.get("Default", "Retain") != "Retain":
                say("retain", at(each, name), "the data goes with the stack unless somebody says otherwise", "Write Default: Retain")
            if re.search(r"(?i)password|token$", name) and declared.get("NoEcho") not in (True, "true"):
                say("no-echo", at(each, name), "a secret that CloudFormation shows", "Write NoEcho: true")
            if re.search(r"(?i)password", name) and declared.get("Default"):
                say("no-echo", at(each, name), "a password with a default", "Take the default out")
            if "jdbc" in name.lower() and re.search(r"(?i)trustservercertificate=true", json.dumps(declared)) and not re.search(
                    r"\(\?!", json.dumps(declared)):
                say("connection-tls", at(each, name), "the parameter tells to trust any certificate", "Take it out")


def duration(text):
    return bool(re.fullmatch(r"P(?!$)(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?", text))
