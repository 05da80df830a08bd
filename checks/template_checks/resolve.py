"""CloudFormation's expressions, evaluated for given parameters: names and ARNs as AWS would make them."""

import base64
import hashlib
import itertools
import json
import re

# As on the laptop, whose recorded calls are held against the roles.
REGION, ACCOUNT, STACK, PARTITION = "eu-central-1", "000000000000", "thermolake", "aws"
NO_VALUE = object()
VARIABLE = re.compile(r"\$\{(!?)([^}]+)}")

# How the ARN of a type is made of its name; what is not here gets service:region:account:name.
ARNS = {
    "AWS::S3::Bucket": "arn:{p}:s3:::{n}",
    "AWS::Serverless::Function": "arn:{p}:lambda:{r}:{a}:function:{n}",
    "AWS::Lambda::Function": "arn:{p}:lambda:{r}:{a}:function:{n}",
    "AWS::Serverless::StateMachine": "arn:{p}:states:{r}:{a}:stateMachine:{n}",
    "AWS::StepFunctions::StateMachine": "arn:{p}:states:{r}:{a}:stateMachine:{n}",
    "AWS::SNS::Topic": "arn:{p}:sns:{r}:{a}:{n}",
    "AWS::SQS::Queue": "arn:{p}:sqs:{r}:{a}:{n}",
    "AWS::KinesisFirehose::DeliveryStream": "arn:{p}:firehose:{r}:{a}:deliverystream/{n}",
    "AWS::IAM::Role": "arn:{p}:iam::{a}:role/{n}",
    "AWS::IAM::ManagedPolicy": "arn:{p}:iam::{a}:policy/{n}",
    "AWS::KMS::Key": "arn:{p}:kms:{r}:{a}:key/{n}",
    "AWS::Logs::LogGroup": "arn:{p}:logs:{r}:{a}:log-group:{n}:*",
    "AWS::SecretsManager::Secret": "arn:{p}:secretsmanager:{r}:{a}:secret:{n}-AbCdEf",
    "AWS::Glue::Crawler": "arn:{p}:glue:{r}:{a}:crawler/{n}",
    "AWS::Glue::Job": "arn:{p}:glue:{r}:{a}:job/{n}",
    "Custom::GlueStudioJob": "arn:{p}:glue:{r}:{a}:job/{n}",
    "AWS::Glue::Database": "arn:{p}:glue:{r}:{a}:database/{n}",
    "AWS::Glue::Connection": "arn:{p}:glue:{r}:{a}:connection/{n}",
    "AWS::Athena::WorkGroup": "arn:{p}:athena:{r}:{a}:workgroup/{n}",
    "AWS::Events::Rule": "arn:{p}:events:{r}:{a}:rule/{n}",
    "AWS::Scheduler::Schedule": "arn:{p}:scheduler:{r}:{a}:schedule/default/{n}",
    "AWS::Scheduler::ScheduleGroup": "arn:{p}:scheduler:{r}:{a}:schedule-group/{n}",
    "AWS::IoT::TopicRule": "arn:{p}:iot:{r}:{a}:rule/{n}",
    "AWS::CloudWatch::Alarm": "arn:{p}:cloudwatch:{r}:{a}:alarm:{n}",
    "AWS::EC2::SecurityGroup": "arn:{p}:ec2:{r}:{a}:security-group/{n}",
    "AWS::EC2::Subnet": "arn:{p}:ec2:{r}:{a}:subnet/{n}",
    "AWS::EC2::VPC": "arn:{p}:ec2:{r}:{a}:vpc/{n}",
    "AWS::QuickSight::DataSet": "arn:{p}:quicksight:{r}:{a}:dataset/{n}",
    "AWS::QuickSight::DataSource": "arn:{p}:quicksight:{r}:{a}:datasource/{n}",
}
NAMES = {
    "AWS::S3::Bucket": "BucketName", "AWS::Glue::Crawler": "Name", "AWS::Glue::Job": "Name",
    "Custom::GlueStudioJob": "JobName", "AWS::Athena::WorkGroup": "Name", "AWS::Serverless::Function": "FunctionName",
    "AWS::Lambda::Function": "FunctionName", "AWS::Serverless::StateMachine": "Name",
    "AWS::StepFunctions::StateMachine": "StateMachineName", "AWS::KinesisFirehose::DeliveryStream": "DeliveryStreamName",
    "AWS::IoT::TopicRule": "RuleName", "AWS::SNS::Topic": "TopicName", "AWS::SQS::Queue": "QueueName",
    "AWS::Events::Rule": "Name", "AWS::SecretsManager::Secret": "Name", "AWS::Logs::LogGroup": "LogGroupName",
    "AWS::Logs::LogStream": "LogStreamName", "AWS::IAM::Role": "RoleName", "AWS::CloudWatch::Alarm": "AlarmName",
    "AWS::Scheduler::Schedule": "Name", "AWS::Scheduler::ScheduleGroup": "Name", "AWS::KMS::Alias": "AliasName",
    "AWS::IAM::ManagedPolicy": "ManagedPolicyName", "AWS::QuickSight::DataSet": "DataSetId", "AWS::QuickSight::DataSource": "DataSourceId",
}
# Ref answers the ARN.
REF_IS_ARN = {
    "AWS::SNS::Topic", "AWS::Serverless::StateMachine", "AWS::StepFunctions::StateMachine", "AWS::SecretsManager::Secret",
    "AWS::IAM::ManagedPolicy", "AWS::CertificateManager::Certificate",
}


