"""Rules on what has to be there before something else, and what is passed between stacks."""

import json
import re

from ..model import as_list, walk
from .registry import once

WRITERS = {"AWS::KinesisFirehose::DeliveryStream", "AWS::IoT::TopicRule", "AWS::EC2::Instance", "AWS::Glue::Crawler"}
# (what is in a nested stack, the custom resource that has to be there first, why)
BEFORE = [
    (WRITERS, "Custom::LakeData", "what writes to the bucket has to be gone before the bucket is emptied"),
    ({"AWS::QuickSight::DataSet"}, "Custom::AthenaQueries", "the data sets read its views"),
    ({"AWS::EC2::VPCPeeringConnection", "AWS::EC2::TransitGatewayAttachment"}, "Custom::NetworkCheck", "it refuses networks that overlap"),
]
ASKS = {"Get-SECSecretValue": "secretsmanager", "Write-S3Object": "s3", "Read-S3Object": "s3"}


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


@once
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
        for name, _, properties in template.of_type("AWS::EC2::Route"):
            waited = set(by_kind.get("AWS::EC2::TransitGatewayAttachment", []))
            if "TransitGatewayId" in properties and waited and not waited & _depends(template, name):
                tell(name, "a route to a transit gateway can be made only when the VPC is attached to it", "DependsOn the attachment")
        for name, _, properties in template.of_type("AWS::EC2::SecurityGroupIngress"):
            waited = set(by_kind.get("AWS::EC2::VPCPeeringConnection", []))
            foreign = isinstance(properties.get("GroupId"), dict) and properties["GroupId"].get("Ref") in template.section("Parameters")
            if foreign and "SourceSecurityGroupId" in properties and waited and not waited & _depends(template, name):
                tell(name, "a group of a peered VPC can be named only when the peering is there", "DependsOn the peering connection")
        for name, _, properties in template.of_type("AWS::CloudFormation::WaitCondition"):
            servers = set(by_kind.get("AWS::EC2::Instance", []))
            if not servers & _depends(template, name):
                tell(name, "the time runs before there is who could answer", "DependsOn the instance")
            if not str(properties.get("Timeout", "")).isdigit() or not 1 <= int(properties["Timeout"]) <= 43200:
                tell(name, f"Timeout is {properties.get('Timeout')!r}", "Write 1 to 43200 seconds")
            if int(properties.get("Count", 1)) > len(servers):
                tell(name, f"it waits for {properties['Count']} answers, and {len(servers)} give one each", "Correct Count")
        for name, _, properties in template.of_type("AWS::EC2::Instance"):
            script = json.dumps(properties.get("UserData") or "")
            endpoints = {str((template.resources[e].get("Properties") or {}).get("ServiceName")): e
                         for e in by_kind.get("AWS::EC2::VPCEndpoint", [])}
            waited = {e for command, service in ASKS.items() if command in script for text, e in endpoints.items() if f".{service}'" in text
                      or text.rstrip("'}").endswith("." + service)} | set(by_kind.get("AWS::EC2::SubnetRouteTableAssociation", []))
            missing = waited - _depends(template, name)
            if script != '""' and missing:
                tell(name, f"it starts before {', '.join(sorted(missing))}, which its script needs", "Write DependsOn")


@once
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


@once
def extensions(model, say):
    """Where a policy of a resource is an expression, the template needs the transform that allows it."""
    for template in model.all():
        if "AWS::LanguageExtensions" in as_list(template.data.get("Transform")):
            continue
        for name, resource in template.resources.items():
            if any(isinstance(resource.get(k), dict) for k in ("DeletionPolicy", "UpdateReplacePolicy")) or "Fn::ForEach" in name:
                say("transform", (template.file, name, template.line(name)), "CloudFormation takes an expression there only with "
                    "AWS::LanguageExtensions", "Write Transform: AWS::LanguageExtensions")


@once
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
