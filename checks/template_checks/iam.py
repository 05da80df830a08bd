"""IAM both ways: what is used is allowed, what is allowed is used; and the policies say what IAM understands."""

import re
from functools import lru_cache

from . import catalog
from .finding import Finding
from .model import as_list
from .needs import Needs
from .policies import OPERATORS, Call, Statement, allowed, base_operator
from .resolve import ACCOUNT
from .stackview import MANAGED_DOCUMENTS

# Which service acts with the role that a property of this type names.
PRINCIPALS = {
    "AWS::Lambda::Function": "lambda.amazonaws.com", "AWS::StepFunctions::StateMachine": "states.amazonaws.com",
    "AWS::Glue::Crawler": "glue.amazonaws.com", "AWS::Glue::Job": "glue.amazonaws.com",
    "Custom::GlueStudioJob": "glue.amazonaws.com", "AWS::KinesisFirehose::DeliveryStream": "firehose.amazonaws.com",
    "AWS::IoT::TopicRule": "iot.amazonaws.com", "AWS::Scheduler::Schedule": "scheduler.amazonaws.com",
    "AWS::Events::Rule": "events.amazonaws.com", "AWS::Pipes::Pipe": "pipes.amazonaws.com",
    "AWS::QuickSight::DataSource": "quicksight.amazonaws.com", "AWS::EC2::FlowLog": "vpc-flow-logs.amazonaws.com",
    "AWS::IAM::InstanceProfile": "ec2.amazonaws.com",
}
# Their trust takes aws:SourceAccount; Lambda's, EC2's and Glue's pages do not promise it.
CONFUSED = {"states.amazonaws.com", "scheduler.amazonaws.com", "firehose.amazonaws.com", "iot.amazonaws.com",
            "sagemaker.amazonaws.com"}


def run(model, view, calls, declared, root_view=None):
    needs = Needs(view, model, calls, declared)
    findings = [Finding("iam", "model", i.file if i else "checks", i.id if i else "-", text, "Correct it or teach the check",
                        i.line if i else 0) for i, text in needs.problems]
    by_role, seen = {}, set()
    for need in needs.all:
        # The same call is recorded for every run; its conditions hardly differ.
        key = (need.role, need.action, _folder_of(need.resource), need.required, need.recorded, tuple(sorted(
            (k, str(v)) for k, v in need.context.items() if not k.startswith("s3:"))))
        if key in seen:
            continue
        seen.add(key)
        by_role.setdefault(need.role, []).append(need)
    for role in view.roles():
        statements = view.statements(role)
        own = by_role.get(role.id, [])
        findings += _denied(view, role, statements, own)
        findings += _unused(role, statements, own)
        findings += _wide(view, model, role, statements, own)
        findings += _dangling(view, role, statements)
        findings += _managed(view, role)
        findings += _trust(view, role)
        for statement in statements:
            findings += _understood(role, statement)
        findings += _whole(role, statements)
        if not own and not any(s.source[0] == "managed" for s in statements):
            findings.append(Finding("iam", "idle-role", role.file, role.id, "nothing is known to use this role",
                                    "Take it out, or say in checks/iam-service-needs.json who needs what of it", role.line))
    findings += _bucket_policies(view, needs)
    findings += _key_policies(view, needs)
    return _unique(findings)


def _folder_of(resource):
    """A recorded key without its last part; the folders are what policies speak of."""
    return resource.rsplit("/", 1)[0] if resource and ":s3:::" in resource else resource


def _unique(findings):
    return list(dict.fromkeys(findings))


def _denied(view, role, statements, needs):
    findings, seen = [], set()
    for need in needs:
        if not need.required:
            continue
        resource = None if need.resource in (None, "*") else need.resource
        if resource and any(f.strip("*") == "" for f in [resource]):
            resource = None
        ok, why = allowed(statements, Call(need.action, resource, _context(need)))
        if ok or (need.resource is None and any(s.effect == "Allow" and s.names(need.action) for s in statements)):
            continue
        key = (need.action, str(why), need.why.split(" called ")[0])
        if key in seen:
            continue
        seen.add(key)
        findings.append(Finding("iam", "denied", role.file, role.id, f"{need.action} on {need.resource or 'anything'} is not "
                                f"allowed: {why}; {need.why}", "Grant exactly this", role.line))
    return findings