class Unresolved(Exception):
    """An expression that AWS would refuse: (where, what)."""


class Stack:
    """One template with values for its parameters, and the stacks that it nests."""

    def __init__(self, model, template, given, prefix="", names=None):
        self.model, self.template, self.prefix = model, template, prefix
        self.names = names or {}
        self.parameters = {}
        self.problems = []
        self.pseudo = {}
        self._conditions, self._nested, self._open = {}, {}, []
        for name, declared in template.section("Parameters").items():
            value = given.get(name, (declared or {}).get("Default"))
            if value is None:
                self.problems.append((name, f"the parameter {name} gets no value"))
                value = ""
            self.parameters[name] = value
        for name in given:
            if prefix and name not in self.parameters:
                self.problems.append((name, f"{template.file} has no parameter {name}"))

    # -- what exists

    def exists(self, name):
        condition = self.template.resources[name].get("Condition")
        return condition is None or self.condition(condition)

    def condition(self, name):
        if name not in self._conditions:
            declared = self.template.section("Conditions").get(name)
            if declared is None:
                raise Unresolved(name, f"there is no condition {name}")
            self._conditions[name] = None
            self._conditions[name] = self.resolve(declared, name) is True
        return self._conditions[name]

    def nested(self, name):
        if name not in self._nested:
            if name in self._open:
                raise Unresolved(name, "circular references: " + " -> ".join(self._open + [name]))
            self._open.append(name)
            try:
                properties = self.template.resources[name].get("Properties") or {}
                template = self.model.nested(self.template, properties)
                if template is None:
                    raise Unresolved(name, f"there is no template {properties.get('TemplateURL')}")
                given = {k: self.resolve(v, name) for k, v in (properties.get("Parameters") or {}).items()}
                given = {k: v for k, v in given.items() if v is not NO_VALUE}
                self._nested[name] = Stack(self.model, template, given, self.prefix + name + ".", self.names)
            finally:
                self._open.remove(name)
        return self._nested[name]

    def is_nested(self, name):
        return self.template.resources.get(name, {}).get("Type") in (
            "AWS::CloudFormation::Stack", "AWS::Serverless::Application")

    def stacks(self):
        """This stack and all below it that exist."""
        yield self
        for name in self.template.resources:
            if self.is_nested(name) and self.exists(name):
                try:
                    yield from self.nested(name).stacks()
                except Unresolved:
                    continue

    def resolve_all(self):
        """Every expression of what exists; answers the problems as (template, where, what)."""
        found = [(self.template, *problem) for problem in self.problems]

        def attempt(where, action):
            try:
                action()
            except Unresolved as problem:
                found.append((self.template, where, problem.args[1]))

        for name in self.template.section("Conditions"):
            attempt(name, lambda: self.condition(name))
        for name, resource in self.template.resources.items():
            attempt(name, lambda: self.exists(name))
            try:
                if not self.exists(name):
                    continue
            except Unresolved:
                continue
            attempt(name, lambda: self.properties(name))
            for depends in resource.get("DependsOn") and (
                [resource["DependsOn"]] if isinstance(resource["DependsOn"], str) else resource["DependsOn"]) or []:
                if depends not in self.template.resources:
                    found.append((self.template, name, f"DependsOn names {depends}, which is no resource"))
            if self.is_nested(name):
                try:
                    found += self.nested(name).resolve_all()
                except Unresolved as problem:
                    found.append((self.template, name, problem.args[1]))
        for name, output in self.template.section("Outputs").items():
            condition = output.get("Condition")
            if condition is None or self.condition(condition):
                attempt(name, lambda: self.resolve(output.get("Value"), name))
        return found

    def properties(self, name):
        return self.resolve(self.template.resources[name].get("Properties") or {}, name)

    # -- names

    def physical(self, name):
        resource = self.template.resources[name]
        properties = resource.get("Properties") or {}
        kind = resource.get("Type")
        for path in (("DatabaseInput", "Name"), ("TableInput", "Name"), ("ConnectionInput", "Name"), (NAMES.get(kind),)):
            value = properties
            for key in path:
                value = value.get(key) if isinstance(value, dict) else None
            if value is not None:
                if name in self._open:
                    raise Unresolved(name, "circular references: " + " -> ".join(self._open + [name]))
                self._open.append(name)
                try:
                    value = self.resolve(value, name)
                finally:
                    self._open.remove(name)
                if value is not NO_VALUE:
                    return str(value)
        known = self.names.get(self.prefix + name)
        if known:
            return known
        made = f"{STACK}-{self.prefix}{name}-1A2B3C4D".replace(".", "-")
        return made.lower() if kind == "AWS::S3::Bucket" else made

    def arn(self, name):
        kind = self.template.resources[name].get("Type", "")
        parts = kind.split("::")
        form = ARNS.get(kind, "arn:{p}:" + (parts[1].lower() if len(parts) > 1 else "cloudformation") + ":{r}:{a}:{n}")
        return form.format(p=PARTITION, r=REGION, a=ACCOUNT, n=self.physical(name))

    # -- expressions

    def resolve(self, value, where):
        if isinstance(value, list):
            return [v for v in (self.resolve(v, where) for v in value) if v is not NO_VALUE]
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            (key, argument), = value.items()
            if key == "Ref" or key.startswith("Fn::") or (key == "Condition" and isinstance(argument, str)):
                return self._function(key, argument, where)
        out = {}
        for key, inner in value.items():
            resolved = self.resolve(inner, where)
            if resolved is not NO_VALUE:
                out[key] = resolved
        return out

    def _function(self, key, argument, where):
        if key == "Ref":
            return self._ref(argument, where)
        if key == "Condition":
            return self.condition(argument)
        if key == "Fn::GetAtt":
            parts = argument if isinstance(argument, list) else str(argument).split(".", 1)
            return self._attribute(str(parts[0]), ".".join(str(p) for p in parts[1:]), where)
        if key == "Fn::Sub":
            return self._sub(argument, where)
        if key == "Fn::If":
            if not isinstance(argument, list) or len(argument) != 3:
                raise Unresolved(where, "Fn::If wants a condition and two values")
            return self.resolve(argument[1 if self.condition(argument[0]) else 2], where)
        if key == "Fn::Equals":
            left, right = (self.resolve(v, where) for v in argument)
            return str(left) == str(right)
        if key == "Fn::Not":
            return not self.resolve(argument[0], where)
        if key == "Fn::Contains":
            return str(self.resolve(argument[1], where)) in [str(v) for v in as_items(self.resolve(argument[0], where))]
        if key == "Fn::And":
            return all(self.resolve(v, where) is True for v in argument)
        if key == "Fn::Or":
            return any(self.resolve(v, where) is True for v in argument)
        if key == "Fn::Join":
            return str(argument[0]).join(str(v) for v in as_items(self.resolve(argument[1], where)))
        if key == "Fn::Split":
            return str(self.resolve(argument[1], where)).split(str(argument[0]))
        if key == "Fn::Select":
            items = as_items(self.resolve(argument[1], where))
            index = int(self.resolve(argument[0], where))
            if index >= len(items):
                raise Unresolved(where, f"Fn::Select asks for item {index} of {len(items)}")
            return items[index]
        if key == "Fn::FindInMap":
            value = self.template.section("Mappings")
            for part in argument[:3]:
                part = self.resolve(part, where)
                if not isinstance(value, dict) or part not in value:
                    raise Unresolved(where, f"Fn::FindInMap finds no {part}")
                value = value[part]
            return value
        if key == "Fn::Base64":
            return base64.b64encode(str(self.resolve(argument, where)).encode()).decode()
        if key == "Fn::GetAZs":
            return [REGION + zone for zone in "abc"]
        if key == "Fn::Cidr":
            block, count = self.resolve(argument[0], where), int(self.resolve(argument[1], where))
            return [f"{block}#{i}" for i in range(count)]
        if key in ("Fn::ToJsonString", "Fn::Length", "Fn::ImportValue", "Fn::Transform"):
            return f"<{key}>"
        if key == "Fn::EachMember" or key == "Fn::Contains" or key == "Fn::RefAll" or key == "Fn::ValueOf":
            return True
        raise Unresolved(where, f"there is no function {key}")

    def _ref(self, name, where):
        if name in self.parameters:
            value = self.parameters[name]
            kind = str((self.template.section("Parameters")[name] or {}).get("Type", ""))
            if "List" in kind and isinstance(value, str):
                return [v.strip() for v in value.split(",")] if value else []
            return value
        pseudo = {
            "AWS::Region": REGION, "AWS::AccountId": ACCOUNT, "AWS::StackName": STACK, "AWS::Partition": PARTITION,
            "AWS::URLSuffix": "amazonaws.com", "AWS::NoValue": NO_VALUE, "AWS::NotificationARNs": [],
            "AWS::StackId": f"arn:aws:cloudformation:{REGION}:{ACCOUNT}:stack/{STACK}/0a1b2c3d", **self.pseudo,
        }
        if name in pseudo:
            return pseudo[name]
        resource = self._resource(name, "Ref", where)
        if resource.get("Type") == "AWS::Made::BySam":
            return f"{STACK}-{name}-1A2B3C4D"
        if resource.get("Type") == "AWS::SQS::Queue":
            return f"https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/{self.physical(name)}"
        return self.arn(name) if resource.get("Type") in REF_IS_ARN else self.physical(name)

    def _resource(self, name, how, where):
        resource = self.template.resources.get(name)
        if resource is None:
            # SAM makes some: <function>Role and the like.
            made = self._made_by_sam(name)
            if made:
                return made
            raise Unresolved(where, f"{how} names {name}, which is neither a parameter nor a resource")
        if not self.exists(name):
            raise Unresolved(where, f"{how} names {name}, which the condition {resource['Condition']} leaves out")
        return resource

    def _made_by_sam(self, name):
        for owner, resource in self.template.resources.items():
            if name.startswith((owner, owner + ".")) and str(resource.get("Type", "")).startswith("AWS::Serverless::") and name != owner:
                return {"Type": "AWS::Made::BySam"}
        return None

    def _attribute(self, name, attribute, where):
        resource = self._resource(name, "GetAtt", where)
        if self.is_nested(name):
            nested = self.nested(name)
            output = attribute.removeprefix("Outputs.")
            declared = nested.template.section("Outputs").get(output)
            if not attribute.startswith("Outputs.") or declared is None:
                raise Unresolved(where, f"{nested.template.file} has no output {output}")
            condition = declared.get("Condition")
            if condition and not nested.condition(condition):
                raise Unresolved(where, f"the output {output} of {nested.template.file} exists only under {condition}")
            return nested.resolve(declared.get("Value"), output)
        if resource.get("Type") == "AWS::Made::BySam":
            return f"arn:{PARTITION}:iam::{ACCOUNT}:role/{STACK}-{name}-1A2B3C4D"
        if attribute in ("Arn", "TopicArn"):
            return self.arn(name)
        if attribute in ("Name", "QueueName", "KeyId", "BucketName", "RoleId", "GroupId", "SubnetId", "VpcId"):
            return self.physical(name)
        if resource.get("Type") in ("Custom::JobsJar", "Custom::JobScript") and attribute == "Uri":
            given = self.properties(name)
            suffix = str(given.get("Script", "x.jar")).rpartition(".")[2]
            return f"s3://{given.get('Bucket')}/assets/0123.{suffix}"
        return f"<{self.prefix}{name}.{attribute}>"

    def _sub(self, argument, where):
        text, variables = (argument, {}) if isinstance(argument, str) else (argument[0], argument[1])

        def one(match):
            escaped, name = match.groups()
            if escaped:
                return "${" + name + "}"
            if name in variables:
                value = self.resolve(variables[name], where)
            elif "." in name:
                owner, _, attribute = name.partition(".")
                value = self._attribute(owner, attribute, where)
            else:
                value = self._ref(name, where)
            return str(value)

        return VARIABLE.sub(one, text)

    def find(self, dotted):
        """(stack, name) of 'Lake.Bucket'."""
        stack = self
        *outer, name = dotted.split(".")
        for step in outer:
            stack = stack.nested(step)
        return stack, name


