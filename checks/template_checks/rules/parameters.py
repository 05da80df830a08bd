"""Rules on parameters, and the variables that they become."""

import json
import re

from .. import catalog
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
