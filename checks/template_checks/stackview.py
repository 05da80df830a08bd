"""The stacks after the SAM transform, with everything on: every resource with its values, and who may do what."""

import copy
from dataclasses import dataclass
from functools import cached_property

from .model import as_list, walk
from .policies import Statement
from .resolve import Stack, Unresolved, everything_on
from .transform import translate

# The two that SAM attaches to every function's role; what they allow.
MANAGED_DOCUMENTS = {
    "AWSLambdaBasicExecutionRole": ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
    "AWSXrayWriteOnlyAccess": ["xray:PutTraceSegments", "xray:PutTelemetryRecords", "xray:GetSamplingRules",
                               "xray:GetSamplingTargets", "xray:GetSamplingStatisticSummaries"],
    "AWSXRayDaemonWriteAccess": ["xray:PutTraceSegments", "xray:PutTelemetryRecords", "xray:GetSamplingRules",
                                 "xray:GetSamplingTargets", "xray:GetSamplingStatisticSummaries"],
    "AWSLambdaVPCAccessExecutionRole": ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents",
                                        "ec2:CreateNetworkInterface", "ec2:DescribeNetworkInterfaces",
                                        "ec2:DeleteNetworkInterface"],
}


@dataclass
class Item:
    """A resource that exists: its id with the stacks' ids before it, and its values."""

    id: str
    name: str
    type: str
    properties: dict
    file: str
    line: int
    stack: Stack
    raw: dict

    @cached_property
    def arn(self):
        return self.stack.arn(self.name)

    @cached_property
    def physical(self):
        return self.stack.physical(self.name)


class View:
    """Everything in the stacks for one choice of parameters."""

    def __init__(self, model, names=None, given=None):
        """Without {@code given} the one in which most is there."""
        self.model = transformed(model)
        self.names = names or {}
        if given is None:
            self.stack = everything_on(self.model, self.names)
        else:
            self.stack = Stack(self.model, self.model.main, given, names=self.names)
        # The types that rules looked for in this view.
        self.asked = set()
        self.items = []
        for stack in self.stack.stacks():
            for name, raw in stack.template.resources.items():
                try:
                    if stack.exists(name) and not stack.is_nested(name):
                        self.items.append(Item(stack.prefix + name, name, raw.get("Type", ""), stack.properties(name),
                                               stack.template.file, stack.template.line(name), stack, raw))
                except Unresolved:
                    continue
        self.by_id = {item.id: item for item in self.items}
        self.by_arn = {}
        for item in self.items:
            self.by_arn.setdefault(item.arn, item)

    def of_type(self, *types):
        self.asked.update(types)
        return [item for item in self.items if item.type in types]

    def roles(self):
        return self.of_type("AWS::IAM::Role")

    def statements(self, role):
        """Those of a role's own policies, and of policies attached to it."""
        found = []
        for policy in as_list(role.properties.get("Policies")):
            found += self._document(policy.get("PolicyDocument"), role, policy.get("PolicyName"))
        for arn in as_list(role.properties.get("ManagedPolicyArns")):
            name = str(arn).rsplit("/", 1)[-1]
            policy = self.managed_policy(arn)
            if policy:
                found += self._document(policy.properties.get("PolicyDocument"), policy, policy.name)
            elif name in MANAGED_DOCUMENTS:
                found.append(Statement("Allow", MANAGED_DOCUMENTS[name], [], ["*"], [], {}, None, ("managed", name)))
        for policy in self.of_type("AWS::IAM::Policy", "AWS::IAM::RolePolicy", "AWS::IAM::ManagedPolicy"):
            # By name: CloudFormation refuses a role's ARN there.
            if role.physical in as_list(policy.properties.get("Roles")) + as_list(policy.properties.get("RoleName")):
                found += self._document(policy.properties.get("PolicyDocument"), policy, policy.name)
        return found

    def managed_policy(self, arn):
        """The stacks' own policy that an item of ManagedPolicyArns names, or None."""
        item = self.by_arn.get(str(arn))
        return item if item and item.type == "AWS::IAM::ManagedPolicy" else None

    def roles_of(self, policy):
        """The stacks' roles that a managed policy is attached to, whichever of the two says so."""
        return [role for role in self.roles() if role.physical in as_list(policy.properties.get("Roles"))
                or policy.arn in as_list(role.properties.get("ManagedPolicyArns"))]

    @staticmethod
    def _document(document, item, name):
        return [Statement.of(s, (item.file, item.id, name)) for s in as_list((document or {}).get("Statement"))
                if isinstance(s, dict)]

    @cached_property
    def _texts(self):
        """Where each text stands as a property, policies aside."""
        found = {}
        for item in self.items:
            if item.type in ("AWS::IAM::Role", "AWS::IAM::Policy", "AWS::IAM::ManagedPolicy", "AWS::IAM::RolePolicy",
                             "AWS::KMS::Key", "AWS::S3::BucketPolicy"):
                continue
            for path, value in walk(item.properties):
                if isinstance(value, str):
                    found.setdefault(value, []).append((item, path))
        return found

    def users(self, role):
        """(item, path) of every property that holds the role's ARN or, as a role, its name."""
        return self._texts.get(role.arn, []) + [
            (item, path) for item, path in self._texts.get(role.physical, []) if path[-1] in ("Role", "RoleName", "RoleArn")]


def transformed(model):
    """A copy of the model whose templates went through SAM's transform."""
    if getattr(model, "_transformed", None) is None:
        out = copy.copy(model)
        out.templates = {}
        for path, template in model.templates.items():
            one = copy.copy(template)
            one.data = translate(model, template, {})
            # Nested stacks are found by their local path.
            for name, resource in template.resources.items():
                url = (resource.get("Properties") or {}).get("TemplateURL")
                if isinstance(url, str):
                    one.data["Resources"][name]["Properties"]["TemplateURL"] = url
            out.templates[path] = one
        model._transformed = out
    return model._transformed
