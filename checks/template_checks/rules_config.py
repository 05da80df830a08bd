"""Own rules for what is beside the templates: samconfig.toml's values, the sample events, the custom resources' properties, order."""

import json
import re
from datetime import date, datetime

from .model import as_list, walk


def rules(view, model, say):
    environments(model, say)
    samples(view, model, say)
    custom_properties(view, model, say)
    order(model, say)
    conditions(model, say)
    passed(model, say)
    extensions(model, say)


def environments(model, say):
    stacks, databases = {}, {}
    declared = model.main.section("Parameters")

    def at(environment):
        return ("samconfig.toml", environment, 0)

    scheduled = False
    for environment, sections in model.samconfig.items():
        if not isinstance(sections, dict):
            continue
        if "deploy" not in sections:
            say("environment", at(environment), "the environment has no deploy section", "Correct the section's name")
            continue
        deploy = sections["deploy"].get("parameters") or {}
        name = deploy.get("stack_name")
        for key, told in (("stack_name", stacks), ("s3_prefix", stacks)):
            value = deploy.get(key)
            if value in told and told[value] != environment:
                say("environment", at(environment), f"{key} {value} is that of {told[value]}, too: one would replace the other",
                    "Give it its own")
        stacks[name] = environment
        removed = ((sections.get("delete") or {}).get("parameters") or {}).get("stack_name", name)
        if removed != name:
            say("environment", at(environment), f"sam delete would delete {removed}, and sam deploy makes {name}", "Write one name")
        tags = dict(re.findall(r"([\w-]+)=(\S+)", deploy["tags"])) if isinstance(deploy.get("tags"), str) else {}
        if tags.get("project") != name:
            say("environment", at(environment), f"the tag project is {tags.get('project')}, and the budget counts what carries {name}",
                "Write project=<stack_name> into tags")
        given = deploy.get("parameter_overrides", "")
        given = dict(re.findall(r"(\w+)=(\"[^\"]*\"|\S+)", given if isinstance(given, str) else " ".join(given)))
        for key, value in given.items():
            problem = _refused(declared.get(key), value.strip('"'))
            if problem:
                say("environment", at(environment), f"{key}={value}: {problem}", "Write a value that the template takes")
        database = given.get("DatabaseName", (declared.get("DatabaseName") or {}).get("Default"))
        if database in databases:
            say("environment", at(environment), f"the Glue database {database} is that of {databases[database]}, too",
                "Write DatabaseName=… into parameter_overrides")
        databases[database] = environment
        scheduled = scheduled or given.get("ScheduleState") == "ENABLED"
    if "ScheduleState" in declared and model.samconfig and not scheduled:
        say("environment", at("prod"), "no environment has its schedule on", "Write ScheduleState=ENABLED for production")


def _refused(declared, value):
    if declared is None:
        return None  # rules_deploy tells
    allowed = declared.get("AllowedValues")
    if allowed and value not in map(str, allowed):
        return "it is none of " + ", ".join(map(str, allowed))
    if declared.get("AllowedPattern") and not re.fullmatch(declared["AllowedPattern"], value):
        return f"it does not match {declared['AllowedPattern']}"
    if declared.get("Type") == "Number":
        try:
            number = float(value)
        except ValueError:
            return "it is no number"
        if number < float(declared.get("MinValue", number)) or number > float(declared.get("MaxValue", number)):
            return "it is out of bounds"
    return None


# -- sample events

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


PLAIN = {"text": str, "whole": int, "flag": bool, "number": (int, float), "instant": str, "date": str, "duration": str}


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
        elif what in ("instant", "date"):
            try:
                if what == "instant" and not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", value):
                    raise ValueError
                datetime.fromisoformat(value.replace("Z", "+00:00")) if what == "instant" else date.fromisoformat(value)
            except ValueError:
                tell(f"{path} is {value!r}, no {what}")
        elif what == "whole" and value < 0:
            tell(f"{path} is {value}; what is counted begins at 0")
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


# -- custom resources

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


# -- order

