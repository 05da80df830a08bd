"""The templates' policies and machines with stand-ins for what only a deployment knows."""
import json
import pathlib
import re

import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
ACCOUNT = "111122223333"
PSEUDO = {
    "AWS::AccountId": ACCOUNT, "AWS::Partition": "aws", "AWS::Region": "eu-central-1", "AWS::StackName": "thermolake",
    "AWS::URLSuffix": "amazonaws.com", "AWS::StackId": f"arn:aws:cloudformation:eu-central-1:{ACCOUNT}:stack/thermolake/1",
}
ARNS = {
    "AWS::S3::Bucket": "arn:aws:s3:::{name}",
    "AWS::IAM::Role": "arn:aws:iam::{account}:role/{name}",
    "AWS::KMS::Key": "arn:aws:kms:eu-central-1:{account}:key/11111111-2222-3333-4444-555555555555",
    "AWS::SNS::Topic": "arn:aws:sns:eu-central-1:{account}:{name}",
    "AWS::SQS::Queue": "arn:aws:sqs:eu-central-1:{account}:{name}",
    "AWS::Serverless::Function": "arn:aws:lambda:eu-central-1:{account}:function:{name}",
    "AWS::Serverless::StateMachine": "arn:aws:states:eu-central-1:{account}:stateMachine:{name}",
    "AWS::KinesisFirehose::DeliveryStream": "arn:aws:firehose:eu-central-1:{account}:deliverystream/{name}",
    "AWS::Logs::LogGroup": "arn:aws:logs:eu-central-1:{account}:log-group:{name}:*",
}
ARN_IS_REF = {"AWS::SNS::Topic", "AWS::Serverless::StateMachine", "AWS::SecretsManager::Secret"}
POLICY_KEYS = {
    "AssumeRolePolicyDocument": {"policyType": "RESOURCE_POLICY", "resourceType": "AWS::IAM::AssumeRolePolicyDocument"},
    "KeyPolicy": {"policyType": "RESOURCE_POLICY"},
}


class _Loader(yaml.SafeLoader):
    pass


def _tag(loader, suffix, node):
    value = (loader.construct_scalar(node) if isinstance(node, yaml.ScalarNode)
             else loader.construct_sequence(node, deep=True) if isinstance(node, yaml.SequenceNode)
             else loader.construct_mapping(node, deep=True))
    if suffix == "GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    return {suffix if suffix in ("Ref", "Condition") else "Fn::" + suffix: value}


_Loader.add_multi_constructor("!", _tag)


class Template:
    """Every condition holds, so that every policy is there."""

    def __init__(self, path, given=None):
        self.path = path
        self.content = yaml.load(path.read_text(), _Loader)
        self.parameters = {name: str(p.get("Default") or "stand-in") for name, p in self.content.get("Parameters", {}).items()}
        self.parameters.update(given or {})
        self.nested = {}

    def resources(self):
        return self.content["Resources"]

    def stack(self, name):
        if name not in self.nested:
            properties = self.resources()[name]["Properties"]
            given = {k: self.resolve(v) for k, v in properties.get("Parameters", {}).items()}
            self.nested[name] = Template(self.path.parent / properties["TemplateURL"], given)
        return self.nested[name]

    def arn(self, name):
        pattern = ARNS.get(self.resources()[name]["Type"], "arn:aws:" + self.resources()[name]["Type"].split("::")[1].lower()
                           + ":eu-central-1:{account}:{name}")
        return pattern.format(account=ACCOUNT, name=name.lower() if "s3:::" in pattern else name)

    def ref(self, name):
        if name in PSEUDO:
            return PSEUDO[name]
        if name in self.parameters:
            return self.parameters[name]
        if name.endswith(".Version"):
            return self.arn(name[: -len(".Version")]) + ":1"
        return self.arn(name) if self.resources()[name]["Type"] in ARN_IS_REF else name

    def attribute(self, name, attribute):
        if attribute.startswith("Outputs."):
            stack = self.stack(name)
            return stack.resolve(stack.content["Outputs"][attribute[len("Outputs."):]]["Value"])
        return self.arn(name) if attribute.endswith("Arn") else name

    def resolve(self, value):
        if isinstance(value, list):
            return [r for r in (self.resolve(v) for v in value) if r is not None]
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            (function, argument), = value.items()
            if function == "Ref":
                return None if argument == "AWS::NoValue" else self.ref(argument)
            if function == "Fn::GetAtt":
                return self.attribute(argument[0], argument[1])
            if function == "Fn::If":
                return self.resolve(argument[1])
            if function == "Fn::Join":
                return argument[0].join(map(str, self.resolve(argument[1])))
            if function == "Fn::Sub":
                text, given = (argument, {}) if isinstance(argument, str) else argument

                def one(match):
                    name = match.group(1)
                    if name.startswith("!"):
                        return "${" + name[1:] + "}"
                    if name in given:
                        return str(self.resolve(given[name]))
                    return str(self.attribute(*name.split(".", 1)) if "." in name else self.ref(name))

                return re.sub(r"\$\{([^}]+)}", one, text)
            if function.startswith("Fn::"):
                return f"stand-in-for-{function[4:]}"
        return {k: r for k, r in ((k, self.resolve(v)) for k, v in value.items()) if r is not None}


def templates(template=None):
    """The root, and each stack that is nested in it or in one of those."""
    template = template or Template(ROOT / "template.yaml")
    yield template
    for name, resource in template.resources().items():
        if resource["Type"] == "AWS::CloudFormation::Stack":
            yield from templates(template.stack(name))


def policies():
    """(where, kind, document) of every policy."""
    for template in templates():
        for name, resource in template.resources().items():
            properties = resource.get("Properties", {})
            place = f"{template.path.relative_to(ROOT)} {name}"
            for key, kind in POLICY_KEYS.items():
                if key in properties:
                    yield f"{place}.{key}", kind, template.resolve(properties[key])
            if resource["Type"].startswith("AWS::IoT::"):
                continue  # an IoT policy is of another language
            if "PolicyDocument" in properties:
                kind = {"policyType": "RESOURCE_POLICY"}
                if resource["Type"] == "AWS::S3::BucketPolicy":
                    kind["resourceType"] = "AWS::S3::Bucket"
                if resource["Type"] in ("AWS::IAM::Policy", "AWS::IAM::ManagedPolicy"):
                    kind = {"policyType": "IDENTITY_POLICY"}
                yield f"{place}.PolicyDocument", kind, template.resolve(properties["PolicyDocument"])
            for number, policy in enumerate(template.resolve(properties.get("Policies", []))):
                if isinstance(policy, dict):
                    yield f"{place}.Policies[{number}]", {"policyType": "IDENTITY_POLICY"}, policy.get("PolicyDocument", policy)


def definitions():
    """Machine to its definition with the template's substitutions."""
    root = Template(ROOT / "template.yaml")
    texts = {}
    for resource in root.resources().values():
        if resource["Type"] == "AWS::Serverless::StateMachine":
            path = ROOT / resource["Properties"]["DefinitionUri"]
            text = path.read_text()
            for name, value in resource["Properties"].get("DefinitionSubstitutions", {}).items():
                text = text.replace("${" + name + "}", str(root.resolve(value)))
            json.loads(text)
            if "${" in text:
                raise ValueError(f"{path.name}: {text[text.index('${'):][:40]} has no substitution")
            texts[path.name.removesuffix(".asl.json")] = text
    return texts
