"""Own rules for a deployment: parameters, regions, capabilities, all combinations of conditions."""

import hashlib
import json
import re
from pathlib import Path

from . import catalog
from .model import walk
from .resolve import Stack, Unresolved, combinations
from .rules_ops import schedule_form

NEEDED = ("CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND")


def rules(view, model, say):
    image_map(model, say)
    image_region(model, say)
    image(view, model, say)
    queries(view, model, say)
    samconfig(model, say)
    parameters(model, say)
    policies(model, say)


def at(template, name):
    return (template.file, name, template.line(name))


def everywhere(model, say):
    """Every expression, in every combination of what the conditions compare."""
    told = set()
    for chosen in combinations(model):
        given = " ".join(f"{k}={v!r}" for k, v in chosen.items())
        try:
            problems = Stack(model, model.main, chosen).resolve_all()
        except Unresolved as problem:
            problems = [(model.main, problem.args[0], problem.args[1])]
        for template, where, what in problems:
            if (template.file, where, what) not in told:
                told.add((template.file, where, what))
                say("combination", at(template, where), f"{what} (with {given or 'the defaults'})",
                    "Use the same condition on both sides")


def image_map(model, say):
    template = model.main
    mapped = template.section("Mappings").get("Rcf")
    if not isinstance(mapped, dict):
        return
    seen = {}
    for region, value in mapped.items():
        account = (value or {}).get("Account")
        if not isinstance(account, str) or not re.fullmatch(r"\d{12}", account):
            say("image-map", at(template, region), f"the account of {region} is {account!r}", "Write 12 digits in quotes")
        elif account in seen:
            say("image-map", at(template, region), f"{region} and {seen[account]} have one account", "Compare with AWS's list")
        seen[account] = region
        if not re.fullmatch(r"[a-z]{2}(-[a-z]+)+-\d", region):
            say("image-map", at(template, region), f"there is no region {region}", "Correct it")
    pinned = json.loads((Path(__file__).parent.parent / "pinned.json").read_text())["Rcf"]
    text = json.dumps({r: (v or {}).get("Account") for r, v in mapped.items()}, sort_keys=True)
    if hashlib.sha256(text.encode()).hexdigest() != pinned["sha256"]:
        say("image-map", at(template, "Rcf"), f"the map is not the one that was compared with {pinned['source']}",
            "Compare it anew, then set the digest in checks/pinned.json")


def image_region(model, say):
    """A region without an image is refused before anything is made, in words; the mapping alone would only say what it lacks."""
    template = model.main
    mapped = template.section("Mappings").get("Rcf")
    if not isinstance(mapped, dict):
        return
    rules = template.section("Rules")
    # The region that is none stands for all that AWS may add.
    for region in [*mapped, "xx-nowhere-1"]:
        for given in ("", "1.dkr.ecr.x.amazonaws.com/randomcutforest:1"):
            stack = Stack(model, template, {"RcfImageUri": given})
            stack.pseudo = {"AWS::Region": region}
            told = [assertion.get("AssertDescription") for name, rule in rules.items() if _asks(rule, "AWS::Region")
                    and ("RuleCondition" not in rule or stack.resolve(rule["RuleCondition"], name) is True)
                    for assertion in rule.get("Assertions") or [] if stack.resolve(assertion.get("Assert"), name) is not True]
            if told and (region in mapped or given):
                say("image-region", at(template, "Rules"), f"{region} is refused, {'though an image is given' if given else 'and has an image'}",
                    "List the regions of the mapping Rcf, under the condition that RcfImageUri is empty")
                return
            if not told and region not in mapped and not given:
                say("image-region", at(template, "Rules"), "a region without an image is not refused",
                    "Write a rule that asks for AWS::Region where RcfImageUri is empty")
            if told and not all(told):
                say("image-region", at(template, "Rules"), "the refusal of a region does not say why", "Write an AssertDescription")


def _asks(rule, name):
    return any(path and path[-1] == "Ref" and value == name for path, value in walk(rule))


def image(view, model, say):
    """What the functions get as the image, in each region of the map and without an override."""
    template = model.main
    raw = (((template.section("Globals").get("Function") or {}).get("Environment") or {}).get("Variables") or {}).get("RCF_IMAGE")
    mapped = template.section("Mappings").get("Rcf")
    if raw is None or not isinstance(mapped, dict):
        return
    stack = Stack(model, template, {})
    for region in list(mapped)[:3] + [r for r in mapped if r.startswith("cn-")][:1]:
        stack.pseudo = {"AWS::Region": region, "AWS::URLSuffix": "amazonaws.com.cn" if region.startswith("cn-") else "amazonaws.com"}
        try:
            value = stack.resolve(raw, "RCF_IMAGE")
        except Unresolved as problem:
            value = problem.args[1]
        wanted = f"{(mapped[region] or {}).get('Account')}.dkr.ecr.{region}.{stack.pseudo['AWS::URLSuffix']}/randomcutforest:1"
        if value != wanted:
            say("image", at(template, "RCF_IMAGE"), f"in {region} the image is {value}", f"Make it {wanted}")
            return