def _depends(template, name, seen=()):
    """What a resource waits for, directly or not."""
    found = set()
    resource = template.resources.get(name) or {}
    direct = set(as_list(resource.get("DependsOn")))
    for _, value in walk(resource.get("Properties") or {}):
        if isinstance(value, dict) and len(value) == 1:
            (key, argument), = value.items()
            if key == "Ref" and argument in template.resources:
                direct.add(argument)
            if key == "Fn::GetAtt":
                direct.add(str(argument[0] if isinstance(argument, list) else argument).split(".")[0])
            if key == "Fn::Sub":
                direct |= {n.split(".")[0] for n in re.findall(r"\$\{([\w.]+)\}", str(argument[0] if isinstance(argument, list) else argument))}
    for one in direct & set(template.resources):
        if one not in seen:
            found |= {one} | _depends(template, one, (*seen, one, name))
    return found


def _kinds_below(model, template, properties):
    nested = model.nested(template, properties)
    if nested is None:
        return set()
    kinds = set()
    for resource in nested.resources.values():
        kinds.add(resource.get("Type"))
        if resource.get("Type") == "AWS::CloudFormation::Stack":
            kinds |= _kinds_below(model, nested, resource.get("Properties") or {})
    return kinds


WRITERS = {"AWS::KinesisFirehose::DeliveryStream", "AWS::IoT::TopicRule", "AWS::EC2::Instance", "AWS::Glue::Crawler"}
# (what is in a nested stack, the custom resource that has to be there first, why)
BEFORE = [
    (WRITERS, "Custom::LakeData", "what writes to the bucket has to be gone before the bucket is emptied"),
    ({"AWS::QuickSight::DataSet"}, "Custom::AthenaQueries", "the data sets read its views"),
    ({"AWS::EC2::VPCPeeringConnection", "AWS::EC2::TransitGatewayAttachment"}, "Custom::NetworkCheck", "it refuses networks that overlap"),
]
ASKS = {"Get-SECSecretValue": "secretsmanager", "Write-S3Object": "s3", "Read-S3Object": "s3"}


def order(model, say):
    for template in model.all():
        by_kind = {}
        for name, resource in template.resources.items():
            by_kind.setdefault(resource.get("Type"), []).append(name)

        def tell(name, what, todo, t=template):
            say("order", (t.file, name, t.line(name)), what, todo)

        for name, _, properties in template.of_type("AWS::CloudFormation::Stack"):
            below = _kinds_below(model, template, properties)
            for kinds, first, why in BEFORE:
                waited = set(by_kind.get(first, []))
                # The stack that the custom resource itself needs cannot wait for it.
                if kinds & below and waited and not waited & _depends(template, name) and not any(
                        name in _depends(template, w) for w in waited):
                    tell(name, f"it does not wait for {', '.join(sorted(waited))}: {why}", "Write DependsOn")
        for name, resource, properties in template.of_type("AWS::EC2::Route"):
            waited = set(by_kind.get("AWS::EC2::TransitGatewayAttachment", []))
            if "TransitGatewayId" in properties and waited and not waited & _depends(template, name):
                tell(name, "a route to a transit gateway can be made only when the VPC is attached to it", "DependsOn the attachment")
        for name, resource, properties in template.of_type("AWS::EC2::SecurityGroupIngress"):
            waited = {p for p in by_kind.get("AWS::EC2::VPCPeeringConnection", [])}
            foreign = isinstance(properties.get("GroupId"), dict) and properties["GroupId"].get("Ref") in template.section("Parameters")
            if foreign and "SourceSecurityGroupId" in properties and waited and not waited & _depends(template, name):
                tell(name, "a group of a peered VPC can be named only when the peering is there", "DependsOn the peering connection")
        for name, resource, properties in template.of_type("AWS::CloudFormation::WaitCondition"):
            servers = set(by_kind.get("AWS::EC2::Instance", []))
            if not servers & _depends(template, name):
                tell(name, "the time runs before there is who could answer", "DependsOn the instance")
            if not str(properties.get("Timeout", "")).isdigit() or not 1 <= int(properties["Timeout"]) <= 43200:
                tell(name, f"Timeout is {properties.get('Timeout')!r}", "Write 1 to 43200 seconds")
            if int(properties.get("Count", 1)) > len(servers):
                tell(name, f"it waits for {properties['Count']} answers, and {len(servers)} give one each", "Correct Count")
        for name, resource, properties in template.of_type("AWS::EC2::Instance"):
            script = json.dumps(properties.get("UserData") or "")
            endpoints = {str((template.resources[e].get("Properties") or {}).get("ServiceName")): e
                         for e in by_kind.get("AWS::EC2::VPCEndpoint", [])}
            waited = {e for command, service in ASKS.items() if command in script for text, e in endpoints.items() if f".{service}'" in text
                      or text.rstrip("'}").endswith("." + service)} | set(by_kind.get("AWS::EC2::SubnetRouteTableAssociation", []))
            missing = waited - _depends(template, name)
            if script != '""' and missing:
                tell(name, f"it starts before {', '.join(sorted(missing))}, which its script needs", "Write DependsOn")


