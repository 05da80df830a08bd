"""Rules on a deployment as a whole: policies, combinations of conditions."""

from ..resolve import Stack, Unresolved, combinations
from .registry import once


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


@once
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
