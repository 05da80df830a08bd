"""Own rules: what the linters let pass. Each module is a subject; registry.py has them all."""

from ..finding import Finding
from . import (
    alarms,
    athena,
    dashboards,
    deployment,
    events,
    functions,
    glue,
    idle,
    image,
    ingest,
    logs,
    machines,
    network,
    order,
    parameters,
    queues,
    reports,
    samconfig,
    samples,
    storage,
    tables,
    ways,
)
from .registry import ONCE, OVER, call, single

SUBJECTS = (alarms, athena, dashboards, deployment, events, functions, glue, idle, image, ingest, logs, machines, network, order,
            parameters, queues, reports, samconfig, samples, storage, tables, ways)


def run(model, views, quick=False):
    """On several views of the stacks, so that both sides of an Fn::If are seen."""
    findings = []

    def say(rule, where, what, todo):
        file, name, line = where if isinstance(where, tuple) else (where.file, where.id, where.line)
        findings.append(Finding("rules", rule, file, name, what, todo, line))

    for view in views:
        single(view, model, lambda rule, item, name, what, todo: say(name, item, what, todo))
        for rule in OVER:
            call(rule, view=view, model=model, say=say)
    for rule in ONCE:
        call(rule, view=views[0], model=model, say=say)
    if not quick:
        deployment.everywhere(model, say)
    idle.idle(views, model, say)
    return list(dict.fromkeys(findings))
