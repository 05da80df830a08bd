"""
Our rules on single resources as rules of cfn-lint, for editors and for whoever has cfn-lint alone:
cfn-lint -a checks/template_checks/lint_rules -t template.yaml
"""

import sys
from functools import lru_cache
from pathlib import Path

from cfnlint import rules as cfnlint_rules

HERE = Path(__file__).resolve()
sys.path.insert(0, str(HERE.parents[2]))

from template_checks.model import Model  # noqa: E402
from template_checks.resolve import covering  # noqa: E402
from template_checks.rules import SUBJECTS  # noqa: E402, F401
from template_checks.rules.registry import SINGLE, single  # noqa: E402
from template_checks.stackview import View  # noqa: E402


@lru_cache(None)
def found(root):
    """Every finding of the stacks below a folder's template.yaml: (rule's id, file, resource, text)."""
    model = Model(root, facts_of=HERE.parents[3])
    findings = set()
    for given in covering(model):
        single(View(model, given=given), model, lambda rule, item, name, what, todo: findings.add(
            (rule.id, item.file, item.name, f"{name}: {what}. {todo}")))
    return frozenset(findings)


def match(self, cfn):
    """Our findings in one file; the values are resolved as a deployment would, for several choices of parameters."""
    template = Path(cfn.filename).resolve()
    root = next((f for f in template.parents if (f / "template.yaml").is_file() and (f / "stacks").is_dir()), None)
    if root is None:
        raise ValueError(f"no folder above {template} has template.yaml and stacks/, so its values cannot be resolved")
    file = str(template.relative_to(root))
    return [cfnlint_rules.RuleMatch(["Resources", name], text)
            for rule, of, name, text in sorted(found(root)) if rule == self.id and of == file]


def as_class(one):
    """cfn-lint finds the classes of a module."""
    name = f"{one.check.__module__.rpartition('.')[2]}_{one.check.__name__}"
    return name, type(name, (cfnlint_rules.CloudFormationLintRule,), {
        "id": one.id, "shortdesc": one.about, "description": f"{one.about} Of {', '.join(one.types)}.",
        "source_url": "checks/README.md", "tags": ["thermolake", name], "match": match})


globals().update(as_class(one) for one in SINGLE)
