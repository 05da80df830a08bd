"""IAM's decision, offline: statements, wildcards and conditions."""

import ipaddress
from dataclasses import dataclass, field

from .catalog import glob
from .model import as_list


@dataclass
class Statement:
    """One statement with its expressions evaluated."""

    effect: str
    actions: list
    not_actions: list
    resources: list
    not_resources: list
    conditions: dict
    principals: object = None
    source: tuple = ()

    @staticmethod
    def of(raw, source=()):
        return Statement(
            raw.get("Effect", ""), [str(a) for a in as_list(raw.get("Action"))],
            [str(a) for a in as_list(raw.get("NotAction"))], [str(r) for r in as_list(raw.get("Resource"))],
            [str(r) for r in as_list(raw.get("NotResource"))], raw.get("Condition") or {}, raw.get("Principal"), source)

    def names(self, action):
        low = action.lower()
        if self.not_actions:
            return not any(glob(a.lower()).match(low) for a in self.not_actions)
        return any(glob(a.lower()).match(low) for a in self.actions)

    def covers(self, resource):
        """Whether the statement's resources include this one; None stands for any resource at all."""
        if resource is None or not (self.resources or self.not_resources):
            return True
        if self.not_resources:
            return not any(glob(r).match(resource) for r in self.not_resources)
        return any(glob(r).match(resource) for r in self.resources)


@dataclass
class Call:
    """What is asked: an action on a resource, with what conditions may look at."""

    action: str
    resource: str | None = None
    context: dict = field(default_factory=dict)


def allowed(statements, call):
    """(decision, why)"""
    granted = None
    for statement in statements:
        if not statement.names(call.action) or not statement.covers(call.resource):
            continue
        holds = met(statement.conditions, call.context)
        if statement.effect == "Deny" and holds:
            return False, f"a Deny forbids it ({statement.source})"
        if statement.effect == "Allow" and holds:
            granted = statement
    if granted:
        return True, granted
    if any(s.effect == "Allow" and s.names(call.action) and s.covers(call.resource) for s in statements):
        return False, "the statement that allows it has a condition that this call does not meet"
    if any(s.effect == "Allow" and s.names(call.action) for s in statements):
        return False, f"no statement allows it on {call.resource}"
    return False, "no statement allows it"


def met(conditions, context):
    known = {k.lower(): v for k, v in context.items()}
    return all(one(operator, key, as_list(wanted), known.get(key.lower()))
               for operator, keys in conditions.items() for key, wanted in (keys or {}).items())


OPERATORS = {
    "StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", "StringLike", "StringNotLike",
    "NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericLessThanEquals", "NumericGreaterThan",
    "NumericGreaterThanEquals", "DateEquals", "DateNotEquals", "DateLessThan", "DateLessThanEquals", "DateGreaterThan",
    "DateGreaterThanEquals", "Bool", "BinaryEquals", "IpAddress", "NotIpAddress", "ArnEquals", "ArnLike", "ArnNotEquals",
    "ArnNotLike", "Null",
}


def base_operator(operator):
    return operator.removeprefix("ForAnyValue:").removeprefix("ForAllValues:").removesuffix("IfExists")


def one(operator, key, wanted, value):
    name = base_operator(operator)
    if name == "Null":
        return (value is None) == (str(wanted[0]).lower() == "true")
    negative = "Not" in name
    if value is None:
        # A missing key meets a negative comparison, and every one that says IfExists.
        return operator.endswith("IfExists") or negative or operator.startswith("ForAllValues:")
    values = [str(v) for v in as_list(value)]
    wanted = [str(w) for w in wanted]
    every = operator.startswith("ForAllValues:")
    hits = [any(compare(name, v, w) for w in wanted) for v in values]
    hit = all(hits) if every else any(hits)
    return not hit if negative else hit


def compare(name, value, wanted):
    plain = name.replace("Not", "")
    if plain in ("StringEquals",):
        return value == wanted
    if plain == "StringEqualsIgnoreCase":
        return value.lower() == wanted.lower()
    if plain in ("StringLike", "ArnLike", "ArnEquals"):
        return bool(glob(wanted).match(value))
    if plain == "Bool":
        return value.lower() == wanted.lower()
    if plain == "IpAddress":
        return ipaddress.ip_address(value) in ipaddress.ip_network(wanted)
    if plain.startswith("Numeric"):
        a, b = float(value), float(wanted)
        return {"NumericEquals": a == b, "NumericLessThan": a < b, "NumericLessThanEquals": a <= b,
                "NumericGreaterThan": a > b, "NumericGreaterThanEquals": a >= b}[plain]
    return value == wanted
