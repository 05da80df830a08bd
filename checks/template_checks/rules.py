"""Own rules: what the linters let pass."""

from . import rules_bi, rules_config, rules_data, rules_deploy, rules_lake, rules_net, rules_numbers, rules_ops, rules_pairs, rules_reach, rules_watch
from .finding import Finding


def run(model, views, quick=False):
    """On several views of the stacks, so that both sides of an Fn::If are seen."""
    findings = []

    def say(rule, where, what, todo):
        file, name, line = where if isinstance(where, tuple) else (where.file, where.id, where.line)
        findings.append(Finding("rules", rule, file, name, what, todo, line))

    for view in views:
        for module in (rules_data, rules_ops, rules_net, rules_pairs, rules_lake, rules_watch, rules_reach, rules_bi, rules_numbers):
            module.rules(view, model, say)
    rules_deploy.rules(views[0], model, say)
    if not quick:
        rules_deploy.everywhere(model, say)
    rules_config.rules(views[0], model, say)
    return list(dict.fromkeys(findings))