def as_items(value):
    return value if isinstance(value, list) else [value]


def switches(model):
    """Parameters of the root that its conditions compare, each with the values that matter."""
    template = model.main
    found = {}
    for _, value in walk_conditions(template.section("Conditions")):
        left, right = value
        for a, b in ((left, right), (right, left)):
            if isinstance(a, dict) and list(a) == ["Ref"] and isinstance(b, (str, int, float)):
                found.setdefault(a["Ref"], set()).add(str(b))
    for _, (left, right) in walk_conditions(template.section("Rules")):
        for a, b in ((left, right), (right, left)):
            if isinstance(a, dict) and list(a) == ["Ref"] and isinstance(b, (str, int, float)):
                found.setdefault(a["Ref"], set()).add(str(b))
    # A parameter that is passed down and compared there switches, too.
    for _, _, properties in template.of_type("AWS::CloudFormation::Stack"):
        nested = model.nested(template, properties)
        if nested is None:
            continue
        for _, (left, right) in walk_conditions(nested.section("Conditions")):
            for a, b in ((left, right), (right, left)):
                if isinstance(a, dict) and list(a) == ["Ref"] and isinstance(b, (str, int, float)):
                    given = (properties.get("Parameters") or {}).get(a["Ref"])
                    if isinstance(given, dict) and list(given) == ["Ref"]:
                        found.setdefault(given["Ref"], set()).add(str(b))
    parameters = template.section("Parameters")
    out = {}
    for name, values in found.items():
        declared = parameters.get(name)
        if declared is None:
            continue
        allowed = [str(v) for v in declared.get("AllowedValues") or []]
        if allowed and set(allowed) <= values:
            out[name] = sorted(allowed)
            continue
        other = next((v for v in allowed if v not in values), None) or example(name, declared)
        if other in values and str(declared.get("Type")) == "Number":
            other = str(int(float(declared.get("MinValue", 0))) + 1)
        out[name] = sorted(values | {other})
    return out