def _context(need):
    return {"aws:SecureTransport": "true", "aws:PrincipalAccount": ACCOUNT, "aws:SourceAccount": ACCOUNT,
               "aws:ResourceAccount": ACCOUNT, "s3:ResourceAccount": ACCOUNT, **need.context}


def _touches(statement_resource, need_resource):
    if need_resource in (None, "*"):
        return True
    return bool(catalog.glob(statement_resource).match(need_resource))


def _unused(role, statements, needs):
    findings = []
    for statement in statements:
        if statement.effect != "Allow" or statement.source[0] == "managed":
            continue
        used_resources = set()
        for action in statement.actions:
            hits = [n for n in needs if catalog.glob(action.lower()).match(n.action.lower())]
            strict = [n for n in hits if n.recorded]
            if not hits:
                findings.append(Finding("iam", "unused", role.file, role.id, f"{action} is granted and nothing uses it "
                                        f"({statement.source[2]})", "Take it out, or say in checks/iam-service-needs.json "
                                        "what needs it", role.line))
                continue
            # Recorded calls tell the resources; without any, the classes tell only the action.
            for resource in statement.resources:
                loose = [n for n in hits if n.resource is None and (n.recorded or not any(
                    s.action == n.action and s.required for s in strict))]
                touched = loose or any(n.resource is not None and _touches(resource, n.resource) for n in hits)
                if touched and (_takes(action, resource) or resource == "*"):
                    used_resources.add(resource)
        for resource in statement.resources:
            if resource not in used_resources and any(
                    catalog.glob(a.lower()).match(n.action.lower()) for a in statement.actions for n in needs):
                findings.append(Finding("iam", "unused", role.file, role.id, f"{', '.join(statement.actions)} on {resource} is "
                                        f"granted and nothing uses it ({statement.source[2]})",
                                        "Take the resource out, or say in checks/iam-service-needs.json what needs it", role.line))
    return findings


@lru_cache(None)
def _takes(action, resource):
    """Whether an action has a resource type with ARNs of this form."""
    for one in catalog.iam_actions(action) if "*" in action else [action]:
        forms = catalog.iam_resource_arns(one)
        if any(_same_form(form, resource) for form, _ in forms.values()):
            return True
    return False


@lru_cache(None)
def _same_form(form, resource):
    """Could this pattern of a policy name such an ARN? Both may hold wildcards."""
    left, right = form.split(":", 5), resource.split(":", 5)
    if len(left) < 6 or len(right) < 6:
        return resource == "*"
    for index in (2,):
        if not _meet(_wild(left[index]), right[index]):
            return False
    for index in (3, 4):
        if _wild(left[index]) == "" and right[index] not in ("", "*"):
            return False
    # An object's form would take a bucket's ARN without its slash, too.
    if left[2] == "s3":
        return ("/" in left[5]) == ("/" in right[5]) and left[5].startswith("${BucketName}")
    return _meet(_wild(left[5]), right[5])


def _wild(form):
    return re.sub(r"\$\{[^}]*\}", "*", form)


def _meet(a, b):
    """Whether two patterns with wildcards have a text in common."""
    reach = {(0, 0)}
    seen = set()
    while reach:
        i, j = reach.pop()
        if (i, j) in seen:
            continue
        seen.add((i, j))
        if i == len(a) and j == len(b):
            return True
        if i < len(a) and a[i] == "*":
            reach.add((i + 1, j))
            if j < len(b):
                reach.add((i, j + 1))
        if j < len(b) and b[j] == "*":
            reach.add((i, j + 1))
            if i < len(a):
                reach.add((i + 1, j))
        if i < len(a) and j < len(b) and a[i] != "*" and b[j] != "*" and (a[i] == b[j] or "?" in (a[i], b[j])):
            reach.add((i + 1, j + 1))
    return False


