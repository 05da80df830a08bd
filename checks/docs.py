#!/usr/bin/env python3
"""The documents say what the templates and the commands say.

usage: checks/docs.py [--write]

- docs/operations.md has a row for each alarm of the templates, and no other
- each alarm has an action, and says what missing data means
- each of our own metrics that an alarm or the dashboard names is one that the functions emit, with their dimension
- each test that docs/correctness.md and docs/security.md name exists and is linked (--write links it), and each of their rows names one
- the tables of docs/costs.md are what ./thermolake costs prints; --write puts them there
- each link leads to a file or heading that is there (--write follows a class that has moved), and each document is reached from
  README.md (pages.py)
- the layers of the modules are those of their LayersTest, and each decision has its number, date and status (pages.py)

Needs PyYAML.
"""
import os
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import yaml

import pages
from aws.templates import ROOT, _Loader
from template_checks import facts

HEADING = "## What each alarm means"
# Tables of what could happen, what happens instead, and the test that shows it.
PROMISES = ("docs/correctness.md", "docs/security.md")
COSTS = re.compile(r"(<!-- \./thermolake (costs[^>]*?) -->\n)(.*?)(<!-- end -->)", re.S)


def alarms():
    for path in [ROOT / "template.yaml", *sorted((ROOT / "stacks").glob("*.yaml"))]:
        for name, resource in yaml.load(path.read_text(), _Loader)["Resources"].items():
            if resource["Type"] in ("AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm"):
                yield path.name, name, resource["Properties"]


def rows(text):
    """Alarm to (meaning, what to do)."""
    section = text.split(HEADING, 1)[1].split("\n## ", 1)[0]
    found = {}
    for line in section.splitlines():
        cells = [c.strip() for c in line.strip().strip("|").split("|")]
        match = re.fullmatch(r"`(\w+)`", cells[0])
        if line.startswith("|") and match:
            if match[1] in found:
                yield f"docs/operations.md has two rows for {match[1]}"
            found[match[1]] = cells[1:]
    known = {name for _, name, _ in alarms()}
    for name in sorted(known - set(found)):
        yield f"docs/operations.md has no row for the alarm {name}"
    for name in sorted(set(found) - known):
        yield f"docs/operations.md has a row for {name}, which no template has"
    for name, cells in found.items():
        if len(cells) != 2 or any(len(cell) < 20 for cell in cells):
            yield f"docs/operations.md: the row of {name} does not say what it means and what to do"


def actions():
    for file, name, properties in alarms():
        if not properties.get("AlarmActions"):
            yield f"{file}: the alarm {name} has no action"
        if "TreatMissingData" not in properties:
            yield f"{file}: the alarm {name} does not say what missing data means"


def metrics():
    known = facts.read(ROOT / "functions/target/facts.json").metrics
    namespace, dimension, emitted = known.namespace, known.dimension, set(known.names)
    for file, name, properties in alarms():
        if properties.get("Namespace") == namespace:
            if properties["MetricName"] not in emitted:
                yield f"{file}: the alarm {name} watches {properties['MetricName']}, which no function emits"
            if [d["Name"] for d in properties.get("Dimensions", [])] != [dimension]:
                yield f"{file}: the alarm {name} does not have the dimension {dimension} that the functions emit"
    operations = (ROOT / "stacks/operations.yaml").read_text()
    shown = re.findall(rf'\["{namespace}", "(\w+)", "(\w+)"', operations)
    if not shown:
        yield f"operations.yaml: no metric of {namespace} is found on the dashboard"
    for metric, given in shown:
        if metric not in emitted or given != dimension:
            yield f"operations.yaml: the dashboard shows {metric} by {given}, which no function emits"


def costs(write):
    path = ROOT / "docs/costs.md"
    text = path.read_text()
    if not COSTS.search(text):
        yield "docs/costs.md has no table of ./thermolake costs"

    def printed(match):
        done = subprocess.run([ROOT / "thermolake", *match[2].split()], capture_output=True, text=True)
        if done.returncode != 0:
            raise SystemExit(f"./thermolake {match[2]}: {done.stderr}")
        *table, last = done.stdout.strip().splitlines()
        return match[1] + "\n".join(table) + "\n\n" + last + "\n" + match[4]

    new = COSTS.sub(printed, text)
    if write:
        path.write_text(new)
    elif new != text:
        yield "docs/costs.md is not what ./thermolake costs prints; checks/docs.py --write puts it there"


def shown():
    """Each promise is held by a test."""
    tests = {path.stem for path in ROOT.glob("*/src/test/java/**/*.java")}
    for name in PROMISES:
        promises = [
            line.strip().strip("|").split("|")
            for line in (ROOT / name).read_text().splitlines()
            if line.startswith("|") and line.count("|") == 4
        ][2:]
        if not promises:
            yield f"{name} has no table of promises"
        for wrong, _, by in promises:
            named = re.findall(r"`(\w+)`", by)
            if not named:
                yield f"{name} names no test for: {wrong.strip()}"
            for test in named:
                if test not in tests:
                    yield f"{name} names {test}, and no module has a test of that name"


def tested(write):
    """Each test that is named among the promises is a link to its file, wherever that has moved."""
    files = {path.stem: path for path in ROOT.glob("*/src/test/java/**/*.java")}

    for name in PROMISES:
        path = ROOT / name
        text = path.read_text()

        def link(match, folder=path.parent):
            test = files.get(match[1])
            return f"[`{match[1]}`]({os.path.relpath(test, folder)})" if test else match[0]

        new = re.sub(r"\[?`(\w+Test)`(?:\]\([^)]*\))?", link, text)
        if write:
            path.write_text(new)
        elif new != text:
            yield f"{name} does not link each test to its file; checks/docs.py --write does"


def main():
    write = "--write" in sys.argv
    if write:
        pages.follow(ROOT)
    try:
        problems = [*rows((ROOT / "docs/operations.md").read_text()), *actions(), *metrics(), *shown(), *tested(write),
                    *pages.problems(ROOT), *costs(write)]
    except facts.NoFacts as missing:
        print(f"checks/docs.py: {missing}", file=sys.stderr)
        return 2
    for problem in problems:
        print(problem)
    if problems:
        return 1
    print(f"docs: {len(list(alarms()))} alarms with their rows, the costs, and the links of {pages.count(ROOT)} documents")
    return 0


if __name__ == "__main__":
    sys.exit(main())