WORDS = set("""select from where group by order having as and or not in is null like between case when then else end distinct on join
left right inner outer full cross union all limit offset asc desc with cast try_cast date timestamp interval day hour minute
second month year true false over partition rows range current row preceding following unbounded filter within exists using
values array nulls first last double varchar bigint integer boolean string at time zone coalesce""".split())


def queries(view, model, say):
    """Queries read tables and columns that the catalog has."""
    tables = {}
    for item in view.of_type("AWS::Glue::Table"):
        given = item.properties.get("TableInput") or {}
        columns = [c.get("Name") for c in (given.get("StorageDescriptor") or {}).get("Columns") or []]
        tables[given.get("Name")] = set(columns) | {k.get("Name") for k in given.get("PartitionKeys") or []}
    folder = model.root / "bi"
    if not tables or not folder.is_dir():
        return
    for path in sorted(folder.rglob("*.sql")):
        place = (str(path.relative_to(model.root)), "-", 0)
        text = re.sub(r"--[^\n]*|/\*.*?\*/", " ", path.read_text(), flags=re.S)
        text = re.sub(r"'[^']*'", " ", text)
        named = set(re.findall(r"(?i)\b(?:from|join)\s+\"?(\w+)", text))
        made = {w.lower() for w in re.findall(r"(?i)\bas\s+\"?(\w+)", text)} | {
            w.lower() for w in re.findall(r"(?i)(?:with|,)\s*\"?(\w+)\"?\s+as\s*\(", text)}
        made |= {w.lower() for w in re.findall(r"(?i)\b(?:from|join)\s+\"?\w+\"?\s+(?:as\s+)?(\w+)", text)}
        known = set()
        for name in named:
            if name.lower() in tables:
                known |= tables[name.lower()]
            elif name.lower() not in made:
                say("query", place, f"there is no table {name}", "Name one of " + ", ".join(sorted(t for t in tables if t)))
        if not all(n.lower() in tables for n in named if n.lower() not in made):
            continue
        for word in re.findall(r"\b([A-Za-z_]\w*)\b(?!\s*\()", text):
            low = word.lower()
            if low not in WORDS and low not in made and low not in known and low not in tables:
                say("query", place, f"no table of the query has a column {word}", "Correct its name")


def samconfig(model, say):
    for environment, sections in model.samconfig.items():
        if not isinstance(sections, dict) or "deploy" not in sections:
            continue
        parameters_ = sections["deploy"].get("parameters") or {}
        given = parameters_.get("capabilities", [])
        given = given.split() if isinstance(given, str) else given
        for capability in NEEDED:
            if capability not in given:
                say("capabilities", ("samconfig.toml", environment, 0), f"sam deploy is not given {capability}", "Add it to capabilities")
        if not parameters_.get("resolve_s3") and not parameters_.get("s3_bucket"):
            say("capabilities", ("samconfig.toml", environment, 0), "sam deploy has no bucket for its artifacts", "Write resolve_s3 = true")
        named = {**((model.samconfig.get(environment, {}).get("global") or {}).get("parameters") or {}), **parameters_}
        if not named.get("stack_name"):
            say("capabilities", ("samconfig.toml", environment, 0), "sam deploy is given no stack_name", "Name the stack")
        overrides = parameters_.get("parameter_overrides", [])
        overrides = re.findall(r"(\w+)=", overrides) if isinstance(overrides, str) else [o.split("=")[0] for o in overrides]
        for name in overrides:
            if name not in model.main.section("Parameters"):
                say("capabilities", ("samconfig.toml", environment, 0), f"there is no parameter {name}", "Correct parameter_overrides")
    if "default" not in model.samconfig:
        say("capabilities", ("samconfig.toml", "-", 0), "there is no default environment", "Add one")


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
        if kind == "oneOf":
            if set(map(str, declared.get("AllowedValues") or [])) != set(allowed):
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


def policies(model, say):
    """Stateful things keep their data; versions of policies are the ones that know variables."""
    for template in model.all():
        if template.data.get("AWSTemplateFormatVersion") != "2010-09-09":
            say("version", (template.file, "-", 1), "AWSTemplateFormatVersion is missing", "Write '2010-09-09'")
        for name, resource in template.resources.items():
            for document in _documents(resource.get("Properties") or {}):
                if document.get("Version") not in ("2012-10-17",) and document.get("Statement"):
                    say("policy-version", at(template, name), "a policy without Version 2012-10-17 knows no variables", "Write it")


def _documents(value):
    if isinstance(value, dict):
        if "Statement" in value and isinstance(value["Statement"], (list, dict)):
            yield value
        for inner in value.values():
            yield from _documents(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _documents(inner)