def _wide(view, model, role, statements, needs):
    """Wildcards that say more than is needed."""
    findings = []

    def say(rule, what, todo):
        findings.append(Finding("iam", rule, role.file, role.id, what, todo, role.line))

    folders = _folders(model)
    for statement in statements:
        if statement.effect != "Allow" or statement.source[0] == "managed":
            continue
        place = statement.source[2]
        if statement.not_actions or statement.not_resources:
            say("wide", f"NotAction and NotResource allow what nobody listed ({place})", "List what is needed")
        for action in statement.actions:
            if "*" in action:
                say("wide", f"the action {action} is a wildcard ({place})", "Name the actions that are needed")
        for resource in statement.resources:
            if resource == "*":
                for action in statement.actions:
                    if catalog.iam_resource_arns(action) and not any(
                            n.resource in (None, "*") and n.action.lower() == action.lower() and not _from_code(n) for n in needs):
                        say("wide", f"{action} on * though it takes {', '.join(catalog.iam_resource_arns(action))} ({place})",
                            "Name the resource")
                continue
            tail = resource.split(":", 5)[-1]
            parts = resource.split(":", 5)
            if any(a in ("ec2:CreateTags", "ec2:DeleteTags") for a in statement.actions) and not any(
                    k.lower() in ("aws:tagkeys", "ec2:createaction") for k in _keys(statement)):
                say("wide", f"any tag may be written on {resource} ({place})", "Add a condition on aws:TagKeys")
            if len(parts) == 6 and parts[2] != "s3" and re.fullmatch(r"[a-zA-Z-]*[/:]?\*", tail) and not any(
                    n.resource == resource or (n.resource is None and statement.names(n.action) and not _from_code(n)) for n in needs):
                say("wide", f"{resource} names every resource of its kind ({place})", "Name the one that is needed")
            if len(parts) == 6 and parts[2] == "s3":
                bucket, _, key = tail.partition("/")
                if "*" in bucket and not any(n.resource and _touches(resource, n.resource) for n in needs):
                    say("wide", f"{resource} names buckets that are not ours ({place})", "Name the bucket")
                ours = not view or any(catalog.glob(bucket).match(b.physical) for b in view.of_type("AWS::S3::Bucket"))
                if key == "*" and ours and not any(n.resource == resource for n in needs):
                    say("wide", f"{resource} is the whole bucket ({place})", "Name the prefixes that are needed")
                if key.endswith("*") and key != "*":
                    findings += _narrower(role, statement, resource, key, needs, folders)
            if len(parts) == 6 and parts[2] != "s3" and parts[4] == "*" and parts[2] not in ("ecr",):
                say("wide", f"{resource} names every account ({place})", "Write ${AWS::AccountId}")
    return findings


# Resources that only the stacks make: an ARN of such a kind in a policy must be one of theirs.
OWNED = {"crawler": "glue", "job": "glue", "database": "glue", "connection": "glue", "workgroup": "athena",
         "deliverystream": "firehose", "stateMachine": "states", "function": "lambda"}


def _whole(role, statements):
    """An action that IAM judges by several resources at once needs each kind of them."""
    findings = []
    granted = {a for s in statements if s.effect == "Allow" and s.source[0] != "managed" for a in s.actions if "*" not in a}
    for action in sorted(granted):
        resources = [r for s in statements if s.effect == "Allow" and s.names(action) for r in s.resources]
        if "*" in resources:
            continue
        for kind, (form, required) in catalog.iam_resource_arns(action).items():
            # An execution is standard or express, never both.
            if required and kind != "express" and not any(_same_form(form, r) for r in resources):
                findings.append(Finding("iam", "arn", role.file, role.id, f"{action} is judged by the {kind}, too, and none is named",
                                        f"Add an ARN of the form {form}", role.line))
    return findings


def _dangling(view, role, statements):
    findings = []
    ours = [i.arn for i in view.items]
    for statement in statements:
        if statement.effect != "Allow":
            continue
        for resource in statement.resources:
            parts = resource.split(":", 5)
            if len(parts) < 6:
                continue
            kind = re.split("[:/]", parts[5])[0]
            wanted = resource
            if parts[2] == "states" and kind == "execution":
                wanted = ":".join(resource.split(":")[:5]) + ":stateMachine:" + resource.split(":")[6]
            elif parts[2] in ("sqs", "sns"):
                pass
            elif OWNED.get(kind) != parts[2]:
                continue
            if not any(_meet(wanted, one) or _meet(wanted, one + ":*") for one in ours):
                findings.append(Finding("iam", "dangling", role.file, role.id, f"{resource} is nothing that the stacks make",
                                        "Correct the name, or refer to the resource", role.line))
    return findings


def _managed(view, role):
    findings = []
    for arn in as_list(role.properties.get("ManagedPolicyArns")):
        name = str(arn).rsplit("/", 1)[-1]
        if name not in MANAGED_DOCUMENTS and not view.managed_policy(arn):
            findings.append(Finding("iam", "managed", role.file, role.id, f"the role has AWS's policy {name}, which allows what AWS likes",
                                    "List what is needed", role.line))
    return findings


