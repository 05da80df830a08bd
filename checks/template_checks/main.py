"""Runs the chain of checks, or the seeded defects through it."""

import argparse
import json
import logging
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from . import catalog
from .facts import NoFacts
from .finding import Finding

# In the order of the report. Each takes the context and answers findings; the slow ones come first in the pool.
CHECKS = ("lint", "lint-transformed", "sam-validate", "nag", "asl-validator", "transform", "names", "asl", "calls", "iam", "rules",
          "requests", "secrets")
ABOUT = {
    "sam-validate": "sam validate --lint", "lint": "cfn-lint, every template in every region of the image map",
    "lint-transformed": "cfn-lint on the transform's output, machines inlined", "transform": "the SAM transform, switches in each position",
    "names": "placeholders, handlers, errors, environment, jobs, nested stacks", "asl": "machines as graphs, and what expressions read",
    "asl-validator": "asl-validator and the project's engine", "calls": "machines' calls against the services' models",
    "iam": "roles against recorded and possible calls, both ways", "nag": "cdk-nag AwsSolutions and Serverless",
    "rules": "own rules, every combination of conditions", "requests": "recorded requests against the services' models",
    "secrets": "secrets in files",
}


class Context:
    """What the checks work on; made anew in each process."""

    def __init__(self, root, home, npm, calls, extra=None):
        from .model import Model
        from .recording import Recording
        catalog.TOOLS["npm"] = Path(npm)
        self.home = Path(home)
        self.root = Path(root)
        self.extra = extra
        self.model = Model(root, facts_of=self.home)
        self.recording = Recording(Path(calls)) if calls else Recording()
        self._views = None

    @property
    def views(self):
        if self._views is None:
            from .resolve import covering
            from .stackview import View
            # All but the first, which the recorded calls are held against, have a database that is not called as the stack is:
            # names taken for one another are seen.
            own = {"DatabaseName": "readings_of_rooms"} if "DatabaseName" in self.model.main.section("Parameters") else {}
            first, *others = covering(self.model)
            self._views = [View(self.model, self.recording.names, given) for given in [first, *({**o, **own} for o in others), own]]
        return self._views

    def declared(self):
        path = self.root / "checks" / "iam-service-needs.json"
        return json.loads(path.read_text()) if path.is_file() else []


def check(name, context, quick=False):
    """The findings of one check; with quick only in one region."""
    model = context.model
    if name == "sam-validate":
        from . import lint
        return lint.sam(model)
    if name == "lint":
        from . import lint
        return lint.templates(model, context.extra, ["eu-central-1"] if quick else None)
    if name == "lint-transformed":
        from . import lint
        return lint.transformed(model, context.extra)
    if name == "transform":
        from . import transform
        return transform.run(model)
    if name == "names":
        from . import substitutions
        return substitutions.run(model)
    if name == "asl":
        from . import asl, asl_sense, dataflow
        return asl.run(model) + dataflow.run(model) + asl_sense.run(model)
    if name == "asl-validator":
        from . import validators
        return validators.run(model, context.views[0], context.home, engine=not quick)
    if name == "calls":
        from . import machine_calls
        return machine_calls.run(model)
    if name == "iam":
        from . import iam
        found = iam.run(model, context.views[0], context.recording.distinct(), context.declared())
        # Where a part is left out nobody uses what it would; but a role that excludes another is seen there alone.
        known = {role.id for role in context.views[0].roles()}
        for view in context.views[1:]:
            if {role.id for role in view.roles()} <= known:
                continue
            found += [f for f in iam.run(model, view, [], context.declared()) if f.rule not in ("model", "dangling") and (
                f.where not in known or f.rule not in ("denied", "unused", "idle-role", "wide", "managed"))]
            known |= {role.id for role in view.roles()}
        return list(dict.fromkeys(found))
    if name == "nag":
        from . import nag
        return nag.run(model, context.extra)
    if name == "rules":
        from . import rules
        return rules.run(model, context.views, quick)
    if name == "combinations":  # a part of rules that takes its time, for the self-test
        from .rules import deployment
        found = []
        deployment.everywhere(model, lambda rule, where, what, todo: found.append(Finding("rules", rule, where[0], where[1], what, todo)))
        return found
    if name == "requests":
        from . import requests
        return requests.run(context.recording)
    if name == "secrets":
        from . import secretscan
        return secretscan.run(context.root)
    raise ValueError(name)