def walk_conditions(conditions):
    from .model import walk
    for path, value in walk(conditions):
        if isinstance(value, dict) and isinstance(value.get("Fn::Equals"), list) and len(value["Fn::Equals"]) == 2:
            yield path, value["Fn::Equals"]


def example(name, declared):
    """A value that the parameter's own pattern allows, as far as its name and text tell; no two parameters have the same."""
    low = name.lower()
    own = hashlib.sha256(low.encode()).hexdigest()[:8]
    kind = str(declared.get("Type", "String"))
    if "cidr" in low:
        return "10.20.0.0/16"
    if kind == "Number":
        return str(declared.get("Default", declared.get("MinValue", 1)))
    if low.endswith("arn"):
        return f"arn:aws:iam::{ACCOUNT}:role/given"
    if "url" in low:
        return "jdbc:sqlserver://db.example:1433;databaseName=building;encrypt=true"
    # Ours: what depends on one account and one region is there then.
    if low.endswith("ownerid"):
        return ACCOUNT
    if low.endswith("region"):
        return REGION
    if "email" in low:
        return "ops@example.org"
    for key, value in (("subnet", "subnet-" + own), ("securitygroup", "sg-" + own), ("vpc", "vpc-" + own),
                       ("routetable", "rtb-" + own), ("transitgateway", "tgw-" + own), ("zone", REGION + "a"),
                       ("secret", "thermolake-external-db"), ("amount", "100"), ("budget", "100")):
        if key in low:
            return value
    if "s3://" in str(declared.get("AllowedPattern")):
        return f"s3://given/{low}"
    return "given-" + low