def _from_code(need):
    """A handler's class tells the action alone; that it could be any resource says nothing."""
    return need.resource is None and " calls " in need.why


def _folders(model):
    """Every prefix that the lake's layout knows, the longest first."""
    return sorted({folder.rsplit("/", 1)[0] + "/" for folder in model.facts.folders()}, key=len, reverse=True)


def _narrower(role, statement, resource, key, needs, folders):
    prefix = key.rstrip("*")
    keys = []
    for need in needs:
        if need.recorded and any(statement.names(need.action) for _ in [0]) and need.resource and _touches(
                resource, need.resource):
            keys.append(need.resource.split(":::", 1)[1].partition("/")[2])
    if not keys:
        return []
    for folder in folders:
        if len(folder) > len(prefix) and folder.startswith(prefix) and all(k.startswith(folder) for k in keys):
            # runs/<id>/… and the like: a folder below that only some runs have is no narrower grant.
            if folder.startswith("runs/") and prefix == "runs/":
                continue
            return [Finding("iam", "wide", role.file, role.id, f"{resource} is wider than what is used, {folder}*",
                            "Narrow it to the folder", role.line)]
    return []


def _understood(role, statement):
    findings = []

    def say(rule, what, todo):
        findings.append(Finding("iam", rule, role.file, role.id, what, todo, role.line))

    if statement.effect not in ("Allow", "Deny"):
        say("policy", f"the Effect is {statement.effect!r}", "Write Allow or Deny")
    if not statement.actions and not statement.not_actions:
        say("policy", "a statement without an Action", "Name the actions")
    if not statement.resources and not statement.not_resources:
        say("policy", "a statement without a Resource", "Name the resources")
    for action in statement.actions + statement.not_actions:
        if action == "*":
            continue
        known = catalog.iam_actions(action) if ("*" in action or "?" in action) else [action] if catalog.iam_action(action) else []
        if not known:
            say("action", f"IAM has no action {action}", "Correct its name")
        for key in _keys(statement):
            if not re.match(r"^aws:", key, re.I) and not any(_key_known(key, one) for one in known) and not any(
                    _key_known(key, other) for a in statement.actions for other in [a]):
                say("condition", f"{action} knows no condition key {key}", "Take a key of the action")
    for resource in statement.resources:
        if resource == "*" or statement.source[0] == "managed":
            continue
        if not resource.startswith("arn:"):
            say("arn", f"{resource} is no ARN", "Write the resource's ARN")
        elif statement.actions and not any(_takes(a, resource) for a in statement.actions):
            say("arn", f"none of {', '.join(statement.actions)} takes {resource}", "Write an ARN of the action's resource type")
    if statement.resources and "*" not in statement.resources:
        for action in statement.actions:
            if "*" not in action and catalog.iam_action(action):
                if not catalog.iam_resource_arns(action):
                    say("arn", f"{action} takes no resource, so that naming one never allows it", "Write Resource: '*'")
                elif not any(_takes(action, r) for r in statement.resources):
                    say("arn", f"{action} is listed with none of the resources that it takes "
                        f"({', '.join(catalog.iam_resource_arns(action))})", "Name one, or move the action")
    for operator in statement.conditions:
        if base_operator(operator) not in OPERATORS:
            say("condition", f"there is no operator {operator}", "Correct its name")
    return findings


def _keys(statement):
    return [key for keys in statement.conditions.values() for key in (keys or {})]


def _key_known(key, action):
    low = key.lower()
    for known in catalog.iam_condition_keys(action):
        form = catalog.glob(re.sub(r"\$\{[^}]*\}|<[^>]*>", "*", known.lower()))
        if form.match(low):
            return True
    return low.startswith("kms:encryptioncontext:")