# -- parameters

def conditions(model, say):
    """A comparison with a value that the parameter never has."""
    for template in model.all():
        declared = template.section("Parameters")
        for name, condition in template.section("Conditions").items():
            for _, value in walk(condition):
                pair = value.get("Fn::Equals") if isinstance(value, dict) else None
                if not isinstance(pair, list) or len(pair) != 2:
                    continue
                for a, b in (pair, pair[::-1]):
                    allowed = (declared.get(a.get("Ref")) or {}).get("AllowedValues") if isinstance(a, dict) else None
                    if allowed and not isinstance(b, dict) and str(b) not in map(str, allowed):
                        say("condition", (template.file, name, template.line(name)), f"{a['Ref']} is never {b!r}",
                            "Write one of " + ", ".join(map(str, allowed)))
                    if isinstance(a, dict) and "Ref" in a and isinstance(b, str) and a["Ref"] in declared and not allowed and (
                            (declared[a["Ref"]] or {}).get("Type") == "String" and b in ("true", "false") and str((
                                declared[a["Ref"]] or {}).get("Default")) not in ("true", "false")):
                        say("condition", (template.file, name, template.line(name)), f"{a['Ref']} is no switch", "Compare with what it is")


def extensions(model, say):
    """Where a policy of a resource is an expression, the template needs the transform that allows it."""
    for template in model.all():
        if "AWS::LanguageExtensions" in as_list(template.data.get("Transform")):
            continue
        for name, resource in template.resources.items():
            if any(isinstance(resource.get(k), dict) for k in ("DeletionPolicy", "UpdateReplacePolicy")) or "Fn::ForEach" in name:
                say("transform", (template.file, name, template.line(name)), "CloudFormation takes an expression there only with "
                    "AWS::LanguageExtensions", "Write Transform: AWS::LanguageExtensions")


def passed(model, say):
    """A nested stack gets each thing once; what a nested stack answers is no echo."""
    for template in model.all():
        for name, _, properties in template.of_type("AWS::CloudFormation::Stack"):
            seen = {}
            for key, value in (properties.get("Parameters") or {}).items():
                text = json.dumps(value)
                if isinstance(value, dict) and text in seen:
                    say("passed", (template.file, name, template.line(name)), f"{key} and {seen[text]} get the same", "Pass each its own")
                seen[text] = key
            nested = model.nested(template, properties)
            for output, one in (nested.section("Outputs") if nested is not None else {}).items():
                value = one.get("Value")
                if isinstance(value, dict) and value.get("Ref") in nested.section("Parameters"):
                    say("passed", (nested.file, output, nested.line(output)), f"the output {output} is only the parameter {value['Ref']}",
                        "Answer what the resource is")
                arn = isinstance(value, dict) and (str((value.get("Fn::GetAtt") or ["", ""])[-1]) == "Arn")
                if arn and not output.endswith("Arn"):
                    say("passed", (nested.file, output, nested.line(output)), f"the output {output} is an ARN", "Answer the name, or call it Arn")