def timed(name, root, home, npm, calls):
    _quiet()
    begun = time.monotonic()
    try:
        found = check(name, Context(root, home, npm, calls))
    except NoFacts:
        raise  # nothing can be checked then
    except Exception as problem:  # a template so wrong that a check falls over it is a finding of that check
        found = [Finding(name, "crash", "-", "-", f"the check could not be made: {problem!r}",
                         "Correct what the other checks name first")]
    return name, found, time.monotonic() - begun


def _quiet():
    logging.disable(logging.WARNING)
    os.environ.setdefault("AWS_DEFAULT_REGION", "eu-central-1")
    os.environ.setdefault("SAM_CLI_TELEMETRY", "0")


def acknowledged(findings, path):
    """(findings that nobody acknowledged, notes, acknowledgements that match nothing)"""
    entries = json.loads(path.read_text()) if path.is_file() else []
    used, left = set(), []
    for finding in findings:
        hit = next((i for i, e in enumerate(entries) if _matches(e, finding)), None)
        if hit is None:
            left.append(finding)
        else:
            used.add(hit)
    idle = [e for i, e in enumerate(entries) if i not in used]
    return left, len(findings) - len(left), idle


def _matches(entry, finding):
    return all(catalog.glob(entry.get(key, "*")).match(value) for key, value in (
        ("check", finding.check), ("rule", finding.rule), ("file", finding.file), ("where", finding.where), ("what", finding.what)))


def run(arguments):
    begun = time.monotonic()
    root = Path(arguments.root).resolve()
    names = arguments.only or CHECKS
    results = {}
    with ProcessPoolExecutor(max_workers=max(2, os.cpu_count() or 2)) as pool:
        jobs = [pool.submit(timed, n, str(root), arguments.home, arguments.npm, arguments.calls) for n in names]
        for job in jobs:
            name, found, seconds = job.result()
            results[name] = (found, seconds)
    everything = [f for n in names for f in results[n][0]]
    left, known, idle = acknowledged(everything, root / "checks" / "acknowledged.json")
    for name in names:
        found, seconds = results[name]
        count = sum(f in left for f in found)
        print(f"  {name:17} {count:3} findings  {seconds:6.1f} s  {ABOUT[name]}")
    for finding in left:
        print(finding)
    wrong = [e for e in idle if not e.get("temporary") and (not arguments.only)]
    for entry in wrong:
        print(f"acknowledged.json: nothing matches {json.dumps({k: v for k, v in entry.items() if k != 'reason'})}; take it out")
    for entry in [e for e in idle if e.get("temporary")]:
        print(f"note: nothing matches the temporary acknowledgement of {entry.get('rule')} any more; take it out")
    checked = len(names)
    print(f"{checked} checks, {len(everything)} findings, {known} acknowledged, {len(left) + len(wrong)} open, "
          f"{time.monotonic() - begun:.0f} s")
    return 1 if left or wrong else 0


def main(argv=None):
    parser = argparse.ArgumentParser(prog="checks/template", description="The chain of checks on the templates and machines.")
    parser.add_argument("--root", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--home", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--npm", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--calls", help="the calls that a run wrote down; without it a run is made")
    parser.add_argument("--only", nargs="*", choices=CHECKS, help="these checks alone")
    parser.add_argument("--self-test", action="store_true", help="seed the defects one by one; each must be caught")
    parser.add_argument("--few", action="store_true", help="with --self-test: the defects that are marked few, some for each module of rules")
    parser.add_argument("--defects", help="another file of defects for the self-test")
    parser.add_argument("--name", nargs="*", help="these defects alone")
    arguments = parser.parse_args(argv)
    _quiet()
    try:
        if arguments.self_test:
            from . import selftest
            return selftest.run(arguments)
        return run(arguments)
    except NoFacts as problem:
        print(f"checks/template: {problem}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