def _trust(view, role):
    findings = []

    def say(rule, what, todo):
        findings.append(Finding("iam", rule, role.file, role.id, what, todo, role.line))

    document = role.properties.get("AssumeRolePolicyDocument") or {}
    services = set()
    for raw in as_list(document.get("Statement")):
        statement = Statement.of(raw)
        principal = raw.get("Principal")
        if principal == "*" or (isinstance(principal, dict) and ("AWS" in principal or "Federated" in principal)):
            say("trust", f"{principal} may assume the role", "Trust one service")
            continue
        own = as_list((principal or {}).get("Service"))
        services |= set(own)
        if statement.actions != ["sts:AssumeRole"]:
            say("trust", f"the trust allows {', '.join(statement.actions) or 'nothing'}", "Write sts:AssumeRole")
        for service in own:
            accounts = [v for op, keys in statement.conditions.items() if op in ("StringEquals", "StringLike")
                        for k, v in (keys or {}).items() if k.lower() == "aws:sourceaccount"]
            if service in CONFUSED and not any(as_list(a) == [ACCOUNT] for a in accounts):
                say("source-account", f"{service} may assume the role for any account's sake",
                    "Add the condition StringEquals aws:SourceAccount = !Ref AWS::AccountId")
            for _op, keys in statement.conditions.items():
                for key, value in (keys or {}).items():
                    if key.lower() == "aws:sourcearn" and service == "scheduler.amazonaws.com" and not any(
                            ":schedule-group/" in str(v) for v in as_list(value)):
                        say("trust", "Scheduler sends the schedule group's ARN as aws:SourceArn, not the schedule's",
                            "Name the schedule group")
    users = view.users(role)
    wanted = {PRINCIPALS[item.type] for item, path in users if item.type in PRINCIPALS and "Environment" not in path}
    for service in sorted(wanted - services):
        say("trust", f"{service} is to use the role and may not assume it", "Trust that service")
    for service in sorted(services - wanted):
        if wanted and not any("Environment" in path for _, path in users):
            say("trust", f"{service} may assume the role and has no use for it", "Take it out")
    kinds = [item for item, path in users if item.type == "AWS::Lambda::Function" and path == ("Role",)]
    if len(kinds) > 1:
        say("one-role", f"{', '.join(i.name for i in kinds)} share one role", "Give each function a role of its own")
    return findings


def _bucket_policies(view, needs):
    findings = []
    for item in view.of_type("AWS::S3::BucketPolicy"):
        statements = [Statement.of(s, (item.file, item.id, s.get("Sid", "-")))
                      for s in as_list((item.properties.get("PolicyDocument") or {}).get("Statement"))]
        for raw, statement in zip(as_list(item.properties["PolicyDocument"].get("Statement")), statements, strict=False):
            if statement.effect == "Allow" and (raw.get("Principal") in ("*", {"AWS": "*"})):
                findings.append(Finding("iam", "public", item.file, item.id, "the bucket's policy allows everybody",
                                        "Name the principal", item.line))
            for action in statement.actions:
                if "*" not in action and not catalog.iam_action(action):
                    findings.append(Finding("iam", "action", item.file, item.id, f"IAM has no action {action}",
                                            "Correct its name", item.line))
            for operator in statement.conditions:
                if base_operator(operator) not in OPERATORS:
                    findings.append(Finding("iam", "condition", item.file, item.id, f"there is no operator {operator}",
                                            "Correct its name", item.line))
        denies = [s for s in statements if s.effect == "Deny"]
        seen = set()
        for need in needs.all:
            if not need.action.startswith("s3:") or not need.resource or need.resource == "*" or not need.required:
                continue
            for deny in denies:
                ok, why = allowed([deny, Statement("Allow", ["s3:*"], [], ["*"], [], {})],
                                  Call(need.action, need.resource, _context(need)))
                if not ok and (need.action, deny.source) not in seen:
                    seen.add((need.action, deny.source))
                    findings.append(Finding("iam", "denied", item.file, item.id, f"the bucket's policy ({deny.source[2]}) denies "
                                            f"{need.action} on {need.resource}: {need.why}",
                                            "A condition on a key that a request may lack must be …IfExists", item.line))
    return findings


def _key_policies(view, needs):
    findings = []
    keys = {item.arn: item for item in view.of_type("AWS::KMS::Key")}
    seen = set()
    for need in needs.all:
        key = keys.get(need.resource)
        if not key or not need.required or (key.id, need.action) in seen:
            continue
        seen.add((key.id, need.action))
        root = f"arn:aws:iam::{ACCOUNT}:root"
        raws = as_list((key.properties.get("KeyPolicy") or {}).get("Statement"))
        statements = [Statement.of(s) for s in raws if root in as_list((s.get("Principal") or {}).get("AWS") if isinstance(
            s.get("Principal"), dict) else s.get("Principal"))]
        ok, _ = allowed(statements, Call(need.action, need.resource, _context(need)))
        if not ok:
            findings.append(Finding("iam", "denied", key.file, key.id, f"the key's policy lets no role of this account do "
                                    f"{need.action}, whatever its own policy says", "Allow the account's root kms:*", key.line))
    return findings