def combinations(model, most=512):
    """Assignments of the switches that the template's Rules let through."""
    for chosen in _assignments(model, most):
        if not refused(model, chosen):
            yield chosen


def refused(model, chosen):
    """What the template's Rules say against these parameters, or None."""
    stack = Stack(model, model.main, chosen)
    for name, rule in model.main.section("Rules").items():
        try:
            if "RuleCondition" in rule and stack.resolve(rule["RuleCondition"], name) is not True:
                continue
            for assertion in rule.get("Assertions") or []:
                if stack.resolve(assertion.get("Assert"), name) is not True:
                    return assertion.get("AssertDescription", name)
        except Unresolved:
            continue
    return None


def _assignments(model, most):
    """All of them, or, above {@code most}, every pair on top of all off and of all on."""
    values = switches(model)
    names = sorted(values)
    total = 1
    for name in names:
        total *= len(values[name])
    if total <= most:
        for chosen in itertools.product(*(values[n] for n in names)):
            yield dict(zip(names, chosen, strict=False))
        return
    base = {n: values[n][0] for n in names}
    full = {n: values[n][-1] for n in names}
    seen = set()
    for start in (base, full):
        for a, b in itertools.combinations(names, 2):
            for x in values[a]:
                for y in values[b]:
                    one = {**start, a: x, b: y}
                    key = tuple(sorted(one.items()))
                    if key not in seen:
                        seen.add(key)
                        yield one


