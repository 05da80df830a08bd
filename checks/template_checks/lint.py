"""SAM's own validation, and cfn-lint on every template and on what the transform makes of it."""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from cfnlint.api import lint_file
from cfnlint.config import ManualArgs
from cfnlint.helpers import REGIONS

from .finding import Finding
from .transform import translate

# W3002: a local path that sam package replaces. What the transform made of its own accord is not ours to change.
IGNORED = {"W3002"}


# The linter knows expressions for Seconds only; the States Language takes them for every field that it evaluates.
JSONATA = re.compile(r"^'\{%.*%\}' is not of type '(number|integer|boolean)'")


def regions(model):
    """Those of the template's image map that the linter has schemas for."""
    mapped = model.main.section("Mappings").get("Rcf") or {}
    return [r for r in mapped if r in REGIONS] or ["eu-central-1"]


def sam(model):
    command = [str(Path(sys.executable).parent / "sam"), "validate", "--lint", "-t", str(model.root / "template.yaml")]
    environment = {**os.environ, "SAM_CLI_TELEMETRY": "0", "AWS_DEFAULT_REGION": "eu-central-1"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=model.root)
    if done.returncode == 0:
        return []
    text = " ".join((done.stdout + done.stderr).split())[-600:]
    return [Finding("lint", "sam-validate", "template.yaml", "-", text, "Correct what it names")]


def templates(model, only=None, where=None):
    """cfn-lint on the files as they stand."""
    findings = []
    for template in model.all():
        if only is None or template.file in only:
            found = _lint(model.root / template.file, template.file, where or regions(model))
            # What a Condition leaves out by default need not exist everywhere.
            findings += [f for f in found if not (f.rule == "E3006" and _optional(model, template, f.where))]
    return findings


def _optional(model, template, kind):
    if all("Condition" in r for r in template.resources.values() if r.get("Type") == kind):
        return True
    return any(model.nested(outer, r.get("Properties") or {}) is template and (
        "Condition" in r or _optional(model, outer, "AWS::CloudFormation::Stack"))
        for outer in model.all() for r in outer.resources.values() if r.get("Type") == "AWS::CloudFormation::Stack")


def transformed(model, only=None):
    """cfn-lint on the transformed templates, the machines inlined."""
    findings = []
    with tempfile.TemporaryDirectory() as folder:
        for template in model.all():
            if only is not None and template.file not in only:
                continue
            if "Transform" not in template.data:
                continue
            try:
                data = translate(model, template, {})
            except Exception:
                continue  # the check 'transform' tells
            _join(data)
            path = Path(folder) / (Path(template.file).stem + ".json")
            path.write_text(json.dumps(data, default=str))
            findings += _lint(path, template.file, ["eu-central-1"], "transformed ")
    return findings


def _join(data):
    """The transform gives a machine as a Join of its lines: too deep for the linter, which knows JSONata in objects only."""
    for resource in data["Resources"].values():
        if resource.get("Type") == "AWS::StepFunctions::StateMachine":
            joined = (resource["Properties"].get("DefinitionString") or {}).get("Fn::Join")
            if joined and all(isinstance(part, str) for part in joined[1]):
                del resource["Properties"]["DefinitionString"]
                resource["Properties"]["Definition"] = json.loads(joined[0].join(joined[1]))


def _lint(path, file, where, prefix=""):
    config = ManualArgs(regions=where, ignore_checks=sorted(IGNORED), include_checks=["I3042"] if not prefix else [])
    findings, absent = [], {}
    for match in lint_file(path, config=config):
        # Each region tells the same; one is enough.
        if JSONATA.match(match.message):
            continue
        nowhere = re.match(r"Resource type '([^']+)' does not exist in '([^']+)'", match.message)
        if nowhere:
            absent.setdefault((nowhere.group(1), match.linenumber), []).append(nowhere.group(2))
            continue
        place = "/".join(str(p) for p in (match.path or [])[:2])
        findings.append(Finding("lint", match.rule.id, file, prefix + place, match.message.rstrip("."),
                                "Correct it; the rule's text: " + match.rule.shortdesc, 0 if prefix else match.linenumber))
    for (kind, line), missing in absent.items():
        findings.append(Finding("lint", "E3006", file, f"{prefix}{kind}", f"{kind} does not exist in {', '.join(missing)}",
                                "Put it behind a Condition, or take the regions out of the image map", 0 if prefix else line))
    return list(dict.fromkeys(findings))


def run(model):
    return sam(model) + templates(model) + transformed(model)