def _there(stack):
    """What exists: resources, and the conditions that hold."""
    found: set[tuple] = set()
    for one in stack.stacks():
        found |= {(one.prefix, name) for name in one.template.resources if one.exists(name)}
        found |= {(one.prefix, name, True) for name in one.template.section("Conditions") if one.condition(name)}
    return found


def _all(model, template, prefix, depth=0):
    """What there could be at all."""
    found: set[tuple] = {(prefix, name, True) for name in template.section("Conditions")}
    for name, resource in template.resources.items():
        found.add((prefix, name))
        nested = model.nested(template, resource.get("Properties") or {}) if depth < 5 else None
        if resource.get("Type") == "AWS::CloudFormation::Stack" and nested is not None:
            found |= _all(model, nested, prefix + name + ".", depth + 1)
    return found


def _score(stack):
    return len(_there(stack))


def _grow(model, forced, values, filled):
    """Turns on what the template's Rules let be on beside what is forced; None where they refuse that."""
    current = {**filled, **forced}
    if refused(model, current):
        fixes = [(n, v) for n in values for v in values[n] if n not in forced]
        able = [{**current, n: v} for n, v in fixes if not refused(model, {**current, n: v})]
        if not able:
            return None
        current = able[0]
    best = _score(Stack(model, model.main, current))
    for _ in range(2):
        for name in values:
            for value in values[name]:
                if name in forced or current.get(name) == value:
                    continue
                tried = {**current, name: value}
                if refused(model, tried):
                    continue
                score = _score(Stack(model, model.main, tried))
                if score >= best:
                    current, best = tried, score
    return current


_COVERING = {}


def covering(model):
    """Few choices of parameters in which every resource exists and every condition holds; the fullest first."""
    key = json.dumps([[t.file, t.section("Parameters"), t.section("Conditions"), t.section("Rules"),
                       [[n, r.get("Condition"), (r.get("Properties") or {}).get("Parameters") if r.get("Type") ==
                         "AWS::CloudFormation::Stack" else None] for n, r in t.resources.items()]] for t in model.all()],
                     default=str)
    if key not in _COVERING:
        values = switches(model)
        filled = {n: example(n, p or {}) for n, p in model.main.section("Parameters").items()
                  if (p or {}).get("Default", "") == "" and (p or {}).get("Type", "String") == "String" and n not in values}
        wanted = _all(model, model.main, "")
        # What the defaults leave on is looked at, too.
        seen, out = _there(Stack(model, model.main, {})), []
        for forced in [{}, *({n: v} for n in values for v in values[n])]:
            if out and seen >= wanted:
                break
            try:
                chosen = _grow(model, forced, values, filled)
            except Unresolved:
                chosen = None
            if chosen is None:
                continue
            there = _there(Stack(model, model.main, chosen))
            if not out or there - seen:
                seen |= there
                out.append(chosen)
        _COVERING[key] = out or [{}]
    return _COVERING[key]


def everything_on(model, names=None, given=None):
    """The stack in which most is there."""
    return Stack(model, model.main, {**covering(model)[0], **(given or {})}, names=names)
